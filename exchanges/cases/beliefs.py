"""Shares believed from a few faded events: promises, answers, and their prior."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from exchanges.beta import UNIFORM, Posterior, Prior, eb_prior, judged_prior, wilson_lower
from exchanges.cases.words import Answer, Words, read_parameters
from exchanges.decay import effective_on
from exchanges.parameters import Parameters
from exchanges.reliability import Outcome, Promise, Trust, reliability, running_due, trust
from exchanges.responsiveness import Question, responsiveness

TRUSTS: Final = {
    Trust.UNKNOWN: "inconnu",
    Trust.RELIABLE: "fiable",
    Trust.UNRELIABLE: "peu_fiable",
    Trust.RATHER_RELIABLE: "plutot_fiable",
    Trust.TO_WATCH: "a_surveiller",
    Trust.TO_CONFIRM: "a_confirmer",
}
OUTCOMES: Final = {
    "": Outcome.OPEN,
    "open": Outcome.OPEN,
    "kept": Outcome.KEPT,
    "broken": Outcome.BROKEN,
    "cancelled": Outcome.CANCELLED,
    "canceled": Outcome.CANCELLED,
}


def answer_reliability(words: Words) -> Answer:
    as_of, parameters = words.today(), read_parameters(words, "half_life_commitments")
    promises = [_promise(line, as_of) for line in words.items("commitments", "promises")]
    found = reliability(promises, as_of=as_of, prior=read_prior(words, parameters), parameters=parameters)
    belief = found.belief
    word = trust(n=found.n, mean=belief.mean, lo=belief.lo, hi=belief.hi, parameters=parameters)
    sums = {"r": found.kept, "s": found.lost, "n": found.n, "wilson_lo": found.wilson_lo}
    return told(belief) | sums | {"label": TRUSTS[word]}


def read_prior(words: Words, parameters: Parameters) -> Prior:
    judgement = words.number("judgement", "judgment", "user_judgement", "own_judgement", "q", "questionnaire")
    given = words.take("prior", default=UNIFORM)
    if judgement is not None:
        return judged_prior(judgement, parameters)
    if isinstance(given, Mapping):
        inner = replace(words, values=given)
        given = (inner.required("alpha0", "alpha", "a0", "a"), inner.required("beta0", "beta", "b0", "b"))
    alpha, beta = given or UNIFORM
    if not (alpha > 0 and beta > 0):
        raise ValueError("both numbers of a prior are above 0")
    return Prior(float(alpha), float(beta))


def _promise(line: Words, as_of: date) -> Promise:
    closed = line.day("closed", "closed_on", "done", "done_on")
    status = line.take("status", "outcome", default="kept" if closed else "open") or ""
    if status not in OUTCOMES:
        raise ValueError(f"unknown outcome: {status!r}")
    return Promise(
        outcome=OUTCOMES[status],
        due=_running_due(line),
        closed=effective_on(closed, as_of) if closed else None,
        weight=line.number("weight", "w"),
    )


def _running_due(line: Words) -> date | None:
    """The due date after every change of it: a list of changes, or the original, the new one and the day agreed."""
    due, original = line.day("due", "due_on"), line.day("original_due", "first_due", "old_due")
    renewed = line.day("new_due", "new_due_on", "renegotiated_due")
    agreed = line.day("renegotiated_on", "changed_on", "agreed_on", "rescheduled_on")
    if agreed and (renewed or original):
        due = running_due(original or due, renewed or due or date.max, agreed)
    for change in line.items("due_changes", "changes", "renegotiations", "renegotiated"):
        due = _changed_due(due, change)
    return due


def _changed_due(due: date | None, change: Any) -> date | None:
    if isinstance(change, Words):
        old, new = (
            change.day("old", "old_due", "old_due_on", "from"),
            change.day("new", "new_due", "new_due_on", "to", "due"),
        )
        on = change.day("on", "at", "date", "agreed_on")
    else:
        old, (on, new) = None, (date.fromisoformat(day) for day in change)
    if on is None or new is None:
        raise ValueError("a change of due date has a day and a new date")
    return running_due(due if old is None else old, new, on)


def answer_responsiveness(words: Words) -> Answer:
    as_of, parameters = words.today(), read_parameters(words, half_credit="answer_half_credit")
    questions = [_question(line, as_of) for line in words.items("requests", "questions")]
    prior = read_prior(words, parameters)
    found = responsiveness(questions, as_of=as_of, prior=prior, parameters=parameters)
    return told(found) | {"n": found.alpha + found.beta - prior.alpha - prior.beta}


def _question(line: Words, as_of: date) -> Question:
    line.take("critical", "positive", "answer")  # a clear no is an answer, and urgency changes nothing here
    sent = line.day("sent", "sent_on", "asked", "asked_on", "date")
    answered = line.day("answered", "answered_on", "replied", "replied_on", "reply")
    if sent is None:
        raise ValueError("sent is missing")
    return Question(sent=effective_on(sent, as_of), answered=effective_on(answered, as_of) if answered else None)


def told(found: Posterior[float]) -> Answer:
    same_name = ("alpha", "beta", "mean", "lo", "hi")
    return {"var": found.variance} | {name: getattr(found, name) for name in same_name}


def answer_wilson(words: Words) -> float:
    return wilson_lower(words.required("r", "kept", "k"), words.required("n", "total"))


def answer_eb_prior(words: Words) -> Answer:
    pairs = [_pair(line) for line in words.items("evidence", "contacts", "pairs")]
    prior = eb_prior(pairs)
    return {"mu": prior.mean, "k": prior.strength, "alpha0": prior.alpha, "beta0": prior.beta}


def _pair(line: Any) -> tuple[float, float]:
    if isinstance(line, Words):
        return line.required("r", "kept"), line.required("s", "lost")
    kept, lost = line
    return float(kept), float(lost)
