"""Membership (adhésion): where we stand with a network, what it costs and what we expect of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, Self

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from networks.models.network import Network
from strategy.models import Objective
from workspaces.logbook import record
from workspaces.models import Member
from workspaces.owned import Owned, OwnedQuerySet


class Status(models.TextChoices):
    AIMED_AT = "aimed_at", _("Aimed at")
    INVITED = "invited", _("Invited")
    ON_TRIAL = "on_trial", _("On trial")
    CANDIDATE = "candidate", _("Candidate")
    MEMBER = "member", _("Member")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")


# Those that cost time or money now.
RUNNING: Final = (Status.ON_TRIAL, Status.MEMBER)
# Those from which one becomes a member.
BEFORE: Final = (Status.AIMED_AT, Status.INVITED, Status.ON_TRIAL, Status.CANDIDATE)
CURRENT: Final = (*BEFORE, Status.MEMBER, Status.SUSPENDED)

DECIDED_AHEAD: Final = timedelta(days=90)  # how long before its last day a renewal asks for a decision
NOTICE_MAX: Final = timedelta(days=730)


class FeePeriod(models.TextChoices):
    MONTH = "month", _("a month")
    QUARTER = "quarter", _("a quarter")
    YEAR = "year", _("a year")
    ONCE = "once", _("once")


PERIODS_A_YEAR: Final = {FeePeriod.MONTH: 12, FeePeriod.QUARTER: 4, FeePeriod.YEAR: 1, FeePeriod.ONCE: 0}


class MovedOn(Exception):
    """The membership stands elsewhere than the page that the button was on could know."""

    def __init__(self, status: str) -> None:
        super().__init__(
            _("Nothing has changed: the status is already “%(status)s”.") % {"status": Status(status).label}
        )


class StartsLater(MovedOn):
    """Its first day was moved, in another tab, after the day on which it would end."""

    def __init__(self) -> None:
        Exception.__init__(self, _("Nothing has changed: it starts later than that day."))


class MembershipQuerySet(OwnedQuerySet):
    def current(self) -> Self:
        """Not left."""
        return self.exclude(status=Status.LEFT)

    def to_decide(self, today: date) -> "list[Membership]":
        """Those to be decided on within three months, by the last day for notice; what is overdue comes first."""
        until = today + DECIDED_AHEAD
        near = self.filter(status__in=RUNNING, renewal_on__lte=until + NOTICE_MAX).select_related("network")
        dated = [(one.notice_by, one) for one in near if one.notice_by and one.notice_by <= until]
        return [one for _day, one in sorted(dated, key=lambda pair: (pair[0], pair[1].pk))]


class Membership(Owned):
    """One stay in a network; a network that was left may be joined again, in a new row."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="memberships")
    status = models.CharField(_("where you stand"), max_length=9, choices=Status, default=Status.MEMBER)
    since = models.DateField(_("since"), null=True, blank=True)
    trial_until = models.DateField(_("trial until"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    renewal_on = models.DateField(_("next renewal"), null=True, blank=True)
    sponsor = models.CharField(_("sponsor"), max_length=120, blank=True)
    roles = models.CharField(_("roles held"), max_length=200, blank=True)
    fee = models.DecimalField(
        _("fee, in euros"), max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    fee_period = models.CharField(_("for"), max_length=7, choices=FeePeriod, blank=True)
    objective = models.ForeignKey(Objective, models.SET_NULL, null=True, blank=True, related_name="memberships")
    goal = models.CharField(_("what you want there"), max_length=200, blank=True)
    result = models.CharField(_("how you will know"), max_length=200, blank=True)
    # Answers of the exit checklist, by item.
    exit_done = models.JSONField(default=dict, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["network"], condition=~Q(status="left"), name="membership_one_current"),
            models.CheckConstraint(
                name="membership_in_order", condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(name="membership_fee", condition=Q(fee=None) | Q(fee__gte=0)),
            models.CheckConstraint(
                name="membership_fee_has_period",
                condition=Q(fee=None, fee_period="") | Q(fee__isnull=False) & ~Q(fee_period=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.network)

    def get_absolute_url(self) -> str:
        return self.network.get_absolute_url()

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def yearly_fee(self) -> Decimal:
        """Euros a year; what is paid once is not counted here."""
        return (
            (self.fee or Decimal(0)) * PERIODS_A_YEAR.get(FeePeriod(self.fee_period), 0)
            if self.fee_period
            else Decimal(0)
        )

    @property
    def notice_by(self) -> date | None:
        """The last day on which one may still give notice."""
        days = self.network.notice_days
        return self.renewal_on - timedelta(days=days) if self.renewal_on and days else self.renewal_on

    def join(self, *, by: Member, on: date) -> None:
        self._move("joined", BEFORE, by=by, status=Status.MEMBER, since=self.since or on)

    def suspend(self, *, by: Member) -> None:
        self._move("suspended", (Status.MEMBER,), by=by, status=Status.SUSPENDED)

    def resume(self, *, by: Member) -> None:
        self._move("resumed", (Status.SUSPENDED,), by=by, status=Status.MEMBER)

    def leave(self, *, by: Member, on: date) -> None:
        begun = Q(since=None) | Q(since__lte=on)
        self._move("left", CURRENT, by=by, still=begun, status=Status.LEFT, until=on)

    def _move(
        self, act: str, before: tuple[Status, ...], *, by: Member, still: Q | None = None, **columns: Any
    ) -> None:
        """One conditional UPDATE, so that of two clicks or two tabs only the first counts and the other is told."""
        with transaction.atomic():
            standing = type(self).objects.filter(still or Q(), pk=self.pk, status__in=before)
            moved = standing.update(version=F("version") + 1, **columns)
            self.refresh_from_db()
            if not moved:
                raise StartsLater if self.status in before else MovedOn(self.status)
            record(by, f"networks.membership.{act}", self)
