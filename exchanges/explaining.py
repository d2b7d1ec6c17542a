"""« Pourquoi ? »: every event behind a score, with what it counts for, and the score computed again from them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext

from contacts.models import Affiliation, Contact, Relationship
from exchanges import mirror, reciprocity, reliability, responsiveness, ties
from exchanges.beta import UNIFORM, Observation, Prior, evidence_of, posterior
from exchanges.decay import decay
from exchanges.loading import (
    Touch,
    gestures_with,
    promises_of,
    promises_of_ours,
    questions_to,
    questions_to_us,
    touches_with,
)
from exchanges.models import ScoringRun
from exchanges.parameters import DEFAULTS, Parameters
from networks.models import Status
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
        if self.name == "strength":
            return gettext("Strength of the tie")
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


# --- Force and rhythm -----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Term:
    """One of the five that make the Force: what is known (None: nobody said), its level, and what it counts for."""

    name: str
    known: float | None
    level: float | None
    weight: float
    share: float


@dataclass(frozen=True, kw_only=True)
class RhythmExplanation(Explanation):
    """`rank` by Force among those that are stored, 0 from the fifty-first on; `base` in days, then drawn towards the
    `gap` that is lived, then stretched to the time there is."""

    terms: list[Term]
    years: float
    rank: int
    circle: str
    base: float
    gap: float | None
    paced: float
    stretch: float
    every: float
    met: bool

    @property
    def among(self) -> int:
        """The layer of its rank: a page says no rank of anyone."""
        return next((most for most, _days in ties.LAYERS if 0 < self.rank <= most), 0)


def explain_rhythm(relationship: Relationship, contact: Contact) -> RhythmExplanation:
    as_of, run = _day(relationship), _run(relationship)
    touches = touches_with(contact, as_of)
    days = sorted({touch.on for touch in touches}, reverse=True)
    lived = _lived(contact, touches, as_of)
    force = ties.tie_strength(**vars(lived), closeness=relationship.closeness)
    rank = _rank(relationship)
    circle = ties.Circle(relationship.circle) if relationship.circle else None
    gaps = [float((now - then).days) for now, then in pairwise(days)][: ties.GAPS_READ]
    base, stretch = ties.base_days(rank or ties.RANKED + 1, circle), run.stretch if run else 1.0
    paced = ties.cadence(rank or ties.RANKED + 1, gaps[::-1], circle)
    known = bool(relationship.last_contact_on) or force.strength > 0
    return RhythmExplanation(
        as_of=as_of,
        rows=[],
        figures=_figures(relationship, strength=force.strength if known else None),
        stored_version=relationship.params_version,
        terms=_terms(force, lived, relationship.closeness),
        years=lived.years,
        rank=rank,
        circle=relationship.get_circle_display() if circle and rank not in range(1, ties.INNERMOST + 1) else "",
        base=base,
        gap=median(gaps) if len(gaps) >= ties.GAPS_MIN else None,
        paced=paced,
        stretch=stretch,
        every=min(paced * stretch, ties.DORMANT_DAYS),
        met=bool(days),
    )


@dataclass(frozen=True, kw_only=True)
class Known:
    minutes: float
    years: float
    points: float
    balance: float
    common: int


def _lived(contact: Contact, touches: list[Touch], as_of: date) -> Known:
    """What the ledger and the contact's sheet say, as the scoring reads it."""
    noted = [touch for touch in touches if touch.minutes is not None]
    first = min([touch.on for touch in touches] + ([contact.met_on] if contact.met_on else []), default=as_of)
    sums = reciprocity.masses(reciprocity.contributions(gestures_with(contact), as_of=as_of))
    balance = reciprocity.reciprocity_from_masses(sums.given, sums.received, sums.squares).score
    shared = Affiliation.objects.filter(contact=contact).open_to_all().current(as_of)
    return Known(
        minutes=sum((touch.minutes or 0.0) * decay((as_of - touch.on).days, ties.MINUTES_HALF_LIFE) for touch in noted),
        years=max((as_of - first).days, 0) / ties.YEAR_DAYS,
        points=sums.given + sums.received,
        balance=balance,
        common=shared.filter(network__memberships__status=Status.MEMBER).count(),
    )


def _terms(force: ties.Strength, lived: Known, closeness: int | None) -> list[Term]:
    levels = {
        "intimacy": (closeness, force.intimacy, ties.INTIMACY_WEIGHT),
        "intensity": (lived.minutes, force.intensity, ties.INTENSITY_WEIGHT),
        "duration": (lived.years, force.duration, ties.DURATION_WEIGHT),
        "services": (lived.points, force.services, ties.SERVICES_WEIGHT),
        "structure": (lived.common, force.structure, ties.STRUCTURE_WEIGHT),
    }
    whole = sum(weight for _known, level, weight in levels.values() if level is not None)
    return [
        Term(name=name, known=known, level=level, weight=weight, share=(level or 0.0) * weight / whole)
        for name, (known, level, weight) in levels.items()
    ]


def _rank(relationship: Relationship) -> int:
    """Among the ties that are stored now, 1 the strongest; 0 from the fifty-first on, where all are alike."""
    if relationship.strength is None:
        return 0
    others = Relationship.objects.for_workspace(relationship.workspace).filter(contact__deleted_at=None)
    alike = Q(strength=relationship.strength, pk__lt=relationship.pk)
    before = others.filter(Q(strength__gt=relationship.strength) | alike)[: ties.RANKED].count()
    return before + 1 if before < ties.RANKED else 0


EXPLAINERS: Final[dict[str, Callable[[Relationship, Contact], Explanation]]] = {
    "rhythm": explain_rhythm,
    "reciprocity": explain_reciprocity,
    "reliability": explain_reliability,
    "responsiveness": explain_responsiveness,
}
