"""Choosing: Trial (mise à l'essai) of a network, and Decision (décision) about it, with its reason and review date."""

from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from networks.models.network import Network
from workspaces.models import Member
from workspaces.owned import Owned, OwnedQuerySet

VISITS_MAX: Final = 3


class TrialQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        return self.filter(closed_on=None)


class Trial(Owned):
    """Up to three visits, twelve points to look at, and one real question asked there: how soon comes a useful answer.

    `points` holds 0 (no), 1 (partly) or 2 (yes) for each point that was looked at.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="trials")
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(Member, models.SET_NULL, null=True, editable=False, related_name="+")
    points = models.JSONField(default=dict, editable=False)
    notes = models.TextField(_("notes"), max_length=2000, blank=True)

    objects = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = _("trial")
        verbose_name_plural = _("trials")
        constraints = [models.UniqueConstraint(fields=["network"], condition=Q(closed_on=None), name="trial_one_open")]

    def __str__(self) -> str:
        return str(self.network)

    def get_absolute_url(self) -> str:
        return reverse("networks:trial_detail", args=[self.pk])


class DecisionQuerySet(OwnedQuerySet):
    def latest_first(self) -> Self:
        return self.order_by("-on", "-pk")


class Decision(Owned):
    """What we decided about a network, why, and when to look at it again. The latest one holds; none is edited."""

    class Verdict(models.TextChoices):
        JOIN = "join", _("Join")
        KEEP = "keep", _("Keep")
        TEST = "test", _("Test")
        WATCH = "watch", _("Watch")
        DECLINE = "decline", _("Decline")
        LEAVE = "leave", _("Leave")

    network = models.ForeignKey(Network, models.CASCADE, related_name="decisions")
    verdict = models.CharField(_("decision"), max_length=7, choices=Verdict)
    reason = models.CharField(_("why"), max_length=500)
    on = models.DateField(_("date"))
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["network", "-on", "-id"], name="decision_latest")]

    def __str__(self) -> str:
        return f"{self.network}: {self.get_verdict_display()}"
