"""The contacts of the demo, with their firms, tags and ways to reach them: a few statements for all of them."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils import timezone

from contacts import keys
from contacts.models import Contact, ContactPoint, Organisation, Position, Relationship, Tag
from journey.demo import story
from workspaces.models import Member, Workspace

DEMO_SOURCE: Final = "Données de démonstration de NetCRM"
PRIVATE_DOMAIN: Final = "courriel"
HOME_AREA: Final = "02"

People = dict[str, Contact]


def write_people(*, by: Member, today: date) -> People:
    """The contacts come first: `remove_demo` takes away only firms and tags that are not older than they are."""
    workspace = by.workspace
    written = [_contact(workspace, person, number, today) for number, person in enumerate(story.rows("people"))]
    Contact.objects.bulk_create(contact for contact, _points in written)
    ContactPoint.objects.bulk_create(point for _contact, points in written for point in points)
    people = {contact.full_name: contact for contact, _points in written}
    firms = _firms(workspace)
    Position.objects.bulk_create(_positions(people, firms, today))
    tags = _tags(workspace)
    labels = Contact.tags.through
    labels.objects.bulk_create(
        labels(contact_id=people[story.full_name(person)].pk, tag_id=tags[name].pk)
        for person in story.rows("people")
        for name in _tag_names(person)
    )
    _write_relationships(people, by=by)
    return people


def _contact(workspace: Workspace, person: story.Row, number: int, today: date) -> tuple[Contact, list[ContactPoint]]:
    contact = Contact(
        workspace=workspace,
        given_name=person["given"],
        family_name=person["family"],
        notes=person["notes"],
        met_on=story.day(today, person["met"]),
        source=DEMO_SOURCE,
    )
    points = list(_points(contact, person, number))
    contact.derive(person["title"], person["firm"], points, _tag_names(person))
    return contact, points


def _points(contact: Contact, person: story.Row, number: int) -> Iterable[ContactPoint]:
    firm = next((row for row in story.rows("firms") if row["firm"] == person["firm"]), None)
    domain, area = (firm["domain"], firm["area"]) if firm else (PRIVATE_DOMAIN, HOME_AREA)
    ways = {
        "e": (ContactPoint.Kind.EMAIL, "", story.email(person, domain)),
        "m": (ContactPoint.Kind.PHONE, "mobile", story.phone("06", number)),
        "d": (ContactPoint.Kind.PHONE, "bureau", story.phone(area, number)),
    }
    for kind, label, value in (ways[letter] for letter in person["reach"]):
        key = ContactPoint.key_of(kind, value)
        yield ContactPoint(workspace=contact.workspace, contact=contact, kind=kind, label=label, value=value, key=key)


def _tag_names(person: story.Row) -> list[str]:
    return [name.strip() for name in person["tags"].split(",") if name.strip()]


def _firms(workspace: Workspace) -> dict[str, Organisation]:
    """The firms by name; one that the workspace already has under that name serves as it is."""
    known = {firm.name_key: firm for firm in Organisation.objects.for_workspace(workspace)}
    firms = {}
    for row in story.rows("firms"):
        key = keys.firm_key(row["firm"])
        new = Organisation(workspace=workspace, name=row["firm"], name_key=key, sector=row["sector"])
        firms[row["firm"]] = known.get(key, new)
    Organisation.objects.bulk_create(firm for firm in firms.values() if firm.pk is None)
    return firms


def _tags(workspace: Workspace) -> dict[str, Tag]:
    """The tags by name; one that the workspace already has under that name serves as it is."""
    known = {tag.name_key: tag for tag in Tag.objects.for_workspace(workspace)}
    names = sorted({name for person in story.rows("people") for name in _tag_names(person)})
    keyed = {name: Tag.key_of(name) for name in names}
    tags = {name: known.get(key) or Tag(workspace=workspace, name=name, name_key=key) for name, key in keyed.items()}
    Tag.objects.bulk_create(tag for tag in tags.values() if tag.pk is None)
    return tags


def _positions(people: People, firms: dict[str, Organisation], today: date) -> Iterable[Position]:
    for person in story.rows("people"):
        if person["title"] or person["firm"]:
            contact = people[story.full_name(person)]
            yield Position(
                workspace=contact.workspace,
                contact=contact,
                organisation=firms.get(person["firm"]),
                title=person["title"],
            )
    for row in story.rows("positions"):
        contact = people[row["who"]]
        yield Position(
            workspace=contact.workspace,
            contact=contact,
            organisation=firms[row["firm"]],
            title=row["title"],
            started_on=story.day(today, row["started"]),
            ended_on=story.day(today, row["ended"]),
            is_main=False,
        )


def _write_relationships(people: People, *, by: Member) -> None:
    now, said = timezone.now(), {row["who"]: row for row in story.rows("ties")}
    Relationship.objects.bulk_create(
        Relationship(
            workspace=by.workspace,
            contact=people[story.full_name(person)],
            closeness=int(said.get(story.full_name(person), {}).get("closeness") or 0) or None,
            circle=said.get(story.full_name(person), {}).get("circle", ""),
            stale_since=now,
            uncounted_at=now if person["uncounted"] else None,
            uncounted_by=by if person["uncounted"] else None,
        )
        for person in story.rows("people")
    )
