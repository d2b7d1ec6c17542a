"""Réciprocité: who gave and who received, between us and one contact, and how sure we may be of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Generic

from exchanges.beta import ENOUGH, TAIL, cumulative, quantile
from exchanges.columns import Column, divided, larger, reaches, smaller
from exchanges.decay import decay
from exchanges.parameters import DEFAULTS, Parameters
from exchanges.points import event_value

if TYPE_CHECKING:
    from exchanges.columns import FloatArray

TENDENCY_FROM: Final = 0.60  # probability from which a direction is named
CLEAR_FROM: Final = 0.80  # and from which it is named without « semble »
BALANCED_FROM: Final = 2.0  # effective exchanges from which balance may be stated
CLEARLY_BALANCED_FROM: Final = 6.0


class Direction(StrEnum):
    UNKNOWN = ""
    TO_GIVE = "to_give"
    OWED = "owed"
    BALANCED = "balanced"


class Firmness(StrEnum):
    INSUFFICIENT = "insufficient"
    UNCERTAIN = "uncertain"
    TENDENCY = "tendency"
    CLEAR = "clear"


@dataclass(frozen=True, kw_only=True)
class Gesture:
    """One exchange as the formulas see it; `on` is its effective date."""

    given: bool
    on: date
    kind: str
    weight: float | None = None
    amount: float | None = None
    share: float = 1.0
    solidarity: bool = False
    source: Any = None


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One exchange that counts: its value, its decay, their product in points, and its part of all points exchanged."""

    gesture: Gesture
    value: float
    decay: float
    points: float
    share: float


@dataclass(frozen=True, kw_only=True)
class Masses:
    given: float
    received: float
    squares: float


@dataclass(frozen=True, kw_only=True)
class Reciprocity(Generic[Column]):
    """Every figure of the score, for one relationship or for a column of them."""

    given: Column
    received: Column
    n: Column
    alpha: Column
    beta: Column
    score: Column
    score_lo: Column
    score_hi: Column
    variance: Column
    balance: Column
    balance_lo: Column
    balance_hi: Column
    p_give: Column
    p_owed: Column


def contributions(gestures: Iterable[Gesture], *, as_of: date, parameters: Parameters = DEFAULTS) -> list[Contribution]:
    """Every exchange that counts on that day, solidarity and planned ones left out, in the order given.
    Formula     v·d(as_of − effective_on); share = v·d / Σ v·d over both directions
    Inputs      exchanges with their effective dates; as_of: the day of the reading
    Range       points ≥ 0; shares sum to 1
    Constants   half-life 365 days
    Edge cases  unknown kind -> ValueError; nothing counts -> empty list
    Source      docs/scoring.md#why
    Example     contributions([Gesture(given=True, on=date(2026, 6, 30), kind="help")], as_of=date(2026, 6, 29)) -> []
    """
    counted = [gesture for gesture in gestures if gesture.on <= as_of and not gesture.solidarity]
    values = [_value(gesture, parameters) for gesture in counted]
    decays = [decay(float((as_of - gesture.on).days), parameters.half_life_exchanges) for gesture in counted]
    total = sum(value * left for value, left in zip(values, decays, strict=True))
    return [
        Contribution(gesture=gesture, value=value, decay=left, points=value * left, share=divided(value * left, total))
        for gesture, value, left in zip(counted, values, decays, strict=True)
    ]


def _value(gesture: Gesture, parameters: Parameters) -> float:
    return event_value(
        kind=gesture.kind,
        weight=gesture.weight,
        amount=gesture.amount,
        share=gesture.share,
        parameters=parameters,
    )


def masses(counted: Sequence[Contribution]) -> Masses:
    """The three decayed sums that the score is made of.
    Formula     G = Σ v·d given, R = Σ v·d received, Q = Σ v²·d over both
    Inputs      the exchanges that count, with their values and decays
    Range       ≥ 0; G and R in points, Q in squared points
    Constants   those of the value and of the decay
    Edge cases  0, 0, 0 without exchanges
    Source      docs/scoring.md#reciprocity
    Example     masses([]) -> Masses(given=0.0, received=0.0, squares=0.0)
    """
    return Masses(
        given=sum((one.points for one in counted if one.gesture.given), 0.0),
        received=sum((one.points for one in counted if not one.gesture.given), 0.0),
        squares=sum((one.value * one.points for one in counted), 0.0),
    )


def reciprocity(gestures: Iterable[Gesture], *, as_of: date, parameters: Parameters = DEFAULTS) -> Reciprocity[float]:
    sums = masses(contributions(gestures, as_of=as_of, parameters=parameters))
    return reciprocity_from_masses(sums.given, sums.received, sums.squares, parameters)


def reciprocity_from_masses(
    given: Column, received: Column, squares: Column, parameters: Parameters = DEFAULTS
) -> Reciprocity[Column]:
    """Balance between what we gave and what we received, score of reciprocity, and how sure they are.
    Formula     T = G + R, p = G/T, n = T²/Q, share given ~ Beta(α, β), α = 1 + n·p, β = 1 + n·(1 − p), μ = α/(α+β)
                balance b = 2α/(α+β) − 1, interval 2·I⁻¹(0.05 | 0.95; α, β) − 1
                score S = E[1 − |2p − 1|] = 2(1−μ) + 4μ·I_½(α+1, β) − 2·I_½(α, β)
                Var S = 4(Var p + μ²) − 4μ + 1 − (1 − S)²
                interval of S: 1 − max|b| … 1 if 0 lies in the interval of b, else 1 − min|b|
                P_give = I_{(1−τ)/2}(α, β) = Pr(b < −τ), P_owed = 1 − I_{(1+τ)/2}(α, β) = Pr(b > τ)
    Inputs      G, R: decayed points given, received; Q: Σ v²·d
    Range       b −1 … 1, above 0 we gave more, 0 without data; S 0 … 1, ½ without data; not shown when n < 0.5
    Constants   τ = 0.20; uniform prior, so a shrinkage of two exchanges; 90 % intervals
    Edge cases  nothing exchanged: n = 0, S = ½, b = 0 ± 0.9, P 0.4 and 0.4; one gesture: S = ½
    Source      seed §A "le principe de réciprocité et de solidarité"; Squartini & al. 2013; Kish 1965;
                docs/scoring.md#reciprocity
    Example     reciprocity_from_masses(0.0, 3.0, 9.0).balance -> -0.333333
                reciprocity_from_masses(0.0, 3.0, 9.0).score -> 0.5
    """
    total = given + received
    n = divided(total * total, squares)
    alpha, beta = 1 + n * divided(given, total), 1 + n * divided(received, total)
    balance = (alpha - beta) / (alpha + beta)
    lo, hi = 2 * quantile(alpha, beta, TAIL) - 1, 2 * quantile(alpha, beta, 1 - TAIL) - 1
    score = _score(alpha, beta)
    tau = parameters.neutral_zone
    return Reciprocity(
        given=given,
        received=received,
        n=n,
        alpha=alpha,
        beta=beta,
        score=score,
        score_lo=1 - larger(abs(lo), abs(hi)),
        score_hi=1 - smaller(abs(lo), abs(hi)) * (lo * hi > 0),
        variance=_variance(alpha, beta, score),
        balance=balance,
        balance_lo=lo,
        balance_hi=hi,
        p_give=cumulative(alpha, beta, (1 - tau) / 2),
        p_owed=1 - cumulative(alpha, beta, (1 + tau) / 2),
    )


def _score(alpha: Column, beta: Column) -> Column:
    mean, half = alpha / (alpha + beta), 0.5
    score = 2 * (1 - mean) + 4 * mean * cumulative(alpha + 1, beta, half) - 2 * cumulative(alpha, beta, half)
    return smaller(larger(score, 0), 1)


def _variance(alpha: Column, beta: Column, score: Column) -> Column:
    total = alpha + beta
    mean = alpha / total
    spread = mean * (beta / total) / (total + 1)
    return larger(4 * (spread + mean * mean) - 4 * mean + 1 - (1 - score) ** 2, 0)


def raw_reciprocity(given: float, received: float) -> float | None:
    """Part of the points that went both ways, as it is, without any doubt taken into account.
    Formula     r = 2·min(G, R)/(G + R)
    Inputs      G, R: decayed points given, received
    Range       0 … 1, 1 when both gave the same
    Constants   none
    Edge cases  nothing exchanged -> None
    Source      Squartini, Picciolo, Ruzzenenti & Garlaschelli 2013; docs/scoring.md#reciprocity
    Example     raw_reciprocity(1.0, 3.0) -> 0.5
                raw_reciprocity(0.0, 0.0) -> None
    """
    total = given + received
    return 2 * min(given, received) / total if total else None


def direction(
    *, n: float, balance: float, p_give: float, p_owed: float, parameters: Parameters = DEFAULTS
) -> tuple[Direction, Firmness]:
    """What may be said of a balance, and how firmly.
    Formula     1. n < 0.5: insufficient
                2. max(P) ≥ 0.60: to give (P_give) or owed (P_owed), clear from 0.80, else a tendency
                3. n ≥ 2 and |b| ≤ τ: balanced, clear from n = 6, else a tendency
                4. uncertain
    Inputs      n: effective exchanges; b: balance; P_give, P_owed: probabilities that b lies beyond the neutral zone
    Range       a direction and a firmness; no direction when insufficient or uncertain
    Constants   0.5, 2 and 6 exchanges; 0.60 and 0.80; τ = 0.20
    Edge cases  a figure within 1e-9 of a threshold has reached it; without data P = 0.4 and 0.4, so nothing is said
    Source      docs/scoring.md#direction
    Example     direction(n=1, balance=-0.333333, p_give=0.64, p_owed=0.16) -> ("to_give", "tendency")
    """
    if not reaches(n, ENOUGH):
        return Direction.UNKNOWN, Firmness.INSUFFICIENT
    if reaches(max(p_give, p_owed), TENDENCY_FROM):
        side = Direction.TO_GIVE if p_give > p_owed else Direction.OWED
        return side, Firmness.CLEAR if reaches(max(p_give, p_owed), CLEAR_FROM) else Firmness.TENDENCY
    if reaches(n, BALANCED_FROM) and reaches(parameters.neutral_zone, abs(balance)):
        return Direction.BALANCED, Firmness.CLEAR if reaches(n, CLEARLY_BALANCED_FROM) else Firmness.TENDENCY
    return Direction.UNKNOWN, Firmness.UNCERTAIN


def directions(found: Reciprocity[FloatArray], parameters: Parameters = DEFAULTS) -> list[tuple[Direction, Firmness]]:
    """The direction of each relationship of a column."""
    columns = (found.n, found.balance, found.p_give, found.p_owed)
    return [
        direction(n=n, balance=balance, p_give=p_give, p_owed=p_owed, parameters=parameters)
        for n, balance, p_give, p_owed in zip(*(column.tolist() for column in columns), strict=True)
    ]
