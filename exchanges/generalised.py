"""Réciprocité of a whole network, where one gives to A and receives from B: are gifts returned more than by chance?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from exchanges.columns import reaches


@dataclass(frozen=True, kw_only=True)
class Generalised:
    """What is returned, what would be if partners were drawn by lot, and how far the first exceeds the second."""

    r: float | None
    by_chance: float | None
    rho: float | None


def weighted_reciprocity(pairs: Sequence[tuple[float, float]]) -> Generalised:
    """Whether we receive from those to whom we give, or from others.
    Formula     r = Σ2·min(G, R)/Σ(G + R); ⟨r⟩ = (1/N)·ΣᵢΣⱼ 2·min(Gᵢ, Rⱼ)/Σ(G + R); ρ = (r − ⟨r⟩)/(1 − ⟨r⟩)
    Inputs      points given to and received from each of the N contacts of a network, decayed
    Range       r, ⟨r⟩ 0 … 1; ρ −∞ … 1, 0 as by chance, below 0 when our gifts go elsewhere than where ours come from
    Constants   none
    Edge cases  nothing exchanged: all None; ρ None when chance alone returns everything; a figure below 0 -> ValueError
    Source      Squartini & al. 2013, partners shuffled; seed §A "le principe de réciprocité et de solidarité";
                docs/scoring.md#generalised
    Example     weighted_reciprocity([(10, 8), (2, 3), (6, 5), (1, 0)]).rho -> 0.677419
                weighted_reciprocity([(0, 0)]).r -> None
    """
    if not all(given >= 0 and received >= 0 for given, received in pairs):
        raise ValueError("a decayed sum is never negative")
    total = sum(given + received for given, received in pairs)
    if not total:
        return Generalised(r=None, by_chance=None, rho=None)
    r = 2 * sum(min(pair) for pair in pairs) / total
    return _compared(r, 2 * _shuffled(pairs) / total)


def _shuffled(pairs: Sequence[tuple[float, float]]) -> float:
    """Σ min(Gᵢ, Rⱼ) over all i and j, divided by N: what is returned on average over all ways to pair them."""
    received = sorted(pair[1] for pair in pairs)
    below = [0.0, *accumulate(received)]
    ranks = ((given, bisect_right(received, given)) for given, _ in pairs)
    return sum(below[rank] + given * (len(pairs) - rank) for given, rank in ranks) / len(pairs)


def binary_reciprocity(members: int, links: Iterable[tuple[Hashable, Hashable]]) -> Generalised:
    """Whether help is returned among the members of a network, whatever its amount.
    Formula     r = returned links/L; chance = density ā = L/(N·(N − 1)); ρ = (r − ā)/(1 − ā)
    Inputs      N members; links from one member to another
    Range       r, ā 0 … 1; ρ −1 … 1, 0 as by chance
    Constants   none
    Edge cases  a link counts once, one to oneself never; no link: r and ρ None; fewer than two members: ā None;
                everyone linked to everyone: ρ None; more members linked than there are -> ValueError
    Source      Garlaschelli & Loffredo 2004; docs/scoring.md#generalised
    Example     binary_reciprocity(5, [(1, 2), (2, 1), (1, 3), (3, 1), (4, 5), (2, 5)]).rho -> 0.52381
                binary_reciprocity(5, []).by_chance -> 0.0
    """
    drawn = set(links)
    if members < len({end for link in drawn for end in link}):
        raise ValueError("more members are linked than there are")
    between = {(one, other) for one, other in drawn if one != other}
    if members < 2:
        return Generalised(r=None, by_chance=None, rho=None)
    density = len(between) / (members * (members - 1))
    if not between:
        return Generalised(r=None, by_chance=density, rho=None)
    return _compared(sum((other, one) in between for one, other in between) / len(between), density)


def _compared(r: float, by_chance: float) -> Generalised:
    rho = None if reaches(by_chance, 1) else (r - by_chance) / (1 - by_chance)
    return Generalised(r=r, by_chance=by_chance, rho=rho)
