"""Réactivité: how soon requests are answered, theirs by us or ours by them; an explicit no is an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from exchanges.beta import UNIFORM, Evidence, Observation, Posterior, Prior, evidence_of, observed, posterior
from exchanges.columns import Column, Flag, larger, smaller
from exchanges.parameters import DEFAULTS, Parameters


@dataclass(frozen=True, kw_only=True)
class Question:
    """One request as the formulas see it: the day it was sent and the day of its first answer."""

    sent: date
    answered: date | None = None
    source: Any = None


@dataclass(frozen=True, kw_only=True)
class Delays:
    """What a reader understands at once: the usual wait in days, and how many requests found an answer."""

    asked: int
    answered: int
    median_days: float | None

    @property
    def answered_share(self) -> float | None:
        return self.answered / self.asked if self.asked else None


def weigh(
    *, sent: Column, answered: Column, is_answered: Flag, today: float, parameters: Parameters = DEFAULTS
) -> Evidence[Column]:
    """What one request, or a column of them, says about whoever was asked.
    Formula     answered after t days: r = 2^(−t/h_A), s = 1 − r
                unanswered for t days: s = 1 − 2^(−min(t, A_max)/h_A)
    Inputs      dates as day numbers; is_answered: 0 or 1; sent on today or before
    Range       r, s in 0 … 1, r + s ≤ 1
    Constants   h_A = 3 days, A_max = 30 days
    Edge cases  answered after today: unanswered; answered before it was sent: t = 0; an unanswered request stops
                losing on day 30 and fades from then on, an answered one fades from its answer
    Source      docs/scoring.md#responsiveness
    Example     weigh(sent=0, answered=3, is_answered=1, today=3).kept -> 0.5
                weigh(sent=0, answered=0, is_answered=0, today=395).age -> 365
    """
    heard = is_answered * (answered <= today)
    end = answered * heard + today * (1 - heard)
    waited = larger(end - sent, 0)
    counted = waited * heard + smaller(waited, parameters.answer_freeze) * (1 - heard)
    good = 2.0 ** -(counted / parameters.answer_half_credit)
    frozen_for = larger(waited - parameters.answer_freeze, 0) * (1 - heard)
    return Evidence(kept=heard * good, lost=1 - good, age=today - end + frozen_for, provisional=1 - heard)


def observations(questions: Iterable[Question], *, as_of: date, parameters: Parameters = DEFAULTS) -> list[Observation]:
    """Every request that counts on that day, in the order given; one sent later, or today and still open, does not."""
    sent = (question for question in questions if question.sent <= as_of)
    seen = ((question, _weighed(question, as_of, parameters)) for question in sent)
    return observed(seen, parameters.half_life_exchanges)


def _weighed(question: Question, as_of: date, parameters: Parameters) -> Evidence[float]:
    return weigh(
        sent=float(question.sent.toordinal()),
        answered=float((question.answered or as_of).toordinal()),
        is_answered=question.answered is not None,
        today=float(as_of.toordinal()),
        parameters=parameters,
    )


def responsiveness(
    questions: Iterable[Question], *, as_of: date, prior: Prior = UNIFORM, parameters: Parameters = DEFAULTS
) -> Posterior[float]:
    """How soon requests find an answer, from never to the same day.
    Formula     V = mean of Beta(1 + Σr·d, 1 + Σs·d)
    Inputs      requests with the day they were sent and answered
    Range       0 … 1, ½ without requests; not shown when n = Σ(r + s)·d < 0.5
    Constants   half-life 365 days; half credit after 3 days; a silence is judged after 30 days at most
    Edge cases  no request: ½, interval 0.05 … 0.95
    Source      docs/scoring.md#responsiveness
    Example     responsiveness([Question(sent=date(2026, 6, 20))], as_of=date(2026, 6, 30)).mean -> 0.344734
    """
    return posterior(*evidence_of(observations(questions, as_of=as_of, parameters=parameters)), prior)


def delays(questions: Iterable[Question], *, as_of: date) -> Delays:
    """Median wait and share of answers, shown beside the score.
    Formula     median of (answered − sent) over answered requests; answered requests / requests
    Inputs      requests sent up to as_of
    Range       days ≥ 0; None without an answer
    Constants   none: nothing fades here
    Edge cases  answered before it was sent counts as the same day
    Source      docs/scoring.md#responsiveness
    Example     delays([Question(sent=date(2026, 6, 1))], as_of=date(2026, 6, 30)).answered_share -> 0
    """
    sent = [question for question in questions if question.sent <= as_of]
    waits = [max(0, (q.answered - q.sent).days) for q in sent if q.answered and q.answered <= as_of]
    return Delays(asked=len(sent), answered=len(waits), median_days=float(median(waits)) if waits else None)
