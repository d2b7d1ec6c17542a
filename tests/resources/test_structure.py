"""Structural holes: people who do not know each other meet through us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.structure import structural_holes

PEOPLE = st.sampled_from("abcdef")
TIES = st.lists(st.tuples(PEOPLE, PEOPLE, st.floats(0.01, 100)), max_size=20)


def star(*ties):
    return [("me", "a", 1), ("me", "b", 1), ("me", "c", 1), *ties]


@given(TIES)
def test_a_size_never_exceeds_the_number_of_contacts(ties):
    found = structural_holes([("me", "a", 1.0), ("me", "b", 2.0), *ties], "me")
    assert found.constraint > 0
    assert found.effective_size <= 2 + 1e-9
    assert found.efficiency == pytest.approx(found.effective_size / 2)


@given(TIES)
def test_direction_and_order_do_not_matter(ties):
    ties = [("me", "a", 1.0), ("me", "c", 1.0), *ties]
    turned = [(other, one, strength) for one, other, strength in reversed(ties)]
    assert structural_holes(turned, "me").constraint == pytest.approx(structural_holes(ties, "me").constraint)


def test_contacts_who_know_each_other_bring_less_that_is_new():
    apart, close = structural_holes(star(), "me"), structural_holes(star(("a", "b", 1)), "me")
    assert close.constraint > apart.constraint
    assert close.effective_size < apart.effective_size == 3


def test_one_contact_constrains_wholly_and_none_not_at_all():
    assert structural_holes([("me", "a", 3)], "me").constraint == 1
    assert structural_holes([("a", "b", 1)], "me").constraint is None


def test_a_tie_to_oneself_or_of_no_strength_is_none_and_a_negative_one_is_refused():
    assert structural_holes(star(("me", "me", 5), ("a", "b", 0)), "me") == structural_holes(star(), "me")
    with pytest.raises(ValueError, match="not negative"):
        structural_holes([("me", "a", -1)], "me")
