"""Hostile files, made in memory: the rows 1–52 and 57 of the catalogue, and formats under a false name.

Each case says what must come out: full names in order, skipped lines with their reason, problems of kept lines, or
the refusal of the whole file. The numbers are those of the catalogue.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

TITLES = "Prénom;Nom;E-mail;Téléphone;Société\n"
ROW = "Hélène;Lefèvre;helene@exemple.fr;06 12 34 56 78;L'Atelier\n"
HELENE = ["Hélène Lefèvre"]
TWO = ["Hélène Lefèvre", "Paul Durand"]
PAUL = "Paul;Durand;paul@exemple.fr;;\n"


@dataclass(frozen=True, kw_only=True)
class Case:
    number: int
    title: str
    data: bytes | Callable[[], bytes]
    filename: str = "contacts.csv"
    names: list[str] = field(default_factory=list)
    skipped: dict[int, str] = field(default_factory=dict)  # line: reason
    problems: set[tuple[int, str, str]] = field(default_factory=set)  # (line, field, reason)
    refused: str = ""
    refused_line: int | None = None

    @property
    def content(self) -> bytes:
        return self.data if isinstance(self.data, bytes) else self.data()

    def __str__(self) -> str:
        return f"{self.number:02d} {self.title}"


def utf8(*lines: str) -> bytes:
    return "".join(lines).encode()


def cards(*cards: str) -> bytes:
    return "".join(f"BEGIN:VCARD\r\n{card}\r\nEND:VCARD\r\n" for card in cards).encode()


def zipped(*members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in members:
            archive.writestr(name, "x")
    return file.getvalue()


def people(count: int, padding: int = 0) -> bytes:
    rows = (f"Paul{i};Durand{i};p{i}@exemple.fr;06 {i:08d};Société {i % 900}{'x' * padding}\n" for i in range(count))
    return utf8(TITLES, *rows)


def dated(*dates: str) -> bytes:
    return utf8("Nom;Date de naissance\n", *(f"Durand{line};{date}\n" for line, date in enumerate(dates, 2)))


def addressed(*addresses: str) -> bytes:
    return utf8("Nom;E-mail\n", *(f'Durand{line};"{address}"\n' for line, address in enumerate(addresses, 2)))


FILES = [
    Case(number=1, title="empty file", data=b""),
    Case(number=2, title="header only", data=TITLES.encode()),
    Case(number=3, title="only blank lines and commas", data=b"\n\n,,,,\n\r\n,,,,\n"),
    Case(number=3, title="header, then commas", data=b"First Name,Last Name,Email\n,,\n,,\n\n"),
    Case(number=4, title="UTF-8 with BOM", data=(TITLES + ROW).encode("utf-8-sig"), names=HELENE),
    Case(number=5, title="UTF-16 LE with BOM", data=b"\xff\xfe" + (TITLES + ROW).encode("utf-16-le"), names=HELENE),
    Case(number=6, title="UTF-16 BE with BOM", data=b"\xfe\xff" + (TITLES + ROW).encode("utf-16-be"), names=HELENE),
    Case(number=7, title="UTF-16 LE without BOM", data=(TITLES + ROW).encode("utf-16-le"), names=HELENE),
    Case(number=7, title="UTF-16 BE without BOM", data=(TITLES + ROW).encode("utf-16-be"), names=HELENE),
    Case(number=8, title="UTF-32 with BOM", data=(TITLES + ROW).encode("utf-32"), names=HELENE),
    Case(number=8, title="UTF-32 without BOM", data=(TITLES + ROW).encode("utf-32-be"), names=HELENE),
    Case(
        number=9,
        title="cp1252",
        data="Prénom;Nom;Société\nHélène;Cœur;L’Épicerie à 5 €\n".encode("cp1252"),
        names=["Hélène Cœur"],
    ),
    Case(
        number=10,
        title="ISO-8859-15",
        data="Prénom;Nom;Notes\nHélène;Cœur;Prêté 5 €\n".encode("iso-8859-15"),
        names=["Hélène Cœur"],
    ),
    Case(
        number=11,
        title="Mac Roman",
        data="Prénom;Nom;Notes\nHélène;Cœur;L’été à Noël\nÉLÉONORE;ÇÀ;x\n".encode("mac-roman"),
        names=["Hélène Cœur", "ÉLÉONORE ÇÀ"],
    ),
    Case(
        number=12,
        title="a cp1252 line in a UTF-8 file",
        data=utf8(TITLES, ROW) + "Zoé;Noël;;;\n".encode("cp1252") + PAUL.encode(),
        names=TWO,
        skipped={3: "unreadable"},
    ),
    Case(
        number=12,
        title="a UTF-8 line in a cp1252 file",
        data=(TITLES + ROW + "Léa;Çelik;;;\n").encode("cp1252") + "Zoé;Noël;;;\n".encode(),
        names=["Hélène Lefèvre", "Léa Çelik"],
        skipped={4: "unreadable"},
    ),
    Case(
        number=13,
        title="invalid UTF-8 bytes",
        data=b"nom;email\nDup\xc3\x28ont;a@b.fr\nMartin;m@b.fr\n",
        names=["Martin"],
        skipped={2: "unreadable"},
    ),
    Case(
        number=13,
        title="lone surrogate in UTF-16",
        data=(TITLES + ROW).encode("utf-16") + "Zo\ud800;Noël;;;\n".encode("utf-16-le", "surrogatepass"),
        names=HELENE,
        skipped={3: "unreadable"},
    ),
    Case(
        number=13,
        title="lone surrogate in a vCard",
        filename="contacts.vcf",
        data=cards("FN:Hélène Lefèvre") + b"BEGIN:VCARD\nFN:Zo\xed\xa0\x80\nEND:VCARD\n" + cards("FN:Paul Durand"),
        names=TWO,
        skipped={4: "unreadable"},
    ),
    Case(
        number=14,
        title="NUL in a cell",
        data=utf8(TITLES, ROW, "Pa\0ul;Durand;;;\n"),
        names=TWO,
        problems={(3, "given_name", "nul_removed")},
    ),
    Case(
        number=15,
        title="control characters and U+2028 in a name",
        data=utf8("Nom complet;E-mail\nHélène\x0b\x0c\x1bLefèvre;\nPaul\u2028Durand;\n"),
        names=TWO,
    ),
    Case(
        number=16,
        title="unbalanced quote on line 2",
        data=utf8('nom,email\n"Durand,a@b.fr\n', *(f"Martin{i},m{i}@b.fr\n" for i in range(50))),
        refused="unbalanced_quote",
        refused_line=2,
    ),
    Case(
        number=16,
        title="unbalanced quote in a quoted file",
        data=utf8('"nom","email"\n"Petit","p@b.fr"\n"Durand,"a@b.fr"\n', '"Martin","m@b.fr"\n' * 3),
        refused="unbalanced_quote",
        refused_line=3,
    ),
    Case(
        number=16,
        title="unbalanced quote that other quoted rows would close",
        data=utf8('"nom","email"\n"Petit","p@b.fr\n"Durand","a@b.fr"\n', '"Martin","m@b.fr"\n' * 3),
        refused="unbalanced_quote",
        refused_line=2,
    ),
    Case(
        number=16,
        title="two people between one pair of quotes",
        data=utf8('Nom;Email;Notes\n"Paul;p@x.fr;n\nLuc;l@x.fr;n\nMarc";m@x.fr;n\n'),
        refused="unbalanced_quote",
        refused_line=2,
    ),
    Case(
        number=13,
        title="half an emoji in a file without accents",
        data=b"nom;email\nZo\xed\xa0\xbd;z@b.fr\nMartin;m@b.fr\n",
        names=["Martin"],
        skipped={2: "unreadable"},
    ),
    Case(
        number=10,
        title="ISO-8859-15, a word that begins with a ligature",
        data="Prénom;Nom\nNoël;Œuvre\n".encode("iso-8859-15"),
        names=["Noël Œuvre"],
    ),
    Case(
        number=17,
        title="doubled quotes and newline inside quotes",
        data=utf8('Nom complet,Notes\n"Hélène ""Léa"" Lefèvre","un\ndeux, ""trois"""\nPaul Durand,x\n'),
        names=['Hélène "Léa" Lefèvre', "Paul Durand"],
    ),
    Case(
        number=18,
        title="backslash-escaped quotes",
        data=utf8('Nom complet,Notes\nHélène Lefèvre,"dit \\"oui\\" hier"\nPaul Durand,x\n'),
        names=TWO,
        problems={(2, "", "backslash_quote")},
    ),
    Case(number=19, title="semicolons and decimal commas", data=utf8("Nom;Remise\nDurand;3,5\n"), names=["Durand"]),
    Case(number=19, title="commas", data=utf8("Nom,E-mail\nDurand,a@b.fr\n"), names=["Durand"]),
    Case(number=20, title="tabs", data=utf8("Nom\tE-mail\nDurand\ta@b.fr\n"), names=["Durand"]),
    Case(number=20, title="bars", data=utf8("Nom|E-mail\nDurand|a@b.fr\n"), names=["Durand"]),
    Case(number=21, title="sep= line", data=utf8("sep=;\nNom;E-mail\nDurand;a@b.fr\n"), names=["Durand"]),
    Case(number=22, title="one column", data=utf8("Nom\nDurand, Paul\nLefèvre, Hélène\n"), names=TWO[::-1]),
    Case(number=23, title="CR only", data=utf8(TITLES, ROW, PAUL).replace(b"\n", b"\r"), names=TWO),
    Case(
        number=24,
        title="mixed line ends",
        data=utf8("Nom,E-mail\r\nDurand,a@b.fr\rPetit,\nMartin,\r\n"),
        names=["Durand", "Petit", "Martin"],
    ),
    Case(number=25, title="no final newline", data=utf8(TITLES, ROW, PAUL.rstrip()), names=TWO),
    Case(
        number=26,
        title="duplicate titles",
        data=utf8("Nom,email,email\nDurand,a@b.fr,c@d.fr\n"),
        names=["Durand"],
    ),
    Case(
        number=27,
        title="no titles",
        data=utf8("Hélène,Lefèvre,helene.lefevre@exemple.fr\nPaul,Durand,paul.durand@exemple.fr\n"),
        names=TWO,
    ),
    Case(number=27, title="no titles, nothing to go by", data=b"rouge,vert\nbleu,jaune\n", refused="no_titles"),
    Case(
        number=28,
        title="LinkedIn preamble",
        data=utf8(
            'Notes:\n"When exporting your connection data, you may notice that some e-mail addresses are missing."\n\n'
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
            'Hélène,Lefèvre,https://www.linkedin.com/in/helene,,"Atelier, SA",CEO,12 Jan 2023\n,,,,,,\n'
        ),
        filename="Connections.csv",
        names=HELENE,
    ),
    Case(
        number=29,
        title="LinkedIn in French",
        data=utf8(
            "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Date de connexion\n"
            "Hélène,Lefèvre,https://www.linkedin.com/in/helene,,Atelier,Gérante,12 mars 2023\n"
        ),
        names=HELENE,
    ),
    Case(
        number=29,
        title="LinkedIn in German",
        data=utf8(
            "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\n"
            "Jürgen,Groß,https://www.linkedin.com/in/juergen,,Groß AG,Leiter,03. Apr. 2022\n"
        ),
        names=["Jürgen Groß"],
    ),
    Case(number=30, title="short rows", data=utf8(TITLES, "Hélène;Lefèvre\n", PAUL), names=TWO),
    Case(
        number=31,
        title="long rows",
        data=utf8(TITLES, ROW, "Paul;Durand;;;;et;plus\n"),
        names=TWO,
        problems={(3, "", "extra_cells")},
    ),
    Case(
        number=32, title="a million columns", data=lambda: b"x," * 1_000_000, refused="too_many_columns", refused_line=1
    ),
    Case(number=32, title="201 columns", data=b"nom" + b"," * 200 + b"\n", refused="too_many_columns", refused_line=1),
    Case(number=33, title="a line of 100 MB", data=lambda: b"x" * 100_000_000, refused="too_big"),
    Case(
        number=33,
        title="a line of 2 MB",
        data=lambda: b"nom\n" + b"x" * 2_000_000,
        refused="line_too_long",
        refused_line=2,
    ),
    Case(
        number=34,
        title="a cell of 200 kB",
        data=utf8("Nom,Notes\nDurand,", "x" * 200_000, "\nMartin,x\n"),
        names=["Martin"],
        skipped={2: "cell_too_long"},
    ),
    Case(number=36, title="a million and one lines", data=lambda: b"nom\n" * 1_000_001, refused="too_many_rows"),
    Case(number=36, title="50,001 rows", data=lambda: people(50_001), refused="too_many_rows"),
    Case(
        number=37,
        title="formula cells",
        data=utf8("Nom\n=HYPERLINK(1)\n@SUM(A1)\n-2\n＝1+1\n'=1+1\n'@x\n'quoted\n"),
        names=["=HYPERLINK(1)", "@SUM(A1)", "-2", "＝1+1", "=1+1", "@x", "'quoted"],
    ),
    Case(
        number=38,
        title="our own quote before a phone",
        data=utf8("Nom;Téléphone\nDurand;'+33 6 12 34 56 78\n"),
        names=["Durand"],
    ),
    Case(
        number=39,
        title="markup and templates",
        data=utf8('Nom,Notes\n<script>alert(1)</script>,{{7*7}}\n"""><img onerror>",x\n'),
        names=["<script>alert(1)</script>", '"><img onerror>'],
    ),
    Case(
        number=40,
        title="script and data addresses",
        data=utf8("Nom;Site web\nDurand;javascript:alert(1)\nPetit;data:text/html,x\nMartin;www.exemple.fr\n"),
        names=["Durand", "Petit", "Martin"],
        problems={(2, "website", "website_refused"), (3, "website", "website_refused")},
    ),
    Case(
        number=41,
        title="right-to-left override and zero-width characters",
        data=utf8("Nom complet\nHélène\u202e \u2066Lefèvre\nP\u200baul Du\u200drand\ufeff\n"),
        names=TWO,
    ),
    Case(
        number=42,
        title="emoji and flags",
        data=utf8("Nom\n👩\u200d🚀\n❤️\u200d🔥\n🇫🇷\n"),
        names=["👩\u200d🚀", "❤️\u200d🔥", "🇫🇷"],
    ),
    Case(
        number=43,
        title="500 combining marks",
        data=utf8("Nom\nZ" + "\u0335" * 500 + "\nDurand\n"),
        names=["Z" + "\u0335" * 8, "Durand"],
    ),
    Case(number=44, title="composed and decomposed accents", data=utf8("Nom\nRené\nRene\u0301\n"), names=["René"] * 2),
    Case(
        number=45,
        title="a Greek letter among Latin ones",
        data=utf8("Nom\nDupont\nDupοnt\n"),
        names=["Dupont", "Dupοnt"],
    ),
    Case(
        number=46,
        title="dates that exist",
        data=dated("03/04/2025", "2025-04-03", "3 avr. 2025", "45750", "1743638400000"),
        names=[f"Durand{line}" for line in range(2, 7)],
    ),
    Case(
        number=48,
        title="dates that do not",
        data=dated("31/02/2025", "01/01/0001", "01/01/9999", "31/12/1899", "hier"),
        names=[f"Durand{line}" for line in range(2, 7)],
        problems={(2, "birthday", "date_impossible"), (6, "birthday", "date_unreadable")}
        | {(line, "birthday", "date_out_of_range") for line in (3, 4, 5)},
    ),
    Case(
        number=50,
        title="e-mail addresses",
        data=addressed(
            *("a@b.fr, evil@x.fr", "a@b.fr\r\nBcc: evil@x.fr", "zoe@bücher.example", f"{'a' * 65}@b.fr"),
            *("a@[127.0.0.1]", "a@b.fr"),
        ),
        names=["Durand2", "Durand3", "Durand4", "Durand5", "Durand6", "Durand7"],
        problems={(2, "email", "email_several"), (3, "email", "email_several")}
        | {(line, "email", "email_invalid") for line in (6, 7)},
    ),
    Case(number=51, title="the same person three times", data=utf8(TITLES, ROW * 3), names=HELENE * 3),
    Case(
        number=52,
        title="columns that are not ours to set",
        data=utf8("Nom,tenant_id,workspace,id,score,opposed\nDurand,2,2,1,0.9,false\n"),
        names=["Durand"],
    ),
    Case(number=53, title="workbook under a false name", data=zipped("xl/workbook.xml"), refused="workbook"),
    Case(number=53, title="archive under a false name", data=zipped("../evil.csv"), refused="archive"),
    Case(number=53, title="old workbook", data=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), refused="workbook"),
    Case(number=53, title="picture under a false name", data=b"\x89PNG\r\n\x1a\n" + bytes(99), refused="picture"),
    Case(number=53, title="WebP under a false name", data=b"RIFF\0\0\0\0WEBP", refused="picture"),
    Case(number=53, title="PDF under a false name", data=b"%PDF-1.7\n", refused="document"),
    Case(number=53, title="web page under a false name", data=b"\n<!DOCTYPE html>\n<html>", refused="web_page"),
    Case(number=53, title="JSON under a false name", data=b'[{"name": "Durand"}]', refused="data_file"),
    Case(number=53, title="a programme", data=bytes(range(256)) * 40, refused="binary"),
]
