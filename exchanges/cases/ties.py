"""How strong a tie is, and the rhythm in which it is kept up."""

from __future__ import annotations

from typing import Any, Final

from exchanges.cases.words import Answer, Words
from exchanges.ties import Circle, Rhythm, cadence, contact_status, stretch, tie_strength
from exchanges.trust import DAYS_IN_YEAR

RHYTHMS: Final = {
    Rhythm.FRESH: "a_jour",
    Rhythm.DUE: "a_relancer",
    Rhythm.LATE: "en_retard",
    Rhythm.DORMANT: "dormant",
    Rhythm.NEVER: "jamais",
}
CIRCLES: Final = {
    **{circle.value: circle for circle in Circle},
    "noyau": Circle.CORE,
    "actifs": Circle.ACTIVE,
    "actif": Circle.ACTIVE,
    "elargi": Circle.WIDE,
    "élargi": Circle.WIDE,
}


def answer_tie_strength(words: Words) -> Answer:
    first, on = words.day("first_contact", "since"), words.today()
    years = words.number("years", default=max((on - first).days, 0) / DAYS_IN_YEAR if first else 0.0)
    closeness, common = words.number("closeness"), words.number("common", "networks_in_common", default=0)
    found = tie_strength(
        minutes=words.number("minutes", default=0.0) or 0.0,
        years=years or 0.0,
        points=words.number("points", default=0.0) or 0.0,
        balance=_or(words.number("recip", "S"), 0.5),
        common=int(common or 0),
        closeness=None if closeness is None else int(closeness),
    )
    terms = {name: getattr(found, name) for name in ("intensity", "duration", "services", "structure", "strength")}
    return terms | ({} if found.intimacy is None else {"intimacy": found.intimacy})


def answer_cadence(words: Words) -> float:
    gaps = [float(gap) for gap in words.take("gaps", default=()) or ()]
    circle = words.take("circle")
    return cadence(int(words.required("rank")), gaps, CIRCLES[str(circle)] if circle else None)


def answer_contact_status(words: Words) -> Answer:
    found = contact_status(
        words.day("last"),
        words.today(),
        words.required("every", "cadence"),
        strength_then=words.number("strength_then"),
        reliability=words.number("reliability_mean", "reliability", "F"),
    )
    next_on = found.next_on.isoformat() if found.next_on else None
    told = {"status": RHYTHMS[found.rhythm], "ratio": found.ratio, "next": next_on}
    return told | {"reactivation": found.reactivation}


def answer_stretch(words: Words) -> Answer:
    pairs = [_pair(line) for line in words.items("contacts")]
    found = stretch(pairs, words.required("monthly_minutes", "budget"))
    return {"load": found.minutes, "factor": found.factor}


def _pair(line: Any) -> tuple[float, float]:
    if isinstance(line, Words):
        return line.required("every", "cadence"), line.required("minutes")
    every, minutes = line
    return float(every), float(minutes)


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
