"""Who may know each other since somebody introduced them, as the ledger tells."""

from datetime import date
from itertools import chain
from typing import Final

from django.db.models import Q

from contacts.models import Acquaintance, Contact
from exchanges.models import Exchange

PROPOSED_MAX: Final = 2
READ_MAX: Final = 50


def introduced(contact: Contact, *, today: date) -> list[Contact]:
    """Whom an introduction, the latest first, has brought together with this contact, unless that is noted already."""
    lines = Exchange.objects.for_workspace(contact.workspace).filter(kind=Exchange.Kind.INTRODUCTION, on__lte=today)
    named = lines.filter(contact=contact, partners__isnull=False, partners__deleted_at=None)
    to = named.values_list("on", "partners")
    by = lines.filter(partners=contact).with_present().values_list("on", "contact")
    pairs = [*to.order_by("-on", "-pk")[:READ_MAX], *by.order_by("-on", "-pk")[:READ_MAX]]
    latest = dict.fromkeys(pk for _on, pk in sorted(pairs, key=lambda pair: pair[0], reverse=True))
    ties = Acquaintance.objects.for_workspace(contact.workspace).of(contact)
    noted = ties.filter(Q(one__in=latest) | Q(other__in=latest)).values_list("one", "other")
    known = {contact.pk, *chain.from_iterable(noted)}
    chosen = [pk for pk in latest if pk not in known][:PROPOSED_MAX]
    people = Contact.objects.for_workspace(contact.workspace).in_bulk(chosen)
    return [people[pk] for pk in chosen if pk in people]
