"""The ledger of a whole workspace as the judging of networks reads it: plain rows, a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Min

from contacts.models import Affiliation, Attendance, Contact, Position, Relationship
from exchanges.decay import decay
from exchanges.models import Commitment, Exchange, Interaction, Request, Side
from exchanges.models.request import Reply
from exchanges.parameters import DEFAULTS, Parameters
from exchanges.points import event_value
from networks.models import Membership
from workspaces.models import Workspace

GIVEN: Final = Exchange.Direction.GIVEN


@dataclass(frozen=True, kw_only=True)
class Passed:
    """One row of an exchange that counts on the day of the reading. `value` in points, before it fades."""

    pk: int
    network: int | None
    contact: int
    given: bool
    kind: str
    on: date
    value: float
    decay: float
    weight: int
    euros: float
    solidarity: bool
    strategic: bool
    asked_for: bool
    told: bool  # what came of it was reported
    partners: int

    @property
    def points(self) -> float:
        return self.value * self.decay


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One answer to a request of ours; `contact` is whoever gave it."""

    contact: int | None
    on: date
    positive: bool | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request of ours, to a contact or to a network at large."""

    pk: int
    network: int | None
    contact: int | None
    on: date
    closed: date | None
    outcome: str
    critical: bool
    decay: float
    heard: tuple[Heard, ...] = ()

    @property
    def answered(self) -> date | None:
        return min((one.on for one in self.heard), default=None)


@dataclass(frozen=True, kw_only=True)
class Promised:
    """One promise of a contact, settled or not."""

    pk: int
    contact: int
    outcome: str
    due: date | None
    closed: date | None
    warned: date | None
    weight: int


@dataclass(frozen=True, kw_only=True)
class Person:
    """`known_since` is the first day on which anything is written of the relation."""

    pk: int
    sector: str
    met_through: int | None
    met_on: date
    known_since: date


Row = TypeVar("Row", Passed, Asked)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    on: date
    parameters: Parameters
    people: dict[int, Person]
    passed: list[Passed]
    asked: list[Asked]
    promised: list[Promised]
    members: dict[int, set[int]]  # the contacts of each network, as far as belonging may be told
    joined: dict[int, date]  # since when we are in each network
    presences: list[tuple[int, int, int, date, str]]  # (attendance, network, contact, day, presence)
    touches: list[tuple[int, int, date, str]]  # (interaction, contact, day, on whose initiative)

    @cached_property
    def passed_in(self) -> dict[int | None, list[Passed]]:
        return _by_network(self.passed)

    @cached_property
    def asked_in(self) -> dict[int | None, list[Asked]]:
        return _by_network(self.asked)

    @cached_property
    def seen(self) -> dict[int, tuple[date, date]]:
        """The first and the last exchange with each contact."""
        spans: dict[int, tuple[date, date]] = {}
        for one in self.passed:
            first, last = spans.get(one.contact, (one.on, one.on))
            spans[one.contact] = (min(first, one.on), max(last, one.on))
        return spans

    def fade(self, day: date) -> float:
        return decay(float((self.on - day).days), self.parameters.half_life_exchanges)


def _by_network(rows: Iterable[Row]) -> dict[int | None, list[Row]]:
    found: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.network].append(row)
    return found


def read(
    workspace: Workspace, *, on: date, contact: Contact | None = None, parameters: Parameters = DEFAULTS
) -> Ledger:
    """Everything that counts, or what concerns one contact. Off the meter, in the bin, or to come: left out."""

    def fade(day: date) -> float:
        return decay(float((on - day).days), parameters.half_life_exchanges)

    only = {"contact": contact} if contact else {}
    people = _people(workspace, only)
    return Ledger(
        on=on,
        parameters=parameters,
        people=people,
        passed=_passed(workspace, on, only, people, fade, parameters),
        asked=_asked(workspace, on, only, people, fade),
        promised=_promised(workspace, only, people),
        members=_members(workspace, only, people),
        joined=_joined(workspace),
        presences=_presences(workspace, on, only, people),
        touches=_touches(workspace, on, only, people),
    )


def _people(workspace: Workspace, only: dict[str, Any]) -> dict[int, Person]:
    counted = Relationship.objects.for_workspace(workspace).counted().filter(contact__deleted_at=None, **only)
    sectors = dict(
        Position.objects.for_workspace(workspace)
        .filter(is_main=True, **only)
        .exclude(organisation=None)
        .values_list("contact", "organisation__sector")
    )
    firsts = _firsts(workspace, only)
    found = counted.values_list("contact", "contact__met_through", "contact__met_on", "contact__created")
    people = {}
    for pk, network, met_on, created in found:
        made = created.date()
        since = [day for day in (met_on, firsts.get(pk)) if day]
        people[pk] = Person(
            pk=pk,
            sector=sectors.get(pk, "").strip().casefold(),
            met_through=network,
            met_on=met_on or firsts.get(pk) or made,
            known_since=min(since, default=made),
        )
    return people


def _firsts(workspace: Workspace, only: dict[str, Any]) -> dict[int, date]:
    """The first line of each contact, of any kind that is a touch."""
    first: dict[int, date] = {}
    for model in (Exchange, Interaction):
        rows = model.objects.for_workspace(workspace).filter(**only).order_by().values("contact")
        for pk, day in rows.annotate(first=Min("on")).values_list("contact", "first"):
            first[pk] = min(first.get(pk, day), day)
    return first


def _passed(
    workspace: Workspace,
    on: date,
    only: dict[str, Any],
    people: dict[int, Person],
    fade: Callable[[date], float],
    parameters: Parameters,
) -> list[Passed]:
    rows = Exchange.objects.for_workspace(workspace).filter(effective_on__lte=on, **only).order_by("effective_on", "pk")
    together = Counter(
        Exchange.partners.through.objects.filter(exchange__in=rows.order_by().values("pk")).values_list(
            "exchange", flat=True
        )
    )
    found = rows.values_list(
        *("pk", "network", "contact", "direction", "kind", "effective_on", "weight", "amount", "share"),
        *("solidarity", "need__strategic", "request", "outcome"),
    )
    faded: dict[date, float] = {}
    passed = []
    for pk, network, contact, direction, kind, day, weight, amount, share, solidarity, strategic, asked, told in found:
        if contact not in people:
            continue
        if day not in faded:
            faded[day] = fade(day)
        euros = None if amount is None else float(amount)
        value = event_value(kind=kind, weight=weight, amount=euros, share=share, parameters=parameters)
        passed.append(
            Passed(
                pk=pk,
                network=network,
                contact=contact,
                given=direction == GIVEN,
                kind=kind,
                on=day,
                value=value,
                decay=faded[day],
                weight=weight,
                euros=(euros or 0.0) * share,
                solidarity=solidarity,
                strategic=bool(strategic),
                asked_for=asked is not None,
                told=bool(told),
                partners=together[pk] + 1,
            )
        )
    return passed


def _asked(
    workspace: Workspace, on: date, only: dict[str, Any], people: dict[int, Person], fade: Callable[[date], float]
) -> list[Asked]:
    """To nobody in particular: it counts for its network, whoever answers."""
    replies: dict[int, list[Heard]] = defaultdict(list)
    heard = Reply.objects.for_workspace(workspace).filter(request__asked_by=Side.US, on__lte=on).order_by("on", "pk")
    for request, contact, day, positive in heard.values_list("request", "contact", "on", "positive"):
        replies[request].append(Heard(contact=contact, on=day, positive=positive))
    rows = Request.objects.for_workspace(workspace).asked_by_us().filter(asked_on__lte=on, **only)
    found = rows.order_by("asked_on", "pk").values_list(
        *("pk", "network", "contact", "asked_on", "closed_on", "outcome", "critical")
    )
    return [
        Asked(
            pk=pk,
            network=network,
            contact=contact,
            on=day,
            closed=closed if closed and closed <= on else None,
            outcome=outcome if closed and closed <= on else "",
            critical=critical,
            decay=fade(day),
            heard=tuple(replies.get(pk, ())),
        )
        for pk, network, contact, day, closed, outcome, critical in found
        if contact is None or contact in people
    ]


def _promised(workspace: Workspace, only: dict[str, Any], people: dict[int, Person]) -> list[Promised]:
    rows = Commitment.objects.for_workspace(workspace).theirs().filter(**only).order_by("pk")
    found = rows.values_list("pk", "contact", "outcome", "clock_due_on", "closed_on", "notified_on", "weight")
    return [
        Promised(pk=pk, contact=contact, outcome=outcome, due=due, closed=closed, warned=warned, weight=weight)
        for pk, contact, outcome, due, closed, warned, weight in found
        if contact in people
    ]


def _members(workspace: Workspace, only: dict[str, Any], people: Iterable[int]) -> dict[int, set[int]]:
    """Belonging that may reveal a belief is kept out of scores, whoever wrote it down."""
    members: dict[int, set[int]] = defaultdict(set)
    rows = Affiliation.objects.for_workspace(workspace).current(workspace.today()).open_to_all().filter(**only)
    for network, contact in rows.values_list("network", "contact"):
        if contact in people:
            members[network].add(contact)
    return members


def _joined(workspace: Workspace) -> dict[int, date]:
    """The first day of the stay that runs, or of the last one."""
    stays = Membership.objects.for_workspace(workspace).filter(since__isnull=False).order_by("since", "pk")
    return dict(stays.values_list("network", "since"))


def _presences(
    workspace: Workspace, on: date, only: dict[str, Any], people: Iterable[int]
) -> list[tuple[int, int, int, date, str]]:
    rows = Attendance.objects.for_workspace(workspace).filter(meeting__cancelled=False, **only).exclude(presence="")
    found = rows.order_by("meeting__starts_at", "pk").values_list(
        *("pk", "meeting__network", "contact", "meeting__starts_at", "presence")
    )
    zone = ZoneInfo(workspace.timezone)
    local = (
        (pk, network, contact, at.astimezone(zone).date(), presence) for pk, network, contact, at, presence in found
    )
    return [one for one in local if one[2] in people and one[3] <= on]


def _touches(
    workspace: Workspace, on: date, only: dict[str, Any], people: Iterable[int]
) -> list[tuple[int, int, date, str]]:
    rows = Interaction.objects.for_workspace(workspace).filter(on__lte=on, **only).exclude(initiated_by="")
    found = rows.order_by("on", "pk").values_list("pk", "contact", "on", "initiated_by")
    return [one for one in found if one[1] in people]
