"""Whether each need has someone who answers it, and a second one should the first fail. Pure arithmetic."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from exchanges.columns import reaches

RELIABLE_FROM: Final = 0.5
SOURCES_ASKED: Final = 2


class Cover(StrEnum):
    SECURED = "secured"
    SINGLE = "single"  # a single point of failure
    UNCOVERED = "uncovered"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One resource for a need: whose it is, how surely it comes (q), and the lower bound of their fiabilité."""

    source: Hashable
    q: float
    lo: float


@dataclass(frozen=True, kw_only=True)
class Wanted:
    criticality: float
    offers: Sequence[Offer] = ()


@dataclass(frozen=True, kw_only=True)
class Covered:
    """`access` with everyone, `access_without_best` should the best source fail, both 0 … 1; `only` is the source on
    which a need with a single reliable one depends."""

    access: float
    access_without_best: float
    reliable: int
    cover: Cover
    only: Hashable | None


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """`certainty` (U) is None without needs; `depends` is how much hangs on each source that is a single one."""

    needs: list[Covered]
    certainty: float | None
    depends: dict[Hashable, float]


def coverage(needs: Iterable[Wanted]) -> Coverage:
    """How surely the needs of a company are answered, and by whom alone.
    Formula     A = 1 − Π(1 − q) over the sources, the best offer of each; A⁻ the same without the best source;
                U = Σω·A⁻/Σω; a source is reliable from lo ≥ 0.5: two secured, one single, none uncovered
    Inputs      for each need its criticality ω and its offers: source, q = F·V, lo, each 0 … 1
    Range       A, A⁻, U 0 … 1
    Constants   0.5; two sources
    Edge cases  no need: U None; no offer: A 0, uncovered; offers of one source share a risk, so the best one counts;
                ω below 0, q or lo outside 0 … 1 -> ValueError
    Source      our choice, after N−1 security; docs/scoring.md#coverage
    Example     coverage([Wanted(criticality=5, offers=[Offer(source="a", q=0.8, lo=0.6)])]).certainty -> 0.0
                coverage([]).certainty -> None
    """
    wanted = list(needs)
    if any(need.criticality < 0 for need in wanted):
        raise ValueError("a criticality is not negative")
    found = [_covered(need.offers) for need in wanted]
    weight = sum(need.criticality for need in wanted)
    held = sum(need.criticality * one.access_without_best for need, one in zip(wanted, found, strict=True))
    depends: dict[Hashable, float] = defaultdict(float)
    for need, one in zip(wanted, found, strict=True):
        if one.cover == Cover.SINGLE:
            depends[one.only] += need.criticality
    return Coverage(needs=found, certainty=held / weight if weight else None, depends=dict(depends))


def _covered(offers: Sequence[Offer]) -> Covered:
    if not all(0 <= offer.q <= 1 and 0 <= offer.lo <= 1 for offer in offers):
        raise ValueError("how surely a resource comes lies between 0 and 1")
    best: dict[Hashable, float] = {}
    for offer in offers:
        best[offer.source] = max(best.get(offer.source, 0.0), offer.q)
    reliable = list(dict.fromkeys(offer.source for offer in offers if reaches(offer.lo, RELIABLE_FROM)))
    enough = len(reliable) >= SOURCES_ASKED
    odds = sorted(best.values(), reverse=True)
    return Covered(
        access=_either(odds),
        access_without_best=_either(odds[1:]),
        reliable=len(reliable),
        cover=Cover.SECURED if enough else Cover.SINGLE if reliable else Cover.UNCOVERED,
        only=reliable[0] if len(reliable) == 1 else None,
    )


def _either(odds: Iterable[float]) -> float:
    """At least one of them comes."""
    return 1 - math.prod(1 - q for q in odds)
