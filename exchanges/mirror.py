"""« Mon miroir »: our own promises and answers, read with the formulas that read everybody else's."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from contacts.models import Relationship
from exchanges.beta import ENOUGH, evidence_of, posterior
from exchanges.columns import reaches
from exchanges.decay import decay
from exchanges.loading import as_promise, promises_of_ours, questions_to_us
from exchanges.models import Commitment
from exchanges.parameters import DEFAULTS
from exchanges.reciprocity import direction, reciprocity_from_masses
from exchanges.reliability import mark
from exchanges.reliability import observations as kept_promises
from exchanges.responsiveness import delays
from exchanges.responsiveness import observations as answers
from workspaces.models import Workspace

DOTS = 10


@dataclass(frozen=True, kw_only=True)
class Given:
    """Reciprocity over all contacts: one gives to A and receives from B. Columns as those of a relationship."""

    given: float
    received: float
    exchange_evidence: float
    reciprocity: float | None = None
    balance: float | None = None
    balance_lo: float | None = None
    balance_hi: float | None = None
    balance_label: str = ""
    balance_firmness: str = ""


@dataclass(frozen=True, kw_only=True)
class Kept:
    commitment_evidence: float
    reliability: float | None = None
    reliability_lo: float | None = None
    reliability_hi: float | None = None
    marks: str = ""


@dataclass(frozen=True, kw_only=True)
class Answered:
    request_evidence: float
    responsiveness: float | None = None
    responsiveness_lo: float | None = None
    responsiveness_hi: float | None = None
    median_delay: float | None = None
    answered_share: float | None = None


def given_and_received(workspace: Workspace, *, today: date) -> Given:
    """The stored sums, added by the day at which they stand; as many rows as days of scoring, not as contacts."""
    counted = Relationship.objects.for_workspace(workspace).counted().filter(contact__deleted_at=None)
    days = counted.filter(scored_on__isnull=False).values_list("scored_on")
    given = received = squares = 0.0
    for day, *sums in days.annotate(Sum("given"), Sum("received"), Sum("squares")):
        left = decay(float((today - day).days), DEFAULTS.half_life_exchanges)
        given, received, squares = (
            so_far + one * left for so_far, one in zip((given, received, squares), sums, strict=True)
        )
    found = reciprocity_from_masses(given, received, squares)
    if not reaches(found.n, ENOUGH):
        return Given(given=given, received=received, exchange_evidence=found.n)
    label, firmness = direction(n=found.n, balance=found.balance, p_give=found.p_give, p_owed=found.p_owed)
    return Given(
        given=given,
        received=received,
        exchange_evidence=found.n,
        reciprocity=found.score,
        balance=found.balance,
        balance_lo=found.balance_lo,
        balance_hi=found.balance_hi,
        balance_label=label,
        balance_firmness=firmness,
    )


def kept(workspace: Workspace, *, today: date) -> Kept:
    promises = promises_of_ours(workspace)
    good, lost = evidence_of(kept_promises(promises, as_of=today))
    marks = last_marks(workspace, today=today)
    if not reaches(good + lost, ENOUGH):
        return Kept(commitment_evidence=good + lost, marks=marks)
    belief = posterior(good, lost)
    return Kept(
        commitment_evidence=good + lost,
        reliability=belief.mean,
        reliability_lo=belief.lo,
        reliability_hi=belief.hi,
        marks=marks,
    )


def last_marks(workspace: Workspace, *, today: date) -> str:
    """One letter for each of my ten promises that fell due last, oldest first; one cancelled in time says nothing."""
    mine = Commitment.objects.for_workspace(workspace).with_present().mine().filter(due_on__lte=today)
    latest = [as_promise(one) for one in mine.order_by("-due_on", "-pk")[:DOTS]]
    letters = (mark(one.outcome, due=one.due, closed=one.closed, as_of=today) for one in reversed(latest))
    return "".join(letters).replace("p", "")


def answered(workspace: Workspace, *, today: date) -> Answered:
    questions = questions_to_us(workspace)
    good, lost = evidence_of(answers(questions, as_of=today))
    if not reaches(good + lost, ENOUGH):
        return Answered(request_evidence=good + lost)
    belief, told = posterior(good, lost), delays(questions, as_of=today)
    return Answered(
        request_evidence=good + lost,
        responsiveness=belief.mean,
        responsiveness_lo=belief.lo,
        responsiveness_hi=belief.hi,
        median_delay=told.median_days,
        answered_share=told.answered_share,
    )
