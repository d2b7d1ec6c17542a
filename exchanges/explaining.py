"""« Pourquoi ? »: every event behind a score, with what it counts for, and the score computed again from them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext

from contacts.models import Contact, Relationship
from exchanges import mirror, reciprocity, reliability, responsiveness
from exchanges.beta import UNIFORM, Observation, Prior, evidence_of, posterior
from exchanges.loading import gestures_with, promises_of, promises_of_ours, questions_to, questions_to_us
from exchanges.models import ScoringRun
from exchanges.parameters import DEFAULTS, Parameters
from workspaces.models import Workspace


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One event: `source` is its row; `value` before it fades, `points` after; `good` is the part that speaks well."""

    source: Any
    on: date
    value: float
    decay: float
    points: float
    share: float
    good: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One column of the relationship: as stored, and as these events give it again."""

    name: str
    stored: float | None
    again: float | None

    @property
    def label(self) -> str:
        if self.name.endswith("_lo"):
            return gettext("Low end")
        if self.name.endswith("_hi"):
            return gettext("High end")
        if self.name.endswith("_evidence"):
            return gettext("Evidence, n")
        return gettext("Balance") if self.name == "balance" else gettext("Level")

    @property
    def agrees(self) -> bool:
        """To the last digit that a page can show; SciPy and the database round the rest each in their way."""
        if self.stored is None or self.again is None:
            return self.stored is None and self.again is None
        return abs(self.stored - self.again) < 1e-9


@dataclass(frozen=True, kw_only=True)
class Explanation:
    as_of: date
    rows: list[Counted]
    figures: list[Figure]
    parameters: Parameters = DEFAULTS
    stored_version: str = ""
    given: float = 0.0
    received: float = 0.0
    solidary: int = 0
    planned: int = 0
    silent: int = 0
    prior: Prior = UNIFORM
    prior_on: date | None = None

    @property
    def raw(self) -> float | None:
        return reciprocity.raw_reciprocity(self.given, self.received)

    @property
    def agrees(self) -> bool:
        return all(figure.agrees for figure in self.figures)


def explain_reciprocity(relationship: Relationship, contact: Contact) -> Explanation:
    as_of, gestures = _day(relationship), gestures_with(contact)
    counted = reciprocity.contributions(gestures, as_of=as_of)
    sums = reciprocity.masses(counted)
    again = reciprocity.reciprocity_from_masses(sums.given, sums.received, sums.squares)
    shown = relationship.balance is not None
    return Explanation(
        as_of=as_of,
        rows=_latest_first(
            Counted(
                source=one.gesture.source,
                on=one.gesture.on,
                value=one.value,
                decay=one.decay,
                points=one.points,
                share=one.share,
            )
            for one in counted
        ),
        figures=_figures(
            relationship,
            reciprocity=again.score if shown else None,
            balance=again.balance if shown else None,
            balance_lo=again.balance_lo if shown else None,
            balance_hi=again.balance_hi if shown else None,
            exchange_evidence=again.n,
        ),
        stored_version=relationship.params_version,
        given=sums.given,
        received=sums.received,
        solidary=sum(gesture.solidarity for gesture in gestures),
        planned=sum(gesture.on > as_of for gesture in gestures),
    )


def explain_reliability(relationship: Relationship, contact: Contact) -> Explanation:
    run = _run(relationship)
    return _of_promises(
        promises_of(contact),
        relationship,
        as_of=_day(relationship),
        stored_version=relationship.params_version,
        prior=Prior(run.prior_alpha, run.prior_beta) if run else UNIFORM,
        prior_on=run.on if run else None,
    )


def explain_my_reliability(workspace: Workspace, *, today: date) -> Explanation:
    return _of_promises(promises_of_ours(workspace), mirror.kept(workspace, today=today), as_of=today)


def _of_promises(
    promises: list[reliability.Promise], stored: Any, *, as_of: date, prior: Prior = UNIFORM, **more: Any
) -> Explanation:
    """`stored` has the columns of a relationship."""
    seen = reliability.observations(promises, as_of=as_of)
    kept, lost = evidence_of(seen)
    belief = posterior(kept, lost, prior)
    shown = stored.reliability is not None
    return Explanation(
        as_of=as_of,
        rows=_latest_first(_observed(one, as_of) for one in seen),
        figures=_figures(
            stored,
            reliability=belief.mean if shown else None,
            reliability_lo=belief.lo if shown else None,
            reliability_hi=belief.hi if shown else None,
            commitment_evidence=kept + lost,
        ),
        silent=len(promises) - len(seen),
        prior=prior,
        **more,
    )


def explain_responsiveness(relationship: Relationship, contact: Contact) -> Explanation:
    version = relationship.params_version
    return _of_questions(questions_to(contact), relationship, as_of=_day(relationship), stored_version=version)


def explain_my_responsiveness(workspace: Workspace, *, today: date) -> Explanation:
    return _of_questions(questions_to_us(workspace), mirror.answered(workspace, today=today), as_of=today)


def _of_questions(
    questions: list[responsiveness.Question], stored: Any, *, as_of: date, stored_version: str = ""
) -> Explanation:
    """`stored` has the columns of a relationship."""
    seen = responsiveness.observations(questions, as_of=as_of)
    kept, lost = evidence_of(seen)
    belief = posterior(kept, lost)
    shown = stored.responsiveness is not None
    return Explanation(
        as_of=as_of,
        rows=_latest_first(_observed(one, as_of) for one in seen),
        figures=_figures(
            stored,
            responsiveness=belief.mean if shown else None,
            responsiveness_lo=belief.lo if shown else None,
            responsiveness_hi=belief.hi if shown else None,
            request_evidence=kept + lost,
        ),
        stored_version=stored_version,
        silent=len(questions) - len(seen),
    )


def _day(relationship: Relationship) -> date:
    """The day for which the score was stored; today when it is still to come."""
    return relationship.scored_on or relationship.workspace.today()


def _run(relationship: Relationship) -> ScoringRun | None:
    """The latest full computation: the scores of one relationship written since use its prior."""
    return ScoringRun.objects.for_workspace(relationship.workspace).latest_first().first()


def _figures(stored: Any, **again: float | None) -> list[Figure]:
    return [Figure(name=name, stored=getattr(stored, name), again=value) for name, value in again.items()]


def _observed(one: Observation, as_of: date) -> Counted:
    value = one.kept + one.lost
    event = one.source
    on = getattr(event, "closed", None) or getattr(event, "answered", None) or as_of
    return Counted(
        source=event.source,
        on=min(on, as_of),
        value=value,
        decay=one.decay,
        points=value * one.decay,
        share=one.share,
        good=one.kept / value,
    )


def _latest_first(rows: Iterable[Counted]) -> list[Counted]:
    return sorted(rows, key=lambda row: (row.on, row.source.pk), reverse=True)


EXPLAINERS: Final[dict[str, Callable[[Relationship, Contact], Explanation]]] = {
    "reciprocity": explain_reciprocity,
    "reliability": explain_reliability,
    "responsiveness": explain_responsiveness,
}
