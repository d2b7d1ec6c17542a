"""Bridges and closed circles: how much our contacts know each other. Pure arithmetic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Holes:
    """Low constraint: people who do not know each other meet through us. All None for someone without contacts."""

    constraint: float | None
    effective_size: float | None
    efficiency: float | None


def structural_holes(edges: Iterable[tuple[Hashable, Hashable, float]], ego: Hashable) -> Holes:
    """How much somebody's contacts repeat each other.
    Formula     p_ij = a_ij/Σ_k a_ik; constraint c = Σ_j(p_ij + Σ_q p_iq·p_qj)²; effective size
                n_e = Σ_j(1 − Σ_q p_iq·m_jq), m_jq = a_jq/max_k a_jk; efficiency n_e/n
    Inputs      ties between two people with their strength a; ego i, whose n contacts are j and q
    Range       c above 0, and above 1 in a small closed circle; n_e 0 … n; efficiency 0 … 1
    Constants   none
    Edge cases  no contact: all None; one: c = 1; ties have no direction and strengths of one pair add up; a tie to
                oneself or of strength 0 is none; a strength below 0 -> ValueError
    Source      Burt 1992, 2004; Borgatti 1997 for the effective size; docs/scoring.md#structure
    Example     structural_holes([("me", "a", 1), ("me", "b", 1)], "me").constraint -> 0.5
                structural_holes([("me", "a", 1), ("me", "b", 1), ("a", "b", 1)], "me").effective_size -> 1.0
    """
    ties = _ties(edges)
    around = ties.get(ego, {})
    if not around:
        return Holes(constraint=None, effective_size=None, efficiency=None)
    totals = {node: sum(ties[node].values()) for node in (ego, *around)}
    share = {node: strength / totals[ego] for node, strength in around.items()}
    strongest = {node: max(ties[node].values()) for node in around}
    constraint = size = 0.0
    for j in around:
        known = [(q, ties[j][q]) for q in around if q in ties[j]]
        constraint += (share[j] + sum(share[q] * strength / totals[q] for q, strength in known)) ** 2
        size += 1 - sum(share[q] * strength / strongest[j] for q, strength in known)
    return Holes(constraint=constraint, effective_size=size, efficiency=size / len(around))


def _ties(edges: Iterable[tuple[Hashable, Hashable, float]]) -> dict[Hashable, dict[Hashable, float]]:
    ties: dict[Hashable, dict[Hashable, float]] = defaultdict(lambda: defaultdict(float))
    for one, other, strength in edges:
        if strength < 0:
            raise ValueError("the strength of a tie is not negative")
        if one != other and strength:
            ties[one][other] += strength
            ties[other][one] += strength
    return ties
