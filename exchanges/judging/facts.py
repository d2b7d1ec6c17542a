"""The thirteen indicators of a network as the ledger shows them, each with the lines that it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from exchanges import indicators, responsiveness
from exchanges.beta import evidence_of
from exchanges.indicators import Fact
from exchanges.judging.ledger import Asked, Ledger, Passed
from exchanges.reciprocity import reciprocity_from_masses
from exchanges.trust import rate_score, years_seen

GROWTH: Final = frozenset({"lead", "business", "recommendation", "introduction"})
KNOWING: Final = frozenset({"information", "knowledge", "expertise"})
JOINT: Final = frozenset({"business", "loan"})
TOGETHER: Final = 2  # partners of a joint deal, responders of an answer in common
JOINT_RATE: Final = 1.0  # a year
STAYED_DAYS: Final = 90  # between two exchanges of a relation that lasts
KNOWN_DAYS: Final = 180  # before one may say whether a relation lasted
NOTHING: Final = Fact(x=None, n=0.0)


class Indicator(StrEnum):
    """In the order of the method: five characteristics, four functions, four contributions."""

    CONCENTRATOR = "concentrator"
    ACCELERATOR = "accelerator"
    AMPLIFIER = "amplifier"
    FERTILISER = "fertiliser"
    SOLVER = "solver"
    PLUG_AND_PLAY = "plug_and_play"
    ACCESS = "access"
    POOLING = "pooling"
    GEOMETRY = "geometry"
    UNCERTAINTY = "uncertainty"
    FLUIDITY = "fluidity"
    DURABLE = "durable"
    COLLECTIVE = "collective"


CHARACTERISTICS: Final = tuple(Indicator)[:5]
FUNCTIONS: Final = tuple(Indicator)[5:9]
CONTRIBUTIONS: Final = tuple(Indicator)[9:]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row behind a figure: what it brought before it faded, what is left of it, and which way it speaks."""

    kind: str  # exchange, request or contact
    pk: int
    on: date
    value: float
    decay: float
    good: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Seen:
    fact: Fact
    lines: tuple[Line, ...] = ()


def seen_in(network: int, indicator: Indicator, ledger: Ledger) -> Seen:
    return READERS[indicator](network, ledger)


def facts_of(network: int, ledger: Ledger) -> dict[str, Fact]:
    return {indicator.value: seen_in(network, indicator, ledger).fact for indicator in Indicator}


def _unseen(network: int, ledger: Ledger) -> Seen:
    """Which needs a network answers is not in the ledger: the opinion speaks until resources are known."""
    return Seen(fact=NOTHING)


def _accelerator(network: int, ledger: Ledger) -> Seen:
    here = ledger.asked_in.get(network, [])
    answers, days = _waiting(here, ledger)
    all_answers, all_days = _waiting(ledger.asked, ledger)
    speed = indicators.accelerator(
        answers_in=answers,
        days_in=days,
        answers_out=max(all_answers - answers, 0.0),
        days_out=max(all_days - days, 0.0),
    )
    return Seen(fact=Fact(x=speed.score if here else None, n=answers), lines=_requests(here, lambda one: one.answered))


def _waiting(asked: Iterable[Asked], ledger: Ledger) -> tuple[float, float]:
    """Answers, and days waited for them or still waiting, both faded by the age of the request."""
    answers = days = 0.0
    for one in asked:
        answers += one.decay * (one.answered is not None)
        days += one.decay * ((one.answered or one.closed or ledger.on) - one.on).days
    return answers, days


def _amplifier(network: int, ledger: Ledger) -> Seen:
    here = [one for one in _valued(ledger, network) if _grows(one)]
    ours = sum(one.points for one in here)
    everywhere = sum(one.points for one in ledger.passed if not one.solidarity and _grows(one))
    x = indicators.share_score(ours, max(everywhere - ours, 0.0))
    return Seen(fact=Fact(x=x if here else None, n=sum(one.decay for one in here)), lines=_exchanges(here))


def _grows(one: Passed) -> bool:
    return not one.given and one.kind in GROWTH


def _fertiliser(network: int, ledger: Ledger) -> Seen:
    """A contact whose firm has no sector is a sector of their own: nobody knows that two of them are alike."""
    here = [one for one in _valued(ledger, network) if not one.given and one.kind in KNOWING]
    masses: dict[str, float] = defaultdict(float)
    for one in here:
        masses[ledger.people[one.contact].sector or f"#{one.contact}"] += one.points
    total = sum(masses.values())
    x = indicators.blau(list(masses.values()))
    return Seen(fact=Fact(x=x, n=total / indicators.POINTS_PER_EXCHANGE), lines=_exchanges(here))


def _solver(network: int, ledger: Ledger) -> Seen:
    """A problem solved in part counts for one half."""
    closed = [one for one in ledger.asked_in.get(network, []) if one.closed]
    worth = {"solved": 1.0, "partly": 0.5}
    solved = sum(one.decay * worth.get(one.outcome, 0.0) for one in closed)
    fact = indicators.proportion(solved, sum(one.decay for one in closed))
    return Seen(fact=fact, lines=_requests(closed, lambda one: one.outcome != "unsolved"))


def _plug_and_play(network: int, ledger: Ledger) -> Seen:
    if not (since := ledger.joined.get(network)) or since > ledger.on:
        return Seen(fact=NOTHING)
    received = [one for one in ledger.passed_in.get(network, []) if not one.given]
    first = min(received, key=lambda one: (one.on, one.pk), default=None)
    days = float((first.on - since).days) if first else None
    fact = indicators.plug_and_play(days, float((ledger.on - since).days))
    return Seen(fact=fact, lines=_exchanges([first] if first else []))


def _pooling(network: int, ledger: Ledger) -> Seen:
    known = [one for one in _valued(ledger, network) if one.kind in KNOWING]
    given = sum(one.points for one in known if one.given)
    received = sum(one.points for one in known if not one.given)
    if not given + received:
        return Seen(fact=NOTHING)
    both = reciprocity_from_masses(given, received, sum(one.value * one.points for one in known))
    return Seen(fact=indicators.pooling(both.score, both.n), lines=_exchanges(known))


def _geometry(network: int, ledger: Ledger) -> Seen:
    joint = [one for one in ledger.passed_in.get(network, []) if one.kind in JOINT and one.partners >= TOGETHER]
    since = min([one.on for one in joint] + [ledger.joined.get(network, ledger.on)])
    age, count = float((ledger.on - since).days), sum(one.decay for one in joint)
    n = count + years_seen(age, ledger.parameters)
    score = rate_score(count, age, usual=JOINT_RATE, parameters=ledger.parameters).score
    return Seen(fact=Fact(x=score, n=n) if n else NOTHING, lines=_exchanges(joint))


def _fluidity(network: int, ledger: Ledger) -> Seen:
    here = ledger.asked_in.get(network, [])
    asked = [responsiveness.Question(sent=one.on, answered=one.answered, source=one) for one in here]
    observed = responsiveness.observations(asked, as_of=ledger.on, parameters=ledger.parameters)
    kept, lost = evidence_of(observed)
    if not observed:
        return Seen(fact=NOTHING)
    mean = responsiveness.responsiveness(asked, as_of=ledger.on, parameters=ledger.parameters).mean
    return Seen(fact=Fact(x=mean, n=kept + lost), lines=_requests(here, lambda one: one.answered))


def _durable(network: int, ledger: Ledger) -> Seen:
    met = [
        one
        for one in ledger.people.values()
        if one.met_through == network and (ledger.on - one.met_on).days > KNOWN_DAYS
    ]
    spans = {one.pk: ledger.seen.get(one.pk, (one.met_on, one.met_on)) for one in met}
    lasted = {pk for pk, (first, last) in spans.items() if (last - first).days >= STAYED_DAYS}
    fact = indicators.proportion(
        sum(ledger.fade(one.met_on) for one in met if one.pk in lasted), sum(ledger.fade(one.met_on) for one in met)
    )
    lines = (
        Line(kind="contact", pk=one.pk, on=one.met_on, value=1.0, decay=ledger.fade(one.met_on), good=one.pk in lasted)
        for one in met
    )
    return Seen(fact=fact, lines=_latest(lines))


def _collective(network: int, ledger: Ledger) -> Seen:
    here = ledger.asked_in.get(network, [])
    several = {one.pk for one in here if len({heard.contact for heard in one.heard}) >= TOGETHER}
    good = sum(one.decay for one in here if one.pk in several)
    fact = indicators.proportion(good, sum(one.decay for one in here))
    return Seen(fact=fact, lines=_requests(here, lambda one: one.pk in several))


def _valued(ledger: Ledger, network: int) -> list[Passed]:
    """What is weighed: solidarity is told, never counted."""
    return [one for one in ledger.passed_in.get(network, []) if not one.solidarity]


def _exchanges(rows: Iterable[Passed]) -> tuple[Line, ...]:
    return _latest(Line(kind="exchange", pk=one.pk, on=one.on, value=one.value, decay=one.decay) for one in rows)


def _requests(rows: Iterable[Asked], good: Callable[[Asked], object]) -> tuple[Line, ...]:
    lines = (
        Line(kind="request", pk=one.pk, on=one.on, value=1.0, decay=one.decay, good=bool(good(one))) for one in rows
    )
    return _latest(lines)


def _latest(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (line.on, line.pk), reverse=True))


READERS: Final[dict[Indicator, Callable[[int, Ledger], Seen]]] = {
    Indicator.CONCENTRATOR: _unseen,
    Indicator.ACCELERATOR: _accelerator,
    Indicator.AMPLIFIER: _amplifier,
    Indicator.FERTILISER: _fertiliser,
    Indicator.SOLVER: _solver,
    Indicator.PLUG_AND_PLAY: _plug_and_play,
    Indicator.ACCESS: _unseen,
    Indicator.POOLING: _pooling,
    Indicator.GEOMETRY: _geometry,
    Indicator.UNCERTAINTY: _unseen,
    Indicator.FLUIDITY: _fluidity,
    Indicator.DURABLE: _durable,
    Indicator.COLLECTIVE: _collective,
}
