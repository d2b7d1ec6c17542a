"""What is typed and what is written meet: plurals, accents, slips of the finger, and words used for one another."""

import pytest

from resources.words import common_terms, expanded, indexed, kinds_of, meant, terms


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("avocats", "Avocat associé"),
        ("EXPERT-COMPTABLE", "expert comptable"),
        ("experts comptables", "Expert-comptable"),
        ("sous-traitants", "Sous-traitance"),
        ("baux", "Un bail"),
        ("prud’hommes", "Prudhommes"),
        ("Œuvre", "oeuvre"),
        ("communication", "Chargée de communication"),
    ],
)
def test_the_same_word_is_found_however_it_is_written(typed, written):
    assert {one for term in terms(typed) for one in expanded(term)} & set(indexed(written))


@pytest.mark.parametrize(
    ("typed", "written"),
    [("communes", "communication"), ("carré", "car"), ("compte", "comptable"), ("moulage", "voile")],
)
def test_words_that_only_look_alike_stay_apart(typed, written):
    assert not {one for term in terms(typed) for one in expanded(term)} & set(indexed(written))


def test_a_word_of_the_same_root_is_worth_more_than_another_of_the_same_group():
    (term,) = terms("transporteur")
    worth = expanded(term)
    (same_root,), (other,) = terms("transport"), terms("logistique")
    assert 1 == worth[term] > worth[same_root] > worth[other] > 0


def test_an_expression_is_one_thing_but_is_found_by_each_of_its_words():
    assert len(terms("droit social")) == 1
    assert set(terms("droit")) <= set(indexed("Droit social"))


@pytest.mark.parametrize("typed", ["notiare", "notare", "nottaire", "notairr"])
def test_a_slip_of_the_finger_is_read(typed):
    (term,) = terms(typed)
    assert set(terms("notaire")) <= set(expanded(meant(term, common_terms())))


@pytest.mark.parametrize("typed", ["ca", "tig", "316", "xyzw", "zzzzzzzzz"])
def test_no_slip_is_read_into_a_short_word_a_number_or_nonsense(typed):
    assert meant(typed, ["co", "tag", "304", "notair"]) == ""


@pytest.mark.parametrize("typed", ["", "   ", "de la le qui", "!!! ??", "AND | !(( :* '", "je cherche quelqu’un"])
def test_what_says_nothing_has_no_terms(typed):
    assert terms(typed) == ()


@pytest.mark.parametrize(
    ("typed", "kind"), [("un fournisseur", "supplier"), ("financer", "funding"), ("expert", "expertise")]
)
def test_some_words_name_a_kind_of_resource(typed, kind):
    (term,) = terms(typed)
    assert kind in kinds_of(term)
