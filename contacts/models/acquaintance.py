"""Acquaintance (se connaissent): two contacts of ours who know each other, and how."""

from typing import Any, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contacts.models.contact import Contact
from workspaces.models import Workspace
from workspaces.owned import Owned, OwnedQuerySet


class AcquaintanceQuerySet(OwnedQuerySet):
    def with_present(self) -> Self:
        """Leave out those of contacts in the bin."""
        return self.filter(one__deleted_at=None, other__deleted_at=None)

    def of(self, contact: Contact) -> Self:
        return self.filter(Q(one=contact) | Q(other=contact))


class Acquaintance(Owned):
    """One row for two people, whoever was looked at: `one` has the smaller number; `kind` is what it is to `other`."""

    class Kind(models.TextChoices):
        KNOWS = "knows", _("Knows")
        COLLEAGUE = "colleague", _("Works with")
        WORKED_WITH = "worked_with", _("Worked with")
        FRIEND = "friend", _("Friend of")
        FAMILY = "family", _("Family of")
        CLIENT = "client", _("Client of")
        SUPPLIER = "supplier", _("Supplier of")
        MANAGER = "manager", _("Manager of")
        REPORT = "report", _("Reports to")

    # The constraint below is an index of `one`; one of the whole company would only lead SQLite through all of them.
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+", db_index=False)
    one = models.ForeignKey(Contact, models.CASCADE, related_name="acquaintances_as_one", db_index=False)
    other = models.ForeignKey(Contact, models.CASCADE, related_name="acquaintances_as_other")
    kind = models.CharField(_("how they know each other"), max_length=11, choices=Kind, default=Kind.KNOWS)
    note = models.CharField(_("in one line"), max_length=200, blank=True)

    objects = AcquaintanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("acquaintance")
        verbose_name_plural = _("acquaintances")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="acquaintance_once"),
            models.CheckConstraint(name="acquaintance_in_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        """The logbook quotes it: one name and not both, so that erasing a person finds theirs."""
        return str(self.one)

    def get_absolute_url(self) -> str:
        return self.one.get_absolute_url()

    def save(self, **kwargs: Any) -> None:
        self.put_in_order()
        super().save(**kwargs)

    def put_in_order(self) -> None:
        if self.one_id > self.other_id:
            self._turn()

    def seen_from(self, contact: Contact) -> Self:
        """The same, with this contact first; `save` puts it in order again."""
        if self.other_id == contact.pk:
            self._turn()
        return self

    def _turn(self) -> None:
        self.one, self.other = self.other, self.one
        self.kind = INVERSE.get(self.kind, self.kind)


_KINDS = Acquaintance.Kind
INVERSE: Final[dict[str, str]] = {
    _KINDS.CLIENT: _KINDS.SUPPLIER,
    _KINDS.SUPPLIER: _KINDS.CLIENT,
    _KINDS.MANAGER: _KINDS.REPORT,
    _KINDS.REPORT: _KINDS.MANAGER,
}
