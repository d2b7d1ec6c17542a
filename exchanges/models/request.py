"""Request (demande): what we asked a contact or the network, or were asked; with its answers."""

import uuid
from datetime import date
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from exchanges.models.ledger import LedgerQuerySet, Side, touch
from networks.models import Network, Trial
from strategy.models import Need
from workspaces.logbook import record
from workspaces.models import Member
from workspaces.owned import Owned, OwnedQuerySet


class AlreadyClosed(Exception):
    """The request was closed before this act."""

    def __init__(self) -> None:
        super().__init__(_("This request is already closed."))


class StillAsked(Exception):
    """The request was opened again before this act."""

    def __init__(self) -> None:
        super().__init__(_("This request is open already."))


class RequestQuerySet(LedgerQuerySet):
    def asked_by_us(self) -> Self:
        return self.filter(asked_by=Side.US)

    def asked_of_us(self) -> Self:
        return self.filter(asked_by=Side.THEM)

    def open(self) -> Self:
        return self.filter(closed_on=None)

    def unanswered(self) -> Self:
        return self.filter(replies=None)


class Request(Owned):
    """`contact` is whom we asked or who asked us; a request to nobody in particular has none."""

    class Outcome(models.TextChoices):
        SOLVED = "solved", _("Solved")
        PARTLY = "partly", _("Partly solved")
        UNSOLVED = "unsolved", _("Not solved")

    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="requests")
    asked_by = models.CharField(_("who asks"), max_length=4, choices=Side)
    summary = models.CharField(_("what"), max_length=300)
    critical = models.BooleanField(_("critical"), default=False)
    asked_on = models.DateField(_("asked on"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    network = models.ForeignKey(
        Network,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="requests",
        verbose_name=_("through which network"),
    )
    need = models.ForeignKey(
        Need,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="requests",
        verbose_name=_("for which need"),
    )
    trial = models.ForeignKey(Trial, models.SET_NULL, null=True, editable=False, related_name="requests")
    nonce = models.UUIDField(null=True, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        indexes = [
            models.Index(fields=["need"], name="request_need", condition=models.Q(need__isnull=False)),
            models.Index(fields=["network"], name="request_network", condition=models.Q(network__isnull=False)),
            models.Index(fields=["contact", "-asked_on"], name="request_latest"),
            models.Index(fields=["workspace", "asked_by"], condition=Q(closed_on=None), name="request_open"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "nonce"], name="request_nonce"),
            models.CheckConstraint(
                name="request_of_us_has_contact", condition=Q(asked_by=Side.US) | Q(contact__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact) if self.contact else self.summary

    def get_absolute_url(self) -> str:
        return reverse("exchanges:request_edit", args=[self.pk])

    @classmethod
    def record(cls, *, by: Member, today: date, nonce: uuid.UUID | None = None, **fields: Any) -> Self:
        with transaction.atomic():
            if known := cls.objects.already(by, nonce):
                return known
            line = cls(workspace=by.workspace, nonce=nonce, **fields)
            line.save()
            touch([line.contact_id], on=today, networks=[line.network_id])
            record(by, "exchanges.request.recorded", line)
        return line

    def correct(self, *, by: Member, today: date, version: int, **fields: Any) -> None:
        with transaction.atomic():
            self.take_version(version)
            before, network = type(self).objects.values_list("contact", "network").get(pk=self.pk)
            for name, value in fields.items():
                setattr(self, name, value)
            self.save()
            touch([before, self.contact_id], on=today, networks=[network, self.network_id])
            record(by, "exchanges.request.edited", self)

    def remove(self, *, by: Member, today: date) -> None:
        with transaction.atomic():
            record(by, "exchanges.request.deleted", self)
            self.delete()
            touch([self.contact_id], on=today, networks=[self.network_id])

    def answer(
        self, *, by: Member, on: date, positive: bool | None, responder: Contact | None = None, summary: str = ""
    ) -> "Reply":
        """Note an answer, ours (no `responder`) or a contact's: one row per responder, with the latest word and the
        earliest day, which réactivité reads."""
        said = {"positive": positive, "summary": summary}
        with transaction.atomic():
            reply, created = Reply.objects.update_or_create(
                request=self,
                contact=responder,
                defaults=said | {"version": models.F("version") + 1},
                create_defaults=said | {"workspace": self.workspace, "on": on},
            )
            if not created:
                Reply.objects.filter(pk=reply.pk, on__gt=on).update(on=on)
                reply.refresh_from_db()
            people = [self.contact_id, responder.pk if responder else None]
            touch(people, on=by.workspace.today(), networks=[self.network_id])
            record(by, "exchanges.request.answered", self)
        return reply

    def close(self, outcome: str, *, by: Member, on: date) -> None:
        with transaction.atomic():
            asked = type(self).objects.filter(pk=self.pk).open()
            if not asked.update(outcome=outcome, closed_on=on, version=models.F("version") + 1):
                raise AlreadyClosed
            self.refresh_from_db()
            touch([self.contact_id], on=by.workspace.today(), networks=[self.network_id])
            record(by, "exchanges.request.closed", self, outcome=outcome)

    def reopen(self, *, by: Member, on: date) -> None:
        with transaction.atomic():
            asked = type(self).objects.filter(pk=self.pk, closed_on__isnull=False)
            if not asked.update(outcome="", closed_on=None, version=models.F("version") + 1):
                raise StillAsked
            self.refresh_from_db()
            touch([self.contact_id], on=by.workspace.today(), networks=[self.network_id])
            record(by, "exchanges.request.reopened", self)


class Reply(Owned):
    """One responder's answer to a request; `contact` is None when the answer is ours. Réactivité reads the first."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="replies")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="replies")
    on = models.DateField(_("answered on"))
    positive = models.BooleanField(_("yes or no"), null=True, blank=True)
    summary = models.CharField(_("answer"), max_length=300, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "contact"], name="reply_once"),
            models.UniqueConstraint(fields=["request"], condition=Q(contact=None), name="reply_of_ours_once"),
        ]

    def __str__(self) -> str:
        return str(self.contact or self.workspace)

    def correct(self, *, by: Member, today: date, version: int, **fields: Any) -> None:
        with transaction.atomic():
            self.take_version(version)
            for name, value in fields.items():
                setattr(self, name, value)
            self.save(update_fields=[*fields, "updated"])
            touch([self.request.contact_id, self.contact_id], on=today, networks=[self.request.network_id])
            record(by, "exchanges.reply.edited", self)

    def remove(self, *, by: Member, today: date) -> None:
        with transaction.atomic():
            record(by, "exchanges.reply.deleted", self)
            self.delete()
            touch([self.request.contact_id, self.contact_id], on=today, networks=[self.request.network_id])
