"""What stands beside the list: the time that networks took of what we give them, and three numbers in words."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.safestring import SafeString

from exchanges import mirror, wording
from exchanges.models import Commitment, Exchange, Request, Side
from networks.hours import minutes_of
from strategy.models import Need, TimeBudget
from workspaces.models import Workspace


@dataclass(frozen=True, kw_only=True)
class Time:
    """Minutes; the budgets are None while nobody has said what the company gives to its networks."""

    week: int
    month: int
    week_budget: int | None
    month_budget: int | None
    planned: int

    @property
    def free(self) -> int:
        """What is left of the week once today's list is done."""
        return max(0, (self.week_budget or 0) - self.week - self.planned)

    @property
    def over(self) -> int:
        return max(0, self.week - (self.week_budget or 0))


@dataclass(frozen=True, kw_only=True)
class Figures:
    time: Time
    kept: SafeString  # a sentence
    marks: str
    mine: int
    late: int
    theirs: int
    needs: int
    helped: int


def time_of(workspace: Workspace, *, today: date, planned: int) -> Time:
    """Five queries."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    budget = TimeBudget.objects.for_workspace(workspace).first()
    weekly = budget.weekly_minutes if budget else None
    return Time(
        week=sum(minutes_of(workspace, monday, today).values()),
        month=sum(minutes_of(workspace, first, today).values()),
        week_budget=weekly,
        month_budget=None if weekly is None else weekly * monthrange(today.year, today.month)[1] // 7,
        planned=planned,
    )


def figures_of(workspace: Workspace, *, today: date, planned: int = 0) -> Figures:
    """Nine queries, whatever the number of rows."""
    kept = mirror.kept(workspace, today=today)
    mine = Q(promised_by=Side.US)
    promises = (
        Commitment.objects.for_workspace(workspace)
        .with_present()
        .open()
        .aggregate(
            mine=Count("pk", filter=mine),
            late=Count("pk", filter=mine & Q(due_on__lt=today)),
            theirs=Count("pk", filter=~mine),
        )
    )
    asked = Request.objects.for_workspace(workspace).asked_by_us().filter(need=OuterRef("pk"), replies__isnull=False)
    brought = Exchange.objects.for_workspace(workspace).filter(
        need=OuterRef("pk"), direction=Exchange.Direction.RECEIVED, on__lte=today
    )
    needs = (
        Need.objects.for_workspace(workspace)
        .open()
        .aggregate(needs=Count("pk"), helped=Count("pk", filter=Exists(asked) | Exists(brought)))
    )
    sentence = wording.my_reliability_sentence(kept.reliability, promises["late"])
    return Figures(
        time=time_of(workspace, today=today, planned=planned), kept=sentence, marks=kept.marks, **promises, **needs
    )
