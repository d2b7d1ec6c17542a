"""vCard files, friendly and hostile, become drafts."""

import contextlib
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.imports.draft import Draft, Skipped
from contacts.imports.limits import Limits
from contacts.imports.reading import read
from contacts.imports.reasons import Refused, Remark
from tests.contacts import corpus_cards
from tests.contacts.corpus import cards
from tests.contacts.corpus_cards import CARDS


def drafts_of(data: bytes) -> list[Draft]:
    return [entry for entry in read(data, "contacts.vcf") if isinstance(entry, Draft)]


@pytest.mark.parametrize("case", [case for case in CARDS if not case.refused], ids=str)
def test_a_hostile_card_gives_what_it_holds_and_says_the_rest(case):
    reading = read(case.content, case.filename)
    entries = list(reading)
    drafts = [entry for entry in entries if isinstance(entry, Draft)]
    assert [draft.full_name for draft in drafts] == case.names
    assert {entry.line: entry.reason.value for entry in entries if isinstance(entry, Skipped)} == case.skipped
    assert {(d.line, p.field, p.code) for d in drafts for p in d.problems} == case.problems
    assert (reading.format, reading.rows) == ("vcard", len(entries))


@pytest.mark.parametrize("case", [case for case in CARDS if case.refused], ids=str)
def test_a_vcf_file_without_cards_is_refused(case):
    with pytest.raises(Refused) as refused:
        read(case.content, case.filename)
    assert refused.value.code == case.refused


def test_an_apple_card_is_read_whole():
    [draft] = drafts_of(cards(corpus_cards.APPLE))
    assert (draft.organisation, draft.title) == ("L'Atelier", "Gérante")
    assert (draft.emails, draft.phones) == ([("work", "helene@exemple.fr")], [("Chantier", "+33612345678")])
    assert (draft.birthday, draft.address) == ("--05-12", "12 rue des Lilas, 69003 Lyon, France")
    assert (draft.notes, draft.tags) == ("un, deux\ntrois", ["Clients", "Bois"])
    assert draft.website == "https://exemple.fr"


def test_an_android_card_keeps_its_accents_and_line_ends():
    [draft] = drafts_of(cards(corpus_cards.ANDROID))
    assert draft.phones == [("mobile", "+33612345678")]
    assert draft.notes == "Café du matin\ndeux"


def test_a_modern_card_is_read_whole():
    [draft] = drafts_of(cards(corpus_cards.MODERN))
    assert (draft.phones, draft.title, draft.birthday) == ([("mobile", "+33612345678")], "Gérante", "--05-12")


def test_what_follows_a_nested_agent_still_belongs_to_the_card():
    assert drafts_of(cards(corpus_cards.AGENT))[0].notes == "after"


def test_nothing_that_a_card_points_to_is_fetched(monkeypatch):
    asked = []
    monkeypatch.setattr(socket.socket, "connect", lambda *address: asked.append(address))
    reading = read(cards("FN:Paul Durand\r\nPHOTO;VALUE=uri:http://127.0.0.1:9/p.jpg\r\nLOGO:http://127.0.0.1:9/l"))
    assert len(list(reading)) == 1
    assert asked == []
    assert [(notice.remark, notice.count) for notice in reading.notices] == [(Remark.PHOTOS, 1)]


def test_a_linkedin_page_is_the_website_only_when_there_is_no_other():
    page = "X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/paul"
    assert drafts_of(cards(f"FN:Paul\r\n{page}"))[0].website == "https://www.linkedin.com/in/paul"
    assert drafts_of(cards(f"FN:Paul\r\n{page}\r\nURL:https://exemple.fr"))[0].website == "https://exemple.fr"


def test_cards_are_told_by_their_content_whatever_the_file_is_called():
    assert read(cards("FN:Paul Durand"), "contacts.csv").format == "vcard"


def test_a_fax_is_labelled_and_a_number_comes_once():
    [draft] = drafts_of(cards("FN:Paul\r\nTEL;WORK;FAX:04 72 00 00 00\r\nTEL:+33612345678\r\nTEL;CELL:06 12 34 56 78"))
    assert draft.phones == [("fax", "+33472000000"), ("", "+33612345678")]


@pytest.mark.parametrize("charset", ["ROT13", "MARTIAN-8", "\xe9", ""])
def test_a_charset_that_nobody_knows_is_not_an_error(charset):
    card = f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:H=C3=A9l=C3=A8ne Durand"
    assert drafts_of(cards(card))[0].full_name == "Hélène Durand"


def test_the_oldest_cards_name_their_encoding_without_its_key():
    card = "N;QUOTED-PRINTABLE;CHARSET=UTF-8:Lef=C3=A8vre;H=C3=A9l=C3=A8ne"
    assert drafts_of(cards(card))[0].full_name == "Hélène Lefèvre"


def test_quoted_printable_of_old_phones_is_cp1252_when_it_says_nothing():
    assert drafts_of(cards("FN;ENCODING=QUOTED-PRINTABLE:H=E9l=E8ne Durand"))[0].full_name == "Hélène Durand"


def test_a_colon_within_quotation_marks_does_not_end_the_parameters():
    assert drafts_of(cards('FN;X-NOTE="a:b:c":Paul Durand'))[0].full_name == "Paul Durand"


def test_lines_after_a_flaw_are_passed_over():
    [skipped] = read(cards("NOTE:" + "x" * 1_000_001 + "\r\nFN:Paul"), "contacts.vcf")
    assert skipped.reason == "card_line_too_long"
    assert [str(problem) for problem in skipped.problems]


def test_more_cards_than_the_limit_are_refused():
    with pytest.raises(Refused) as refused:
        read(cards("FN:A", "FN:B", "FN:C"), limits=Limits(rows=2))
    assert refused.value.code == "too_many_rows"


def test_a_profile_that_is_not_linkedin_is_left_out():
    assert drafts_of(cards("FN:Paul\r\nX-SOCIALPROFILE;type=x:https://x.example/paul"))[0].website == ""


PIECES = [
    *(
        "BEGIN:VCARD\n",
        "END:VCARD\n",
        "AGENT:\n",
        "N:a;b\n",
        "FN:é\n",
        "PHOTO;ENCODING=b:/9j/\n",
        "TEL:06\n",
        "\n",
        " x\n",
    ),
    *(
        "FN;QUOTED-PRINTABLE:=E9=\n",
        "NOTE;CHARSET=x:a\\",
        ";",
        ":",
        '"',
        "\\",
        "=",
        "item1.",
        "X-ABLABEL:_$!<\n",
        "ADR:;;x\n",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_lines_break_the_reader(pieces):
    with contextlib.suppress(Refused):
        reading = read("".join(pieces).encode(), "contacts.vcf")
        assert len(list(reading)) == reading.rows
