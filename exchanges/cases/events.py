"""Single events: their age, their decay, their sums and their value."""

from __future__ import annotations

from datetime import date
from typing import Any

from exchanges.cases.words import HALF_LIFE, Answer, Words, read_parameters
from exchanges.decay import HALF_LIFE_DAYS, Mass, age_days, decay, decayed_sum, effective_on
from exchanges.points import HALF_SHARE, event_value


def answer_decay(words: Words) -> float:
    age = words.number("age", "a", "age_days", "days")
    half_life = words.number(*HALF_LIFE, default=HALF_LIFE_DAYS)
    return 0.0 if age is None else decay(age, half_life or 0.0)


def answer_age_days(words: Words) -> int | None:
    event_date = words.day("d", "date", "on", "event_date", "effective_on")
    if event_date is None:
        raise ValueError("d is missing")
    return age_days(words.today(), event_date)


def answer_incremental(words: Words) -> Answer:
    as_of, half_life = words.today(), words.number(*HALF_LIFE, default=HALF_LIFE_DAYS) or 0.0
    events = [_dated_value(event) for event in words.items("events")]
    state = Mass()
    for event_date, value in events:
        if (on := effective_on(event_date, as_of)) <= as_of:
            state = state.add(value, on, half_life)
    return {
        "mass": state.read(as_of, half_life),
        "batch": decayed_sum(events, as_of=as_of, half_life=half_life),
        "ref": state.ref.isoformat() if state.ref else None,
        "stored": state.m,
    }


def _dated_value(event: Any) -> tuple[date, float]:
    if isinstance(event, Words):
        on = event.day("date", "on", "t")
        if on is None:
            raise ValueError("date is missing")
        return on, event.required("value", "v", "weight")
    on, value = event
    return date.fromisoformat(on), float(value)


def answer_event_value(words: Words) -> float:
    return event_value(
        kind=words.take("kind", default="information"),
        weight=words.number("weight", "w"),
        amount=words.number("amount"),
        share=read_share(words),
        parameters=read_parameters(words),
    )


def read_share(words: Words) -> float:
    half = words.take("mutual", "both", "les_deux")
    return words.number("share", default=HALF_SHARE if half else 1.0) or 0.0
