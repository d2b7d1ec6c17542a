"""Confiance: what is believed of each rule of the network, and the whole of it, which sharing alone never buys."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, Generic

from exchanges.beta import (
    NORMAL_QUANTILE,
    UNIFORM,
    Evidence,
    Observation,
    Posterior,
    Prior,
    evidence_of,
    observed,
    posterior,
)
from exchanges.columns import Column, divided, smaller
from exchanges.decay import decay
from exchanges.parameters import DEFAULTS, Parameters

DAYS_IN_YEAR: Final = 365.25
USUAL_RATE: Final = 2.0  # times a year, before anything was seen
WIDEST: Final = 500.0  # beyond this spread the bounds are 0 and 1, and an exponential would overflow


class Rule(StrEnum):
    """The six rules that can be observed; trust, the seventh, is their composite."""

    RELIABILITY = "reliability"
    TRANSPARENCY = "transparency"
    RECIPROCITY = "reciprocity"
    SOLIDARITY = "solidarity"
    SHARING = "sharing"
    PARTICIPATION = "participation"


WEIGHTS: Final[Mapping[Rule, float]] = {
    Rule.RELIABILITY: 0.30,
    Rule.TRANSPARENCY: 0.15,
    Rule.RECIPROCITY: 0.15,
    Rule.SOLIDARITY: 0.15,
    Rule.SHARING: 0.10,
    Rule.PARTICIPATION: 0.15,
}


@dataclass(frozen=True, kw_only=True)
class Rate(Generic[Column]):
    rate: Column  # times a year
    score: Column
    variance: Column


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One thing that spoke for or against a rule: told or not, helped or not, present or not.

    `good` lies between 0 and 1, and is None when the event says nothing, as an excused absence; `on` is its effective
    date.
    """

    good: float | None
    on: date
    weight: float = 1.0
    source: Any = None


@dataclass(frozen=True, kw_only=True)
class Belief(Generic[Column]):
    """What is believed of one rule: the mean of its score, and how unsure it is."""

    mean: Column
    variance: Column


UNKNOWN: Final[Belief[Any]] = Belief(mean=0.5, variance=1 / 12)


@dataclass(frozen=True, kw_only=True)
class Trust(Generic[Column]):
    mean: Column
    lo: Column
    hi: Column


def rate_score(
    count: Column, age: Column, *, usual: float = USUAL_RATE, parameters: Parameters = DEFAULTS
) -> Rate[Column]:
    """How often something comes, beside how often it usually does.
    Formula     X = H/(365.25·ln 2)·(1 − d(age)), λ = (K + 1)/(X + 1/λ₀), score = λ/(λ + λ₀)
                Var = (λ₀/(λ + λ₀)²)²·(K + 1)/(X + 1/λ₀)²
    Inputs      K: decayed count; age of the relation in days, so that X is its decayed length in years
    Range       λ > 0 times a year; score 0 … 1, ½ for a new relation (variance 0.0625)
    Constants   λ₀ = 2 times a year, 1 for joint deals; half-life 365 days
    Edge cases  an age below 0 counts as 0; λ₀ not above 0 -> ValueError; a silent relation goes down by degrees
    Source      Gamma–Poisson; seed §C "le partage"; docs/scoring.md#rates
    Example     rate_score(0.0, 0.0).score -> 0.5
                rate_score(0.0, 730.0).score -> 0.240237
                rate_score(3.0, 730.0).score -> 0.558459
    """
    return rate_of(count, years_seen(age, parameters), usual=usual)


def years_seen(age: Column, parameters: Parameters = DEFAULTS) -> Column:
    """Decayed length of a relation.
    Formula     X = H/(365.25·ln 2)·(1 − d(age))
    Inputs      age of the relation in days
    Range       0 … H/(365.25·ln 2), in years
    Constants   half-life 365 days
    Edge cases  an age below 0 counts as 0
    Source      docs/scoring.md#rates
    Example     years_seen(365.0) -> 0.720854
    """
    half_life = parameters.half_life_exchanges
    return half_life / (DAYS_IN_YEAR * math.log(2)) * (1 - decay(age, half_life))


def rate_of(count: Column, years: Column, *, usual: float = USUAL_RATE) -> Rate[Column]:
    """The same from years already faded, so that those of several relations may be summed.
    Formula     λ = (K + 1)/(X + 1/λ₀), score = λ/(λ + λ₀), Var = (λ₀/(λ + λ₀)²)²·(K + 1)/(X + 1/λ₀)²
    Inputs      K: decayed count; X: decayed years
    Range       λ > 0 times a year; score 0 … 1, ½ without anything (variance 0.0625)
    Constants   λ₀ = 2 times a year
    Edge cases  λ₀ not above 0 -> ValueError
    Source      Gamma–Poisson; docs/scoring.md#rates
    Example     rate_of(0.0, 0.0).variance -> 0.0625
    """
    if not usual > 0:
        raise ValueError("the usual rate must be above 0")
    seen = years + 1 / usual
    rate = (count + 1) / seen
    total = rate + usual
    return Rate(rate=rate, score=rate / total, variance=(usual / (total * total)) ** 2 * (rate / seen))


def weigh(sign: Sign, as_of: date) -> Evidence[float]:
    """What one sign says about a rule.
    Formula     r = u·x, s = u·(1 − x)
    Inputs      x: 0 … 1, how well the rule was kept; u: weight; both dates are civil dates
    Range       r, s ≥ 0, r + s = u
    Constants   u = 1; 2 for help with a critical request
    Edge cases  x = None, an excused absence: nothing; x outside 0 … 1, or u below 0 -> ValueError
    Source      seed §C "les règles à mettre en œuvre"; docs/scoring.md#rules
    Example     weigh(Sign(good=0, weight=2, on=date(2026, 6, 1)), date(2026, 6, 30)).lost -> 2.0
                weigh(Sign(good=None, on=date(2026, 6, 1)), date(2026, 6, 30)).lost -> 0.0
    """
    good, weight = (0.0, 0.0) if sign.good is None else (float(sign.good), float(sign.weight))
    if not (0 <= good <= 1 and sign.weight >= 0):
        raise ValueError("a sign lies between 0 and 1, and its weight is not negative")
    age = float((as_of - sign.on).days)
    return Evidence(kept=weight * good, lost=weight * (1 - good), age=age, provisional=False)


def observations(signs: Iterable[Sign], *, as_of: date, parameters: Parameters = DEFAULTS) -> list[Observation]:
    """Every sign that counts on that day, in the order given; later ones do not."""
    seen = ((sign, weigh(sign, as_of)) for sign in signs if sign.on <= as_of)
    return observed(seen, parameters.half_life_exchanges)


def beta_indicator(
    signs: Iterable[Sign], *, as_of: date, prior: Prior = UNIFORM, parameters: Parameters = DEFAULTS
) -> Posterior[float]:
    """How well a rule is kept: transparency, solidarity or participation.
    Formula     mean of Beta(1 + Σu·x·d, 1 + Σu·(1 − x)·d); n = Σu·d
    Inputs      signs with their effective dates; as_of: the day of the reading
    Range       0 … 1, ½ without signs (variance 1/12); not shown when n < 0.5
    Constants   half-life 365 days; uniform prior; 90 % interval
    Edge cases  a sign of a later day does not count; no sign: ½, interval 0.05 … 0.95
    Source      Jøsang & Ismail 2002; seed §C "les règles à mettre en œuvre"; docs/scoring.md#rules
    Example     beta_indicator([Sign(good=1, on=date(2025, 6, 30))], as_of=date(2026, 6, 30)).mean -> 0.6
                beta_indicator([], as_of=date(2026, 6, 30)).variance -> 0.083333
    """
    return posterior(*evidence_of(observations(signs, as_of=as_of, parameters=parameters)), prior)


def trust(beliefs: Mapping[Rule, Belief[Column]], weights: Mapping[Rule, float] = WEIGHTS) -> Trust[Column]:
    """How far we may rely on them, all rules together.
    Formula     C = Π x^ω; interval ln C ± z·√(Σ ω²·Var/x²), capped at 1
    Inputs      x, Var: mean and variance of each rule; ω: weights, brought back to a sum of 1
    Range       0 … 1, ½ when nothing is known
    Constants   ω = 0.30 reliability, 0.15 transparency, reciprocity, solidarity and participation, 0.10 sharing;
                z = 1.644854
    Edge cases  a rule left out is unknown: ½, variance 1/12; a rule at 0 leaves no trust at all; weights below 0
                or without any above -> ValueError
    Source      delta method, independence assumed; seed §C "la confiance"; docs/scoring.md#trust
    Example     trust({}).mean -> 0.5
                trust({Rule.RELIABILITY: Belief(mean=0.1, variance=0.01)}).mean -> 0.308517
    """
    parts = [(beliefs.get(rule, UNKNOWN), weight) for rule, weight in _normalised(weights).items()]
    steps = [divided(weight, belief.mean) for belief, weight in parts]
    variance = sum(step * step * belief.variance for (belief, _), step in zip(parts, steps, strict=True))
    factor = math.e ** smaller(NORMAL_QUANTILE * variance**0.5, WIDEST)
    mean = math.prod(belief.mean**weight for belief, weight in parts)
    return Trust(mean=mean, lo=mean / factor, hi=smaller(mean * factor, 1))


def _normalised(weights: Mapping[Rule, float]) -> dict[Rule, float]:
    total = sum(weights.values())
    if not (total > 0 and min(weights.values()) >= 0):
        raise ValueError("weights are not negative, and one at least is above 0")
    return {rule: weight / total for rule, weight in weights.items() if weight}
