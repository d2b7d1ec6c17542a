"""Fiabilité: how far promises are kept, theirs or ours, counting lateness by degrees and old promises less."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Generic

from exchanges.beta import (
    ENOUGH,
    UNIFORM,
    Evidence,
    Observation,
    Posterior,
    Prior,
    evidence_of,
    observed,
    posterior,
    wilson_lower,
)
from exchanges.columns import Column, Flag, larger, reaches
from exchanges.parameters import DEFAULTS, Parameters
from exchanges.points import WEIGHT_DEFAULT, clamped

if TYPE_CHECKING:
    from exchanges.columns import FloatArray

USUAL_WEIGHT: Final = 3.0  # the weight of a promise that counts for one observation


class Outcome(StrEnum):
    OPEN = ""
    KEPT = "kept"
    BROKEN = "broken"
    CANCELLED = "cancelled"


class Trust(StrEnum):
    UNKNOWN = "unknown"
    RELIABLE = "reliable"
    UNRELIABLE = "unreliable"
    RATHER_RELIABLE = "rather_reliable"
    TO_WATCH = "to_watch"
    TO_CONFIRM = "to_confirm"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One commitment as the formulas see it; `due` is the date from which lateness runs (`running_due`)."""

    outcome: Outcome
    due: date | None = None
    closed: date | None = None
    weight: float | None = None
    source: Any = None


@dataclass(frozen=True, kw_only=True)
class Reliability(Generic[Column]):
    kept: Column
    lost: Column
    n: Column
    wilson_lo: Column
    belief: Posterior[Column]


def running_due(due: date | None, new_due: date, agreed_on: date) -> date:
    """The due date from which lateness runs, once a new one was agreed.
    Formula     the new date if agreed by the due day, or if there was no date; else the date that had passed
    Inputs      due: the date that lateness ran from; new due date; the day on which it was agreed
    Range       a date
    Constants   none
    Edge cases  agreed on the due day itself: the promise is not late yet, so the new date counts
    Source      docs/scoring.md#lateness
    Example     running_due(date(2026, 6, 1), date(2026, 7, 1), date(2026, 5, 20)) -> date(2026, 7, 1)
                running_due(date(2026, 6, 1), date(2026, 7, 1), date(2026, 6, 2)) -> date(2026, 6, 1)
    """
    return new_due if due is None or agreed_on <= due else due


def weigh(
    *,
    kept: Flag,
    broken: Flag,
    cancelled: Flag,
    due: Column,
    closed: Column,
    today: float,
    weight: Column,
    parameters: Parameters = DEFAULTS,
) -> Evidence[Column]:
    """What one promise, or a column of them, says about whoever made it.
    Formula     u = weight/3, ℓ = max(0, closed − due − g), c = max(c_min, 2^(−ℓ/L))
                kept: r = u·c, s = u·(1 − c); broken, or cancelled after the due date: s = u
                cancelled in time: nothing; open: s = u·(1 − 2^(−ℓ/L)) with ℓ counted up to today
    Inputs      kept, broken, cancelled: 0 or 1, none for an open promise; dates as day numbers; weight 1 to 5
    Range       r and s ≥ 0, r + s ≤ 5/3
    Constants   g = 1 day of grace, L = 14 days for half credit, c_min = 0.20
    Edge cases  closed after today: still open; weight brought back into 1 … 5; without a due date give the closing
                date, or today, in its place; without a closing date give the due date
    Source      seed §C "la fiabilité (respect des engagements)"; docs/scoring.md#lateness
    Example     weigh(kept=1, broken=0, cancelled=0, due=0, closed=15, today=15, weight=3.0).kept -> 0.5
                weigh(kept=0, broken=0, cancelled=0, due=0, closed=0, today=29, weight=3.0).lost -> 0.75
    """
    importance = clamped(weight) / USUAL_WEIGHT
    settled = (kept + broken + cancelled) * (closed <= today)
    end = closed * settled + today * (1 - settled)
    left = 2.0 ** -(larger(end - due - parameters.lateness_grace, 0) / parameters.lateness_half_credit)
    credit = larger(left, parameters.lateness_floor)
    failed = broken + cancelled * (end > due)
    return Evidence(
        kept=importance * settled * kept * credit,
        lost=importance * (settled * (kept * (1 - credit) + failed) + (1 - settled) * (1 - left)),
        age=today - end,
        provisional=1 - settled,
    )


def observations(promises: Iterable[Promise], *, as_of: date, parameters: Parameters = DEFAULTS) -> list[Observation]:
    """Every promise that counts on that day, in the order given; open in time and cancelled in time bring nothing."""
    seen = ((promise, _weighed(promise, as_of, parameters)) for promise in promises)
    return observed(seen, parameters.half_life_commitments)


def _weighed(promise: Promise, as_of: date, parameters: Parameters) -> Evidence[float]:
    closed = promise.closed or promise.due or as_of
    return weigh(
        kept=promise.outcome == Outcome.KEPT,
        broken=promise.outcome == Outcome.BROKEN,
        cancelled=promise.outcome == Outcome.CANCELLED,
        due=float((promise.due or min(closed, as_of)).toordinal()),
        closed=float(closed.toordinal()),
        today=float(as_of.toordinal()),
        weight=WEIGHT_DEFAULT if promise.weight is None else float(promise.weight),
        parameters=parameters,
    )


def mark(outcome: str, *, due: date | None, closed: date | None, as_of: date, parameters: Parameters = DEFAULTS) -> str:
    """One letter for one promise on that day: p in time, o overdue, k kept, l kept late, b broken.

    An empty string for a promise cancelled in time, which says nothing.
    """
    if closed is None or closed > as_of:
        return "o" if due and due < as_of else "p"
    days_late = (closed - due).days if due else 0
    if outcome == Outcome.KEPT:
        return "l" if days_late > parameters.lateness_grace else "k"
    return "b" if outcome == Outcome.BROKEN or days_late > 0 else ""


def reliability(
    promises: Iterable[Promise], *, as_of: date, prior: Prior = UNIFORM, parameters: Parameters = DEFAULTS
) -> Reliability[float]:
    return reliability_from_evidence(*evidence_of(observations(promises, as_of=as_of, parameters=parameters)), prior)


def reliability_from_evidence(kept: Column, lost: Column, prior: Prior = UNIFORM) -> Reliability[Column]:
    """How far promises are kept, with the bounds of what the evidence allows to say.
    Formula     Beta(α₀ + Σr·d, β₀ + Σs·d); F = its mean; ranked by lo, its 5 % quantile; n = Σ(r + s)·d
    Inputs      r, s: decayed kept and lost parts, provisional losses included; (α₀, β₀): the workspace's prior
    Range       0 … 1, the prior mean without promises (½ for Beta(1, 1)); not shown when n < 0.5
    Constants   half-life 730 days; 90 % interval
    Edge cases  no promise: the prior; many good promises outrank a few perfect ones, because rank follows lo
    Source      Jøsang & Ismail 2002; seed §C "la fiabilité"; docs/scoring.md#reliability
    Example     reliability_from_evidence(18.0, 2.0).belief.lo -> 0.729448
                reliability_from_evidence(0.0, 0.75).belief.mean -> 0.363636
    """
    n = kept + lost
    return Reliability(kept=kept, lost=lost, n=n, wilson_lo=wilson_lower(kept, n), belief=posterior(kept, lost, prior))


def trust(*, n: float, mean: float, lo: float, hi: float, parameters: Parameters = DEFAULTS) -> Trust:
    """The word for a reliability.
    Formula     n < 0.5 unknown; lo ≥ 0.60 reliable; hi ≤ 0.50 unreliable; else mean ≥ 0.60 rather reliable,
                mean ≤ 0.40 to watch, else to confirm
    Inputs      n: evidence; mean, lo, hi of the belief
    Range       one of six words
    Constants   0.60, 0.50, 0.60, 0.40
    Edge cases  a figure within 1e-9 of a threshold has reached it
    Source      our choice; docs/scoring.md#reliability
    Example     trust(n=20, mean=0.863636, lo=0.729448, hi=0.96) -> "reliable"
    """
    if not reaches(n, ENOUGH):
        return Trust.UNKNOWN
    if reaches(lo, parameters.reliable_from):
        return Trust.RELIABLE
    if reaches(parameters.unreliable_to, hi):
        return Trust.UNRELIABLE
    if reaches(mean, parameters.rather_reliable_from):
        return Trust.RATHER_RELIABLE
    return Trust.TO_WATCH if reaches(parameters.watched_to, mean) else Trust.TO_CONFIRM


def trusts(found: Reliability[FloatArray], parameters: Parameters = DEFAULTS) -> list[Trust]:
    """The word for each relationship of a column."""
    columns = (found.n, found.belief.mean, found.belief.lo, found.belief.hi)
    return [
        trust(n=n, mean=mean, lo=lo, hi=hi, parameters=parameters)
        for n, mean, lo, hi in zip(*(column.tolist() for column in columns), strict=True)
    ]
