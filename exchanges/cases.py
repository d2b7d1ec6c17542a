"""The words of the worked cases, and how each function of theirs is answered by ours.

The cases were written before the code: their names and labels differ, and one thing may be spelled in several ways.
Whatever a case says that no adapter reads is kept in `unread`, so that a case can never agree by being half ignored
without anyone being told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from exchanges.beta import UNIFORM, Posterior, Prior, eb_prior, judged_prior, wilson_lower
from exchanges.decay import HALF_LIFE_DAYS, Mass, age_days, decay, decayed_sum, effective_on
from exchanges.parameters import DEFAULTS, Parameters
from exchanges.points import HALF_SHARE, event_value
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
from exchanges.reliability import Outcome, Promise, Trust, reliability, running_due, trust
from exchanges.responsiveness import Question, responsiveness

Answer = dict[str, Any]

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
TRUSTS: Final = {
    Trust.UNKNOWN: "inconnu",
    Trust.RELIABLE: "fiable",
    Trust.UNRELIABLE: "peu_fiable",
    Trust.RATHER_RELIABLE: "plutot_fiable",
    Trust.TO_WATCH: "a_surveiller",
    Trust.TO_CONFIRM: "a_confirmer",
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
OUTCOMES: Final = {
    "": Outcome.OPEN,
    "open": Outcome.OPEN,
    "kept": Outcome.KEPT,
    "broken": Outcome.BROKEN,
    "cancelled": Outcome.CANCELLED,
    "canceled": Outcome.CANCELLED,
}
PARAMETER_WORDS: Final = {
    "half_life_exchanges": ("half_life_exchanges", "H_E"),
    "half_life_commitments": ("half_life_commitments", "H_C"),
    "neutral_zone": ("neutral_zone", "tau", "τ"),
    "lateness_grace": ("lateness_grace", "grace", "grace_days", "g"),
    "lateness_half_credit": ("lateness_half_credit", "late_half_credit", "L"),
    "lateness_floor": ("lateness_floor", "floor", "c_min"),
    "answer_half_credit": ("answer_half_credit", "h_A"),
    "answer_freeze": ("answer_freeze", "freeze", "A_max"),
    "money_reference": ("money_reference", "a0", "a₀", "a_0"),
    "judgement_weight": ("judgement_weight", "k_q"),
}
HALF_LIFE: Final = ("half_life", "half_life_days", "H")


@dataclass
class Words:
    """What a case says. Reading a key takes it off the list of those nobody read."""

    values: Mapping[str, Any]
    as_of: date | None = None
    unread: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.unread.update(self.values.keys() - {"note", "comment", "summary", "id"})

    def take(self, *names: str, default: Any = None) -> Any:
        found = [name for name in names if name in self.values]
        self.unread.difference_update(found)
        return self.values[found[0]] if found else default

    def number(self, *names: str, default: float | None = None) -> float | None:
        value = self.take(*names)
        return default if value is None else float(value)

    def required(self, *names: str) -> float:
        value = self.number(*names)
        if value is None:
            raise ValueError(f"{names[0]} is missing")
        return value

    def day(self, *names: str) -> date | None:
        value = self.take(*names)
        return date.fromisoformat(str(value)[:10]) if value else None

    def today(self) -> date:
        day = self.day("as_of", "today") or self.as_of
        if day is None:
            raise ValueError("as_of is missing")
        return day

    def items(self, *names: str) -> Iterator[Any]:
        """Each line of a list; a line that is a mapping is read with the same care."""
        for item in self.take(*names, default=()) or ():
            yield replace(self, values=item) if isinstance(item, Mapping) else item

    def inside(self, *names: str) -> Words:
        return replace(self, values=self.take(*names, default={}) or {})


def read_parameters(
    words: Words, half_life: str = "half_life_exchanges", half_credit: str = "lateness_half_credit"
) -> Parameters:
    """Our parameters, changed where the case says so; a bare half-life is that of the score in question."""
    changed: dict[str, Any] = {}
    bare = {half_life: HALF_LIFE, half_credit: ("half_credit",)}
    for source in (words.inside("params", "parameters"), words):
        for name, spellings in PARAMETER_WORDS.items():
            value = source.number(*spellings, *bare.get(name, ()))
            if value is not None:
                changed[name] = value
        if factors := source.take("kind_factors", "kappa", "κ"):
            changed["kind_factors"] = tuple((DEFAULTS.factor_of | dict(factors)).items())
    return replace(DEFAULTS, **changed)


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
        share=_share(words),
        parameters=read_parameters(words),
    )


def _share(words: Words) -> float:
    half = words.take("mutual", "both", "les_deux")
    return words.number("share", default=HALF_SHARE if half else 1.0) or 0.0


def answer_reciprocity(words: Words) -> Answer:
    as_of, parameters = words.today(), read_parameters(words)
    gestures = [gesture for line in words.items("exchanges", "events") for gesture in _gestures(line, as_of)]
    counted = [] if words.take("hors_compteur", "uncounted") else gestures
    return _reciprocity(masses(contributions(counted, as_of=as_of, parameters=parameters)), parameters)


def _gestures(line: Words, as_of: date) -> Iterator[Gesture]:
    side, on = str(line.take("dir", "direction", "way")), line.day("date", "on", "effective_on", "event_date")
    if side not in SIDES or on is None:
        raise ValueError(f"an exchange has a direction and a date, not {side!r} and {on}")
    ways, share = SIDES[side], _share(line)
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


def answer_reliability(words: Words) -> Answer:
    as_of, parameters = words.today(), read_parameters(words, "half_life_commitments")
    promises = [_promise(line, as_of) for line in words.items("commitments", "promises")]
    found = reliability(promises, as_of=as_of, prior=_prior(words, parameters), parameters=parameters)
    belief = found.belief
    word = trust(n=found.n, mean=belief.mean, lo=belief.lo, hi=belief.hi, parameters=parameters)
    sums = {"r": found.kept, "s": found.lost, "n": found.n, "wilson_lo": found.wilson_lo}
    return _belief(belief) | sums | {"label": TRUSTS[word]}


def _prior(words: Words, parameters: Parameters) -> Prior:
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
    prior = _prior(words, parameters)
    found = responsiveness(questions, as_of=as_of, prior=prior, parameters=parameters)
    return _belief(found) | {"n": found.alpha + found.beta - prior.alpha - prior.beta}


def _question(line: Words, as_of: date) -> Question:
    line.take("critical", "positive", "answer")  # a clear no is an answer, and urgency changes nothing here
    sent = line.day("sent", "sent_on", "asked", "asked_on", "date")
    answered = line.day("answered", "answered_on", "replied", "replied_on", "reply")
    if sent is None:
        raise ValueError("sent is missing")
    return Question(sent=effective_on(sent, as_of), answered=effective_on(answered, as_of) if answered else None)


def _belief(found: Posterior[float]) -> Answer:
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


ADAPTERS: Final[dict[str, Callable[[Words], Any]]] = {
    "decay": answer_decay,
    "age_days": answer_age_days,
    "incremental_check": answer_incremental,
    "event_value": answer_event_value,
    "reciprocity": answer_reciprocity,
    "reciprocity_from_masses": answer_reciprocity_from_masses,
    "reliability": answer_reliability,
    "eb_prior": answer_eb_prior,
    "wilson_lower": answer_wilson,
    "responsiveness": answer_responsiveness,
}
