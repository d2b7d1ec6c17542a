"""A match fills blanks only; what differs is kept out and told."""

import pytest

from contacts.imports.matching import Person, Signs
from contacts.imports.merging import Merge, merge
from contacts.imports.reasons import Remark
from tests.contacts.test_matching import draft


def person(given="Paul", family="Durand", **values) -> Person:
    key = " ".join(sorted(f"{given} {family}".lower().split()))
    return Person(given_name=given, family_name=family, name_key=key, **values)


def merged(known: Person, *arguments, sectors=None, **values) -> Merge:
    brought = draft(*arguments, **values)
    return merge(known, brought, Signs.of(brought), sectors or {})


def told(result: Merge) -> list[tuple[str, str, str]]:
    return [(problem.field, problem.code, problem.excerpt) for problem in result.problems]


@pytest.mark.parametrize("field", ["birthday", "website", "address", "notes", "met_on"])
def test_a_blank_is_filled_and_another_value_is_kept_out(field):
    assert merged(person(), **{field: "2020-01-02"}).details == {field: "2020-01-02"}
    again = merged(person(details={field: "1999-01-02"}), **{field: "2020-01-02"})
    assert not again
    assert told(again) == [(field, "differs", "2020-01-02")]


def test_the_same_value_in_another_case_is_no_news():
    result = merged(person(details={"notes": "Été à Lyon"}), notes="été à  lyon")
    assert not result
    assert not result.problems


def test_two_texts_without_letters_are_two():
    assert told(merged(person(details={"notes": "👍"}), notes="🎉")) == [("notes", "differs", "🎉")]


@pytest.mark.parametrize("known", [("", "Durand"), ("Paul", "")])
def test_half_a_name_is_completed(known):
    result = merged(person(*known))
    assert list(result.details.values()) == [{"": "Paul"}.get(known[0], "Durand")]
    assert not result.problems


def test_another_name_is_told_and_fills_nothing():
    result = merged(person("", "Petit"))
    assert not result
    assert told(result) == [("given_name", "differs", "Paul"), ("family_name", "differs", "Durand")]


@pytest.mark.parametrize("source", [Remark.NAMED_BY_EMAIL, Remark.NAMED_BY_FIRM])
def test_a_name_borrowed_from_an_email_or_a_firm_says_nothing(source):
    result = merged(person(), "Info Morvan", named_by=source)
    assert not result
    assert not result.problems


def test_a_first_email_enters_and_another_one_is_told():
    assert merged(person(), emails=["a@b.fr", "c@d.fr"]).emails == [("", "a@b.fr"), ("", "c@d.fr")]
    assert told(merged(person(emails=("a@b.fr",)), emails=["A@b.fr", "c@d.fr"])) == [("email", "differs", "c@d.fr")]


def test_a_firm_and_a_role_enter_where_there_is_none():
    result = merged(person(), firm="Morvan", title="Gérant", sector="Bois")
    assert (result.firm, result.title, result.sectors) == ("Morvan", "Gérant", {"morvan": "Bois"})


def test_the_role_in_another_firm_is_kept_out_with_it():
    result = merged(person(firms=("petit",), title="Gérant"), firm="Morvan", title="Associé", sector="Bois")
    assert not result
    assert told(result) == [("organisation", "differs", "Morvan"), ("title", "differs", "Associé")]


def test_a_birthday_gains_its_year_and_never_loses_it():
    assert merged(person(details={"birthday": "--05-12"}), birthday="1985-05-12").details == {"birthday": "1985-05-12"}
    kept = merged(person(details={"birthday": "1985-05-12"}), birthday="--05-12")
    assert not kept
    assert not kept.problems
    assert told(merged(person(details={"birthday": "--05-13"}), birthday="1985-05-12"))


def test_of_two_lines_the_year_of_a_birthday_stays():
    both = Merge(details={"birthday": "--05-12"}).then(Merge(details={"birthday": "1985-05-12"}))
    assert both.details == {"birthday": "1985-05-12"}


def test_another_role_or_sector_in_the_same_firm_is_told():
    known = person(firms=("morvan",), title="Gérant")
    result = merged(known, firm="Morvan", title="Associé", sector="Bois", sectors={"morvan": "Métal"})
    assert not result
    assert told(result) == [("title", "differs", "Associé"), ("sector", "differs", "Bois")]


def test_tags_are_added_to_those_that_are_there():
    assert merged(person(tags=("client", "🎉")), tags=["CLIENT", "Bois", "🎉"]).tags == ["Bois"]


def test_of_two_lines_the_first_fills():
    first, second = Merge(details={"notes": "un"}, title="Gérant"), Merge(details={"notes": "deux"}, firm="Morvan")
    both = first.then(second)
    assert (both.details, both.title, both.firm) == ({"notes": "un"}, "Gérant", "Morvan")
