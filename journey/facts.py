"""What the steps of the process are read from: one reading of the workspace for all of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from contacts.models import CLOSE, Affiliation, Contact, Rank, Relationship, Tag
from exchanges.models import Exchange, Interaction
from networks.choosing import role_of
from networks.hours import year_to
from networks.models import RUNNING, Decision, Delegation, Membership, Network, Trial
from networks.screening import Declared, Role
from strategy.models import Need, Objective, Stake, TimeBudget
from workspaces.models import Workspace

READ: Final = ("name", "type", "sensitive", "role_answers", "fit")  # of forty columns
SETTLED: Final = frozenset({Decision.Verdict.DECLINE, Decision.Verdict.LEAVE})
FEW: Final = 15  # people with whom one begins
MET_DAYS: Final = 180  # within which whoever is of rank A or B is met again
TENDED_DAYS: Final = 90
WEEKS: Final = 4


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One network that we have not left: where we stand, what we said of it, what we decided."""

    network: Network
    status: str
    role: Declared | None
    verdict: str
    review_on: date | None
    gave_first: bool  # what passed there first was ours to give
    gave_lately: bool  # within twelve months

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def is_settled(self) -> bool:
        return self.verdict in SETTLED


@dataclass(frozen=True, kw_only=True)
class People:
    """`few` stops counting at fifteen; the others are those that somebody has sorted."""

    few: int
    waiting: int  # met within a year, and not sorted
    sorted: int
    inner: int  # of rank A
    close: int  # of rank A or B
    grouped: int
    followed: int
    tended: int
    new: int  # met for the first time this month


@dataclass(frozen=True, kw_only=True)
class Facts:
    today: date
    stakes: dict[str, int]
    objectives: int
    needs: int
    delegated: int
    has_budget: bool
    sheets: list[Sheet]
    trials: int
    undecided: list[Membership]  # renewals that come without a decision
    people: People
    weeks: int  # of the last four, those in which something was noted

    @property
    def weighed(self) -> list[Sheet]:
        """Those to which we belong, or mean to."""
        return [sheet for sheet in self.sheets if sheet.status]

    @property
    def running(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.is_running]

    @property
    def candidates(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if not sheet.is_settled]

    @property
    def weapons(self) -> int:
        return sum(sheet.role is not None and sheet.role.role == Role.WEAPON for sheet in self.weighed)

    def is_due(self, sheet: Sheet) -> bool:
        return sheet.review_on is not None and sheet.review_on <= self.today


def read(workspace: Workspace, *, today: date) -> Facts:
    """Fourteen queries, whatever the number of contacts, networks and needs."""
    kinds = Stake.objects.for_workspace(workspace).order_by().values_list("kind")
    needs = Need.objects.for_workspace(workspace).open()
    delegated = Exists(Delegation.objects.for_workspace(workspace).filter(need=OuterRef("pk")))
    sheets = sheets_of(workspace, today=today)
    decided = {sheet.network.pk for sheet in sheets if sheet.verdict and not _past(sheet.review_on, today)}
    renewals = Membership.objects.for_workspace(workspace).to_decide(today)
    return Facts(
        today=today,
        stakes=dict(kinds.annotate(Count("pk"))),
        objectives=Objective.objects.for_workspace(workspace).open().count(),
        **needs.aggregate(needs=Count("pk"), delegated=Count("pk", filter=delegated)),
        has_budget=TimeBudget.objects.for_workspace(workspace).exists(),
        sheets=sheets,
        trials=Trial.objects.for_workspace(workspace).open().count(),
        undecided=[one for one in renewals if one.network_id not in decided],
        people=people_of(workspace, today=today),
        weeks=weeks_noted(workspace, today=today),
    )


def _past(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def sheets_of(workspace: Workspace, *, today: date) -> list[Sheet]:
    stays = Membership.objects.for_workspace(workspace).current()
    status = dict(stays.order_by().values_list("network", "status"))
    passed = Exchange.objects.for_workspace(workspace).filter(network=OuterRef("pk"))
    first = passed.order_by("on", "pk").values("direction")[:1]
    given = passed.filter(direction=Exchange.Direction.GIVEN, on__gte=year_to(today), on__lte=today)
    networks: Any = Network.objects.for_workspace(workspace).nearest_first().with_decision().only(*READ)
    return [
        Sheet(
            network=network,
            status=status.get(network.pk, ""),
            role=role_of(network),
            verdict=network.verdict or "",
            review_on=network.review_on,
            gave_first=network.first_way == Exchange.Direction.GIVEN,
            gave_lately=network.gave,
        )
        for network in networks.annotate(first_way=Subquery(first), gave=Exists(given))
    ]


def people_of(workspace: Workspace, *, today: date) -> People:
    everyone = Relationship.objects.for_workspace(workspace).present()
    waiting = everyone.unsorted().filter(last_contact_on__gte=year_to(today))
    few = Contact.objects.for_workspace(workspace).present().order_by().values_list("pk")[:FEW]
    close = Q(rank__in=CLOSE)
    tagged = Exists(Tag.objects.for_workspace(workspace).filter(contacts=OuterRef("contact")))
    member = Affiliation.objects.for_workspace(workspace).open_to_all().filter(contact=OuterRef("contact"))
    met = Q(last_contact_on__gte=today - timedelta(days=MET_DAYS)) | Q(next_due_on__gte=today)
    met |= Q(next_contact_on__gte=today)  # in its own rhythm
    lately = Q(last_contact_on__gte=today - timedelta(days=TENDED_DAYS))
    counted = everyone.sorted().aggregate(
        sorted=Count("pk"),
        inner=Count("pk", filter=Q(rank=Rank.A)),
        close=Count("pk", filter=close),
        grouped=Count("pk", filter=close & (~Q(circle="") | tagged | Exists(member))),
        followed=Count("pk", filter=close & met),
        tended=Count("pk", filter=close & lately & known_since(workspace, today - timedelta(days=TENDED_DAYS))),
    )
    return People(few=len(few), waiting=waiting.count(), new=new_links(workspace, today=today), **counted)


def known_since(workspace: Workspace, day: date) -> Any:
    """Whether something had passed with the contact of a relationship by that day."""
    lines = (model.objects.for_workspace(workspace).filter(contact=OuterRef("contact")) for model in TOUCHES)
    talked, exchanged = (Exists(rows.filter(on__lte=day)) for rows in lines)
    return talked | exchanged


TOUCHES: Final[tuple[Any, ...]] = (Interaction, Exchange)


def new_links(workspace: Workspace, *, today: date) -> int:
    """People with whom the first line of the ledger is of this month."""
    first = today.replace(day=1)
    found = Contact.objects.for_workspace(workspace).present()
    lately = Q()
    for model in TOUCHES:
        lines = model.objects.for_workspace(workspace)
        lately |= Q(pk__in=lines.filter(on__gte=first, on__lte=today).values("contact"))
        found = found.exclude(Exists(lines.filter(contact=OuterRef("pk"), on__lt=first)))
    return found.filter(lately).count()


def weeks_noted(workspace: Workspace, *, today: date) -> int:
    """How many of the last four weeks of seven days, this day included, hold a line of the ledger."""
    since = today - timedelta(days=7 * WEEKS - 1)
    talked, exchanged = (
        model.objects.for_workspace(workspace).filter(on__gte=since, on__lte=today).order_by().values_list("on")
        for model in TOUCHES
    )
    return len({(today - day).days // 7 for (day,) in talked.union(exchanged)})
