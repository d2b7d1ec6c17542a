"""Delegation (« qui fait quoi »): who does what a need asks for, at the cheapest level that is up to it."""

from typing import Any, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from networks.models.network import Network
from strategy.models import Need
from workspaces.owned import Owned, OwnedQuerySet

HOURS_MAX: Final = 500


def hours_field(name: Any) -> Any:
    bounds = [MinValueValidator(0), MaxValueValidator(HOURS_MAX)]
    return models.DecimalField(name, max_digits=4, decimal_places=1, null=True, blank=True, validators=bounds)


class Delegation(Owned):
    """One for each need. `network` does it, or could do it while we still do it ourselves."""

    class Level(models.TextChoices):
        """The cheapest first: the method goes up only when the level below is not up to it."""

        NETWORK = "network", _("An existing network")
        PARTNER = "partner", _("A partner")
        OURS = "ours", _("My own network")
        US = "us", _("Ourselves")

    need = models.ForeignKey(Need, models.CASCADE, related_name="delegations")
    level = models.CharField(_("who does it"), max_length=7, choices=Level)
    network = models.ForeignKey(
        Network,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("the network that does it, or could"),
    )
    who = models.CharField(_("who exactly, or with which service"), max_length=200, blank=True)
    own_hours = hours_field(_("hours it takes when we do it ourselves"))
    hours = hours_field(_("hours it leaves us when the network does it"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.UniqueConstraint(fields=["need"], name="delegation_once"),
            models.CheckConstraint(
                name="delegation_hours",
                condition=(Q(own_hours=None) | Q(own_hours__gte=0)) & (Q(hours=None) | Q(hours__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.need)

    def get_absolute_url(self) -> str:
        return reverse("networks:delegation_list")
