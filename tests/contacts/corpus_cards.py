"""Row 57 of the catalogue: vCards of every age, and what phones and programs make of them."""

from tests.contacts.corpus import HELENE, TWO, Case, cards, utf8

ANDROID = (
    "VERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8vre;H=C3=A9l=C3=A8ne;;;\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:H=C3=A9l=C3=A8ne Le=\r\nf=C3=A8vre\r\nTEL;CELL;PREF:06 12 34 56 78\r\n"
    "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Caf=E9 du=\r\n=20matin=0D=0Adeux"
)
APPLE = (
    "VERSION:3.0\r\nN:Lefèvre;Hélène;;;\r\nFN:Hélène Lefèvre\r\nORG:L'Atelier;Achats;Bois\r\nTITLE:Gérante\r\n"
    "item1.EMAIL;type=INTERNET:helene@exemple.fr\r\nitem1.X-ABLabel:_$!<Work>!$_\r\n"
    "item2.TEL:06 12 34 56 78\r\nitem2.X-ABLabel:Chantier\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-05-12\r\n"
    "ADR;type=HOME:;;1 rue Y;Paris;;75011;France\r\nADR;type=WORK:;;12 rue des\r\n  Lilas;Lyon;;69003;France\r\n"
    "NOTE:un\\, deux\\nt\r\n rois\r\nURL;type=pref:https://exemple.fr\r\nCATEGORIES:Clients,Bois"
)
MODERN = (
    "VERSION:4.0\r\nFN:Hélène Lefèvre\r\nN:Lefèvre;Hélène;;;\r\n"
    'TEL;TYPE="cell,voice";VALUE=uri:tel:+33-6-12-34-56-78\r\n'
    "EMAIL;TYPE=work:helene@exemple.fr\r\nPHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRg==\r\nBDAY:--0512\r\nROLE:Gérante"
)
PHOTO = (
    "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD\r\nN:2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYa\r\n"
    " N:HSUfGhsjHBYWICwgIyYnKSopGR8tMC0oMCUoKSj\r\nTEL0612345678=\r\n\r\nN:Lefèvre;Hélène;;;"
)
AGENT = "FN:Hélène Lefèvre\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Nobody\r\nEND:VCARD\r\nNOTE:after"


def box(number: int) -> bytes:
    return cards(*(f"VERSION:3.0\r\nN:Durand{i};Paul;;;\r\nEMAIL:p{i}@exemple.fr" for i in range(number)))


def case(title: str, data: bytes, **expected) -> Case:
    return Case(number=57, title=title, data=data, filename="contacts.vcf", **expected)


CARDS = [
    case("empty file", b""),
    case("2.1, quoted-printable, soft breaks", cards(ANDROID), names=HELENE),
    case("3.0, folded, groups and labels", cards(APPLE), names=HELENE),
    case("4.0", cards(MODERN), names=HELENE),
    case("three versions in one file", cards(ANDROID, APPLE, MODERN), names=HELENE * 3),
    case("photo whose lines look like a name", cards(PHOTO, "FN:Paul Durand"), names=TWO),
    case("photo to fetch", cards("FN:Hélène Lefèvre\r\nPHOTO;VALUE=uri:https://evil.example/p.jpg"), names=HELENE),
    case("name by N only", cards("N:Lefèvre;Hélène"), names=HELENE),
    case("name by FN only", cards("N:;;;;\r\nFN:Hélène Lefèvre"), names=HELENE),
    case("no name but an address", cards("EMAIL:paul.durand@exemple.fr"), names=["Paul Durand"]),
    case("no name at all", cards("TEL:0612345678", "FN:Paul Durand"), names=["Paul Durand"], skipped={1: "no_name"}),
    case("a firm", cards("FN:Boulangerie Martin\r\nORG:Boulangerie Martin;"), names=["Boulangerie Martin"]),
    case("nested agent", cards(AGENT, "FN:Paul Durand"), names=TWO),
    case(
        "END missing",
        utf8("BEGIN:VCARD\nFN:Zoé\n") + cards("FN:Hélène Lefèvre") + utf8("BEGIN:VCARD\nFN:Léa"),
        names=HELENE,
        skipped={1: "card_unfinished", 6: "card_unfinished"},
    ),
    case(
        "bad lines in a card",
        cards(
            "FN:Hélène Lefèvre\r\nno colon here\r\n:::\r\n;;:x\r\n=\r\nBDAY:hier\r\n"
            "EMAIL:a@b.fr\\, evil@x.fr\r\nURL:data:x"
        ),
        names=HELENE,
        problems={(1, "birthday", "date_unreadable"), (1, "email", "email_several"), (1, "website", "website_refused")},
    ),
    case(
        "undecodable quoted-printable",
        cards("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=ED=A0=80", "FN:Paul Durand"),
        names=["Paul Durand"],
        skipped={1: "unreadable"},
    ),
    case(
        "half an emoji in a file without accents",
        cards("FN:Paul Durand") + b"BEGIN:VCARD\nFN:Zo\xed\xa0\xbd\nEND:VCARD\n",
        names=["Paul Durand"],
        skipped={4: "unreadable"},
    ),
    case("NOTE too long", cards(f"FN:Zoé\r\nNOTE:{'x' * 10_001}"), skipped={1: "cell_too_long"}),
    case("a line of 2 MB", cards(f"FN:Zoé\r\nNOTE:{'x' * 2_000_000}"), skipped={1: "card_line_too_long"}),
    case("a photo of 2 MB on one line", cards(f"FN:Hélène Lefèvre\r\nPHOTO:{'x' * 2_000_000}"), names=HELENE),
    case(
        "list of people",
        cards("KIND:group\r\nFN:Amis", "FN:Paul Durand"),
        names=["Paul Durand"],
        skipped={1: "card_of_group"},
    ),
    case("UTF-16", cards("FN:Hélène Lefèvre").decode().encode("utf-16"), names=HELENE),
    case("cp1252", cards("N;CHARSET=ISO-8859-1:Lefèvre;Hélène").decode().encode("cp1252"), names=HELENE),
    case("escapes", cards("N:Lef\\;èvre;Hé\\,lène;;;"), names=["Hé,lène Lef;èvre"]),
    case("lower case, bare line ends", b"begin:vcard\nversion:3.0\nfn:Paul Durand\nend:vcard", names=["Paul Durand"]),
    case("text around the cards", b"hello\n" + cards("FN:Paul Durand") + b"bye\n", names=["Paul Durand"]),
    case("10,000 cards", box(10_000), names=[f"Paul Durand{i}" for i in range(10_000)]),
    case(
        "two files glued, each with its BOM",
        b"\xef\xbb\xbf".join([b"", *[cards("FN:Paul Durand")] * 2]),
        names=["Paul Durand"] * 2,
    ),
    case("not a card", b"nom,email\nDurand,a@b.fr\n", refused="not_a_card"),
]
