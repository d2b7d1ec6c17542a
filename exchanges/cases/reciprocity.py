"""Réciprocité of one relationship."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from exchanges.cases.events import read_share
from exchanges.cases.words import Answer, Words, read_parameters
from exchanges.decay import effective_on
from exchanges.parameters import Parameters
from exchanges.points import HALF_SHARE
from exchanges.reciprocity import (
    Direction,
    Firmness,
    Gesture,
    Masses,
    contributions,
    direction,
    masses,
    raw_reciprocity,
    reciprocity_from_masses,
)

DIRECTIONS: Final = {
    Direction.UNKNOWN: None,
    Direction.TO_GIVE: "a_vous_de_donner",
    Direction.OWED: "on_vous_doit",
    Direction.BALANCED: "equilibre",
}
FIRMNESSES: Final = {
    Firmness.INSUFFICIENT: "insuffisant",
    Firmness.UNCERTAIN: "incertain",
    Firmness.TENDENCY: "tendance",
    Firmness.CLEAR: "net",
}
SIDES: Final = {
    "given": (True,),
    "give": (True,),
    "G": (True,),
    "received": (False,),
    "receive": (False,),
    "R": (False,),
    "both": (True, False),
    "mutual": (True, False),
    "les_deux": (True, False),
}


def answer_reciprocity(words: Words) -> Answer:
    as_of, parameters = words.today(), read_parameters(words)
    gestures = [gesture for line in words.items("exchanges", "events") for gesture in _gestures(line, as_of)]
    counted = [] if words.take("hors_compteur", "uncounted") else gestures
    return _reciprocity(masses(contributions(counted, as_of=as_of, parameters=parameters)), parameters)


def _gestures(line: Words, as_of: date) -> Iterator[Gesture]:
    side, on = str(line.take("dir", "direction", "way")), line.day("date", "on", "effective_on", "event_date")
    if side not in SIDES or on is None:
        raise ValueError(f"an exchange has a direction and a date, not {side!r} and {on}")
    ways, share = SIDES[side], read_share(line)
    for given in ways:
        yield Gesture(
            given=given,
            on=effective_on(on, as_of),
            kind=line.take("kind", default="information"),
            weight=line.number("weight", "w"),
            amount=line.number("amount"),
            share=share if len(ways) == 1 else HALF_SHARE,
            solidarity=bool(line.take("solidaire", "solidarity") or line.take("hors_compteur", "uncounted")),
        )


def answer_reciprocity_from_masses(words: Words) -> Answer:
    sums = Masses(
        given=words.required("G", "given"),
        received=words.required("R", "received"),
        squares=words.required("Q", "q", "squares"),
    )
    if min(sums.given, sums.received, sums.squares) < 0:
        raise ValueError("a decayed sum is never negative")
    return _reciprocity(sums, read_parameters(words))


def _reciprocity(sums: Masses, parameters: Parameters) -> Answer:
    found = reciprocity_from_masses(sums.given, sums.received, sums.squares, parameters)
    side, firmness = direction(
        n=found.n, balance=found.balance, p_give=found.p_give, p_owed=found.p_owed, parameters=parameters
    )
    same_name = ("n", "alpha", "beta", "score", "score_lo", "score_hi", "balance", "balance_lo", "balance_hi")
    return {
        "G": sums.given,
        "R": sums.received,
        "Q": sums.squares,
        "raw": raw_reciprocity(sums.given, sums.received),
        "var": found.variance,
        "p_give": found.p_give,
        "p_owed": found.p_owed,
        "label": DIRECTIONS[side],
        "firmness": FIRMNESSES[firmness],
    } | {name: getattr(found, name) for name in same_name}
