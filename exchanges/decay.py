"""How an event fades: its age, its decay, and sums of decayed events that never need the events again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from exchanges.columns import Column, larger

HALF_LIFE_DAYS: Final = 365.0
CUT_OFF_HALF_LIVES: Final = 60
CLOCK_SKEW_DAYS: Final = 1


def decay(age: Column, half_life: float = HALF_LIFE_DAYS) -> Column:
    """What is left of an event after some days.
    Formula     d(a) = 2^(−max(a, 0)/H)
    Inputs      a: age in whole days; H: half-life in days
    Range       0 … 1, 1 on the day itself
    Constants   H = 365 for exchanges and requests, 730 for commitments; cut-off after 60 half-lives
    Edge cases  a negative age counts as 0; exactly 0 when a/H > 60 (2⁻⁶⁰ ≈ 9·10⁻¹⁹), so no database underflows
    Source      Jøsang & Ismail 2002, λ = 2^(−Δt/H); docs/scoring.md#decay
    Example     decay(365, 365) -> 0.5
                decay(7305, 7) -> 0.0
    """
    if not half_life > 0:
        raise ValueError("a half-life must be above 0")
    spans = larger(age, 0) / half_life
    return 2.0**-spans * (spans <= CUT_OFF_HALF_LIVES)


def effective_on(event_date: date, today: date) -> date:
    """The day from which an event counts, fixed once when it is written.
    Formula     min(event date, today) if event date ≤ today + 1, else event date
    Inputs      event date as typed, today in the workspace's time zone
    Range       a date; later than today only for a planned event
    Constants   one day of tolerance, for two people in different time zones
    Edge cases  a planned event weighs nothing until its day comes
    Source      docs/scoring.md#dates
    Example     effective_on(date(2026, 7, 1), date(2026, 6, 30)) -> date(2026, 6, 30)
                effective_on(date(2026, 7, 2), date(2026, 6, 30)) -> date(2026, 7, 2)
    """
    return min(event_date, today) if (event_date - today).days <= CLOCK_SKEW_DAYS else event_date


def age_days(as_of: date, event_date: date) -> int | None:
    """Age of an event in whole days.
    Formula     a = as_of − effective_on, both civil dates
    Inputs      as_of: the day of the reading; event date as typed
    Range       0, 1, 2 …; None for a planned event, which does not count
    Constants   one day of tolerance, for two people in different time zones
    Edge cases  tomorrow is age 0; the day after tomorrow is planned
    Source      docs/scoring.md#dates
    Example     age_days(date(2026, 6, 30), date(2026, 7, 1)) -> 0
                age_days(date(2026, 6, 30), date(2026, 7, 2)) -> None
    """
    age = (as_of - effective_on(event_date, as_of)).days
    return age if age >= 0 else None


def merged(mass: Column, ref: Column, other: Column, other_ref: Column, half_life: float) -> Column:
    """Two decayed sums as one, read at the later of their two dates.
    Formula     m = m₁·d(ref₂ − ref₁) + m₂·d(ref₁ − ref₂)
    Inputs      m₁, m₂: sums in points; ref₁, ref₂: their dates as day numbers; H in days
    Range       ≥ 0
    Constants   those of the decay
    Edge cases  neither the order of two nor the grouping of three matters: late, unordered and
                parallel batches are safe
    Source      d(x + y) = d(x)·d(y) for x, y ≥ 0; docs/scoring.md#state
    Example     merged(4.0, 0, 3.0, 365, 365) -> 5.0
    """
    return mass * decay(other_ref - ref, half_life) + other * decay(ref - other_ref, half_life)


@dataclass(frozen=True)
class Mass:
    """A decayed sum that forgot its events: what it was worth on the day of the latest one.

    There is no subtraction: after an edit or a deletion the sum is rebuilt from the events that remain.
    """

    m: float = 0.0
    ref: date | None = None

    def add(self, value: float, on: date, half_life: float) -> Mass:
        if not value >= 0:
            raise ValueError("a decayed sum takes no negative value")
        return self.merge(Mass(float(value), on), half_life)

    def merge(self, other: Mass, half_life: float) -> Mass:
        if self.ref is None or other.ref is None:
            return other if self.ref is None else self
        both = merged(self.m, float(self.ref.toordinal()), other.m, float(other.ref.toordinal()), half_life)
        return Mass(both, max(self.ref, other.ref))

    def read(self, as_of: date, half_life: float) -> float:
        return self.m * decay(float((as_of - self.ref).days), half_life) if self.ref else 0.0


def decayed_sum(events: Iterable[tuple[date, float]], *, as_of: date, half_life: float) -> float:
    """The same sum taken from the events themselves, planned ones left out.
    Formula     M(T) = Σ vᵢ·d(T − tᵢ)
    Inputs      (date, value in points) of each event; T: the day of the reading; H in days
    Range       ≥ 0, 0 without events
    Constants   those of the decay
    Edge cases  agrees with the running sum to the last digits, whatever the order in which events came
    Source      docs/scoring.md#state
    Example     decayed_sum([(date(2025, 6, 30), 4.0)], as_of=date(2026, 6, 30), half_life=365) -> 2.0
    """
    ages = ((age_days(as_of, on), value) for on, value in events)
    return sum((value * decay(float(age), half_life) for age, value in ages if age is not None), 0.0)
