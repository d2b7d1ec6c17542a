"""A sheet that comes from the catalogue: it takes the facts once, then follows what changes there, fact by fact."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from networks.comparing import Compared, compared
from networks.models import CatalogueEntry, Network, NetworkService
from networks.models.facts import FACTS
from networks.types import settle
from workspaces import keeping
from workspaces.folding import comparable
from workspaces.logbook import record
from workspaces.models import Member
from workspaces.owned import EditedMeanwhile

TITLE_MAX = 200


class NameTaken(Exception):
    """Another sheet of this company has the name that the catalogue now gives."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("You have another sheet called “%(name)s”: leave the name out, or rename that one.") % {"name": name}
        )


@dataclass(frozen=True, kw_only=True)
class Difference(Compared):
    """`values`: mine, what the catalogue said when I last looked, what it says now."""

    @property
    def mine(self) -> str:
        return self.values[0]

    @property
    def was(self) -> str:
        return self.values[1]

    @property
    def now(self) -> str:
        return self.values[2]


def blank_from(entry: CatalogueEntry, network: Network) -> Network:
    """The sheet as it would be taken, not stored yet."""
    for name, value in entry.facts().items():
        setattr(network, name, value)
    network.entry, network.taken = entry, entry.facts()
    return network


def take(network: Network, *, by: Member) -> None:
    settle(network)
    with transaction.atomic():
        keeping.add(network, by=by)
        _offer(network)


def differences(network: Network) -> list[Difference]:
    """What changed in the catalogue since and is not so on the sheet."""
    entry = network.entry
    if entry is None:
        return []
    triples = ((name, getattr(network, name), network.taken.get(name, ""), getattr(entry, name)) for name in FACTS)
    return [
        Difference(name=name, label=told.label, values=told.values)
        for name, mine, was, now in triples
        if now not in (was, mine) and (told := compared(name, mine, was, now))
    ]


def digest(entry: CatalogueEntry) -> str:
    """Of the facts that a page has shown."""
    return hashlib.sha256(json.dumps(entry.facts(), sort_keys=True).encode()).hexdigest()[:16]


def follow(network: Network, chosen: Collection[str], *, seen: str, version: int, by: Member) -> None:
    """The chosen facts come over; the others stay as they are, and are not told again until the catalogue changes."""
    entry = network.entry
    if entry is None or digest(entry) != seen:
        raise EditedMeanwhile
    with transaction.atomic():
        network.take_version(version)
        before = network.type
        for name in chosen:
            setattr(network, name, getattr(entry, name))
        network.taken = entry.facts()
        _check_name(network)
        if network.second_type == network.type:
            network.second_type = ""
        _save(network)
        if "services" in chosen:
            _offer(network)
        record(by, "networks.network.followed" if chosen else "networks.network.left", network)
        if network.type != before:
            record(by, "networks.network.retyped", network, before=before, after=network.type)


def _check_name(network: Network) -> None:
    alike = Network.objects.for_workspace(network.workspace).named(network.name)
    if alike.exclude(pk=network.pk).exists():
        raise NameTaken(network.name)


def _save(network: Network) -> None:
    try:
        with transaction.atomic():
            network.save()
    except IntegrityError as refused:
        if not network.has_rival():
            raise
        raise NameTaken(network.name) from refused


def _offer(network: Network) -> None:
    """Each service that the catalogue names becomes a line of its own, once."""
    known = {comparable(title) for title in network.offers.values_list("title", flat=True)}
    for title in (part[:TITLE_MAX] for part in network.split("services")):
        if comparable(title) not in known:
            known.add(comparable(title))
            NetworkService.objects.create(workspace=network.workspace, network=network, title=title)
