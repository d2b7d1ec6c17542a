"""How strong a tie is, how often it wants to be kept up, and whether it sleeps. Pure arithmetic."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import Any, Final

from exchanges.columns import Column, Flag, larger, reaches, smaller

INTIMACY_WEIGHT: Final = 0.40
INTENSITY_WEIGHT: Final = 0.25
DURATION_WEIGHT: Final = 0.20
SERVICES_WEIGHT: Final = 0.10
STRUCTURE_WEIGHT: Final = 0.05
OBSERVED_WEIGHT: Final = INTENSITY_WEIGHT + DURATION_WEIGHT + SERVICES_WEIGHT + STRUCTURE_WEIGHT
INTENSITY_HALF_MINUTES: Final = 120.0
DURATION_HALF_YEARS: Final = 3.0
SERVICES_HALF_POINTS: Final = 6.0
STRUCTURE_HALF: Final = 2.0  # networks in common
CLOSENESS: Final = (1, 5)

LAYERS: Final = ((5, 7.0), (15, 30.0), (50, 180.0))  # up to this rank, every so many days
OUTSIDE_DAYS: Final = 365.0
INNERMOST: Final = 5
RANKED: Final = 50  # further down all ranks are alike
GAPS_MIN: Final = 3
GAPS_READ: Final = 5
SHORTEST_DAYS: Final = 3.0
LONGEST_DAYS: Final = 365.0

# What one contact takes where nobody noted its minutes.
KIND_MINUTES: Final = {"message": 5.0, "call": 10.0, "meeting": 30.0}
USUAL_MINUTES: Final = 15.0  # where there was none yet, only exchanges
MINUTES_HALF_LIFE: Final = 180.0

FRESH_BELOW: Final = 0.8
LATE_ABOVE: Final = 1.2
DORMANT_DAYS: Final = 1095
MONTH_DAYS: Final = 30.4375
WEEK_DAYS: Final = 7
YEAR_DAYS: Final = 365.25


class Circle(StrEnum):
    """The circles that the owner sets: at most 15, 50 and 150 people."""

    CORE = "core"
    ACTIVE = "active"
    WIDE = "wide"


CIRCLE_DAYS: Final = {Circle.CORE: 30.0, Circle.ACTIVE: 180.0, Circle.WIDE: 365.0}


class Rhythm(StrEnum):
    """Where a tie stands against its own rhythm."""

    FRESH = "fresh"
    DUE = "due"
    LATE = "late"
    DORMANT = "dormant"
    NEVER = "never"


@dataclass(frozen=True)
class Strength:
    """The five terms, each 0 … 1, and what they make together; `intimacy` is None when nobody said."""

    intimacy: float | None
    intensity: float
    duration: float
    services: float
    structure: float
    strength: float


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`ratio` of the time since the last contact to the rhythm; `reactivation` of a tie that sleeps, else None."""

    rhythm: Rhythm
    ratio: float | None
    next_on: date | None
    reactivation: float | None


@dataclass(frozen=True, kw_only=True)
class Load:
    minutes: float  # a month
    factor: float  # by which all rhythms are stretched


def tie_strength(
    *,
    minutes: float,
    years: float = 0.0,
    points: float = 0.0,
    balance: float = 0.5,
    common: int = 0,
    closeness: int | None = None,
) -> Strength:
    """How strong a tie is, from what can be observed and what the owner says.
    Formula     Force = Σw·x/Σw over the terms that are known: intimacy (c − 1)/4, w = .40; intensity M/(M + 120),
                w = .25; duration Y/(Y + 3), w = .20; services S·T/(T + 6), w = .10; structure n/(n + 2), w = .05
    Inputs      c: closeness said, 1 … 5; M: decayed minutes together; Y: years known; T: points given and received,
                decayed; S: réciprocité, 0 … 1; n: networks in common
    Range       0 … 1
    Constants   the five weights; halves at 120 minutes, 3 years, 6 points, 2 networks
    Edge cases  closeness None: the four others alone; never met: 0; a figure below 0, closeness outside 1 … 5 or S
                outside 0 … 1 -> ValueError
    Source      Granovetter 1973; Gilbert & Karahalios 2009 for the order of the weights, which are our choice;
                docs/scoring.md#strength
    Example     tie_strength(minutes=120).strength -> 0.208333
                tie_strength(minutes=120, closeness=3).strength -> 0.325
    """
    if min(minutes, years, points, common) < 0 or not 0 <= balance <= 1:
        raise ValueError("minutes, years, points and networks are not negative, and réciprocité lies between 0 and 1")
    if closeness is not None and not CLOSENESS[0] <= closeness <= CLOSENESS[1]:
        raise ValueError("closeness is said from 1 to 5")
    intimacy = None if closeness is None else intimacy_of(closeness)
    terms = observed_terms(minutes, years, points, balance, common)
    strength = weighed(*terms, intimacy=intimacy or 0.0, said=closeness is not None)
    return Strength(intimacy, *terms, strength)


def intimacy_of(closeness: Any) -> Any:
    return (closeness - CLOSENESS[0]) / (CLOSENESS[1] - CLOSENESS[0])


def observed_terms(minutes: Any, years: Any, points: Any, balance: Any, common: Any) -> tuple[Any, Any, Any, Any]:
    """Intensity, duration, services and structure, of one tie or of a column of them."""
    return (
        minutes / (minutes + INTENSITY_HALF_MINUTES),
        years / (years + DURATION_HALF_YEARS),
        balance * points / (points + SERVICES_HALF_POINTS),
        common / (common + STRUCTURE_HALF),
    )


def weighed(intensity: Any, duration: Any, services: Any, structure: Any, *, intimacy: Any, said: Flag) -> Any:
    """The terms made one; intimacy counts where it is `said`."""
    observed = INTENSITY_WEIGHT * intensity + DURATION_WEIGHT * duration
    observed = observed + SERVICES_WEIGHT * services + STRUCTURE_WEIGHT * structure
    return (observed + INTIMACY_WEIGHT * intimacy * said) / (OBSERVED_WEIGHT + INTIMACY_WEIGHT * said)


def cadence(rank: int, gaps: Sequence[float] = (), circle: Circle | None = None) -> float:
    """Every how many days a tie wants to be kept up.
    Formula     b without three gaps; else √(b·median of the last five), brought back into 3 … 365
    Inputs      rank by Force, 1 the strongest; gaps: days between contacts, oldest first; the circle that the owner
                set
    Range       3 … 365 days
    Constants   b: 7 days up to rank 5, 30 up to 15, 180 up to 50, then 365; in a circle 30, 180 or 365, and the five
                strongest keep 7
    Edge cases  fewer than 3 gaps: b alone; a rank below 1 or a gap below 0 -> ValueError
    Source      Dunbar's layers, Zhou & al. 2005; 180 days is our choice; docs/scoring.md#rhythm
    Example     cadence(12, [20, 45, 80]) -> 36.742346
                cadence(60) -> 365.0
    """
    if rank < 1 or any(gap < 0 for gap in gaps):
        raise ValueError("ranks begin at 1, and no gap is negative")
    base = base_days(rank, circle)
    return base if len(gaps) < GAPS_MIN else drawn(base, median(gaps[-GAPS_READ:]))


def base_days(rank: int, circle: Circle | None = None) -> float:
    if circle is not None and rank > INNERMOST:
        return CIRCLE_DAYS[circle]
    return next((days for most, days in LAYERS if rank <= most), OUTSIDE_DAYS)


def drawn(base: Column, lived: Column) -> Column:
    """The rhythm of a rank or a circle, drawn towards the one that is lived."""
    return smaller(larger((base * lived) ** 0.5, SHORTEST_DAYS), LONGEST_DAYS)


def contact_status(
    last: date | None, on: date, every: float, *, strength_then: float | None = None, reliability: float | None = None
) -> Standing:
    """Where a tie stands against its rhythm; the clock restarts at the last contact that was noted.
    Formula     q = (today − last)/cadence: below 0.8 fresh, up to 1.2 due, above late; from 1 095 days dormant;
                next = last + ⌈cadence⌉; reactivation = Force at the last contact·F, of dormant ties alone
    Inputs      last: date of the last contact; cadence in days; Force then and F, 0 … 1
    Range       q 0 … ∞; reactivation 0 … 1
    Constants   0.8, 1.2; 1 095 days, three years
    Edge cases  never met: no ratio, no next; a last contact in the future counts as today; Force or F unknown: no
                reactivation; a cadence that is not above 0 -> ValueError
    Source      Levin, Walter & Murnighan 2011 for dormant ties; docs/scoring.md#rhythm
    Example     contact_status(date(2026, 5, 31), date(2026, 6, 30), 30.0).rhythm -> "due"
                contact_status(None, date(2026, 6, 30), 30.0).rhythm -> "never"
    """
    if not every > 0:
        raise ValueError("a rhythm is longer than nothing")
    if last is None:
        return Standing(rhythm=Rhythm.NEVER, ratio=None, next_on=None, reactivation=None)
    age = max((on - last).days, 0)
    ratio, next_on = age / every, last + timedelta(days=math.ceil(every))
    if age < DORMANT_DAYS:
        late = not reaches(LATE_ABOVE, ratio)
        rhythm = Rhythm.LATE if late else Rhythm.DUE if reaches(ratio, FRESH_BELOW) else Rhythm.FRESH
        return Standing(rhythm=rhythm, ratio=ratio, next_on=next_on, reactivation=None)
    known = strength_then is not None and reliability is not None
    value = strength_then * reliability if known else None  # type: ignore[operator]
    return Standing(rhythm=Rhythm.DORMANT, ratio=ratio, next_on=next_on, reactivation=value)


def stretch(contacts: Iterable[tuple[float, float]], monthly_minutes: float) -> Load:
    """By how much all rhythms are slowed down so that they fit the time there is.
    Formula     load = Σ minutes·30.4375/cadence a month; factor = max(1, load/budget)
    Inputs      for each contact its cadence in days and the minutes that a contact takes; budget in minutes a month
    Range       load 0 … ∞; factor 1 … ∞
    Constants   30.4375 days a month
    Edge cases  nothing to keep up: factor 1; no time at all: ∞; a cadence that is not above 0, minutes or budget
                below 0 -> ValueError
    Source      our choice; docs/scoring.md#rhythm
    Example     stretch([(7, 60), (30, 45), (30, 45), (180, 90), (14, 90)], 400).factor -> 1.407734
                stretch([], 400).factor -> 1.0
    """
    pairs = list(contacts)
    if monthly_minutes < 0 or any(every <= 0 or minutes < 0 for every, minutes in pairs):
        raise ValueError("a rhythm is longer than nothing, and no time is negative")
    load = sum(minutes * MONTH_DAYS / every for every, minutes in pairs)
    if load <= monthly_minutes:
        return Load(minutes=load, factor=1.0)
    return Load(minutes=load, factor=load / monthly_minutes if monthly_minutes else math.inf)


def a_month(weekly_minutes: float) -> float:
    return weekly_minutes * MONTH_DAYS / WEEK_DAYS
