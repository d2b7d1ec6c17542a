"""Who may know each other since somebody introduced them, as the ledger tells."""

from collections.abc import Collection
from datetime import date
from typing import Final

from contacts.models import Contact
from exchanges.models import Exchange

PROPOSED_MAX: Final = 2
READ_MAX: Final = 50


def introduced(contact: Contact, known: Collection[int], *, today: date) -> list[Contact]:
    """Whom an introduction, the latest first, has brought together with this contact, and who is not among `known`."""
    lines = Exchange.objects.for_workspace(contact.workspace).filter(kind=Exchange.Kind.INTRODUCTION, on__lte=today)
    to = lines.filter(contact=contact, partners__deleted_at=None).values_list("on", "partners")
    by = lines.filter(partners=contact).with_present().values_list("on", "contact")
    pairs = [*to.order_by("-on", "-pk")[:READ_MAX], *by.order_by("-on", "-pk")[:READ_MAX]]
    latest = dict.fromkeys(pk for _on, pk in sorted(pairs, key=lambda pair: pair[0], reverse=True) if pk)
    chosen = [pk for pk in latest if pk not in known and pk != contact.pk][:PROPOSED_MAX]
    people = Contact.objects.for_workspace(contact.workspace).present().in_bulk(chosen)
    return [people[pk] for pk in chosen if pk in people]
