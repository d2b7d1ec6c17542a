"""What the four kinds of the ledger have in common, as plain functions and one QuerySet."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, Max, OuterRef, Subquery, When
from django.db.models.functions import Coalesce, Greatest, NullIf
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Affiliation, Relationship
from contacts.models.relationship import NEVER
from networks.models import Network
from workspaces.models import Member
from workspaces.owned import OwnedQuerySet


class Side(models.TextChoices):
    """Who acts in a line of the ledger: our firm, or the contact."""

    US = "us", _("Us")
    THEM = "them", _("Them")


class LedgerQuerySet(OwnedQuerySet):
    def with_present(self) -> Self:
        """Leave out the lines whose contact is in the bin."""
        return self.filter(contact__deleted_at=None)

    def already(self, by: Member, nonce: uuid.UUID | None) -> Any:
        """The line that the same form made when it was sent a first time, if it was."""
        return self.for_workspace(by.workspace).filter(nonce=nonce).first() if nonce else None


def touch(contact_pks: Iterable[int | None], *, on: date, networks: Iterable[int | None] = ()) -> None:
    """Say that the ledger of these contacts changed: their last contact is looked up again, their scores are stale, and
    so are the figures of the networks to which they belong and of `networks`, which the lines name.

    Inside the caller's transaction. Interactions and exchanges up to `on`, which is today whatever the date of the act,
    count as contacts; a planned one does not yet. One later than all before ends a snooze.
    """
    from exchanges.models.exchange import Exchange
    from exchanges.models.interaction import Interaction

    def latest(model: type[models.Model]) -> Any:
        lines = model._default_manager.filter(contact=OuterRef("contact"), on__lte=on).order_by()
        newest = lines.values("contact").annotate(newest=Max("on")).values("newest")
        return Coalesce(Subquery(newest, output_field=models.DateField()), NEVER)

    known = {pk for pk in contact_pks if pk}
    touched = Relationship.objects.filter(contact__in=known)
    if len(known) > 1:
        touched.lock()
    Network.mark_stale(
        {pk for pk in networks if pk}
        | set(Affiliation.objects.filter(contact__in=known).values_list("network", flat=True))
    )
    newest = Greatest(latest(Interaction), latest(Exchange))
    since = When(condition=GreaterThan(newest, Coalesce("last_contact_on", NEVER)), then=None)
    touched.update(
        last_contact_on=NullIf(newest, NEVER, output_field=models.DateField()),
        snoozed_until=Case(since, default="snoozed_until"),
        stale_since=timezone.now(),
    )
