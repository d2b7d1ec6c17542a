"""What a network brings, each indicator between 0 and 1: facts from the ledger blended with the owner's own opinion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from exchanges.columns import THRESHOLD_SLACK, reaches
from exchanges.parameters import DEFAULTS, Parameters

OPINION_HIGHEST: Final = 10.0
OPINION_DEFAULT: Final = 5.0
FACTS_HALF: Final = 3.0  # observations at which facts are half solid
HEAD_START_DAYS: Final = 7.0
HEAD_START_POINTS: Final = 3.0
POINTS_PER_EXCHANGE: Final = 3.0
BLAU_HALF: Final = 2.0
POOLING_HALF: Final = 6.0
PLUG_IN_HALF_LIFE_DAYS: Final = 90.0
COVERED_FROM: Final = 0.5


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One indicator as the ledger shows it: its figure, None when there is none, and the observations behind it."""

    x: float | None
    n: float


@dataclass(frozen=True, kw_only=True)
class Speed:
    hazard_in: float  # answers per request-day
    hazard_out: float
    score: float


@dataclass(frozen=True, kw_only=True)
class Reach:
    """One need: how much depends on it, and how surely a network answers it."""

    criticality: float
    access: float


def blend(x: float | None, n: float, opinion: float | None, parameters: Parameters = DEFAULTS) -> float:
    """An indicator: the owner's opinion first, and the facts as they come.
    Formula     I = (k_q·q/10 + n·x)/(k_q + n)
    Inputs      x: 0 … 1, from the ledger; n: decayed observations behind it; q: opinion, 0 to 10
    Range       0 … 1, q/10 without facts, ½ without anything
    Constants   k_q = 3 observations; q = 5 when no opinion was given
    Edge cases  x = None: no facts, whatever n; x outside 0 … 1, q outside 0 … 10, or n below 0 -> ValueError
    Source      our choice; docs/scoring.md#blend
    Example     blend(0.0, 0.0, 8) -> 0.8
                blend(0.4, 7.0, 8) -> 0.52
    """
    judged = OPINION_DEFAULT if opinion is None else opinion
    facts, seen = (0.0, 0.0) if x is None else (x, n)
    if not (_between(facts, 1) and _between(judged, OPINION_HIGHEST) and n >= 0):
        raise ValueError("facts lie between 0 and 1, an opinion between 0 and 10, and n is not negative")
    weight = parameters.judgement_weight
    return (weight * judged / OPINION_HIGHEST + seen * facts) / (weight + seen)


def facts_share(n: float) -> float:
    """How solid the bar of an indicator is drawn.
    Formula     n/(n + 3)
    Inputs      n: decayed observations behind the indicator
    Range       0 … 1, 0 without facts
    Constants   3 observations for one half
    Edge cases  n below 0 -> ValueError
    Source      our choice; docs/scoring.md#blend
    Example     facts_share(9) -> 0.75
    """
    return _positive(n) / (n + FACTS_HALF)


def accelerator(*, answers_in: float, days_in: float, answers_out: float, days_out: float) -> Speed:
    """Whether a network answers sooner than the others: requests still open count with the days they waited.
    Formula     h = (answers + 1)/(open request-days + 7); x = h_in/(h_in + h_out)
    Inputs      answers and days of waiting, through the network and outside it
    Range       0 … 1, ½ at the same speed
    Constants   one answer in seven days, added on both sides
    Edge cases  no request at all: ½; a figure below 0 -> ValueError
    Source      hazard with censoring; seed §B "un accélérateur"; docs/scoring.md#indicators
    Example     accelerator(answers_in=6, days_in=30, answers_out=2, days_out=60).score -> 0.808621
    """
    hazard_in = (_positive(answers_in) + 1) / (_positive(days_in) + HEAD_START_DAYS)
    hazard_out = (_positive(answers_out) + 1) / (_positive(days_out) + HEAD_START_DAYS)
    return Speed(hazard_in=hazard_in, hazard_out=hazard_out, score=hazard_in / (hazard_in + hazard_out))


def share_score(inside: float, outside: float) -> float:
    """Part of what makes us grow that came through a network.
    Formula     (B_in + 3)/(B_in + B_out + 6)
    Inputs      B: points received of leads, business, recommendations and introductions, in the network and outside
    Range       0 … 1, ½ without points
    Constants   3 points added on both sides
    Edge cases  nothing received: ½; a figure below 0 -> ValueError
    Source      seed §B "un amplificateur"; docs/scoring.md#indicators
    Example     share_score(24, 12) -> 0.642857
    """
    ours = _positive(inside) + HEAD_START_POINTS
    return ours / (ours + _positive(outside) + HEAD_START_POINTS)


def blau(masses: Sequence[float]) -> float | None:
    """How many different trades teach us something.
    Formula     (1 − Σs²)·n/(n + 2), s = points/T, n = T/3, T = Σ points
    Inputs      points of knowledge, information and expertise received, one figure for each sector
    Range       0 … 1, 0 when all comes from one sector
    Constants   3 points for one exchange; 2 exchanges for one half
    Edge cases  nothing received -> None; a figure below 0 -> ValueError
    Source      Blau 1977; seed §B "un fécondateur"; docs/scoring.md#indicators
    Example     blau([6, 6, 3, 3]) -> 0.541667
                blau([]) -> None
    """
    total = sum(_positive(mass) for mass in masses)
    if not total:
        return None
    n = total / POINTS_PER_EXCHANGE
    return max(0.0, 1 - sum((mass / total) ** 2 for mass in masses)) * n / (n + BLAU_HALF)


def proportion(good: float, total: float) -> Fact:
    """Problems solved, contacts who stayed, requests with several answers: so many out of so many.
    Formula     x = good/total, n = total
    Inputs      decayed counts
    Range       0 … 1
    Constants   none
    Edge cases  nothing to count: x is None; a figure below 0, or a part above its whole -> ValueError
    Source      seed §B "un problem solver", "du one shot à la relation durable", "l'intelligence collective";
                docs/scoring.md#indicators
    Example     proportion(7, 10) -> Fact(x=0.7, n=10)
                proportion(0, 0) -> Fact(x=None, n=0)
    """
    if not _between(good, total):
        raise ValueError("a part lies between 0 and its whole")
    return Fact(x=min(good / total, 1.0) if total else None, n=total)


def plug_and_play(days: float | None, age: float) -> Fact:
    """How soon a network gave something to its new member.
    Formula     x = 2^(−days/90), n = min(1, age/90)
    Inputs      days from joining to the first exchange received, None as long as there is none; age: days since joining
    Range       0 … 1, 1 on the first day
    Constants   90 days
    Edge cases  nothing received yet: x = 0, which weighs little at first; received before joining: x = 1
    Source      seed §B "plug and play"; docs/scoring.md#indicators
    Example     plug_and_play(90, 45) -> Fact(x=0.5, n=0.5)
                plug_and_play(None, 365) -> Fact(x=0.0, n=1.0)
    """
    x = 0.0 if days is None else 2.0 ** -(max(days, 0) / PLUG_IN_HALF_LIFE_DAYS)
    return Fact(x=x, n=min(1.0, max(age, 0) / PLUG_IN_HALF_LIFE_DAYS))


def pooling(score: float, count: float) -> Fact:
    """How far knowledge goes both ways.
    Formula     x = S·K/(K + 6), n = K
    Inputs      S: reciprocity of information, knowledge and expertise; K: effective number of these exchanges
    Range       0 … 1, 0 without exchanges
    Constants   6 exchanges for one half
    Edge cases  S outside 0 … 1, or K below 0 -> ValueError
    Source      seed §B "la mutualisation de l'information et de la connaissance opérationnelle";
                docs/scoring.md#indicators
    Example     pooling(0.8, 6).x -> 0.4
    """
    if not _between(score, 1):
        raise ValueError("a score lies between 0 and 1")
    return Fact(x=score * _positive(count) / (count + POOLING_HALF), n=count)


def concentrator(needs: Sequence[Reach]) -> Fact:
    """Part of our needs that a network covers.
    Formula     x = Σω·1[A ≥ 0.5]/Σω, n = number of needs
    Inputs      ω: criticality of each need; A: its access through the network, 0 … 1
    Range       0 … 1
    Constants   covered from an access of 0.5
    Edge cases  no need: x is None; an access within 1e-9 of the threshold has reached it
    Source      seed §B "un concentrateur"; docs/scoring.md#indicators
    Example     concentrator([Reach(criticality=3, access=0.5), Reach(criticality=1, access=0.4)]) -> Fact(x=0.75, n=2)
    """
    x = _weighted((need.criticality, float(reaches(need.access, COVERED_FROM))) for need in needs)
    return Fact(x=x, n=len(needs))


def access(needs: Sequence[Reach]) -> Fact:
    """How surely a network answers our needs.
    Formula     x = Σω·A/Σω, n = number of needs
    Inputs      ω: criticality of each need; A: its access through the network, 0 … 1
    Range       0 … 1
    Constants   none
    Edge cases  no need: x is None
    Source      seed §B "l'accès aux ressources"; docs/scoring.md#indicators
    Example     access([Reach(criticality=3, access=0.5), Reach(criticality=1, access=0.1)]).x -> 0.4
    """
    return Fact(x=_weighted((need.criticality, need.access) for need in needs), n=len(needs))


def uncertainty(cover: float | None, cover_without: float) -> float | None:
    """How much of our second chances hangs on a network.
    Formula     x = (U − U_without)/U
    Inputs      U: cover of our needs once the best source of each is lost; U_without: the same without the network
    Range       0 … 1, 0 when the network changes nothing
    Constants   none
    Edge cases  no need, or no second chance at all (U = 0) -> None; rounding never leads below 0
    Source      seed §B "gestion de l'incertitude"; docs/scoring.md#indicators
    Example     uncertainty(0.4, 0.3) -> 0.25
                uncertainty(0.0, 0.0) -> None
    """
    return min(max((cover - cover_without) / cover, 0.0), 1.0) if cover else None


def _weighted(parts: Iterable[tuple[float, float]]) -> float | None:
    known = [(weight, figure) for weight, figure in parts if weight > 0]
    total = sum(weight for weight, _ in known)
    return sum(weight * figure for weight, figure in known) / total if known else None


def _between(figure: float, highest: float) -> bool:
    return 0 <= figure <= highest + THRESHOLD_SLACK


def _positive(figure: float) -> float:
    if not figure >= 0:
        raise ValueError("a count, a sum of points or a number of days is not negative")
    return figure
