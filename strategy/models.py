"""Stake (enjeu), Objective (objectif), Need (besoin), and what the company spends on its networks."""

from decimal import Decimal
from typing import Final, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workspaces.models import Member
from workspaces.owned import Owned, OwnedQuerySet

CRITICALITY: Final = (1, 5)
HOURLY_COST: Final = Decimal(80)  # euros, what an hour of the owner's would have brought elsewhere
WEEK_HOURS: Final = 60


class StatementQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        return self.filter(closed_on=None)

    def closed(self) -> Self:
        return self.filter(closed_on__isnull=False)


class Stake(Owned):
    """A stake (enjeu): what is at play for the company, in its strategy or in its daily work."""

    class Kind(models.TextChoices):
        STRATEGIC = "strategic", _("Strategic: where we are going")
        OPERATIONAL = "operational", _("Operational: what holds us up")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.STRATEGIC)
    title = models.CharField(_("what is at stake"), max_length=200)
    detail = models.TextField(_("in more words"), max_length=1000, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("stake")
        verbose_name_plural = _("stakes")
        constraints = [models.UniqueConstraint(fields=["workspace", "title"], name="stake_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:stake_edit", args=[self.pk])


class Objective(Owned):
    """An objective (objectif): what we want to reach, and how we shall know that we have."""

    stake = models.ForeignKey(Stake, models.SET_NULL, null=True, blank=True, related_name="objectives")
    title = models.CharField(_("what we want to reach"), max_length=200)
    measure = models.CharField(_("how we shall know"), max_length=200, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    closed_on = models.DateField(null=True, editable=False)
    closed_by = models.ForeignKey(Member, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        constraints = [models.UniqueConstraint(fields=["workspace", "title"], name="objective_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:objective_edit", args=[self.pk])


class Need(Owned):
    """A need (besoin): what we lack to reach an objective; a network or a person may bring it."""

    class Resource(models.TextChoices):
        """What may be lacking, and what a contact, a firm or a network's service can bring: the method's own list."""

        CONTACT = "contact", _("A contact")
        EXPERTISE = "expertise", _("Expertise")
        INFORMATION = "information", _("Information")
        SUPPLIER = "supplier", _("A supplier")
        OCCASIONAL_PARTNER = "occasional_partner", _("An occasional partner")
        LASTING_PARTNER = "lasting_partner", _("A lasting partner")
        FUNDING = "funding", _("Funding")
        PREMISES = "premises", _("Equipment or premises")
        WORKFORCE = "workforce", _("Hands")

    class Span(models.TextChoices):
        ONE_SHOT = "one_shot", _("Once")
        LASTING = "lasting", _("For good")

    objective = models.ForeignKey(Objective, models.SET_NULL, null=True, blank=True, related_name="needs")
    title = models.CharField(_("what we need"), max_length=200)
    resource = models.CharField(_("what would answer it"), max_length=20, choices=Resource)
    criticality = models.PositiveSmallIntegerField(
        _("how much depends on it"),
        default=3,
        validators=[MinValueValidator(CRITICALITY[0]), MaxValueValidator(CRITICALITY[1])],
    )
    span = models.CharField(_("for how long"), max_length=8, choices=Span, default=Span.ONE_SHOT)
    strategic = models.BooleanField(_("it decides where the company goes"), default=False)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    closed_on = models.DateField(null=True, editable=False)
    closed_by = models.ForeignKey(Member, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "title"], name="need_once"),
            models.CheckConstraint(
                name="need_criticality",
                condition=Q(criticality__gte=CRITICALITY[0], criticality__lte=CRITICALITY[1]),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:need_edit", args=[self.pk])


class TimeBudget(Owned):
    """What the company is ready to spend on its networks (budget-temps), and what an hour of it costs."""

    weekly_hours = models.DecimalField(
        _("hours a week"),
        max_digits=3,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(WEEK_HOURS)],
    )
    yearly_euros = models.DecimalField(
        _("euros a year"), max_digits=9, decimal_places=2, validators=[MinValueValidator(0)]
    )
    hourly_cost = models.DecimalField(
        _("what an hour costs, in euros"),
        max_digits=6,
        decimal_places=2,
        default=HOURLY_COST,
        validators=[MinValueValidator(0)],
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        constraints = [
            models.UniqueConstraint(fields=["workspace"], name="budget_once"),
            models.CheckConstraint(
                name="budget_not_negative",
                condition=Q(weekly_hours__gte=0, yearly_euros__gte=0, hourly_cost__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self.workspace)

    @property
    def weekly_minutes(self) -> int:
        return int(self.weekly_hours * 60)
