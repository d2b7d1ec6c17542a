"""The most trusted way to somebody, on graphs drawn by hand and against every way there is."""

import math
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.ways import best_way


def both_ways(*pairs):
    ties = {}
    for one, other in pairs:
        ties.setdefault(one, set()).add(other)
        ties.setdefault(other, set()).add(one)
    return ties


TRUST = {1: 0.9, 2: 0.5, 3: 0.8, 4: 0.3, 9: 0.1}
DRAWN = {
    "in touch": (both_ways((1, 9)), {1, 9}, ((), 1.0)),
    "through one": (both_ways((1, 9), (2, 9)), {1, 2}, ((1,), 0.9)),
    "through two": (both_ways((1, 2), (2, 9)), {1}, ((1, 2), 0.45)),
    "two rather than one whom we trust less": (both_ways((1, 3), (3, 9), (4, 9)), {1, 4}, ((1, 3), 0.72)),
    "a circle": (both_ways((2, 3), (3, 4), (4, 2), (4, 9)), {2}, ((2, 4), 0.15)),
    "a circle around the target": (both_ways((9, 2), (2, 3), (3, 9)), set(), None),
    "three others are too many": (both_ways((1, 2), (2, 3), (3, 9)), {1}, None),
    "a tie to oneself": (both_ways((9, 9)), {1}, None),
    "nobody": ({}, {1}, None),
}


@pytest.mark.parametrize("name", DRAWN)
def test_the_way_is_the_one_that_a_reader_sees(name):
    ties, in_touch, expected = DRAWN[name]
    found = best_way(9, ties, TRUST, in_touch)
    assert found and (found[0], pytest.approx(found[1])) == expected if expected else found is None


PEOPLE = range(7)
graphs = st.sets(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=18)
trusts = st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.5, 0.9, 1.0]), min_size=7, max_size=7)


@given(graphs, trusts, st.sets(st.sampled_from(PEOPLE)))
def test_no_simple_path_of_three_ties_is_better(pairs, trust, in_touch):
    ties = both_ways(*pairs)
    found = best_way(0, ties, dict(enumerate(trust)), in_touch)
    every = [way for size in range(3) for way in permutations(PEOPLE[1:], size) if leads(way, ties, in_touch)]
    assert (found is None) == (not every)
    if found:
        ranked = [(-math.prod(trust[one] for one in way), len(way), way) for way in every]
        assert found[0] in every
        assert (-found[1], len(found[0]), found[0]) == min(ranked)


def leads(way, ties, in_touch):
    """Us, then these, then 0."""
    steps = [*way, 0]
    return steps[0] in in_touch and all(b in ties.get(a, ()) for a, b in pairwise(steps))
