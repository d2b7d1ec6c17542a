"""Loads the ledger, applies the formulas to all relationships at once, and writes what the screens show.

`rescore_stale` follows every write within seconds; `rescore` does a whole workspace, nightly and on demand, and learns
the prior. Both rebuild a relationship from its events, so incremental and full agree by construction, and both may run
twice or side by side: a relationship that was written to or scored meanwhile is scored again.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from django.db import transaction
from django.db.models import F, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from contacts.models import Contact, Relationship
from exchanges import reliability, responsiveness
from exchanges.beta import ENOUGH, Evidence, Prior, eb_prior, evidence_of, posterior
from exchanges.columns import THRESHOLD_SLACK
from exchanges.decay import decay
from exchanges.masses import masses
from exchanges.models import Commitment, Exchange, Interaction, Request, ScoringRun
from exchanges.models.ledger import touch
from exchanges.pacing import Ledger, Stated, rhythm_columns
from exchanges.parameters import DEFAULTS, Parameters
from exchanges.reciprocity import Reciprocity, directions, reciprocity_from_masses
from exchanges.storing import Read, store
from networks.models import Network
from workspaces.models import Workspace

if TYPE_CHECKING:
    from exchanges.columns import FloatArray

logger = logging.getLogger(__name__)

SWEEP: Final = 500
CHUNK: Final = 20_000
MARKS: Final = 8
NO_GESTURE: Final = ("", "", None)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which relationships are scored, for which day, with which parameters."""

    workspace: Workspace
    on: date
    parameters: Parameters = DEFAULTS
    contacts: list[int] | None = None  # None: the whole workspace

    def lines(self, model: type[Any]) -> Any:
        rows = model.objects.for_workspace(self.workspace).order_by()
        return rows if self.contacts is None else rows.filter(contact__in=self.contacts)


def rescore_stale() -> int:
    """Score what a write made stale, oldest first, and whole workspaces whose owner switched scores; how many."""
    for pk in Workspace.objects.wanting_scores().values_list("pk", flat=True):
        with _told_when_it_fails():
            workspace = _taken_up(pk)
            rescore(workspace, on=workspace.today())
    stale = Relationship.objects.stale().select_related("workspace").only("contact_id", "workspace")[:SWEEP]
    by_workspace: dict[Workspace, list[int]] = defaultdict(list)
    for relationship in stale:
        by_workspace[relationship.workspace].append(relationship.contact_id)
    for workspace, contacts in by_workspace.items():
        with _told_when_it_fails():
            rows, promises = _read(Scope(workspace=workspace, on=workspace.today(), contacts=contacts))
            run = latest_run(workspace)
            prior, stretched = (run_prior(run), run.stretch) if run else (Prior(), 1.0)
            columns, _stretched = _columns(rows, promises, prior, stretched=stretched)
            _write(rows, columns)
    return sum(map(len, by_workspace.values()))


@contextmanager
def _told_when_it_fails() -> Iterator[None]:
    """One company whose scores cannot be computed does not stop the others; the next sweep tries it again."""
    try:
        yield
    except Exception:
        logger.exception("The scores of a workspace could not be computed")


def _taken_up(workspace_pk: int) -> Workspace:
    """The workspace as it is now; its relationships are stale, so that the sweep finishes what a crash interrupts."""
    with transaction.atomic():
        Workspace.objects.filter(pk=workspace_pk).update(rescoring_wanted=False)
        workspace = Workspace.objects.get(pk=workspace_pk)
        everyone = Relationship.objects.for_workspace(workspace)
        everyone.lock()
        everyone.mark_stale()
        Network.mark_stale(set(Network.objects.for_workspace(workspace).values_list("pk", flat=True)))
    return workspace


def rescore(workspace: Workspace, *, on: date, parameters: Parameters = DEFAULTS) -> ScoringRun:
    """Score every relationship of a workspace as of `on`, after learning its prior from the promises closed by then,
    and by how much its rhythms are stretched.

    Both are there for single rescorings before the first score is written with them."""
    _wake_planned(workspace)
    rows, promises = _read(Scope(workspace=workspace, on=on, parameters=parameters))
    prior = eb_prior(_closed_evidence(rows, promises))
    columns, stretched = _columns(rows, promises, prior)
    run = ScoringRun.objects.create(
        workspace=workspace,
        on=on,
        prior_alpha=prior.alpha,
        prior_beta=prior.beta,
        prior_lo=posterior(0.0, 0.0, prior).lo,
        stretch=stretched,
        params_version=parameters.version,
    )
    run.relationships = _write(rows, columns)
    run.finished_at = timezone.now()
    run.save(update_fields=["relationships", "finished_at", "updated"])
    return run


def stored_prior(workspace: Workspace) -> Prior:
    """The prior of the latest full run; the uniform one before any."""
    run = latest_run(workspace)
    return run_prior(run) if run else Prior()


def latest_run(workspace: Workspace) -> ScoringRun | None:
    return ScoringRun.objects.for_workspace(workspace).latest_first().first()


def run_prior(run: ScoringRun) -> Prior:
    return Prior(run.prior_alpha, run.prior_beta)


def _wake_planned(workspace: Workspace) -> None:
    """A planned touch becomes the last contact on its day, which no write announces. Whatever day is scored, what
    counts here is today: every one whose day came since the last run, the day of that run included."""
    today = workspace.today()
    last = ScoringRun.objects.for_workspace(workspace).finished().first()
    since = last.finished_at.date() - DAY if last and last.finished_at else date.min
    came = [
        model.objects.for_workspace(workspace).filter(on__gte=since, on__lte=today, created__date__lte=F("on"))
        for model in (Interaction, Exchange)
    ]
    with transaction.atomic():
        touch({pk for rows in came for pk in rows.values_list("contact", flat=True)}, on=today)


# --- One pass over a scope -------------------------------------------------------------------------


class PromiseLine(NamedTuple):
    contact: int
    outcome: str
    due: date | None
    closed: date | None
    weight: int


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The relationships of a scope, in the order of every column; `place` finds the row of a contact who counts."""

    scope: Scope
    read: list[Read]
    contacts: list[int]
    stated: list[Stated]
    place: dict[int, int]

    def places(self, contacts: Iterable[int]) -> np.ndarray:
        return np.fromiter((self.place[contact] for contact in contacts), dtype=np.intp)

    def sums(self, places: np.ndarray, values: np.ndarray) -> np.ndarray:
        """One sum a relationship, of `values` that each belong to one of `places`."""
        return np.bincount(places, weights=values, minlength=len(self.read))


@dataclass(frozen=True, kw_only=True)
class Promises:
    """What contacts promised, and for each relationship r and s of what is closed and the loss of what is overdue."""

    lines: list[PromiseLine]
    kept: np.ndarray
    broken: np.ndarray
    provisional: np.ndarray


def _read(scope: Scope) -> tuple[Rows, Promises]:
    """The relationships first: whatever is written to one of them from here on makes it stale again."""
    lines = scope.lines(Relationship).order_by("pk")
    stated = ("last_contact_on", "closeness", "circle", "snoozed_until", "contact__met_on", "contact__deleted_at")
    found = list(lines.values_list("contact", "uncounted_at", "pk", "version", "stale_since", *stated))
    on = scope.workspace.scores_on
    rows = Rows(
        scope=scope,
        read=[Read(*line[2:5]) for line in found],
        contacts=[contact for contact, *_ in found],
        stated=[Stated(*line[5:]) for line in found],
        place={contact: place for place, (contact, at, *_) in enumerate(found) if on and at is None},
    )
    return rows, _promises(rows)


def _columns(
    rows: Rows, promises: Promises, prior: Prior, *, stretched: float | None = None
) -> tuple[dict[str, list[Any]], float]:
    """All that is written of each relationship, and by how much rhythms are stretched: learnt here unless given."""
    scope = rows.scope
    columns: dict[str, list[Any]] = {"scored_on": [scope.on] * len(rows.read)}
    columns["params_version"] = [scope.parameters.version] * len(rows.read)
    passed, balance = _reciprocity_columns(rows)
    columns |= passed
    columns |= _reliability_columns(rows, promises, prior)
    columns |= _shown_columns(rows, promises)
    columns |= _responsiveness_columns(rows)
    sums = {name: np.array(columns[name], float) for name in ("given", "received", "squares", "kept")}
    ledger = Ledger(balance=balance, lost=promises.broken + promises.provisional, **sums)
    paced, stretched = rhythm_columns(rows, ledger, prior, stretched=stretched)
    return columns | paced, stretched


def _write(rows: Rows, columns: dict[str, list[Any]]) -> int:
    for start in range(0, len(rows.read), CHUNK):
        part = slice(start, start + CHUNK)
        store(rows.read[part], {name: values[part] for name, values in columns.items()})
    return len(rows.read)


def _reciprocity_columns(rows: Rows) -> tuple[dict[str, list[Any]], FloatArray]:
    """With the level of each, ½ where nothing passed."""
    scope = rows.scope
    sums = masses(scope.lines(Exchange), on=scope.on, parameters=scope.parameters)
    contacts, *counted = np.array([line for line in sums if line[0] in rows.place], float).reshape(-1, 4).T
    at = rows.places(contacts.astype(int).tolist())
    given, received, squares = (rows.sums(at, mass) for mass in counted)
    known = np.flatnonzero(given + received > 0)
    found: Reciprocity[Any] = reciprocity_from_masses(given[known], received[known], squares[known], scope.parameters)
    words = directions(found, scope.parameters)
    shown = found.n >= ENOUGH - THRESHOLD_SLACK
    columns: dict[str, list[Any]] = {
        "given": given.tolist(),
        "received": received.tolist(),
        "squares": squares.tolist(),
        "exchange_evidence": _spread(rows, known, found.n, blank=0.0),
        "balance_label": _spread(rows, known, [str(direction) for direction, _firmness in words], blank=""),
        "balance_firmness": _spread(rows, known, [str(firmness) for _direction, firmness in words], blank=""),
    }
    figures = {"reciprocity": "score", "balance": "balance", "balance_lo": "balance_lo", "balance_hi": "balance_hi"}
    level = np.full(len(rows.read), 0.5)
    level[known] = found.score
    shown_columns = {to: _spread(rows, known[shown], getattr(found, name)[shown]) for to, name in figures.items()}
    return columns | shown_columns, level


def _reliability_columns(rows: Rows, promises: Promises, prior: Prior) -> dict[str, list[Any]]:
    lost = promises.broken + promises.provisional
    n = promises.kept + lost
    shown = np.flatnonzero(n >= ENOUGH - THRESHOLD_SLACK)
    found = reliability.reliability_from_evidence(promises.kept[shown], lost[shown], prior)
    unknown = [reliability.Trust.UNKNOWN.value if contact in rows.place else "" for contact in rows.contacts]
    words = reliability.trusts(found, rows.scope.parameters)
    return {
        "kept": promises.kept.tolist(),
        "broken": promises.broken.tolist(),
        "commitment_evidence": n.tolist(),
        "reliability": _spread(rows, shown, found.belief.mean),
        "reliability_lo": _spread(rows, shown, found.belief.lo),
        "reliability_hi": _spread(rows, shown, found.belief.hi),
        "reliability_label": _spread(rows, shown, [str(word) for word in words], over=unknown),
    }


def _promises(rows: Rows) -> Promises:
    theirs = rows.scope.lines(Commitment).theirs().order_by(Coalesce("due_on", "made_on"), "pk")
    found = theirs.values_list("contact", "outcome", "clock_due_on", "closed_on", "weight")
    lines = list(map(PromiseLine._make, found))
    at = rows.places(line.contact for line in lines if line.contact in rows.place)
    evidence = _weighed([line for line in lines if line.contact in rows.place], rows.scope)
    faded = decay(evidence.age, rows.scope.parameters.half_life_commitments)
    final = evidence.provisional == 0
    return Promises(
        lines=lines,
        kept=rows.sums(at, evidence.kept * faded),
        broken=rows.sums(at, evidence.lost * faded * final),
        provisional=rows.sums(at, evidence.lost * faded * ~final),
    )


def _weighed(lines: list[PromiseLine], scope: Scope) -> Evidence[FloatArray]:
    today = scope.on.toordinal()
    outcome = np.array([line.outcome for line in lines], dtype=object)
    closed = _days(line.closed or line.due or scope.on for line in lines)
    dated = np.array([line.due is not None for line in lines], dtype=bool)
    return reliability.weigh(
        kept=(outcome == reliability.Outcome.KEPT) * 1.0,
        broken=(outcome == reliability.Outcome.BROKEN) * 1.0,
        cancelled=(outcome == reliability.Outcome.CANCELLED) * 1.0,
        due=np.where(dated, _days(line.due or scope.on for line in lines), np.minimum(closed, today)),
        closed=closed,
        today=float(today),
        weight=np.array([line.weight for line in lines], float),
        parameters=scope.parameters,
    )


def _closed_evidence(rows: Rows, promises: Promises) -> Iterator[tuple[float, float]]:
    """r and s of each contact's closed promises, from which the prior is learnt; those in the bin teach nothing."""
    binned = set(Contact.objects.for_workspace(rows.scope.workspace).binned().values_list("pk", flat=True))
    for contact, kept, broken in zip(rows.contacts, promises.kept.tolist(), promises.broken.tolist(), strict=True):
        if contact not in binned:
            yield kept, broken


def _shown_columns(rows: Rows, promises: Promises) -> dict[str, list[Any]]:
    """What the lists show beside the scores: the latest promises of each contact, and the open one that comes first."""
    marks: dict[int, str] = defaultdict(str)
    for line in promises.lines:
        letter = reliability.mark(
            line.outcome, due=line.due, closed=line.closed, as_of=rows.scope.on, parameters=rows.scope.parameters
        )
        marks[line.contact] = (marks[line.contact] + letter)[-MARKS:]
    soonest = rows.scope.lines(Commitment).open().soonest_first()
    first: dict[int, tuple[str, str, date | None]] = {}
    for contact, *gesture in soonest.values_list("contact", "summary", "promised_by", "due_on"):
        first.setdefault(contact, tuple(gesture))
    gestures = [first.get(contact, NO_GESTURE) for contact in rows.contacts]
    return {
        "promise_marks": [marks.get(contact, "") for contact in rows.contacts],
        "next_summary": [summary for summary, _by, _due in gestures],
        "next_by": [by for _summary, by, _due in gestures],
        "next_due_on": [due for _summary, _by, due in gestures],
    }


def _responsiveness_columns(rows: Rows) -> dict[str, list[Any]]:
    """Few contacts are ever asked anything: these are done one by one, with the lines that the page explains."""
    scope = rows.scope
    asked: dict[int, list[responsiveness.Question]] = defaultdict(list)
    for contact, sent, answered in asked_of_them(scope.lines(Request)).values_list("contact", "asked_on", "answered"):
        if contact in rows.place:
            asked[contact].append(responsiveness.Question(sent=sent, answered=answered))
    at = rows.places(asked)
    heard = [responsiveness.observations(one, as_of=scope.on, parameters=scope.parameters) for one in asked.values()]
    sums = np.array([evidence_of(observations) for observations in heard], float).reshape(-1, 2)
    found = posterior(sums[:, 0], sums[:, 1])
    n = sums.sum(axis=1)
    shown = n >= ENOUGH - THRESHOLD_SLACK
    delays = [responsiveness.delays(questions, as_of=scope.on) for questions in asked.values()]
    return {
        "request_evidence": _spread(rows, at, n, blank=0.0),
        "responsiveness": _spread(rows, at[shown], found.mean[shown]),
        "responsiveness_lo": _spread(rows, at[shown], found.lo[shown]),
        "responsiveness_hi": _spread(rows, at[shown], found.hi[shown]),
        "median_delay": _spread(rows, at, np.array([one.median_days for one in delays], object)),
        "answered_share": _spread(rows, at, np.array([one.answered_share for one in delays], object)),
    }


def asked_of_them(requests: Any) -> QuerySet[Any]:
    """What we asked a contact, with the day of that contact's first answer as `answered`."""
    theirs = Q(replies__contact=F("contact"))
    asked = requests.asked_by_us().filter(contact__isnull=False)
    return asked.annotate(answered=Min("replies__on", filter=theirs)).order_by("asked_on", "pk")


def _days(dates: Iterable[date]) -> np.ndarray:
    return np.array([day.toordinal() for day in dates], float)


def _spread(
    rows: Rows, places: np.ndarray, values: Any, *, blank: Any = None, over: list[Any] | None = None
) -> list[Any]:
    """A whole column from the values of some places; elsewhere `over`, or blank."""
    column = [blank] * len(rows.read) if over is None else over
    for place, value in zip(places.tolist(), values if isinstance(values, list) else values.tolist(), strict=True):
        column[place] = value
    return column
