"""Saving a contact whole: the person, how to reach them, what they do, their tags. One transaction, one log line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts import keys
from contacts.imports.cells import clean
from contacts.imports.names import split_name
from contacts.models import Contact, ContactPoint, Organisation, Position, Relationship, Tag
from contacts.models.contact import derive_all
from workspaces.logbook import record
from workspaces.models import Member
from workspaces.owned import EditedMeanwhile

DETAILS: Final = (
    *("given_name", "family_name", "birthday", "website", "address", "notes"),
    *("met_on", "met_through", "source"),
)
BATCH: Final = 500


@dataclass(frozen=True, kw_only=True)
class Reach:
    """An e-mail address or a phone number, as typed."""

    kind: str
    value: str
    label: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, ContactPoint.key_of(self.kind, self.value)


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a person does in a firm, as typed; `pk` when it is already stored.

    The firm is everyone's: `firm_was` and `sector_was`, what the form was drawn with, tell what its user changed.
    """

    title: str = ""
    firm: str = ""
    sector: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    is_main: bool = False
    pk: int | None = None
    firm_was: str = ""
    sector_was: str = ""

    @property
    def in_the_same_firm(self) -> bool:
        return bool(self.firm_was) and keys.firm_key(self.firm) == keys.firm_key(self.firm_was)

    @property
    def respelled(self) -> bool:
        """The user wrote the name of the firm otherwise, and meant the same firm."""
        return self.in_the_same_firm and self.firm != self.firm_was

    @property
    def sector_changed(self) -> bool:
        """Emptied too, but not by moving to another firm."""
        return self.sector != self.sector_was and bool(self.sector or self.in_the_same_firm)


@dataclass(frozen=True, kw_only=True)
class Card:
    """All that one form says of a person. `details` are plain columns of Contact; `tags_were`: see `Job`."""

    details: dict[str, Any] = field(default_factory=dict)
    reaches: tuple[Reach, ...] = ()
    jobs: tuple[Job, ...] = ()
    tags: tuple[str, ...] = ()
    tags_were: tuple[str, ...] = ()

    @property
    def respelled_tags(self) -> dict[str, str]:
        """By key, the tags whose spelling the user corrected."""
        drawn = {Tag.key_of(name): name for name in self.tags_were}
        return {key: name for name in self.tags if (key := Tag.key_of(name)) in drawn and name != drawn[key]}

    def reaches_of(self, kind: str) -> tuple[Reach, ...]:
        return tuple(reach for reach in self.reaches if reach.kind == kind)


def create(card: Card, *, by: Member) -> Contact:
    with transaction.atomic():
        contact = Contact(workspace=by.workspace, **card.details)
        contact.save()
        Relationship.objects.create(workspace=by.workspace, contact=contact)
        _write_rest(contact, card)
        record(by, "contacts.contact.created", contact)
    return contact


class NoName(Exception):
    """Nothing that can be read was typed."""

    def __init__(self) -> None:
        super().__init__(_("Write a name."))


def split_typed(name: str) -> dict[str, str]:
    """The two halves of a name that was typed whole; what splits into nothing (« PhD ») is all family name."""
    name = clean(name)
    given_name, family_name = split_name(name)
    if not (given_name or family_name):
        family_name = name
    return {"given_name": given_name[:120].strip(), "family_name": family_name[:120].strip()}


def create_from_name(name: str, *, by: Member) -> Contact:
    """The contact that someone names while noting something else; the rest is filled in later."""
    details = split_typed(name)
    if not any(details.values()):
        raise NoName
    return create(Card(details=details), by=by)


def edit(contact: Contact, card: Card, *, version: int, by: Member) -> None:
    """Replace what is stored by `card`, unless somebody saved since `version` was read (EditedMeanwhile)."""
    with transaction.atomic():
        bearers = _held_bearers(contact, card)
        contact.take_version(version)
        for column, value in card.details.items():
            setattr(contact, column, value)
        contact.save(update_fields=[*card.details, "name_key", "sort_key", "updated"])
        _write_rest(contact, card)
        _index(bearers)
        record(by, "contacts.contact.edited", contact)


def edit_or_merge(contact: Contact, card: Card, *, version: int, drawn: str, by: Member) -> bool:
    """`edit`; when somebody saved since, and none of the same things, both changes stand. True if they were merged.

    `drawn` is the `trace` of the card that the form was drawn from. EditedMeanwhile when both changed one thing.
    """
    try:
        edit(contact, card, version=version, by=by)
    except EditedMeanwhile:
        contact.refresh_from_db()
        both = merged(card, card_of(contact), drawn)
        if both is None:
            raise
        edit(contact, both, version=contact.version, by=by)
        return True
    return False


def lookalikes(card: Card, *, of: Contact) -> list[Contact]:
    """Other contacts of the workspace who bear this name or one of these e-mail addresses; eight at most."""
    others = Contact.objects.for_workspace(of.workspace).present().exclude(pk=of.pk)
    named = Contact(**card.details)
    named.name_keys()
    emails = [reach.key[1] for reach in card.reaches if reach.kind == ContactPoint.Kind.EMAIL]
    same_email = ContactPoint.objects.for_workspace(of.workspace).filter(kind=ContactPoint.Kind.EMAIL, key__in=emails)
    found = list(others.filter(name_key=named.name_key)[:8])
    found += others.filter(pk__in=same_email.values("contact")).exclude(pk__in=[one.pk for one in found])[:8]
    return found[:8]


def _write_rest(contact: Contact, card: Card) -> None:
    _write_reaches(contact, card.reaches)
    _write_jobs(contact, card.jobs)
    _write_tags(contact, card)
    contact.index()


def _write_reaches(contact: Contact, reaches: Iterable[Reach]) -> None:
    """The same address written twice is one."""
    wanted = {reach.key: reach for reach in reversed(list(reaches))}
    for point in contact.points.all():
        reach = wanted.pop((point.kind, point.key), None)
        if reach is None:
            point.delete()
        elif (reach.value, reach.label) != (point.value, point.label):
            point.value, point.label = reach.value, reach.label
            point.save()
    for reach in reversed(wanted.values()):
        contact.points.create(workspace_id=contact.workspace_id, kind=reach.kind, value=reach.value, label=reach.label)


def _write_jobs(contact: Contact, jobs: Iterable[Job]) -> None:
    """The first of `_main_first` is the main one."""
    jobs = _main_first(jobs)
    stored = {position.pk: position for position in contact.positions.all()}
    kept = [job.pk for job in jobs if job.pk in stored]
    contact.positions.exclude(pk__in=kept).delete()
    contact.positions.update(is_main=False)
    for rank, job in enumerate(jobs):
        position = stored.get(job.pk or 0) or Position(workspace_id=contact.workspace_id, contact=contact)
        position.title, position.organisation = job.title, _firm(contact, job)
        position.started_on, position.ended_on = job.started_on, job.ended_on
        position.is_main = rank == 0
        position.save()


def _main_first(jobs: Iterable[Job]) -> list[Job]:
    """The first one marked as main is, or else the first one."""
    return sorted(jobs, key=lambda job: not job.is_main)


def _firm(contact: Contact, job: Job) -> Organisation | None:
    """The firm of that name, made when it is new; what was corrected of it is so for everyone."""
    if not job.firm:
        return None
    firm, created = Organisation.objects.get_or_create(
        workspace_id=contact.workspace_id,
        name_key=keys.firm_key(job.firm),
        defaults={"name": job.firm, "sector": job.sector},
    )
    corrected = {"name": job.firm} if job.respelled else {}
    corrected |= {"sector": job.sector} if job.sector_changed else {}
    if corrected and not created:
        for column, value in corrected.items():
            setattr(firm, column, value)
        firm.save(update_fields=[*corrected, "updated"])
    return firm


def _held_bearers(contact: Contact, card: Card) -> list[int]:
    """Whoever else bears a firm or a tag whose spelling is corrected, held with `contact` in the order of their keys,
    so that no two writers wait for each other."""
    firms = [keys.firm_key(job.firm) for job in card.jobs if job.respelled]
    tags = list(card.respelled_tags)
    if not (firms or tags):
        return []
    owned = Contact.objects.filter(workspace=contact.workspace_id)
    borne = Q(positions__organisation__name_key__in=firms) | Q(tags__name_key__in=tags) | Q(pk=contact.pk)
    held = owned.filter(pk__in=owned.filter(borne).values("pk")).order_by("pk").select_for_update(no_key=True)
    return [pk for pk in held.values_list("pk", flat=True) if pk != contact.pk]


def _index(pks: list[int]) -> None:
    """What lists and search read of these people, anew: a few queries for each five hundred."""
    for start in range(0, len(pks), BATCH):
        people = list(Contact.objects.filter(pk__in=pks[start : start + BATCH]))
        derive_all(people)
        Contact.objects.bulk_update(people, ["headline", "search"])


def _write_tags(contact: Contact, card: Card) -> None:
    """A tag that nobody bears any more goes with its last bearer."""
    before = list(contact.tags.values_list("pk", flat=True))
    for key, name in card.respelled_tags.items():
        Tag.objects.filter(workspace=contact.workspace_id, name_key=key).update(name=name)
    by_key = {Tag.key_of(name): name for name in card.tags}
    contact.tags.set(
        Tag.objects.get_or_create(workspace_id=contact.workspace_id, name_key=key, defaults={"name": name})[0]
        for key, name in by_key.items()
    )
    Tag.objects.filter(pk__in=before, contacts=None).delete()


def card_of(contact: Contact) -> Card:
    """What is stored, in the same words as a form says it."""
    positions = contact.positions.select_related("organisation").order_by("-is_main", "pk")
    points = contact.points.order_by("pk")
    tags = tuple(contact.tags.order_by("name_key").values_list("name", flat=True))
    return Card(
        details={name: getattr(contact, name) for name in DETAILS},
        reaches=tuple(Reach(kind=point.kind, value=point.value, label=point.label) for point in points),
        jobs=tuple(map(_job_of, positions)),
        tags=tags,
        tags_were=tags,
    )


def _job_of(position: Position) -> Job:
    firm = position.organisation.name if position.organisation else ""
    sector = position.organisation.sector if position.organisation else ""
    return Job(
        pk=position.pk,
        title=position.title,
        firm=firm,
        firm_was=firm,
        sector=sector,
        sector_was=sector,
        started_on=position.started_on,
        ended_on=position.ended_on,
        is_main=position.is_main,
    )


def trace(card: Card) -> str:
    """What a form carries of the card that it was drawn from: one short hash for each thing that can be said."""
    return " ".join(map(_hashed, _said(card).values()))


def merged(mine: Card, theirs: Card, drawn: str) -> Card | None:
    """What each side changed since `drawn`, together; None when both changed one thing, or `drawn` says too little."""
    before, sides = drawn.split(), list(zip(_said(mine).values(), _said(theirs).values(), strict=True))
    if len(before) != len(sides):
        return None
    taken = []
    for was, (my_words, their_words) in zip(before, sides, strict=True):
        unchanged = _hashed(my_words) == was
        if not unchanged and my_words != their_words and _hashed(their_words) != was:
            return None
        taken.append(theirs if unchanged else mine)
    *_details, emails, phones, jobs, tags = taken
    return Card(
        details={name: side.details[name] for name, side in zip(DETAILS, taken, strict=False)},
        reaches=emails.reaches_of(ContactPoint.Kind.EMAIL) + phones.reaches_of(ContactPoint.Kind.PHONE),
        jobs=jobs.jobs,
        tags=tags.tags,
        tags_were=tags.tags_were,
    )


def _hashed(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:12]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that two savers say differently, in words."""

    name: str
    mine: str
    theirs: str


def differences(mine: Card, theirs: Card, drawn: str = "") -> list[Difference]:
    """Both sides of a lost update, for the eyes of whoever saves second: what they changed since `drawn`, which saving
    again would write over."""
    said, stored = _said(mine), list(_said(theirs).values())
    before = drawn.split() if len(drawn.split()) == len(stored) else [""] * len(stored)
    sides = zip(said.items(), stored, before, strict=True)
    return [Difference(name=name, mine=a, theirs=b) for (name, a), b, was in sides if a != b and _hashed(b) != was]


def _said(card: Card) -> dict[str, str]:
    labels = {field.name: str(field.verbose_name) for field in Contact._meta.fields}
    said = {labels[name]: _plain(card.details[name]) for name in DETAILS}
    for kind in ContactPoint.Kind:
        lines = (f"{reach.value} {reach.label}".strip() for reach in card.reaches_of(kind))
        said[str(kind.label)] = "\n".join(sorted(lines))
    said[gettext("positions")] = "\n".join(_jobs_said(_main_first(card.jobs)))
    return said | {gettext("tags"): ", ".join(sorted(card.tags))}


def _jobs_said(jobs: list[Job]) -> list[str]:
    """Which of several is the main one is a thing that can be changed; the order of the others is none."""
    words = [_job_said(job) for job in jobs]
    if len(words) > 1:
        words[0] = gettext("%(position)s (shown in the lists)") % {"position": words[0]}
    return words[:1] + sorted(words[1:])


def _job_said(job: Job) -> str:
    days = " – ".join(_plain(day) for day in (job.started_on, job.ended_on) if day)
    return ", ".join(part for part in (job.title, job.firm, job.sector, days) if part)


def _plain(value: Any) -> str:
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else str(value or "")
