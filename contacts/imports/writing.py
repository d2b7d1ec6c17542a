"""Stores what a chunk of lines adds, with as many queries for one line as for a thousand."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from contacts import keys
from contacts.imports.admit import Outcome
from contacts.imports.matching import DETAILS, EMAIL, NAMES, PHONE, Person
from contacts.imports.merging import Merge
from contacts.models import Contact, ContactPoint, ImportLine, Organisation, Position, Relationship, Tag
from contacts.models.contact import derive_all
from workspaces.models import Workspace

DERIVED: Final = ("name_key", "sort_key", "headline", "search", "version", "updated")


def write(outcomes: Sequence[Outcome], *, workspace: Workspace, source: str) -> None:
    """Inside the caller's transaction. A contact's version grows with each line, so that undoing sees later edits."""
    merges: dict[Person, Merge] = {}
    lines: Counter[Person] = Counter()
    for one in outcomes:
        if one.person and one.merge is not None and one.verdict != ImportLine.Verdict.SKIP:
            before = merges.get(one.person)
            merges[one.person] = before.then(one.merge) if before else one.merge
            lines[one.person] += 1
    contacts = {person: person.contact or _new_contact(person, workspace) for person in merges}
    given = Writer(workspace=workspace, merges=merges, contacts=contacts, lines=lines, source=source).write()
    for one in outcomes:
        if one.merge:
            one.sectors = {firm: sector for firm, sector in one.merge.sectors.items() if given.get(firm) == sector}


def _new_contact(person: Person, workspace: Workspace) -> Contact:
    return Contact(workspace=workspace, given_name=person.given_name, family_name=person.family_name)


@dataclass(frozen=True, kw_only=True)
class Writer:
    workspace: Workspace
    merges: dict[Person, Merge]
    contacts: dict[Person, Contact]
    lines: Counter[Person]
    source: str

    def write(self) -> dict[str, str]:
        """The sectors that were given to firms that stood without one, by the key of the firm."""
        named = {keys.firm_key(merge.firm): merge.firm for merge in reversed(self.merges.values()) if merge.firm}
        given = self._give_sectors()
        firms, tags = self._firms(named), self._tags()
        points = self._points()
        new = {person: merge for person, merge in self.merges.items() if person.pk is None}
        for person, merge in new.items():
            self._fill(self.contacts[person], merge)
            self._derive(person, merge, points[person], firms, tags)
        self._create([self.contacts[person] for person in new])
        ContactPoint.objects.bulk_create([point for some in points.values() for point in some])
        self._write_positions(firms)
        self._tie(tags)
        self._complete({person: merge for person, merge in self.merges.items() if person not in new})
        for person in new:
            person.contact = self.contacts[person]
            person.pk = person.contact.pk
        return given

    def _create(self, contacts: list[Contact]) -> None:
        Contact.objects.bulk_create(contacts)
        Relationship.objects.bulk_create(Relationship(workspace=self.workspace, contact=one) for one in contacts)

    def _tie(self, tags: dict[str, Tag]) -> None:
        link = Contact.tags.through
        links = [
            link(contact=self.contacts[person], tag=tags[key])
            for person, merge in self.merges.items()
            for key in dict.fromkeys(map(Tag.key_of, merge.tags))
        ]
        link.objects.bulk_create(links, ignore_conflicts=True)

    def _give_sectors(self) -> dict[str, str]:
        sectors = {key: sector for merge in reversed(self.merges.values()) for key, sector in merge.sectors.items()}
        blank = list(Organisation.objects.for_workspace(self.workspace).filter(name_key__in=sectors, sector=""))
        for firm in blank:
            firm.sector = sectors[firm.name_key]
        Organisation.objects.bulk_update(blank, ["sector"])
        return {firm.name_key: firm.sector for firm in blank}

    def _firms(self, named: dict[str, str]) -> dict[str, Organisation]:
        """Every firm that is named, by key; those that nobody wrote before are made."""
        sectors = {key: sector for merge in self.merges.values() for key, sector in merge.sectors.items()}
        stored = Organisation.objects.for_workspace(self.workspace).filter(name_key__in=named)
        known = set(stored.values_list("name_key", flat=True))
        missing = [
            Organisation(workspace=self.workspace, name=name, name_key=key, sector=sectors.get(key, ""))
            for key, name in named.items()
            if key not in known
        ]
        Organisation.objects.bulk_create(missing, ignore_conflicts=True)
        return {firm.name_key: firm for firm in stored.all()}

    def _tags(self) -> dict[str, Tag]:
        named = {Tag.key_of(name): name for merge in self.merges.values() for name in merge.tags}
        stored = Tag.objects.for_workspace(self.workspace).filter(name_key__in=named)
        known = set(stored.values_list("name_key", flat=True))
        missing = [Tag(workspace=self.workspace, name=named[key], name_key=key) for key in named if key not in known]
        Tag.objects.bulk_create(missing, ignore_conflicts=True)
        return {tag.name_key: tag for tag in stored.all()}

    def _fill(self, contact: Contact, merge: Merge) -> None:
        for name, value in merge.details.items():
            setattr(contact, name, date.fromisoformat(value) if name == "met_on" else value)
        if contact.pk is None:
            contact.source = self.source[:200]

    def _derive(
        self,
        person: Person,
        merge: Merge,
        points: list[ContactPoint],
        firms: dict[str, Organisation],
        tags: dict[str, Tag],
    ) -> None:
        """For a contact that has nothing but this."""
        contact = self.contacts[person]
        contact.version = self.lines[person]
        firm = firms[keys.firm_key(merge.firm)].name if merge.firm else ""
        contact.derive(merge.title, firm, points, (tags[Tag.key_of(name)].name for name in merge.tags))

    def _points(self) -> dict[Person, list[ContactPoint]]:
        return {person: self._points_of(person, merge) for person, merge in self.merges.items()}

    def _points_of(self, person: Person, merge: Merge) -> list[ContactPoint]:
        """The same address twice is one."""
        made: dict[tuple[str, str], ContactPoint] = {}
        for kind, reaches in ((EMAIL, merge.emails), (PHONE, merge.phones)):
            for label, value in reaches:
                key = ContactPoint.key_of(kind, value)
                point = ContactPoint(workspace=self.workspace, kind=kind, value=value, key=key, label=label[:40])
                point.contact = self.contacts[person]
                made.setdefault((kind, key), point)
        return list(made.values())

    def _write_positions(self, firms: dict[str, Organisation]) -> None:
        new: list[Position] = []
        changed: list[Position] = []
        for person, merge in self.merges.items():
            if not (merge.firm or merge.title):
                continue
            stored = person.position
            position = stored or Position(workspace=self.workspace, contact=self.contacts[person])
            position.organisation = firms[keys.firm_key(merge.firm)] if merge.firm else position.organisation
            position.title = position.title or merge.title
            (changed if stored else new).append(position)
        Position.objects.bulk_create(new)
        Position.objects.bulk_update(changed, ["organisation", "title"])

    def _complete(self, old: dict[Person, Merge]) -> None:
        """Contacts that were there: their blanks, then what search and lists read, from all that is stored now."""
        contacts = {self.contacts[person].pk: self.contacts[person] for person in old}
        for person, merge in old.items():
            self._fill(self.contacts[person], merge)
            self.contacts[person].version += self.lines[person]
        derive_all(contacts.values())
        save_all(contacts.values())


def save_all(contacts: Iterable[Contact]) -> None:
    """One statement, where bulk_update would write a CASE for each column; the rows are held, so all conflict."""
    written = [*NAMES, *DETAILS, *DERIVED]
    Contact.objects.bulk_create(contacts, update_conflicts=True, unique_fields=["pk"], update_fields=written)
