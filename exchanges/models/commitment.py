"""Commitment (engagement, promesse): something promised, by us or by the contact, and what became of it."""

import uuid
from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from exchanges.models.ledger import LedgerQuerySet, Side, touch
from exchanges.reliability import running_due
from workspaces.logbook import record
from workspaces.models import Member
from workspaces.owned import Owned, OwnedQuerySet


class AlreadySettled(Exception):
    """The promise was kept, broken or cancelled before this act."""

    def __init__(self) -> None:
        super().__init__(_("This promise is already settled."))


class StillOpen(Exception):
    """The promise was opened again before this act."""

    def __init__(self) -> None:
        super().__init__(_("This promise is open already."))


class CommitmentQuerySet(LedgerQuerySet):
    def mine(self) -> Self:
        return self.filter(promised_by=Side.US)

    def theirs(self) -> Self:
        return self.filter(promised_by=Side.THEM)

    def open(self) -> Self:
        return self.filter(outcome="")

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def soonest_first(self) -> Self:
        """Mine before theirs, the oldest due date first, those without a date last."""
        return self.order_by("-promised_by", models.F("due_on").asc(nulls_last=True), "pk")


class Commitment(Owned):
    """`due_on` is the date agreed today; lateness counts from `clock_due_on`, which a date that has passed keeps."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Kept")
        BROKEN = "broken", _("Broken")
        CANCELLED = "cancelled", _("Cancelled")

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="commitments")
    promised_by = models.CharField(_("who promised"), max_length=4, choices=Side)
    summary = models.CharField(_("what"), max_length=300)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    made_on = models.DateField(_("promised on"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    clock_due_on = models.DateField(null=True, editable=False)
    notified_on = models.DateField(_("warned on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    settled_by = models.ForeignKey(Member, models.SET_NULL, null=True, editable=False, related_name="+")
    settled_at = models.DateTimeField(null=True, editable=False)
    nonce = models.UUIDField(null=True, editable=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        indexes = [
            models.Index(fields=["contact", "-made_on"], name="commitment_latest"),
            models.Index(fields=["workspace", "promised_by", "due_on"], condition=Q(outcome=""), name="commitment_due"),
            models.Index(fields=["workspace", "promised_by", "-due_on", "-id"], name="commitment_last_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "nonce"], name="commitment_nonce"),
            models.CheckConstraint(name="commitment_weight", condition=Q(weight__gte=1, weight__lte=5)),
            models.CheckConstraint(
                name="commitment_closed_when_settled",
                condition=Q(outcome="", closed_on=None) | (~Q(outcome="") & Q(closed_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact)

    def get_absolute_url(self) -> str:
        return reverse("exchanges:commitment_edit", args=[self.pk])

    @property
    def is_mine(self) -> bool:
        return self.promised_by == Side.US

    def days_late(self, today: date) -> int:
        """Whole days since the agreed date: until `closed_on` once settled, until `today` while open; 0 if in time."""
        end = self.closed_on or today
        return max(0, (end - self.due_on).days) if self.due_on else 0

    @classmethod
    def record(cls, *, by: Member, today: date, nonce: uuid.UUID | None = None, **fields: Any) -> Self:
        with transaction.atomic():
            if known := cls.objects.already(by, nonce):
                return known
            line = cls(workspace=by.workspace, nonce=nonce, **fields)
            line.clock_due_on = line.due_on
            line.save()
            touch([line.contact_id], on=today)
            record(by, "exchanges.commitment.recorded", line)
        return line

    def correct(self, *, by: Member, today: date, version: int, **fields: Any) -> None:
        """Correct what was written down wrong. A due date agreed anew is `postpone`, which keeps the old one."""
        with transaction.atomic():
            self.take_version(version)
            stored = type(self).objects.get(pk=self.pk)
            for name, value in fields.items():
                setattr(self, name, value)
            if self.due_on != stored.due_on:
                self.clock_due_on = self.due_on
            self.save()
            touch([stored.contact_id, self.contact_id], on=today)
            record(by, "exchanges.commitment.edited", self)

    def remove(self, *, by: Member, today: date) -> None:
        with transaction.atomic():
            record(by, "exchanges.commitment.deleted", self)
            self.delete()
            touch([self.contact_id], on=today)

    def keep(self, *, by: Member, on: date) -> None:
        self._settle(self.Outcome.KEPT, by=by, on=on)

    def break_(self, *, by: Member, on: date) -> None:
        self._settle(self.Outcome.BROKEN, by=by, on=on)

    def cancel(self, *, by: Member, on: date) -> None:
        self._settle(self.Outcome.CANCELLED, by=by, on=on)

    def _settle(self, outcome: str, *, by: Member, on: date) -> None:
        with transaction.atomic():
            self._move(Q(outcome=""), outcome=outcome, closed_on=on, settled_by=by, settled_at=timezone.now())
            touch([self.contact_id], on=by.workspace.today())
            record(by, f"exchanges.commitment.{outcome}", self)

    def _move(self, still: Q, **columns: Any) -> None:
        """One conditional UPDATE, so that of two people who act at the same time only the first does."""
        if not type(self).objects.filter(still, pk=self.pk).update(**columns, version=models.F("version") + 1):
            raise AlreadySettled if still == Q(outcome="") else StillOpen
        self.refresh_from_db()

    def reopen(self, *, by: Member, on: date) -> None:
        """Undo a settlement."""
        with transaction.atomic():
            self._move(~Q(outcome=""), outcome="", closed_on=None, settled_by=None, settled_at=None)
            touch([self.contact_id], on=by.workspace.today())
            record(by, "exchanges.commitment.reopened", self)

    def notify(self, *, by: Member, on: date) -> None:
        """Note that whoever promised gave warning of a delay, or of giving up."""
        with transaction.atomic():
            self._move(Q(outcome=""), notified_on=on)
            touch([self.contact_id], on=by.workspace.today())
            record(by, "exchanges.commitment.notified", self)

    def postpone(self, to: date, *, by: Member, on: date) -> None:
        """Agree a new date. Agreed up to the due day it replaces the old one; later, lateness runs from the old one."""
        with transaction.atomic():
            now = type(self).objects.select_for_update(no_key=True).get(pk=self.pk)
            self._move(Q(outcome=""), clock_due_on=running_due(now.clock_due_on, to, on), due_on=to)
            DueChange.objects.create(
                workspace=self.workspace, commitment=self, old_due_on=now.due_on, new_due_on=to, by=by, on=on
            )
            touch([self.contact_id], on=by.workspace.today())
            record(by, "exchanges.commitment.postponed", self, to=to.isoformat())


class DueChange(Owned):
    """A due date that was agreed anew: what it was, what it became, who wrote it and when."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="due_changes")
    old_due_on = models.DateField(null=True)
    new_due_on = models.DateField()
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    on = models.DateField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("due date change")
        verbose_name_plural = _("due date changes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.old_due_on} → {self.new_due_on}"
