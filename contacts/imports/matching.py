"""Who of the address book a draft is: the rule of « the same person », over a chunk of drafts at once.

The same e-mail; else the same phone and the same name; else, when one side has no e-mail, the same name and the same
firm, or both without a firm. Several: nobody is chosen. When nobody is found, a line that an earlier import of the
same file has read is whom it was then, though they have got a firm or the rest of their name since.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q, QuerySet

from contacts import keys
from contacts.imports.draft import Draft, Entry
from contacts.models import Contact, ContactPoint, Import, ImportLine, Organisation, Position
from workspaces.models import Workspace

EMAIL, PHONE = ContactPoint.Kind.EMAIL, ContactPoint.Kind.PHONE
NAMES: Final = ("given_name", "family_name")
DETAILS: Final = ("birthday", "website", "address", "notes", "met_on")


@dataclass(kw_only=True, eq=False, slots=True)
class Person:
    """What matching and merging need of one contact, stored or about to be. Small: a preview keeps a whole file's."""

    given_name: str
    family_name: str
    name_key: str
    pk: int | None = None
    in_bin: bool = False
    contact: Contact | None = None  # to write to: absent for the new, and once a preview is past its chunk
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    position: Position | None = None
    title: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    taught: bool = False  # a line of the file added something

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, kw_only=True)
class Signs:
    """The keys by which one draft may be known."""

    name: str
    emails: frozenset[str]
    phones: frozenset[str]
    firm: str
    looks: str = ""  # the name that a reader takes it for, when letters of another alphabet hide in it

    @classmethod
    def of(cls, draft: Draft) -> "Signs":
        phones = (keys.phone_key(number) for _label, number in draft.phones)
        name, looks = keys.name_key(draft.full_name)[:250], keys.lookalike_key(draft.full_name)[:250]
        return cls(
            name=name,
            looks=looks if looks != name else "",
            emails=frozenset(keys.email_key(address) for _label, address in draft.emails),
            phones=frozenset(key for key in phones if key.startswith("+")),
            firm=keys.firm_key(draft.organisation) if draft.organisation else "",
        )


class Directory:
    """The people a chunk of drafts may be, by their keys. `add` makes those of the file itself known to later lines."""

    def __init__(self, digest: str) -> None:
        self.digest = digest  # of the file
        self.sectors: dict[str, str] = {}  # of the firms that are stored, or named by an earlier line
        self.remembered: dict[int, int | None] = {}  # by line
        self._met: dict[int, Person] = {}
        self._by_email: dict[str, list[Person]] = defaultdict(list)
        self._by_name: dict[str, list[Person]] = defaultdict(list)

    def meet(self, stored: Iterable[Person]) -> None:
        """Those that are known already keep what earlier lines taught about them."""
        for person in stored:
            if person.pk is not None and person.pk not in self._met:
                self._met[person.pk] = person
                self.add(person)

    def add(self, person: Person) -> None:
        for email in person.emails:
            self._by_email[email].append(person)
        self._by_name[person.name_key].append(person)

    def forget(self) -> None:
        """Let go of what a later chunk would find stored all the same, so that a long preview stays small."""
        for pk, person in list(self._met.items()):
            person.contact = person.position = None
            if not person.taught:
                del self._met[pk]
                _take_away(self._by_name, person.name_key, person)
                for email in person.emails:
                    _take_away(self._by_email, email, person)

    def rename(self, person: Person) -> None:
        """A line completed this person's name: later lines know them by the whole of it."""
        key = keys.name_key(person.full_name)[:250]
        if key != person.name_key:
            _take_away(self._by_name, person.name_key, person)
            self._by_name[key].append(person)
            person.name_key = key

    def learn_emails(self, person: Person, emails: Iterable[str]) -> None:
        """A line gave this person their first addresses: later lines may be known by them."""
        for email in dict.fromkeys(emails):
            self._by_email[email].append(person)
            person.emails += (email,)

    def find(self, signs: Signs, line: int = 0) -> list[Person]:
        """Everyone whom the first rule that finds anybody finds; nobody of the bin when others are found."""
        found = self._found(signs) or self._recalled(signs, line)
        return [person for person in found if not person.in_bin] or found

    def alike(self, signs: Signs) -> Person | None:
        """Somebody who bears the name that this one only looks like: a hint, never a match."""
        named = self._by_name.get(signs.looks, ()) if signs.looks else ()
        return next((person for person in named if not person.in_bin), None)

    def _found(self, signs: Signs) -> list[Person]:
        if found := self._unique(person for email in signs.emails for person in self._by_email.get(email, ())):
            return found
        named = self._by_name.get(signs.name, []) if signs.name else []
        if found := [person for person in named if signs.phones.intersection(person.phones)]:
            return found
        return [person for person in named if not (person.emails and signs.emails) and _same_firm(person, signs)]

    def _recalled(self, signs: Signs, line: int) -> list[Person]:
        """Whom this line was in an earlier import; those of this name when it had several to choose from."""
        if line not in self.remembered:
            return []
        contact = self.remembered[line]
        if contact is None:
            named = self._by_name.get(signs.name, [])
            return named if len(named) > 1 else []
        return [self._met[contact]] if contact in self._met else []

    @staticmethod
    def _unique(people: Iterable[Person]) -> list[Person]:
        return list(dict.fromkeys(people))


def _take_away(index: dict[str, list[Person]], key: str, person: Person) -> None:
    index[key].remove(person)
    if not index[key]:
        del index[key]


def _same_firm(person: Person, signs: Signs) -> bool:
    return signs.firm in person.firms if signs.firm else not person.firms


def remembered(workspace: Workspace, digest: str, entries: Sequence[Entry]) -> dict[int, int | None]:
    """By line, the contact that an earlier import of the very same file made or found there, if any."""
    over = [Import.State.DONE, Import.State.CANCELLED, Import.State.FAILED]
    jobs = Import.objects.for_workspace(workspace).filter(digest=digest, state__in=over)
    lines = ImportLine.objects.for_workspace(workspace).filter(job__in=list(jobs.values_list("pk", flat=True)))
    lines = lines.filter(number__range=(entries[0].line, entries[-1].line))
    return dict(lines.order_by("job").values_list("number", "contact"))


def candidates(
    workspace: Workspace, signs: Sequence[Signs], *, held: bool = False, also: Iterable[int] = ()
) -> list[Person]:
    """The stored people whom these drafts may be, the binned ones too: five queries, whatever their number.

    `held` keeps them as they are until the end of the transaction, so that nobody's edit is written over.
    """
    points = ContactPoint.objects.for_workspace(workspace)
    emails = {email for one in signs for email in one.emails}
    by_email = points.filter(kind=EMAIL, key__in=emails).values_list("contact", flat=True)
    names = {name for one in signs for name in (one.name, one.looks) if name}
    wanted = Contact.objects.for_workspace(workspace).filter(Q(name_key__in=names) | Q(pk__in=[*by_email, *also]))
    wanted = wanted.order_by("pk").select_for_update(no_key=True) if held else wanted
    people = {one.pk: _person(one) for one in wanted}
    for contact, kind, key in points.filter(contact__in=people).values_list("contact", "kind", "key"):
        if kind == EMAIL:
            people[contact].emails += (key,)
        else:
            people[contact].phones += (key,)
    for position in _positions(workspace, people):
        person = people[position.contact_id]
        if person.position is None:
            person.position, person.title = position, position.title
        person.firms += (position.organisation.name_key,) if position.organisation else ()
    for contact, key in Contact.tags.through.objects.filter(contact__in=people).values_list("contact", "tag__name_key"):
        people[contact].tags += (key,)
    return list(people.values())


def stored_sectors(workspace: Workspace, signs: Iterable[Signs]) -> dict[str, str]:
    """By the key of the firm; empty for a firm whose sector nobody gave."""
    firms = Organisation.objects.for_workspace(workspace).filter(name_key__in={one.firm for one in signs if one.firm})
    return dict(firms.values_list("name_key", "sector"))


def _positions(workspace: Workspace, people: Iterable[int]) -> QuerySet[Position]:
    """The main one of each first."""
    positions = Position.objects.for_workspace(workspace).filter(contact__in=people)
    return positions.select_related("organisation").order_by("-is_main", "pk")


def _person(contact: Contact) -> Person:
    return Person(
        pk=contact.pk,
        contact=contact,
        given_name=contact.given_name,
        family_name=contact.family_name,
        name_key=contact.name_key,
        in_bin=contact.deleted_at is not None,
        details={name: known for name in DETAILS if (known := getattr(contact, name))},
    )
