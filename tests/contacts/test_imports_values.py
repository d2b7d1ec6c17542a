"""One cell at a time: names, dates, addresses, phones, and what cleaning leaves of a hostile text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.imports import cells, headers, names, points
from contacts.imports.addresses import postal_address
from contacts.imports.dates import read_date
from contacts.imports.decoding import decode, is_unreadable


@pytest.mark.parametrize(
    ("full", "given_name", "family_name"),
    [
        ("Paul Durand", "Paul", "Durand"),
        ("Durand, Paul", "Paul", "Durand"),
        ("DURAND Paul", "Paul", "DURAND"),
        ("Paul DURAND", "Paul", "DURAND"),
        ("DE LA TOUR Jean", "Jean", "DE LA TOUR"),
        ("Jean-Paul LE GOFF", "Jean-Paul", "LE GOFF"),
        ("Jean de La Fontaine", "Jean", "de La Fontaine"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Anne-Marie d’Almeida", "Anne-Marie", "d’Almeida"),
        ("Mme Hélène Lefèvre", "Hélène", "Lefèvre"),
        ("M. DURAND Paul", "Paul", "DURAND"),
        ("Durand, Paul, PhD", "Paul", "Durand"),
        ("Paul Durand, MBA", "Paul", "Durand"),
        ("JP Durand", "JP", "Durand"),
        ("DURAND Paul MARTIN", "DURAND Paul", "MARTIN"),
        ("J.-P. Durand", "J.-P.", "Durand"),
        ("PAUL DURAND", "PAUL", "DURAND"),
        ("王小明", "王小明", ""),
        ("", "", ""),
    ],
)
def test_a_full_name_is_split_as_a_reader_would(full, given_name, family_name):
    assert names.split_name(full) == (given_name, family_name)


def test_a_lone_word_under_the_french_title_is_a_family_name():
    assert names.split_name("Durand", lone_is_family=True) == ("", "Durand")


@pytest.mark.parametrize("address", ["contact@x.fr", "service.client@x.fr", "p.durand@x.fr", "jp@x.fr", "a.b.c@x.fr"])
def test_an_address_that_spells_no_name_gives_none(address):
    assert names.name_from_email(address) == ("", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("03/04/2025", "2025-04-03"),
        ("3.4.2025", "2025-04-03"),
        ("03/04/85", "1985-04-03"),
        ("2025-04-03T10:00:00Z", "2025-04-03"),
        ("20250403", "2025-04-03"),
        ("3 avr. 2025", "2025-04-03"),
        ("1er août 2024", "2024-08-01"),
        ("jeudi 3 avril 2025", "2025-04-03"),
        ("April 3, 2025", "2025-04-03"),
        ("03. März 2022", "2022-03-03"),
        ("45750", "2025-04-03"),
        ("45750,0", "2025-04-03"),
        ("1743638400000", "2025-04-03"),
        ("--0512", "--05-12"),
        ("--05-12", "--05-12"),
        ("1604-02-29", "--02-29"),
        ("12 mai", "--05-12"),
        ("0/0/00", ""),
        ("00/00/0000", ""),
    ],
)
def test_a_date_is_read_as_people_write_it(text, found):
    assert read_date(text) == (found, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/02/2025", "date_impossible"),
        ("04/15/2025", "date_impossible"),
        ("--02-30", "date_impossible"),
        ("01/01/0001", "date_out_of_range"),
        ("31/12/9999", "date_out_of_range"),
        ("31/12/1899", "date_out_of_range"),
        ("mars 2023", "date_unreadable"),
        ("1985", "date_unreadable"),
        ("hier", "date_unreadable"),
        ("²/²/²", "date_unreadable"),
        ("3 avril 2025 10", "date_unreadable"),
        ("1" * 5000, "date_unreadable"),
    ],
)
def test_a_date_that_is_none_says_why(text, reason):
    assert read_date(text)[1] == reason


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_dates(text):
    found, reason = read_date(text)
    assert not (found and reason)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("paul@exemple.fr", "paul@exemple.fr"),
        ("Paul Durand <paul@exemple.fr>", "paul@exemple.fr"),
        ("mailto:paul@exemple.fr", "paul@exemple.fr"),
        (" paul@exemple.fr;\r\n", "paul@exemple.fr"),
        ("zoe@bücher.example", "zoe@bücher.example"),
        ("ｐａｕｌ@exemple.fr", "paul@exemple.fr"),
        ("paul@ｘｙ.fr", "paul@xy.fr"),
        ("o'brien+x@exemple.co.uk", "o'brien+x@exemple.co.uk"),
        (f"{'a' * 64}@b.fr", f"{'a' * 64}@b.fr"),
    ],
)
def test_a_cell_with_one_address_gives_it(text, found):
    assert points.read_email(text) == (found, None)


@pytest.mark.parametrize(
    "text",
    [
        "paul",
        "paul@x",
        "@x.fr",
        "a b@x.fr",
        "a..b@x.fr",
        "a@-x.fr",
        "a@x..fr",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "rené@x.fr",
        "a@x.fr\nBcc:b",
        f"{'a' * 65}@b.fr",
        f"a@{'b' * 64}.fr",
        "a@x.f",
        f"a@{'é' * 70}.fr",
        f"a@{'x.' * 130}fr",
    ],
)
def test_what_is_no_address_is_refused(text):
    assert points.read_email(text) == ("", "email_invalid")


@pytest.mark.parametrize("text", ["a@b.fr, evil@x.fr", "a@b.fr evil@x.fr", "a@b.fr;c@d.fr", "a@b.fr <evil@x.fr>"])
def test_two_addresses_in_one_cell_are_refused(text):
    assert points.read_email(text) == ("", "email_several")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("06 12 34 56 78", ("+33612345678", None)),
        ("tel:+33-1-23-45-67-89;ext=12", ("+33-1-23-45-67-89 poste 12", None)),
        ("01 23 45 67 89 poste 12", ("01 23 45 67 89 poste 12", None)),
        ("3949", ("3949", "phone_kept")),
        ("3,36123E+10", ("", "phone_rounded")),
        ("3.3612345678E+10", ("+33612345678", None)),
        ("06 12 34 56 7", ("06 12 34 56 7", "phone_kept")),
        ("abc", ("", "phone_invalid")),
        ("1" * 30, ("", "phone_invalid")),
        ("0" * 300, ("", "phone_invalid")),
    ],
)
def test_a_phone_is_stored_in_e164_or_as_written(text, found):
    assert points.read_phone(text) == found


def test_a_rounded_phone_stays_in_one_piece():
    assert points.split_phones("3,36123E+10") == ["3,36123E+10"]


@pytest.mark.parametrize(
    "text", ["0612345678/0123456789", "06 12 34 56 78 / 01 23 45 67 89", "06 12 34 56 78 ::: 01 23 45 67 89"]
)
def test_two_phones_in_one_cell_are_two(text):
    assert [points.read_phone(part)[0] for part in points.split_phones(text)] == ["+33612345678", "+33123456789"]


def test_slashes_within_one_number_do_not_cut_it():
    assert points.split_phones("06/12/34/56/78") == ["06/12/34/56/78"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("www.exemple.fr", "https://www.exemple.fr"),
        ("http://exemple.fr/a?b=c#d", "http://exemple.fr/a?b=c#d"),
        ("exemple.fr:8080/a", "https://exemple.fr:8080/a"),
        ("https://bücher.example/", "https://bücher.example/"),
    ],
)
def test_a_web_address_is_http_or_https(text, found):
    assert points.read_website(text) == (found, None)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1).fr",
        "data:text/html,x",
        "ftp://x.fr",
        "mailto:a@b.fr",
        "//x.fr",
        "x",
        "https://u:p@x.fr",
        'https://x.fr/"><img>',
        "java script:x.fr",
        "http://[::1",
        f"https://x.fr/{'a' * 500}",
    ],
)
def test_any_other_address_is_refused(text):
    assert points.read_website(text) == ("", "website_refused")


@pytest.mark.parametrize(
    "kept", ["👩\u200d🚀", "❤️\u200d🔥", "🇫🇷", "🏴\U000e0067\U000e0062\U000e0065\U000e007f", "می\u200cخواهم"]
)
def test_joiners_that_mean_something_are_kept(kept):
    assert cells.clean(kept) == kept


@given(st.text())
def test_clean_text_is_printable_on_one_line(text):
    cleaned = cells.clean(text)
    assert cleaned == cleaned.strip() == cells.clean(cleaned)
    assert not any(char in cleaned for char in "\0\n\r\t\x0b\x1b\u2028\u202e\u200b\ufeff")


def test_clean_text_keeps_its_lines():
    assert cells.clean_text(" un\r\n\n\n\ndeux\x0b\u202e trois \r") == "un\n\ndeux  trois"


@pytest.mark.parametrize("codec", ["cp1252", "iso-8859-15", "mac-roman"])
def test_accents_are_told_from_their_neighbours(codec):
    text = "Hélène;Cœur;Noël;ÉLÉONORE;Çelik;Groß;François;l’été;Haÿ".replace("’", "'")
    decoded = decode(text.encode(codec))
    assert (decoded.encoding, [line for _number, line in decoded.lines()]) == (codec, [text])


def test_a_ligature_of_iso_8859_15_is_no_fraction():
    decoded = decode("Société;Notes\nŒuvre Noël;été\n".encode("iso-8859-15"))
    assert [line for _number, line in decoded.lines()] == ["Société;Notes", "Œuvre Noël;été"]


def test_half_an_emoji_does_not_make_a_file_another_encoding():
    decoded = decode(b"nom\nZo\xed\xa0\xbd\nPaul\n")
    assert decoded.encoding == "utf-8"
    assert [is_unreadable(line) for _number, line in decoded.lines()] == [False, True, False]


def test_labels_are_ours_when_they_are_known():
    assert [headers.label_of(text) for text in ("* Work", "Domicile", "Handy", "* ", "Chantier")] == [
        *("work", "home", "mobile", "", "Chantier"),
    ]


@pytest.mark.parametrize(
    ("title", "field", "label"),
    [
        ("Tél. portable", "phone", "mobile"),
        ("Téléphone (bureau)", "phone", "work"),
        ("Portable pro", "phone", "mobile"),
        ("E-mail pro.", "email", "work"),
        ("Adresse e-mail 2", "email", ""),
        ("E-mail 2 Address", "email", ""),
        ("Code postal (domicile)", "address", "home"),
        ("Business City", "address", "work"),
        ("N° de téléphone", "phone", ""),
        ("Télécopie (bureau)", "phone", "fax"),
        ("Raison sociale", "organisation", ""),
        ("Firma", "organisation", ""),
        ("RENCONTRÉ LE", "met_on", ""),
        ("Nom du client", "full_name", ""),
        ("Contact principal", "full_name", ""),
        ("Patronyme", "family_name", ""),
        ("Nom de la structure", "organisation", ""),
        ("Dénomination sociale", "organisation", ""),
        ("N° tél", "phone", ""),
        ("Nº de tél.", "phone", ""),
        ("N° de portable", "phone", "mobile"),
        ("Numéro de mobile", "phone", "mobile"),
        ("Tél. direct", "phone", "work"),
        ("Direct Phone", "phone", "work"),
        ("Date d'anniversaire", "birthday", ""),
        ("Observations", "notes", ""),
        ("Poste occupé", "title", ""),
        ("URL LinkedIn", "linkedin", ""),
        ("Website URL", "website", ""),
        ("Email ID", "email", ""),
        ("companyName", "organisation", ""),
        ("emailAddress", "email", ""),
        ("MobilePhone", "phone", "mobile"),
        ("Courriel (obligatoire)", "email", ""),
        ("Phone (optional)", "phone", ""),
    ],
)
def test_a_title_is_understood_whatever_its_accents_and_numbers(title, field, label):
    meaning = headers.meaning_of(title)
    assert (meaning.field, meaning.label) == (field, label)


@pytest.mark.parametrize("title", ["id", "tenant_id", "workspace", "score", "opposed", "E-mail 2 Type", "Suffixe", ""])
def test_a_title_that_is_not_ours_means_nothing(title):
    assert headers.meaning_of(title) is None


def test_an_address_split_over_columns_is_one_line():
    parts = {"full": ["12 rue X", "Bât. B"], "postcode": ["69003"], "city": ["Lyon"], "country": ["France"]}
    assert postal_address(parts) == "12 rue X, Bât. B, 69003 Lyon, France"
    assert postal_address({"full": ["12 rue X\n69003 Lyon", "France"]}) == "12 rue X, 69003 Lyon, France"
