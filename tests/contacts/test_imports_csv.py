"""CSV files, friendly and hostile, become drafts."""

import contextlib
import io
import time
from datetime import date

import pytest
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from contacts.imports import fields
from contacts.imports.draft import Draft, Skipped
from contacts.imports.reading import read
from contacts.imports.reasons import Refused, Remark
from contacts.imports.sketch import LABEL_MAX, LENGTHS
from contacts.models import Contact, ContactPoint, Organisation, Position, Tag
from tests.contacts.corpus import FILES, TITLES, people, utf8


@pytest.mark.parametrize("case", [case for case in FILES if not case.refused], ids=str)
def test_a_hostile_file_gives_what_it_holds_and_says_the_rest(case):
    reading = read(case.content, case.filename)
    entries = list(reading)
    drafts = [entry for entry in entries if isinstance(entry, Draft)]
    assert [draft.full_name for draft in drafts] == case.names
    assert {entry.line: entry.reason.value for entry in entries if isinstance(entry, Skipped)} == case.skipped
    assert {(d.line, p.field, p.code) for d in drafts for p in d.problems} == case.problems
    assert reading.rows == len(entries)


@pytest.mark.parametrize("case", [case for case in FILES if case.refused], ids=str)
def test_a_file_that_cannot_be_understood_is_refused_before_any_draft(case):
    with pytest.raises(Refused) as refused:
        read(case.content, case.filename)
    assert (refused.value.code, refused.value.line) == (case.refused, case.refused_line)
    assert str(refused.value)


def drafts_of(*lines: str, **choices) -> list[Draft]:
    return [entry for entry in read(utf8(*lines), "contacts.csv", **choices) if isinstance(entry, Draft)]


GOOGLE = (
    "First Name,Last Name,Organization Name,Organization Title,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Formatted,Address 1 - Street,"
    "Address 1 - City,Website 1 - Value\n"
    'Hélène,Lefèvre,Atelier,Gérante,--05-12,"un\ndeux",* myContacts ::: Clients,* Work,h@x.fr ::: l@x.fr,'
    'Mobile,+33 6 12 34 56 78 ::: 04 72 00 00 00,Chantier,+44 20 7946 0958,"12 rue X\n69003 Lyon",12 rue X,Lyon,x.fr\n'
)
OLD_GOOGLE = (
    "Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    "Organization 1 - Name,Organization 1 - Title\n"
    "Hélène Lefèvre,Hélène,,Lefèvre,* My Contacts ::: Clients,* ,h@x.fr,Atelier,Gérante\n"
)
OUTLOOK = (
    "Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Service,Titre,Rue (bureau),Rue (bureau) 2,Ville (bureau),"
    "Code postal (bureau),Rue (domicile),Téléphone (bureau),Téléphone 2 (bureau),Tél. mobile,Adresse de messagerie,"
    "Type de messagerie,Nom complet de l'adresse de messagerie,Adresse de messagerie 2,Anniversaire,Catégories,"
    "Page Web\n"
    "Mme,Hélène,Marie,Lefèvre,,Atelier,Bois,Gérante,12 rue X,Bât. B,Lyon,69003,1 rue Y,04 72 00 00 00,,06 12 34 56 78,"
    "h@x.fr,SMTP,Hélène (h@x.fr),l@x.fr,0/0/00,Clients;Bois,www.x.fr\n"
)


def test_a_google_export_is_recognised_and_read_whole():
    reading = read(GOOGLE.encode(), "contacts.csv")
    [draft] = reading
    assert (reading.format, draft.full_name, draft.problems) == ("google", "Hélène Lefèvre", [])
    assert (draft.organisation, draft.title, draft.birthday) == ("Atelier", "Gérante", "--05-12")
    assert draft.emails == [("work", "h@x.fr"), ("work", "l@x.fr")]
    assert draft.phones == [("mobile", "+33612345678"), ("mobile", "+33472000000"), ("Chantier", "+442079460958")]
    assert (draft.tags, draft.notes) == (["Clients"], "un\ndeux")
    assert (draft.address, draft.website) == ("12 rue X, 69003 Lyon", "https://x.fr")


def test_an_old_google_export_is_recognised_too():
    reading = read(OLD_GOOGLE.encode(), "contacts.csv")
    [draft] = reading
    assert (reading.format, draft.full_name, draft.tags) == ("google", "Hélène Lefèvre", ["Clients"])
    assert (draft.emails, draft.organisation, draft.title) == ([("", "h@x.fr")], "Atelier", "Gérante")


def test_a_french_outlook_export_is_recognised_and_read_whole():
    reading = read(OUTLOOK.encode("cp1252"), "contacts.csv")
    [draft] = reading
    assert (reading.format, reading.encoding, draft.problems) == ("outlook", "cp1252", [])
    assert (draft.given_name, draft.family_name, draft.title) == ("Hélène Marie", "Lefèvre", "Gérante")
    assert draft.emails == [("", "h@x.fr"), ("", "l@x.fr")]
    assert draft.phones == [("work", "+33472000000"), ("mobile", "+33612345678")]
    assert (draft.birthday, draft.tags) == ("", ["Clients", "Bois"])
    assert (draft.address, draft.website) == ("12 rue X, Bât. B, 69003 Lyon", "https://www.x.fr")


def test_an_english_outlook_export_keeps_the_job_and_drops_the_civility():
    titles = "First Name,Last Name,Title,Company,Job Title,Business Phone,Business Street,E-mail Address,E-mail Type\n"
    reading = read(utf8(titles, "Hélène,Lefèvre,Mrs,Atelier,Manager,04 72 00 00 00,12 rue X,h@x.fr,SMTP\n"))
    [draft] = reading
    assert (reading.format, draft.title, draft.organisation) == ("outlook", "Manager", "Atelier")


@pytest.mark.parametrize("case", [case for case in FILES if case.number in (28, 29)], ids=str)
def test_a_linkedin_export_is_recognised_in_three_languages(case):
    reading = read(case.content, "Connections.csv")
    [draft] = reading
    assert reading.format == "linkedin"
    assert draft.met_on in ("2023-01-12", "2023-03-12", "2022-04-03")
    assert draft.website.startswith("https://www.linkedin.com/in/")
    assert draft.organisation
    assert draft.title


def test_a_preamble_of_eleven_lines_is_too_long():
    assert drafts_of("note\n" * 10, "Nom,E-mail\nDurand,a@b.fr\n")[0].line == 12
    with pytest.raises(Refused):
        read(utf8("note\n" * 11, "Nom,E-mail\nDurand,\n"))


def test_a_left_out_preamble_is_said():
    reading = read(utf8("Export\ndu jour\nNom,E-mail\nDurand,a@b.fr\n"))
    with override("en"):
        assert [str(notice) for notice in reading.notices] == ["2 lines above the titles were left out."]


def test_the_encoding_and_the_delimiter_are_shown_and_can_be_switched():
    content = "Nom;Société\nDurand;Œuvre à 5 €\n".encode("cp1252")
    reading = read(content)
    assert (reading.encoding, reading.delimiter) == ("cp1252", ";")
    assert next(iter(read(content, encoding="mac-roman"))).organisation != next(iter(reading)).organisation
    assert [column.field for column in read(b"Nom,Ville;E-mail\na,b;c@d.fr\n", delimiter=";").columns] == [
        None,
        "email",
    ]


def test_an_encoding_that_nothing_tells_is_asked():
    content = "Имя,email\nИван,i@x.ru\nПётр,p@x.ru\n".encode("cp1251")
    with pytest.raises(Refused) as refused:
        read(content)
    assert refused.value.code == "encoding_unknown"
    assert read(content, encoding="cp1251").columns[0].title == "Имя"


def test_duplicate_titles_are_shown_apart_and_both_read():
    reading = read(b"Nom,email,email\nDurand,a@b.fr,c@d.fr\n")
    assert [(column.title, column.field) for column in reading.columns] == [
        ("Nom", "full_name"),
        ("email 1", "email"),
        ("email 2", "email"),
    ]
    assert next(iter(reading)).emails == [("", "a@b.fr"), ("", "c@d.fr")]


def test_the_user_chooses_what_a_column_is():
    [draft] = drafts_of("Nom,Divers\nDurand,Atelier\n", mapping={1: "organisation"})
    assert draft.organisation == "Atelier"
    assert drafts_of("Nom,Ville\nDurand,Lyon\n", mapping={1: None})[0].address == ""


def test_columns_that_are_not_ours_are_ignored():
    [case] = [case for case in FILES if case.number == 52]
    assert {column.field for column in read(case.content).columns} == {"full_name", None}


def test_dates_are_read_in_the_french_order():
    [case] = [case for case in FILES if case.number == 46]
    assert {draft.birthday for draft in read(case.content)} == {"2025-04-03"}
    assert drafts_of("Nom,Birthday\nDurand,03/04/2025\n", order="mdy")[0].birthday == "2025-03-04"


def test_nfc_and_nfd_spellings_are_stored_alike():
    [case] = [case for case in FILES if case.number == 44]
    assert {draft.family_name for draft in read(case.content)} == {"René"}


def test_a_phone_that_is_not_recognised_is_kept_as_written_and_said():
    [draft] = drafts_of("Nom;Téléphone\nDurand;3949\n")
    assert (draft.phones, draft.problems[0].code) == ([("", "3949")], "phone_kept")


def test_our_own_apostrophe_before_a_phone_goes():
    assert drafts_of("Nom;Téléphone\nDurand;'+33 6 12 34 56 78\n")[0].phones == [("", "+33612345678")]


def test_a_row_without_a_name_is_named_by_its_address_or_its_firm():
    reading = read(utf8(TITLES, ";;paul.durand@x.fr;;\n;;contact@x.fr;;Atelier\n;;jp@x.fr;;\n;;;0612345678;\n"))
    names = [entry.full_name if isinstance(entry, Draft) else entry.reason.value for entry in reading]
    assert names == ["Paul Durand", "Atelier", "jp@x.fr", "no_name"]
    assert {notice.remark: notice.count for notice in reading.notices} == {"named_by_email": 2, "named_by_firm": 1}


def test_what_is_too_long_is_cut_or_left_out_and_said():
    long = "x" * 300
    [draft] = drafts_of("Prénom,Nom,Société,Fonction,Tags\n", f"{long},Durand,{long},{long},{long}\n")
    assert (len(draft.given_name), draft.organisation, draft.title, draft.tags) == (120, "", "", [])
    assert {(p.field, p.code) for p in draft.problems} == {
        ("given_name", "cut"),
        ("organisation", "too_long"),
        ("title", "too_long"),
        ("tags", "too_long"),
    }


def test_lengths_are_those_of_the_columns():
    assert LENGTHS[fields.GIVEN_NAME] == Contact._meta.get_field("given_name").max_length
    assert LENGTHS[fields.FAMILY_NAME] == Contact._meta.get_field("family_name").max_length
    assert LENGTHS[fields.ADDRESS] == Contact._meta.get_field("address").max_length
    assert LENGTHS[fields.NOTES] == Contact._meta.get_field("notes").max_length
    assert LENGTHS[fields.ORGANISATION] == Organisation._meta.get_field("name").max_length
    assert LENGTHS[fields.SECTOR] == Organisation._meta.get_field("sector").max_length
    assert LENGTHS[fields.TITLE] == Position._meta.get_field("title").max_length
    assert LENGTHS[fields.TAGS] == Tag._meta.get_field("name").max_length
    assert ContactPoint._meta.get_field("label").max_length == LABEL_MAX


def test_a_reading_can_be_taken_up_after_a_line():
    reading = read(people(20))
    assert [entry.line for entry in reading.after(15)] == [16, 17, 18, 19, 20, 21]
    assert len(list(reading)) == len(list(reading)) == reading.rows == 20


def test_a_stream_is_read_no_further_than_the_limit():
    stream = io.BytesIO(b"nom\n" + b"x" * 20_000_000)
    with pytest.raises(Refused):
        read(stream)
    assert stream.tell() <= 10 * 1024 * 1024 + 1


def test_a_refusal_names_its_line_and_its_limit():
    with pytest.raises(Refused) as refused, override("en"):
        read(b"nom\n" + b"x" * 2_000_000)
    with override("en"):
        assert str(refused.value) == "Line 2: this line is longer than 1,000,000 characters."


@pytest.mark.parametrize(
    "hostile", ['"', "'", "\\", ",", ";", "\n", "\t", "\0", "é", "=", "\u202e", "\u0301", "a@b.fr"]
)
def test_any_repeated_character_is_read_in_linear_time(hostile):
    assert seconds_for(hostile * 4_000) < 16 * seconds_for(hostile * 1_000) + 0.5


def seconds_for(cell: str) -> float:
    row = f"Durand;{cell};{cell};{cell}\n"
    began = time.process_time()
    with contextlib.suppress(Refused):
        list(read(utf8("Nom;E-mail;Téléphone;Notes\n", row * 10)))
    return time.process_time() - began


def test_titles_are_found_below_any_number_of_blank_lines():
    [draft] = read(b"\n,,,\n" * 20_000 + b"Nom,E-mail\nDurand,a@b.fr\n")
    assert (draft.line, draft.full_name) == (40_002, "Durand")


def test_a_refusal_below_blank_lines_names_the_line_of_the_file():
    with pytest.raises(Refused) as refused:
        read(b"\n" * 5 + b'Divers,Autre\n"x,y\n')
    assert (refused.value.code, refused.value.line) == ("unbalanced_quote", 7)


def test_columns_without_titles_are_told_by_their_contents():
    reading = read(utf8("Paul Durand;Atelier;0612345678;www.x.fr\nAnne Petit;Scierie;0712345678;www.y.fr\n"))
    assert [column.field for column in reading.columns] == ["full_name", "organisation", "phone", "website"]
    assert [(notice.remark, notice.count) for notice in reading.notices] == [(Remark.NO_TITLES, 4)]


def test_the_order_of_names_without_titles_follows_the_addresses():
    [draft, _other] = drafts_of("Durand,Paul,paul.durand@x.fr\nPetit,Anne,anne.petit@x.fr\n")
    assert (draft.given_name, draft.family_name) == ("Paul", "Durand")


def test_a_first_row_of_unknown_titles_is_no_person():
    assert [draft.full_name for draft in drafts_of("Kontaktperson;Anschreiben\nPaul Durand;p@x.fr\n")] == [
        "Paul Durand"
    ]


def test_a_trailing_delimiter_makes_an_empty_cell():
    assert drafts_of('Nom,E-mail,\n"Durand, Paul","a@b.fr",\n')[0].problems == []


def test_a_title_after_a_job_title_is_a_civility():
    assert drafts_of("Job Title,Title,Nom\nManager,Mrs,Durand\n")[0].title == "Manager"


@pytest.mark.parametrize(
    ("titles", "row", "title"),
    [
        ("Titre;Prénom;Nom;Société;Titre;Profession", "Mme;Anne;Petit;X;Gérante;", "Gérante"),
        ("Titre;Prénom;Nom;Société;Titre;Profession", "Mme;Anne;Petit;X;;Menuisière", "Menuisière"),
        ("Name;Title;Role", "Anne Petit;CEO;", "CEO"),
        ("Name;Title;Role", "Anne Petit;;Buyer", "Buyer"),
        ("Name;Title", "Anne Petit;Mrs.", ""),
    ],
)
def test_the_first_column_that_holds_a_job_gives_it(titles, row, title):
    assert drafts_of(f"{titles}\n", f"{row}\n")[0].title == title


def test_a_client_beside_a_contact_is_the_firm():
    [draft] = drafts_of("Client;Contact principal;E-mail\n", "Scierie;Anne Petit;a@x.fr\n")
    assert (draft.full_name, draft.organisation) == ("Anne Petit", "Scierie")
    assert drafts_of("Nom client;Prénom\n", "Petit;Anne\n")[0].family_name == "Petit"


def test_the_name_at_birth_gives_way_to_the_name():
    assert drafts_of("Nom de naissance;Nom;Prénom\n", "Morel;Petit;Anne\n")[0].full_name == "Anne Petit"
    assert drafts_of("Nom de naissance;Prénom\n", "Morel;Anne\n")[0].full_name == "Anne Morel"


@pytest.mark.parametrize("nothing", ["-", "?", ".", "n/a", "N/A", "néant", "Aucun", "--", "—"])
def test_what_stands_for_nothing_is_blank(nothing):
    [draft] = drafts_of(f"Nom;E-mail;Téléphone;Société\nDurand;{nothing};{nothing};{nothing}\n")
    assert (draft.emails, draft.phones, draft.organisation, draft.problems) == ([], [], "", [])


def test_several_lines_are_welcome_in_notes_and_in_columns_that_are_not_ours():
    content = 'Nom;Notes;Bio;Téléphone\nDurand;"a;b@x.fr\nc";"d;\ne";"0612345678;\n0472000000"\n'
    assert len(drafts_of(content)[0].phones) == 2


def test_nobody_is_born_or_met_tomorrow(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 25))
    [draft] = drafts_of("Nom;Date de naissance;Rencontré le\nDurand;12/05/2027;26/11/2026\n")
    assert (draft.birthday, draft.met_on) == ("", "")
    assert {(one.field, one.code) for one in draft.problems} == {
        ("birthday", "date_future"),
        ("met_on", "date_future"),
    }
    assert drafts_of("Nom;Anniversaire\nDurand;12/05/27\n")[0].birthday == "1927-05-12"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"Nom;E-mail\n", b",,,\n"])
def test_a_file_without_lines_says_so(content):
    assert [notice.remark for notice in read(content).notices] == [Remark.NO_LINES]


def test_a_name_that_is_an_address_becomes_one():
    [draft] = drafts_of("First Name,E-mail\npaul.durand@x.fr,\n")
    assert (draft.full_name, draft.emails) == ("Paul Durand", [("", "paul.durand@x.fr")])


def test_a_met_on_date_needs_its_year():
    [draft] = drafts_of("Nom,Rencontré le\nDurand,12 mai\n")
    assert (draft.met_on, draft.problems[0].code) == ("", "date_unreadable")


def test_the_same_tag_comes_once_and_the_twenty_first_is_too_many():
    [draft] = drafts_of("Nom;Tags\nDurand;Bois,bois", *(f",t{i}" for i in range(30)), "\n")
    assert (len(draft.tags), [problem.code for problem in draft.problems]) == (20, ["too_many"])


def test_the_twenty_first_address_is_too_many():
    addresses = " ::: ".join(f"p{i}@x.fr" for i in range(21))
    [draft] = drafts_of("Nom;E-mail;E-mail\nDurand;", addresses, ";q@x.fr\n")
    assert (len(draft.emails), [problem.code for problem in draft.problems]) == (20, ["too_many", "too_many"])


def test_a_problem_reads_as_a_sentence():
    [draft] = drafts_of("Nom;E-mail\nDurand;paul@\n")
    with override("en"):
        assert str(draft.problems[0]) == "e-mail: not a valid e-mail address (paul@)"


TITLED = st.sampled_from(
    ["Nom;E-mail;Téléphone;Date de naissance;Site web;Ville\n", "Name,Email\n", "sep=;\nNom;Tags\n", ""]
)
PIECES = st.lists(
    st.sampled_from(["Nom", "a@b.fr", "06 12 34 56 78", "é", "x", '"', "'=", ",", ";", "\t", "|", "\n", "\r"])
)


@given(TITLED, PIECES, st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac-roman"]))
def test_no_rows_break_the_reader(titles, pieces, encoding):
    with contextlib.suppress(Refused):
        reading = read((titles + "".join(pieces)).encode(encoding))
        assert len(list(reading)) == reading.rows


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content):
    with contextlib.suppress(Refused):
        list(read(content))
        list(read(b"Nom;E-mail\n" + content))
        list(read(b"BEGIN:VCARD\nFN:a\n" + content + b"\nEND:VCARD\n"))
