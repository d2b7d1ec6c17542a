"""Takes an import back: contacts that it made and nobody touched since, and the blanks that it filled.

By short transactions, so that other writers get their turn. Each keeps what it has done in the lines of the import:
a contact that went leaves its lines, a line whose blanks were emptied is marked. So a second press goes on.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db import models, transaction

from contacts import keys
from contacts.imports.matching import NAMES
from contacts.imports.writing import save_all
from contacts.models import Contact, ContactPoint, Import, ImportLine, Organisation, Position, Relationship, Tag
from contacts.models.contact import derive_all
from workspaces.logbook import record
from workspaces.models import Member

BATCH: Final = 500
UNDOABLE: Final = (Import.State.DONE, Import.State.CANCELLED, Import.State.FAILED)
CREATE, UPDATE, SKIP = ImportLine.Verdict.CREATE, ImportLine.Verdict.UPDATE, ImportLine.Verdict.SKIP
WRITTEN: Final = frozenset({ContactPoint, ImportLine, Position, Relationship})  # what imports write beside the contact
EMPTIED: Final = "emptied"  # the mark, in what a line filled


class NothingToUndo(Exception):
    """The import is not done, or was undone already."""


def undo(job: Import, *, by: Member) -> tuple[int, int]:
    """How many contacts went, and how many stayed because somebody edited them or noted something about them."""
    over = Import.objects.filter(pk=job.pk, state__in=UNDOABLE)
    if not over.exists():
        raise NothingToUndo
    made, completed = _people(job, CREATE), _people(job, UPDATE)
    removed = sum(_remove(some, job) for some in batched(made))
    for some in batched(completed - made):
        _empty_all(some, job)
    _take_sectors_back(job)
    _clear_up(job)
    with transaction.atomic():
        if not over.update(state=Import.State.UNDONE):
            raise NothingToUndo
        record(by, "contacts.import.undone", job, removed=removed, stayed=len(made) - removed)
    return removed, len(made) - removed


def _people(job: Import, verdict: str) -> set[int]:
    lines = ImportLine.objects.filter(job=job, verdict=verdict, contact__isnull=False)
    return set(lines.values_list("contact", flat=True))


def batched(pks: Iterable[Any]) -> Iterator[list[Any]]:
    in_order = sorted(pks)
    return (in_order[start : start + BATCH] for start in range(0, len(in_order), BATCH))


@transaction.atomic
def _remove(pks: list[int], job: Import) -> int:
    """Delete those whose version is still what imports made it; how many. Held in the order of the ledger's writers."""
    Relationship.objects.filter(contact__in=pks).lock()
    held = Contact.objects.filter(pk__in=pks).order_by("pk").select_for_update()
    versions, ours = dict(held.values_list("pk", "version")), _versions(pks, job)
    free = {pk for pk, version in versions.items() if version == ours[pk]} - _in_use(pks)
    Contact.objects.filter(pk__in=free).delete()
    return len(free)


def _versions(pks: list[int], job: Import) -> Counter[int]:
    """The version of each if nobody but imports wrote it: one for each line of this one; of those that were taken
    back since, one for each line and one for taking it back."""
    lines = ImportLine.objects.filter(contact__in=pks).exclude(verdict=SKIP)
    back = lines.filter(**{f"filled__{EMPTIED}": True}).exclude(job=job)
    counted = Counter(lines.filter(job=job).values_list("contact", flat=True))
    counted.update(back.values_list("contact", flat=True))
    counted.update(contact for contact, _job in set(back.values_list("contact", "job")))
    return counted


def _in_use(pks: list[int]) -> set[int]:
    """Those of whom something is kept that no import writes. Asked of the keys that point here: this room names no
    upper one."""
    used: set[int] = set()
    for relation in Contact._meta.related_objects:
        if relation.related_model not in WRITTEN:
            rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": pks})
            used |= set(rows.values_list(relation.field.name, flat=True))
    return used


@transaction.atomic
def _empty_all(pks: list[int], job: Import) -> None:
    """Blank again what the lines filled, unless it was changed since; a contact's version grows once."""
    rows = Contact.objects.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True)
    held = {one.pk: one for one in rows}
    filled = ImportLine.objects.filter(job=job, contact__in=held, verdict=UPDATE).order_by("-number")
    lines = [line for line in filled if EMPTIED not in line.filled]
    for line in lines:
        _empty_details(held[line.contact_id], line.filled.get("details", {}))
    _empty_positions(lines)
    _take_away(lines)
    touched = {line.contact_id for line in lines}
    emptied = [one for pk, one in held.items() if pk in touched]
    for one in emptied:
        one.version += 1
    derive_all(emptied)
    save_all(emptied)
    _mark(lines)


def _mark(lines: list[ImportLine]) -> None:
    giving = [line for line in lines if line.filled.get("sectors")]
    for line in giving:
        line.filled = {EMPTIED: True, "sectors": line.filled["sectors"]}
    ImportLine.objects.bulk_update(giving, ["filled"])
    bare = {line.pk for line in lines} - {line.pk for line in giving}
    ImportLine.objects.filter(pk__in=bare).update(filled={EMPTIED: True})


def _empty_details(contact: Contact, details: dict[str, str]) -> None:
    for name, value in details.items():
        alone = name in NAMES and not all(getattr(contact, half) for half in NAMES)
        if str(getattr(contact, name)) == value and not alone:
            setattr(contact, name, None if name == "met_on" else "")


def _empty_positions(lines: list[ImportLine]) -> None:
    """The firm is known by its key, as it was when it came in: the file may spell it otherwise."""
    main: dict[int | None, Position] = {}
    wanted = Position.objects.filter(contact__in=[line.contact_id for line in lines])
    for position in wanted.select_related("organisation").order_by("-is_main", "pk"):
        main.setdefault(position.contact_id, position)
    changed = {one for line in lines if (one := _emptied(main.get(line.contact_id), line.filled))}
    bare = [one.pk for one in changed if not (one.title or one.organisation)]
    Position.objects.bulk_update([one for one in changed if one.pk not in bare], ["title", "organisation"])
    Position.objects.filter(pk__in=bare).delete()


def _emptied(position: Position | None, filled: dict[str, Any]) -> Position | None:
    """The position without what the line filled; None when there is nothing to take away."""
    firm, title = filled.get("firm", ""), filled.get("title", "")
    if position is None or not (firm or title):
        return None
    if title and position.title == title:
        position.title = ""
    if firm and position.organisation and position.organisation.name_key == keys.firm_key(firm):
        position.organisation = None
    return position


def _take_away(lines: list[ImportLine]) -> None:
    """The points and the tags that the lines gave."""
    pks = [line.contact_id for line in lines]
    points = {(line.contact_id, value) for line in lines for value in line.filled.get("points", ())}
    tags = {(line.contact_id, Tag.key_of(name)) for line in lines for name in line.filled.get("tags", ())}
    reaches = ContactPoint.objects.filter(contact__in=pks).values_list("pk", "contact", "value")
    ContactPoint.objects.filter(pk__in=[pk for pk, *point in reaches if tuple(point) in points]).delete()
    links = Contact.tags.through.objects.filter(contact__in=pks).values_list("pk", "contact", "tag__name_key")
    Contact.tags.through.objects.filter(pk__in=[pk for pk, *link in links if tuple(link) in tags]).delete()


def _take_sectors_back(job: Import) -> None:
    """Those that the import gave to firms that stood without one, unless they were changed since."""
    filled = ImportLine.objects.filter(job=job).exclude(filled={}).values_list("filled", flat=True)
    given = {(key, sector) for one in filled.iterator() for key, sector in one.get("sectors", {}).items()}
    for some in batched({key for key, _sector in given}):
        with transaction.atomic():
            firms = Organisation.objects.for_workspace(job.workspace).filter(name_key__in=some)
            known = firms.order_by("pk").select_for_update(no_key=True).values_list("pk", "name_key", "sector")
            ours = [pk for pk, *firm in known if tuple(firm) in given]
            Organisation.objects.filter(pk__in=ours).update(sector="")


def _clear_up(job: Import) -> None:
    """Firms and tags that the import made, and that nobody bears and nothing hangs on any more."""
    since = {"created__gte": job.began_at or job.created}
    unborne = {relation.name: None for relation in Organisation._meta.related_objects}
    unused: list[models.QuerySet[Any]] = [
        Organisation.objects.for_workspace(job.workspace).filter(**unborne, **since),
        Tag.objects.for_workspace(job.workspace).filter(contacts=None, **since),
    ]
    for rows in unused:
        for some in batched(rows.values_list("pk", flat=True)):
            rows.filter(pk__in=some).delete()
