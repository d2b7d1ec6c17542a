"""Coverage: one reliable source is a single point of failure, and two behind one door are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.coverage import Cover, Offer, Wanted, coverage

SHARES = st.floats(0, 1)
OFFERS = st.lists(st.builds(Offer, source=st.sampled_from("abcde"), q=SHARES, lo=SHARES), max_size=8)
NEEDS = st.lists(st.builds(Wanted, criticality=st.integers(1, 5), offers=OFFERS), max_size=6)


def offer(source, q=0.8, lo=0.6):
    return Offer(source=source, q=q, lo=lo)


@given(NEEDS)
def test_figures_stay_between_nothing_and_one(needs):
    found = coverage(needs)
    for one in found.needs:
        assert 0 <= one.access_without_best <= one.access <= 1
    assert found.certainty is None if not needs else 0 <= found.certainty <= 1


@given(OFFERS, SHARES, SHARES)
def test_one_offer_more_never_makes_a_need_less_sure(offers, q, lo):
    before, after = coverage(
        [Wanted(criticality=1, offers=each) for each in (offers, [*offers, offer("f", q, lo)])]
    ).needs
    assert after.access >= before.access - 1e-12
    assert after.access_without_best >= before.access_without_best - 1e-12
    assert after.reliable >= before.reliable


@given(NEEDS)
def test_the_order_of_offers_does_not_matter(needs):
    turned = [Wanted(criticality=one.criticality, offers=one.offers[::-1]) for one in needs]
    assert coverage(turned).certainty == pytest.approx(coverage(needs).certainty)


def test_two_offers_behind_one_door_are_one():
    one = coverage([Wanted(criticality=4, offers=[offer("club"), offer("club", 0.6)])]).needs[0]
    assert (one.access, one.access_without_best, one.cover, one.only) == (0.8, 0.0, Cover.SINGLE, "club")


def test_what_hangs_on_somebody_is_the_sum_of_the_needs_that_nobody_else_answers():
    needs = [Wanted(criticality=weight, offers=[offer("paul")]) for weight in (4, 3)]
    needs += [Wanted(criticality=5, offers=[offer("paul"), offer("lucie")]), Wanted(criticality=2)]
    found = coverage(needs)
    assert found.depends == {"paul": 7}
    assert [one.cover for one in found.needs] == ["single", "single", "secured", "uncovered"]


def test_someone_unreliable_covers_nothing_but_may_still_come():
    one = coverage([Wanted(criticality=1, offers=[offer("c", 0.5, 0.3)])]).needs[0]
    assert (one.access, one.cover, one.only) == (0.5, Cover.UNCOVERED, None)


@pytest.mark.parametrize(
    "wrong",
    [
        Wanted(criticality=-1),
        Wanted(criticality=1, offers=[offer("a", 1.2)]),
        Wanted(criticality=1, offers=[offer("a", lo=-1)]),
    ],
)
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"not negative|between 0 and 1"):
        coverage([wrong])
