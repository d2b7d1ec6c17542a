"""Exchange (échange donné / reçu): something of value that passed between us and a contact."""

import uuid
from datetime import date
from typing import Any, Final, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from exchanges.decay import effective_on
from exchanges.models.ledger import LedgerQuerySet, touch
from networks.models import ExchangeKind, Network
from strategy.models import Need
from workspaces.logbook import record
from workspaces.models import Member
from workspaces.owned import Owned

# What the two rows of a mutual exchange always have in common.
SHARED: Final = (
    *("contact", "kind", "on", "weight", "amount", "minutes", "solidarity", "summary", "request", "outcome"),
    *("network", "need"),
)


class Exchange(Owned):
    """`effective_on` is fixed when the date is written (docs/scoring.md); a planned exchange weighs nothing before it.

    A mutual exchange (« les deux ») is two rows, each other's `twin`, each with half a `share`.
    """

    class Direction(models.TextChoices):
        GIVEN = "given", _("Given")
        RECEIVED = "received", _("Received")

    Kind = ExchangeKind

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="exchanges")
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    on = models.DateField(_("date"))
    effective_on = models.DateField(editable=False)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    amount = models.DecimalField(
        _("amount"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True, validators=[MaxValueValidator(10_080)])
    solidarity = models.BooleanField(_("out of solidarity, no return expected"), default=False)
    share = models.FloatField(default=1.0, editable=False)
    twin = models.OneToOneField("self", models.SET_NULL, null=True, editable=False, related_name="+")
    summary = models.CharField(_("in one line"), max_length=500, blank=True)
    request = models.ForeignKey(
        "exchanges.Request",
        models.SET_NULL,
        verbose_name=_("request that it answers"),
        null=True,
        blank=True,
        related_name="exchanges",
    )
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    partners = models.ManyToManyField(Contact, verbose_name=_("with whom"), blank=True, related_name="joint_exchanges")
    network = models.ForeignKey(
        Network,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="exchanges",
        verbose_name=_("through which network"),
    )
    need = models.ForeignKey(
        Need,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="exchanges",
        verbose_name=_("for which need"),
    )
    nonce = models.UUIDField(null=True, editable=False)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        indexes = [
            models.Index(fields=["need"], name="exchange_need", condition=models.Q(need__isnull=False)),
            models.Index(fields=["network"], name="exchange_network", condition=models.Q(network__isnull=False)),
            models.Index(fields=["contact", "-on"], name="exchange_latest"),
            models.Index(fields=["workspace", "-on", "-id"], name="exchange_ledger"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "nonce"], name="exchange_nonce"),
            models.CheckConstraint(name="exchange_weight", condition=models.Q(weight__gte=1, weight__lte=5)),
            models.CheckConstraint(name="exchange_amount", condition=models.Q(amount=None) | models.Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return str(self.contact)

    def validate_constraints(self, exclude: Any = None) -> None:
        """The fields of the form say the same in words of their own; to ask the database beforehand costs two queries
        a save, and it holds its constraints anyway."""

    def get_absolute_url(self) -> str:
        return reverse("exchanges:exchange_edit", args=[self.pk])

    @classmethod
    def record(
        cls, *, by: Member, today: date, both: bool = False, nonce: uuid.UUID | None = None, **fields: Any
    ) -> Self:
        """Note what passed; `both` makes the second row, the other way, and halves the two."""
        partners = fields.pop("partners", ())
        fields |= {"workspace": by.workspace, "effective_on": effective_on(fields["on"], today)}
        with transaction.atomic():
            if known := cls.objects.already(by, nonce):
                return known
            line = cls.objects.create(nonce=nonce, share=0.5 if both else 1.0, **fields)
            if both:
                other = fields | {"direction": line.opposite, "twin": line, "share": 0.5}
                line.twin = cls.objects.create(**other)
                line.save(update_fields=["twin"])
            if partners:
                line.partners.set(partners)
            touch([line.contact_id], on=today, networks=[line.network_id])
            record(by, "exchanges.exchange.recorded", line)
        return line

    @property
    def opposite(self) -> str:
        given = self.direction == self.Direction.GIVEN
        return self.Direction.RECEIVED if given else self.Direction.GIVEN

    def correct(self, *, by: Member, today: date, version: int, both: bool | None = None, **fields: Any) -> None:
        """Change the line, and what its twin has in common with it; `both` makes or unmakes the other way."""
        partners = fields.pop("partners", None)
        with transaction.atomic():
            self.take_version(version)
            before, network, day = type(self).objects.values_list("contact", "network", "on").get(pk=self.pk)
            for name, value in fields.items():
                setattr(self, name, value)
            if self.on != day:
                self.effective_on = effective_on(self.on, today)
            if both is not None:
                self._pair(both)
            self.save()
            if partners is not None:
                self.partners.set(partners)
            if self.twin_id:
                common = {name: getattr(self, name) for name in SHARED} | {"effective_on": self.effective_on}
                type(self).objects.filter(pk=self.twin_id).update(direction=self.opposite, **common)
            touch([before, self.contact_id], on=today, networks=[network, self.network_id])
            record(by, "exchanges.exchange.edited", self)

    def _pair(self, both: bool) -> None:
        if both == bool(self.twin_id):
            return
        self.share = 0.5 if both else 1.0
        if both:
            common = {name: getattr(self, name) for name in SHARED} | {"effective_on": self.effective_on}
            other = common | {"workspace_id": self.workspace_id, "direction": self.opposite, "share": 0.5}
            self.twin = type(self).objects.create(twin=self, **other)
        else:
            type(self).objects.filter(twin=self).delete()
            self.twin = None

    def remove(self, *, by: Member, today: date) -> None:
        """Delete the line, with its twin."""
        with transaction.atomic():
            record(by, "exchanges.exchange.deleted", self)
            type(self).objects.filter(pk__in=[self.pk, self.twin_id or self.pk]).delete()
            touch([self.contact_id], on=today, networks=[self.network_id])
