"""Putting people in a network, several at once; making an informal network of them."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import F

from contacts.models import Affiliation, Contact
from networks.models import Network, NetworkType
from networks.types import settle
from workspaces import keeping
from workspaces.logbook import record
from workspaces.models import Member


class ReasonMissing(Exception):
    """Belonging to this network is not written down without a reason."""


def join(
    network: Network,
    contacts: Collection[Contact],
    *,
    by: Member,
    on: date,
    role: str = Affiliation.Role.MEMBER,
    reason: str = "",
) -> int:
    """How many are in it now who were not. Whoever had left is back; whoever is in it already stays as they are."""
    if network.asks_reason and not reason:
        raise ReasonMissing
    with transaction.atomic():
        Network.mark_stale({network.pk})
        known = Affiliation.objects.for_workspace(by.workspace).filter(network=network, contact__in=contacts)
        back = known.filter(until__lt=on).update(until=None, role=role, reason=reason, version=F("version") + 1)
        there = set(known.values_list("contact", flat=True))
        new = [
            Affiliation(workspace=by.workspace, network=network, contact=contact, role=role, reason=reason)
            for contact in contacts
            if contact.pk not in there
        ]
        Affiliation.objects.bulk_create(new, ignore_conflicts=True)
        if joined := back + len(new):
            record(by, "contacts.affiliation.joined", network, people=joined)
    return joined


def gather(name: str, contacts: Collection[Contact], *, by: Member, on: date) -> Network:
    """An informal network of these people, with the rhythm of its type."""
    network = Network(workspace=by.workspace, name=name, type=NetworkType.INFORMAL)
    settle(network)
    with transaction.atomic():
        keeping.add(network, by=by)
        join(network, contacts, by=by, on=on)
    return network


def elsewhere(network: Network, contacts: Collection[int], *, on: date) -> dict[int, list[Network]]:
    """By contact, the other networks in which they are: what makes a bridge of them. One question."""
    rows = Affiliation.objects.filter(workspace=network.workspace_id).open_to_all().current(on)
    others = rows.filter(contact__in=contacts).exclude(network=network).select_related("network")
    found: dict[int, list[Network]] = {pk: [] for pk in contacts}
    for one in others.order_by("network__name", "pk"):
        found[one.contact_id].append(one.network)
    return found
