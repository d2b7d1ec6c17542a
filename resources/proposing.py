"""What somebody gave once, they may bring again: resources proposed from exchanges, and one written for several."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from contacts.models import Contact
from exchanges.models import Exchange
from networks.models.facts import ExchangeKind
from resources.models import Resource
from strategy.models import Need
from workspaces import keeping
from workspaces.folding import comparable
from workspaces.models import Member

PROPOSED_MAX: Final = 1
READ_MAX: Final = 30
SINCE: Final = timedelta(days=730)
# What is given of these kinds shows something that can be given again.
BECOMES: Final[Mapping[str, str]] = {
    ExchangeKind.INTRODUCTION: Need.Resource.CONTACT,
    ExchangeKind.RECOMMENDATION: Need.Resource.CONTACT,
    ExchangeKind.INFORMATION: Need.Resource.INFORMATION,
    ExchangeKind.EXPERTISE: Need.Resource.EXPERTISE,
    ExchangeKind.KNOWLEDGE: Need.Resource.EXPERTISE,
    ExchangeKind.HELP: Need.Resource.WORKFORCE,
    ExchangeKind.LOAN: Need.Resource.PREMISES,
}


def proposed(contact: Contact, known: Iterable[Resource], *, today: date) -> list[Exchange]:
    """What they gave within two years, the latest first, as far as no resource of theirs came from the same."""
    lines = Exchange.objects.for_workspace(contact.workspace).filter(
        contact=contact, direction=Exchange.Direction.RECEIVED, kind__in=BECOMES, on__gt=today - SINCE
    )
    seen = {comparable(one.words) for one in known}
    found = []
    for line in lines.exclude(summary="").order_by("-on", "-pk")[:READ_MAX]:
        key = comparable(line.summary[:200])
        if key not in seen:
            found.append(line)
            seen.add(key)
    return found[:PROPOSED_MAX]


def spread(people: Iterable[Contact], words: str, kind: str, *, by: Member, on: date) -> int:
    """Write it for each of them who does not have it yet; how many that makes."""
    written, chosen = 0, list(people)
    known = Resource.objects.for_workspace(by.workspace).filter(contact__in=chosen, kind=kind)
    have = {contact for contact, told in known.values_list("contact", "words") if comparable(told) == comparable(words)}
    with transaction.atomic():
        for contact in chosen:
            row = Resource(workspace=by.workspace, contact=contact, kind=kind, words=words, verified_on=on)
            if contact.pk not in have:
                with suppress(keeping.AlreadyKept):  # in another tab, meanwhile
                    keeping.add(row, by=by)
                    written += 1
    return written
