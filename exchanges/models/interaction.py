"""Interaction: a call, a meeting or a message; a touch, with the time that it took."""

import uuid
from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from exchanges.models.ledger import LedgerQuerySet, Side, touch
from networks.models import Network
from workspaces.logbook import record
from workspaces.models import Member
from workspaces.owned import Owned


class Interaction(Owned):
    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        MEETING = "meeting", _("Meeting")
        MESSAGE = "message", _("Message")

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="interactions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CALL)
    on = models.DateField(_("date"))
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True, validators=[MaxValueValidator(10_080)])
    initiated_by = models.CharField(_("on whose initiative"), max_length=4, choices=Side, blank=True)
    summary = models.CharField(_("in one line"), max_length=500, blank=True)
    network = models.ForeignKey(
        Network,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="interactions",
        verbose_name=_("through which network"),
    )
    nonce = models.UUIDField(null=True, editable=False)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        indexes = [
            models.Index(fields=["network"], name="interaction_network", condition=models.Q(network__isnull=False)),
            models.Index(fields=["contact", "-on"], name="interaction_latest"),
            models.Index(fields=["workspace", "-on", "-id"], name="interaction_ledger"),
        ]
        constraints = [models.UniqueConstraint(fields=["workspace", "nonce"], name="interaction_nonce")]

    def __str__(self) -> str:
        return str(self.contact)

    def get_absolute_url(self) -> str:
        return reverse("exchanges:interaction_edit", args=[self.pk])

    @classmethod
    def record(cls, *, by: Member, today: date, nonce: uuid.UUID | None = None, **fields: Any) -> Self:
        with transaction.atomic():
            if known := cls.objects.already(by, nonce):
                return known
            line = cls.objects.create(workspace=by.workspace, nonce=nonce, **fields)
            touch([line.contact_id], on=today)
            record(by, "exchanges.interaction.recorded", line)
        return line

    def correct(self, *, by: Member, today: date, version: int, **fields: Any) -> None:
        with transaction.atomic():
            self.take_version(version)
            before = type(self).objects.values_list("contact", flat=True).get(pk=self.pk)
            for name, value in fields.items():
                setattr(self, name, value)
            self.save()
            touch([before, self.contact_id], on=today)
            record(by, "exchanges.interaction.edited", self)

    def remove(self, *, by: Member, today: date) -> None:
        with transaction.atomic():
            record(by, "exchanges.interaction.deleted", self)
            self.delete()
            touch([self.contact_id], on=today)
