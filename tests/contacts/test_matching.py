"""Who is the same person: e-mail, then phone and name, then name and firm; and never anybody of another workspace."""

import unicodedata

import pytest

from contacts.imports.draft import Draft
from contacts.imports.matching import Directory, Signs, candidates
from tests import make


def draft(name="Paul Durand", *, emails=(), phones=(), firm="", **values) -> Draft:
    given, _space, family = name.partition(" ")
    points = {"emails": [("", one) for one in emails], "phones": [("", one) for one in phones]}
    return Draft(line=2, given_name=given, family_name=family, organisation=firm, **points, **values)


def matches(workspace, *drafts: Draft) -> list[str]:
    """The full names of those whom the first draft may be."""
    signs = [Signs.of(one) for one in drafts]
    directory = Directory("")
    directory.meet(candidates(workspace, signs))
    return sorted(person.full_name for person in directory.find(signs[0]))


@pytest.mark.parametrize("spelling", ["PAUL@Exemple.FR", "ｐａｕｌ@exemple.fr"])
def test_the_same_email_is_the_same_person_whatever_the_name(workspace, spelling):
    make.contact(workspace, "Paul Durand", emails=["paul@exemple.fr"])
    assert matches(workspace, draft("Autre Nom", emails=[spelling])) == ["Paul Durand"]


def test_the_same_phone_and_name_are_the_same_person_though_the_emails_differ(workspace):
    make.contact(workspace, "Paul Durand", emails=["a@b.fr"], phones=["06 12 34 56 78"], firm="Un")
    assert matches(workspace, draft(emails=["c@d.fr"], phones=["+33612345678"], firm="Deux")) == ["Paul Durand"]


def test_the_same_phone_with_another_name_is_somebody_else(workspace):
    make.contact(workspace, "Paul Durand", phones=["06 12 34 56 78"])
    assert matches(workspace, draft("Zoé Durand", phones=["06 12 34 56 78"])) == []


@pytest.mark.parametrize(
    ("stored", "brought", "same"),
    [
        ({}, {}, True),
        ({"firm": "SARL Morvan"}, {"firm": "morvan"}, True),
        ({"firm": "Morvan"}, {}, False),
        ({}, {"firm": "Morvan"}, False),
        ({"emails": ["a@b.fr"]}, {}, True),
        ({}, {"emails": ["a@b.fr"]}, True),
        ({"emails": ["a@b.fr"]}, {"emails": ["c@d.fr"]}, False),
    ],
)
def test_the_same_name_counts_with_the_same_firm_when_a_side_has_no_email(workspace, stored, brought, same):
    make.contact(workspace, "Paul Durand", **stored)
    assert matches(workspace, draft(**brought)) == ["Paul Durand"] * same


@pytest.mark.parametrize("name", ["durand paul", "PAUL DURAND", "Pàul Dürand"])
def test_case_accents_and_order_of_a_name_do_not_count(workspace, name):
    make.contact(workspace, "Paul Durand")
    assert matches(workspace, draft(name)) == ["Paul Durand"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_both_ways_to_write_an_accent_are_one_name(workspace, form):
    make.contact(workspace, unicodedata.normalize("NFC", "René Lefèvre"))
    assert len(matches(workspace, draft(unicodedata.normalize(form, "René Lefèvre")))) == 1


def test_a_greek_letter_makes_another_person(workspace):
    make.contact(workspace, "Paul Dupont")
    assert matches(workspace, draft("Paul Dupοnt")) == []


def test_two_emails_of_two_people_find_both(workspace):
    make.contact(workspace, "Paul Durand", emails=["a@b.fr"])
    make.contact(workspace, "Zoé Petit", emails=["c@d.fr"])
    assert matches(workspace, draft(emails=["a@b.fr", "c@d.fr"])) == ["Paul Durand", "Zoé Petit"]


def test_somebody_present_goes_before_their_like_in_the_bin(workspace, claire):
    make.contact(workspace, "Paul Ancien", emails=["a@b.fr"]).bin(by=claire)
    assert matches(workspace, draft(emails=["a@b.fr"])) == ["Paul Ancien"]
    make.contact(workspace, "Paul Durand", emails=["a@b.fr"])
    assert matches(workspace, draft(emails=["a@b.fr"])) == ["Paul Durand"]


def test_nobody_of_another_workspace_is_found(workspace, victor):
    make.contact(victor.workspace, "Paul Durand", emails=["paul@exemple.fr"], phones=["0612345678"])
    assert matches(workspace, draft(emails=["paul@exemple.fr"], phones=["0612345678"])) == []


def test_as_many_queries_find_one_as_find_fifty(workspace, django_assert_num_queries):
    for number in range(50):
        make.contact(workspace, f"Paul Durand{number}", emails=[f"p{number}@b.fr"], firm="Un", tags=["Client"])
    drafts = [draft(f"Paul Durand{number}", emails=[f"p{number}@b.fr"]) for number in range(50)]
    for some in (drafts[:1], drafts):
        with django_assert_num_queries(5):
            found = candidates(workspace, [Signs.of(one) for one in some])
        assert len(found) == len(some)


def test_a_preview_forgets_whom_the_file_did_not_change(workspace):
    kept, dropped = (make.contact(workspace, name, emails=[f"{name}@b.fr"]) for name in ("Paul", "Zoé"))
    signs = [Signs.of(draft(one.full_name, emails=[f"{one.full_name}@b.fr"])) for one in (kept, dropped)]
    directory = Directory("")
    directory.meet(candidates(workspace, signs))
    directory.find(signs[0])[0].taught = True
    directory.forget()
    assert [len(directory.find(one)) for one in signs] == [1, 0]
