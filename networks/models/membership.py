"""Membership (adhésion): where we stand with a network, what it costs and what we expect of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from networks.models.network import Network
from strategy.models import Objective
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


class FeePeriod(models.TextChoices):
    MONTH = "month", _("a month")
    QUARTER = "quarter", _("a quarter")
    YEAR = "year", _("a year")
    ONCE = "once", _("once")


PERIODS_A_YEAR: Final = {FeePeriod.MONTH: 12, FeePeriod.QUARTER: 4, FeePeriod.YEAR: 1, FeePeriod.ONCE: 0}


class MembershipQuerySet(OwnedQuerySet):
    def current(self) -> Self:
        """Not left."""
        return self.exclude(status=Status.LEFT)

    def running(self) -> Self:
        return self.filter(status__in=RUNNING)

    def renewing(self, until: date) -> Self:
        """Those whose term comes by that day, soonest first."""
        return self.running().filter(renewal_on__lte=until).order_by("renewal_on", "pk")


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
