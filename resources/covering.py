"""Which need is answered by whom, computed by a job and kept with its date: needs × sources, and what hangs on one."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from contacts.models import Contact, Position
from exchanges.models import ScoringRun
from networks.models import Network
from resources.coverage import Cover, Covered, Offer, Wanted, coverage
from resources.matching import Helper, who_can_help
from resources.models import CoverageRun, Resource
from strategy.models import Need
from workspaces.models import Workspace

logger = logging.getLogger(__name__)

NEEDS: Final = 60  # the most critical
ANSWERS_FROM: Final = 0.3  # the fit from which a resource answers a need
UNKNOWN: Final = 0.5  # of whoever was never asked, how surely they answer


@dataclass(frozen=True, kw_only=True)
class Source:
    """Who offers it, and where to see why (`url`): the resource, or the network whose service it is."""

    holder: Any
    url: str
    offer: Offer


@dataclass(frozen=True, kw_only=True)
class Row:
    need: Need
    covered: Covered
    sources: list[Source]

    @property
    def only(self) -> list[Any]:
        """Those behind the single source."""
        return [one.holder for one in self.sources if one.offer.source == self.covered.only]


@dataclass(frozen=True, kw_only=True)
class Loss:
    """« Si X disparaît »: `needs` then have no reliable answer; `certainty` is what is left."""

    holder: Any
    needs: list[Need]
    certainty: float


@dataclass(frozen=True, kw_only=True)
class Table:
    run: CoverageRun | None
    waiting: bool
    rows: list[Row] = field(default_factory=list)
    certainty: float | None = None
    losses: list[Loss] = field(default_factory=list)

    def counted(self, cover: Cover) -> int:
        return sum(row.covered.cover == cover for row in self.rows)


def ask_for_coverage(workspace: Workspace) -> None:
    """A row that waits; a second one while it does would say the same."""
    CoverageRun.objects.get_or_create(workspace=workspace, finished_at=None, defaults={"on": workspace.today()})


def compute_waiting() -> int:
    """Every run that waits, oldest first; how many. One company's failure stops no other."""
    waiting = list(CoverageRun.objects.waiting().select_related("workspace").order_by("pk"))
    for run in waiting:
        try:
            compute(run)
        except Exception:
            logger.exception("The coverage of a workspace could not be computed")
    return len(waiting)


def compute(run: CoverageRun) -> None:
    today = run.workspace.today()
    needs = Need.objects.for_workspace(run.workspace).open().order_by("-criticality", "pk")[:NEEDS]
    prior = ScoringRun.objects.for_workspace(run.workspace).latest_first().first()
    mean = prior.prior_alpha / (prior.prior_alpha + prior.prior_beta) if prior else UNKNOWN
    found = {need.pk: [*_answering(run.workspace, need, today)] for need in needs}
    people = {one.contact.pk for some in found.values() for one in some if one.contact}
    main = Position.objects.for_workspace(run.workspace).filter(is_main=True, ended_on=None, contact__in=people)
    firms = dict(main.exclude(organisation=None).values_list("contact", "organisation"))
    offers = {str(pk): [_offer(one, mean, firms) for one in some] for pk, some in found.items()}
    with transaction.atomic():
        CoverageRun.objects.for_workspace(run.workspace).exclude(pk=run.pk).delete()
        CoverageRun.objects.filter(pk=run.pk).update(offers=offers, on=today, finished_at=timezone.now())


def _answering(workspace: Workspace, need: Need, today: date) -> Iterator[Helper]:
    found = who_can_help(workspace, need.title, kind=need.resource, today=today)
    for helper in (*found.people, *found.networks):
        if helper.fit >= ANSWERS_FROM and (helper.resource or helper.service):
            yield helper


def _offer(helper: Helper, mean: float, firms: Mapping[int, int]) -> dict[str, Any]:
    """q = F·V; people of one firm are one source, and so is a network with all its services."""
    known = getattr(helper.contact, "relationship", None)
    kept = known.reliability if known and known.reliability is not None else mean
    answers = known.responsiveness if known and known.responsiveness is not None else UNKNOWN
    firm = firms.get(helper.contact.pk) if helper.contact else None
    kind = "contact" if helper.contact else "network"
    return {
        "kind": kind,
        "pk": helper.holder.pk,
        "resource": helper.resource.pk if helper.resource else None,
        "source": f"firm:{firm}" if firm else f"{kind}:{helper.holder.pk}",
        "q": round(kept * answers, 4),
        "lo": round(helper.lo, 4),
    }


def table(workspace: Workspace) -> Table:
    """What the last run found, of the needs that are open and the people who are here now. Six queries."""
    runs = list(CoverageRun.objects.for_workspace(workspace).order_by("-pk")[:2])
    run = next((one for one in runs if one.finished_at), None)
    waiting = any(one.finished_at is None for one in runs)
    if run is None:
        return Table(run=None, waiting=waiting)
    needs = Need.objects.for_workspace(workspace).open().in_bulk([int(pk) for pk in run.offers])
    asked = [needs[int(pk)] for pk in run.offers if int(pk) in needs]
    sources = _sources(workspace, run, needs)
    found = coverage(_wanted(asked, sources))
    rows = [
        Row(need=need, covered=covered, sources=sources[need.pk])
        for need, covered in zip(asked, found.needs, strict=True)
    ]
    losses = _losses(asked, sources, rows)
    return Table(run=run, waiting=waiting, rows=rows, certainty=found.certainty, losses=losses)


def _wanted(needs: list[Need], sources: dict[int, list[Source]], *, without: str = "") -> list[Wanted]:
    return [
        Wanted(
            criticality=need.criticality,
            offers=[one.offer for one in sources[need.pk] if one.offer.source != without],
        )
        for need in needs
    ]


def _sources(workspace: Workspace, run: CoverageRun, needs: Collection[int]) -> dict[int, list[Source]]:
    rows = [row for pk, some in run.offers.items() if int(pk) in needs for row in some]
    people = (
        Contact.objects.for_workspace(workspace)
        .present()
        .in_bulk({row["pk"] for row in rows if row["kind"] == "contact"})
    )
    networks = Network.objects.for_workspace(workspace).in_bulk({row["pk"] for row in rows if row["kind"] == "network"})
    holders = {"contact": people, "network": networks}
    noted = Resource.objects.for_workspace(workspace).in_bulk({row["resource"] for row in rows if row["resource"]})
    return {
        int(pk): [
            _source(row, holders[row["kind"]][row["pk"]], noted) for row in some if row["pk"] in holders[row["kind"]]
        ]
        for pk, some in run.offers.items()
        if int(pk) in needs
    }


def _source(row: dict[str, Any], holder: Any, noted: dict[int, Resource]) -> Source:
    offer = Offer(source=row["source"], q=row["q"], lo=row["lo"])
    return Source(holder=holder, url=noted.get(row["resource"], holder).get_absolute_url(), offer=offer)


def _losses(needs: list[Need], sources: dict[int, list[Source]], rows: list[Row]) -> list[Loss]:
    """Of each source on which some need hangs alone, the worst first."""
    alone: dict[str, Any] = {str(row.covered.only): row.only[0] for row in rows if row.covered.cover == Cover.SINGLE}
    found = []
    for key, holder in alone.items():
        left = coverage(_wanted(needs, sources, without=key)).certainty or 0.0
        lost = [row.need for row in rows if row.covered.only == key]
        found.append(Loss(holder=holder, needs=lost, certainty=left))
    return sorted(found, key=lambda one: -sum(need.criticality for need in one.needs))
