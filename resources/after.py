"""« Et après ? »: once a need is answered, everybody who had a part in it, and what is still owed to them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from contacts.models import Contact
from exchanges.models import Exchange, Reply, Request, Side
from resources.models import Resource, Use
from strategy.models import Need


class Part(StrEnum):
    GAVE = "gave"
    INTRODUCED = "introduced"
    JOINED = "joined"  # gave it together with somebody else
    ANSWERED = "answered"
    ASKED = "asked"
    CALLED_UPON = "called_upon"


@dataclass(kw_only=True)
class Link:
    """One person of the chain: their parts in it, and what they can bring that was not rated for this need yet."""

    contact: Contact
    parts: list[Part] = field(default_factory=list)
    unrated: list[Resource] = field(default_factory=list)

    @property
    def gave(self) -> bool:
        return not {Part.GAVE, Part.INTRODUCED, Part.JOINED}.isdisjoint(self.parts)


def chain(need: Need, *, today: date) -> list[Link]:
    """Whoever gave first, then whoever answered, then whoever was only asked. Six queries."""
    links: dict[int, Link] = {}
    for contact, part in _parts(need, today):
        link = links.setdefault(contact.pk, Link(contact=contact))
        if part not in link.parts:
            link.parts.append(part)
    rated = Use.objects.for_workspace(need.workspace).filter(need=need).values("resource")
    theirs = Resource.objects.for_workspace(need.workspace).filter(contact__in=links, kind=need.resource)
    for resource in theirs.exclude(pk__in=rated).order_by("pk"):
        links[resource.contact_id].unrated.append(resource)
    return sorted(links.values(), key=lambda link: min(list(Part).index(part) for part in link.parts))


def _parts(need: Need, today: date) -> Iterator[tuple[Contact, Part]]:
    present = {"contact__deleted_at": None}
    received = Exchange.objects.for_workspace(need.workspace).filter(
        need=need, direction=Exchange.Direction.RECEIVED, on__lte=today, **present
    )
    for line in received.select_related("contact").prefetch_related("partners").order_by("on", "pk"):
        yield line.contact, Part.INTRODUCED if line.kind == Exchange.Kind.INTRODUCTION else Part.GAVE
        for partner in line.partners.all():
            if partner.deleted_at is None:
                yield partner, Part.JOINED
    asked = Request.objects.for_workspace(need.workspace).filter(need=need, asked_by=Side.US)
    for reply in (
        Reply.objects.for_workspace(need.workspace).filter(request__in=asked, **present).select_related("contact")
    ):
        if reply.contact:
            yield reply.contact, Part.ANSWERED
    for request in asked.filter(**present).select_related("contact").order_by("pk"):
        if request.contact:
            yield request.contact, Part.ASKED
    uses = Use.objects.for_workspace(need.workspace).filter(need=need, resource__contact__deleted_at=None)
    for use in uses.select_related("resource__contact").order_by("pk"):
        if use.resource.contact:
            yield use.resource.contact, Part.CALLED_UPON
