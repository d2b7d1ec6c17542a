"""Adding, changing and removing one record through its short form: the same acts for every kind that has one."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from workspaces.logbook import record
from workspaces.models import Member


class AlreadyKept(Exception):
    """The same was written in another tab, or by somebody else, at the same moment."""

    def __init__(self) -> None:
        super().__init__(_("You have written this already."))


def add(row: Any, *, by: Member) -> None:
    with transaction.atomic():
        _save(row)
        record(by, f"{row._meta.app_label}.{row._meta.model_name}.added", row)


def change(row: Any, *, by: Member, version: int) -> None:
    with transaction.atomic():
        row.take_version(version)
        _save(row)
        record(by, f"{row._meta.app_label}.{row._meta.model_name}.edited", row)


def remove(row: Any, *, by: Member) -> None:
    """What hung on it stays, or goes with it, as its keys say."""
    with transaction.atomic():
        record(by, f"{row._meta.app_label}.{row._meta.model_name}.deleted", row)
        row.delete()


def _save(row: Any) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as refused:
        if not row.has_rival():
            raise
        raise AlreadyKept from refused
