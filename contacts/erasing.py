"""Erasing for good: the person, all that hangs on them, and their name wherever something was noted of it."""

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import CharField, Q, Value
from django.db.models.deletion import Collector
from django.db.models.functions import Cast, Concat

from contacts.models import Contact, ImportLine, Relationship, Tag
from contacts.models.contact import ContactQuerySet
from workspaces.logbook import history_of, record
from workspaces.models import LogEntry, Member
from workspaces.owned import OwnedQuerySet

SUBJECT_MAX = 200


@transaction.atomic
def erase(pk: int, *, among: ContactQuerySet, by: Member | None) -> bool:
    """False when the contact is not among these any more, because somebody restored or erased it meanwhile.

    The logbook keeps that it was done, not the name. Held in the order of the ledger's writers: relationship, contact.
    """
    Relationship.objects.filter(contact=pk).lock()
    contact = among.select_for_update().filter(pk=pk).first()
    if contact is None:
        return False
    record(by, "contacts.contact.erased", contact)
    names = _names(contact)
    tags, hanging = list(contact.tags.values_list("pk", flat=True)), _hanging(contact)
    _empty_lines(contact, names)
    contact.delete()
    Tag.objects.filter(pk__in=tags, contacts=None).delete()
    log = LogEntry.objects.for_workspace(contact.workspace)
    for model, pks in hanging:
        _blank(log.filter(subject_kind=model._meta.label_lower, subject_pk__in=pks))
    _blank_orphans(log, names)
    return True


def _names(contact: Contact) -> set[str]:
    """All that the person was called here: as the logbook and the imports noted it."""
    noted = history_of(contact).order_by().values_list("subject", flat=True)
    imported = ImportLine.objects.filter(contact=contact).exclude(name="").values_list("name", flat=True)
    return {contact.full_name[:SUBJECT_MAX], *noted, *(name[:SUBJECT_MAX] for name in imported)}


def _hanging(contact: Contact) -> list[tuple[type[models.Model], list[int]]]:
    """Every row that goes with the contact, itself too. Asked of the keys: this room names no upper one."""
    going = Collector(using=str(contact._state.db), origin=contact)
    going.collect([contact])
    found = [(model, [row.pk for row in rows]) for model, rows in going.data.items()]
    return found + [(rows.model, list(rows.values_list("pk", flat=True))) for rows in going.fast_deletes]


def _blank(lines: OwnedQuerySet) -> None:
    lines.update(subject=Concat(Value("#"), Cast("subject_pk", CharField())), details={})


def _blank_orphans(log: OwnedQuerySet, names: Iterable[str]) -> None:
    """Lines that name the person beside a row that was deleted before, or is another contact's now."""
    for relation in Contact._meta.related_objects:
        model = relation.related_model
        lines = log.filter(subject_kind=model._meta.label_lower, subject__in=names)
        rows = model._default_manager.filter(pk__in=lines.values("subject_pk"))
        namesakes = [row.pk for row in rows if str(row)[:SUBJECT_MAX] in names]
        _blank(lines.exclude(subject_pk__in=namesakes))


def _empty_lines(contact: Contact, names: Iterable[str]) -> None:
    """What the reports of imports say of the person; a line that was skipped knows its person by the name alone."""
    lines = ImportLine.objects.for_workspace(contact.workspace)
    lines = lines.filter(Q(contact=contact) | Q(contact=None, name__in=names))
    lines.update(name="", problems=[], filled={})
