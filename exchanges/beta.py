"""What a few faded observations, good and bad, allow us to believe: Beta distributions, their prior and their bounds.

SciPy is imported inside the two functions that need it: the web process reads stored columns and never pays for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Generic, NamedTuple

from exchanges.columns import Column, Flag, divided, larger, reaches, smaller
from exchanges.decay import decay
from exchanges.parameters import DEFAULTS, Parameters

TAIL: Final = 0.05  # left out at each end of every interval, which is therefore a 90 % one
NORMAL_QUANTILE: Final = 1.6448536269514722  # of 1 − TAIL
ENOUGH: Final = 0.5  # observations below which nothing is said and no number is shown
SOLID_FROM: Final = 8.0
MODERATE_FROM: Final = 3.0
STRENGTH_LOWEST: Final = 2.0
STRENGTH_HIGHEST: Final = 20.0
CONTACTS_NEEDED: Final = 5
JUDGEMENT_HIGHEST: Final = 10.0


class Solidity(StrEnum):
    INSUFFICIENT = "insufficient"
    WEAK = "weak"
    MODERATE = "moderate"
    SOLID = "solid"


class Prior(NamedTuple):
    """What is believed before anything was observed: so many good and bad observations, counted in advance."""

    alpha: Any = 1.0
    beta: Any = 1.0

    @property
    def mean(self) -> Any:
        return self.alpha / (self.alpha + self.beta)

    @property
    def strength(self) -> Any:
        return self.alpha + self.beta


UNIFORM: Final = Prior()


@dataclass(frozen=True, kw_only=True)
class Posterior(Generic[Column]):
    alpha: Column
    beta: Column
    mean: Column
    variance: Column
    lo: Column
    hi: Column


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One event that counts in a Beta score: what it brought (kept, lost), its decay, and its part of all the evidence.

    The sums of `kept·decay` and `lost·decay` are the r and s of the score. A provisional one is still open: it is
    computed at each reading and never stored.
    """

    source: Any
    kept: float
    lost: float
    decay: float
    share: float
    provisional: bool


@dataclass(frozen=True, kw_only=True)
class Evidence(Generic[Column]):
    """What an event, or a column of them, brings: good and bad part, the age from which they fade, and whether the
    event is still open."""

    kept: Column
    lost: Column
    age: Column
    provisional: Flag


def solidity(n: float) -> Solidity:
    """How much evidence stands behind a score.
    Formula     n < 0.5 insufficient; n < 3 weak; n < 8 moderate; else solid
    Inputs      n: effective number of observations
    Range       one of four words; a score with insufficient evidence is not shown
    Constants   0.5, 3 and 8 observations
    Edge cases  a figure less than 1e-9 under a threshold has reached it
    Source      docs/scoring.md#shown
    Example     solidity(2.9) -> "weak"
                solidity(0.4) -> "insufficient"
    """
    if not reaches(n, ENOUGH):
        return Solidity.INSUFFICIENT
    if not reaches(n, MODERATE_FROM):
        return Solidity.WEAK
    return Solidity.SOLID if reaches(n, SOLID_FROM) else Solidity.MODERATE


def cumulative(alpha: Column, beta: Column, x: float) -> Column:
    """Probability that the share lies below x: the regularised incomplete Beta function I_x(α, β)."""
    from scipy.special import betainc

    found: Column = betainc(alpha, beta, x)
    return found


def quantile(alpha: Column, beta: Column, probability: float) -> Column:
    """The share below which it lies with this probability: the inverse of `cumulative`."""
    from scipy.special import betaincinv

    found: Column = betaincinv(alpha, beta, probability)
    return found


def posterior(kept: Column, lost: Column, prior: Prior = UNIFORM) -> Posterior[Column]:
    """Share of good outcomes, given the good and the bad ones observed.
    Formula     Beta(α₀ + r, β₀ + s); mean α/(α+β); variance αβ/((α+β)²(α+β+1)); interval I⁻¹(0.05 | 0.95; α, β)
    Inputs      r, s: decayed good and bad observations; α₀, β₀: the prior
    Range       0 … 1, the prior mean without observations (½ for the uniform prior, interval 0.05 … 0.95)
    Constants   90 % central interval
    Edge cases  the lower end is a one-sided 95 % bound; a prior far from both ends keeps lo ≤ mean ≤ hi
    Source      Jøsang & Ismail 2002, the beta reputation system; docs/scoring.md#beta
    Example     posterior(1.5, 1.400787).mean -> 0.510122
                posterior(0.0, 0.0).hi -> 0.95
    """
    alpha, beta = prior.alpha + kept, prior.beta + lost
    total = alpha + beta
    mean = alpha / total
    return Posterior(
        alpha=alpha,
        beta=beta,
        mean=mean,
        variance=mean * (beta / total) / (total + 1),
        lo=quantile(alpha, beta, TAIL),
        hi=quantile(alpha, beta, 1 - TAIL),
    )


def observed(seen: Iterable[tuple[Any, Evidence[float]]], half_life: float) -> list[Observation]:
    """Every event that brings something, with its decay and its part of the whole.
    Formula     r·d and s·d with d = d(age); share = (r + s)·d / n, n = Σ (r + s)·d
    Inputs      events with what they bring; half-life in days
    Range       r, s ≥ 0; shares sum to 1
    Constants   half-life 730 days for promises, 365 for answers
    Edge cases  an event that brings nothing is left out; one older than 60 half-lives has a share of 0
    Source      docs/scoring.md#why
    Example     observed([("a", Evidence(kept=1.0, lost=0.0, age=365, provisional=0))], 365)[0].decay -> 0.5
    """
    faded = [(event, it, decay(it.age, half_life)) for event, it in seen if it.kept + it.lost > 0]
    n = sum(((it.kept + it.lost) * left for _, it, left in faded), 0.0)
    return [
        Observation(
            source=event,
            kept=it.kept,
            lost=it.lost,
            decay=left,
            share=divided((it.kept + it.lost) * left, n),
            provisional=bool(it.provisional),
        )
        for event, it, left in faded
    ]


def evidence_of(counted: Sequence[Observation]) -> tuple[float, float]:
    """The two sums r and s of a Beta score."""
    kept = sum((one.kept * one.decay for one in counted), 0.0)
    lost = sum((one.lost * one.decay for one in counted), 0.0)
    return kept, lost


def wilson_lower(kept: Column, n: Column) -> Column:
    """Wilson's lower bound, given beside the Beta one because many readers know it.
    Formula     (r + z²/2 − z·√(r(n−r)/n + z²/4)) / (n + z²)
    Inputs      r: good observations among n, whole or decayed
    Range       0 … 1, 0 without observations
    Constants   z = 1.644854, the normal quantile of 95 %
    Edge cases  n = 0 -> 0; r is brought back into 0 … n
    Source      Wilson 1927; Brown, Cai & DasGupta 2001; docs/scoring.md#wilson
    Example     wilson_lower(2.0, 2.0) -> 0.425031
                wilson_lower(18.0, 20.0) -> 0.738337
    """
    r = smaller(larger(kept, 0), n)
    square = NORMAL_QUANTILE**2
    spread = (divided(r * (n - r), n) + square / 4) ** 0.5
    return larger((r + square / 2 - NORMAL_QUANTILE * spread) / (n + square), 0)


@dataclass(frozen=True, kw_only=True)
class EvidenceSums:
    """All that the workspace's prior needs to know of its contacts: five sums, which one SQL aggregate gives."""

    contacts: int  # those with n > 0
    kept: float  # Σr
    total: float  # Σn, n = r + s
    squares: float  # Σn²
    ratios: float  # Σr²/n


def evidence_sums(pairs: Iterable[tuple[float, float]]) -> EvidenceSums:
    known = [(kept, kept + lost) for kept, lost in pairs if kept + lost > 0]
    return EvidenceSums(
        contacts=len(known),
        kept=sum(r for r, _ in known),
        total=sum(n for _, n in known),
        squares=sum(n * n for _, n in known),
        ratios=sum(r * r / n for r, n in known),
    )


def prior_from_sums(sums: EvidenceSums) -> Prior:
    """Prior of a workspace, learnt from all its contacts (empirical Bayes).
    Formula     μ₀ = (1 + Σr)/(2 + Σn); k = 1/ρ̂ − 1; (α₀, β₀) = (μ₀k, (1 − μ₀)k)
                ρ̂ = [(Σr²/n − Nm²)/(m(1−m)) − (J−1)] / [N − Σn²/N − (J−1)], m = Σr/Σn, N = Σn
    Inputs      over the J contacts with n = r + s > 0: Σr, Σn, Σn², Σr²/n of their closed promises, decayed
    Range       0 < μ₀ < 1, 2 ≤ k ≤ 20
    Constants   k between 2 and 20; 5 contacts needed to estimate it
    Edge cases  k = 2 with fewer than 5 contacts, when all or none was kept, or when nobody has enough promises to
                tell contacts apart (the lower bracket is not above 0); k = 20 when contacts differ no more than
                chance would make them (ρ̂ ≤ 0); without data Beta(1, 1)
    Source      Casella 1992; method of moments; docs/scoring.md#prior
    Example     eb_prior([(6, 1), (2, 5), (4, 1), (3, 3), (5, 1), (3, 4)]).strength -> 7.455527
                eb_prior([]) -> (1.0, 1.0)
    """
    mean = (1 + sums.kept) / (2 + sums.total)
    strength = _strength(sums)
    return Prior(mean * strength, (1 - mean) * strength)


def _strength(sums: EvidenceSums) -> float:
    others = sums.contacts - 1
    if sums.contacts < CONTACTS_NEEDED or not 0 < sums.kept < sums.total:
        return STRENGTH_LOWEST
    m = sums.kept / sums.total
    room = sums.total - sums.squares / sums.total - others
    if room <= 0:
        return STRENGTH_LOWEST
    excess = (sums.ratios - sums.total * m * m) / (m * (1 - m)) - others
    correlation = excess / room
    if correlation <= 0:
        return STRENGTH_HIGHEST
    return min(max(1 / correlation - 1, STRENGTH_LOWEST), STRENGTH_HIGHEST)


def eb_prior(pairs: Iterable[tuple[float, float]]) -> Prior:
    return prior_from_sums(evidence_sums(pairs))


def judged_prior(judgement: float, parameters: Parameters = DEFAULTS) -> Prior:
    """A user's own opinion of a contact, in the place of the workspace's prior.
    Formula     α₀ = k_q·q/10, β₀ = k_q·(1 − q/10)
    Inputs      q: judgement between 0 and 10, both excluded
    Range       a prior of k_q observations, mean q/10
    Constants   k_q = 3
    Edge cases  0, 10 and beyond -> ValueError: nothing could ever change such an opinion
    Source      our choice; docs/scoring.md#prior
    Example     judged_prior(8) -> (2.4, 0.6)
    """
    if not 0 < judgement < JUDGEMENT_HIGHEST:
        raise ValueError("a judgement lies between 0 and 10, both excluded")
    share = judgement / JUDGEMENT_HIGHEST
    return Prior(parameters.judgement_weight * share, parameters.judgement_weight * (1 - share))
