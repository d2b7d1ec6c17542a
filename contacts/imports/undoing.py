"""Takes an import back: contacts that it made and nobody touched since, and the blanks that it filled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.db import models, transaction

from contacts.imports.matching import NAMES
from contacts.models import Contact, Import, ImportLine, Organisation, Tag
from workspaces.logbook import record
from workspaces.models import Member

BATCH: Final = 500
UNDOABLE: Final = (Import.State.DONE, Import.State.CANCELLED, Import.State.FAILED)


class NothingToUndo(Exception):
    """The import is not done, or was undone already."""


def undo(job: Import, *, by: Member) -> tuple[int, int]:
    """How many contacts went, and how many stayed because somebody edited them or noted something about them."""
    with transaction.atomic():
        over = Import.objects.filter(pk=job.pk, state__in=UNDOABLE)
        if not over.update(state=Import.State.UNDONE):
            raise NothingToUndo
        lines = ImportLine.objects.filter(job=job)
        made = _contacts(lines.filter(verdict=ImportLine.Verdict.CREATE))
        completed = _contacts(lines.filter(verdict=ImportLine.Verdict.UPDATE))
        removed = sum(_remove(some, made, completed) for some in batched(made))
        for some in batched(completed.keys() - made):
            _empty_all({pk: completed[pk] for pk in some})
        _clear_up(job, lines)
        record(by, "contacts.import.undone", job, removed=removed, stayed=len(made) - removed)
    return removed, len(made) - removed


def _contacts(lines: models.QuerySet[ImportLine]) -> dict[int, list[dict[str, Any]]]:
    """What each line filled, by contact, in the order of the file."""
    filled: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = lines.filter(contact__isnull=False).order_by("number").values_list("contact", "filled")
    for contact, one in rows:
        filled[contact].append(one)
    return filled


def batched(pks: Iterable[int]) -> Iterator[list[int]]:
    in_order = sorted(pks)
    return (in_order[start : start + BATCH] for start in range(0, len(in_order), BATCH))


def _remove(pks: list[int], made: Mapping[int, Any], completed: Mapping[int, Any]) -> int:
    """Delete those whose version is still what the lines of the import made it; how many."""
    versions = dict(Contact.objects.filter(pk__in=pks).values_list("pk", "version"))
    free = {pk for pk, version in versions.items() if version == len(made[pk]) + len(completed.get(pk, ()))}
    free -= _in_use(pks)
    Contact.objects.filter(pk__in=free).delete()
    return len(free)


def _in_use(pks: list[int]) -> set[int]:
    """Those of whom another room keeps something. Asked of the keys that point here: this room names no upper one."""
    used: set[int] = set()
    for relation in Contact._meta.related_objects:
        if relation.related_model._meta.app_label != Contact._meta.app_label:
            rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": pks})
            used |= set(rows.values_list(relation.field.name, flat=True))
    return used


def _clear_up(job: Import, lines: models.QuerySet[ImportLine]) -> None:
    """Firms and tags that the import made and nobody bears any more, and the sectors that it gave to others."""
    since = {"created__gte": job.began_at or job.created}
    Organisation.objects.for_workspace(job.workspace).filter(positions=None, **since).delete()
    Tag.objects.for_workspace(job.workspace).filter(contacts=None, **since).delete()
    for filled in lines.exclude(filled={}).values_list("filled", flat=True):
        for key, sector in filled.get("sectors", {}).items():
            firms = Organisation.objects.for_workspace(job.workspace).filter(name_key=key, sector=sector)
            firms.update(sector="")


def _empty_all(filled: Mapping[int, list[dict[str, Any]]]) -> None:
    for contact in Contact.objects.filter(pk__in=filled):
        for one in reversed(filled[contact.pk]):
            _empty(contact, one)
        contact.version += 1
        contact.save()
        contact.index()


def _empty(contact: Contact, filled: dict[str, Any]) -> None:
    """Blank again what a line filled, unless it was changed since."""
    for name, value in filled.get("details", {}).items():
        alone = name in NAMES and not all(getattr(contact, half) for half in NAMES)
        if str(getattr(contact, name)) == value and not alone:
            setattr(contact, name, None if name == "met_on" else "")
    if filled.get("points"):
        contact.points.filter(value__in=filled["points"]).delete()
    if filled.get("tags"):
        contact.tags.remove(*contact.tags.filter(name_key__in=map(Tag.key_of, filled["tags"])))
    _empty_position(contact, firm=filled.get("firm", ""), title=filled.get("title", ""))


def _empty_position(contact: Contact, *, firm: str, title: str) -> None:
    position = contact.positions.select_related("organisation").order_by("-is_main", "pk").first()
    if position is None or not (firm or title):
        return
    if title and position.title == title:
        position.title = ""
    if firm and position.organisation and position.organisation.name == firm:
        position.organisation = None
    if position.title or position.organisation:
        position.save()
    else:
        position.delete()
