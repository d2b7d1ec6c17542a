"""Stating, rewording, closing and withdrawing what the company wants: the same acts for each kind."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from strategy.models import Need, Objective
from workspaces.logbook import record
from workspaces.models import Member


class ClosedMeanwhile(Exception):
    """Somebody marked it as reached or answered first."""

    def __init__(self) -> None:
        super().__init__(_("This was closed meanwhile."))


class OpenMeanwhile(Exception):
    """Somebody opened it again first."""

    def __init__(self) -> None:
        super().__init__(_("This is open already."))


class AlreadyStated(Exception):
    """The same was written in another tab, or by somebody else, at the same moment."""

    def __init__(self) -> None:
        super().__init__(_("You have written this already."))


def state(row: Any, *, by: Member) -> None:
    with transaction.atomic():
        _save(row)
        record(by, f"strategy.{row._meta.model_name}.stated", row)


def reword(row: Any, *, by: Member, version: int) -> None:
    with transaction.atomic():
        row.take_version(version)
        _save(row)
        record(by, f"strategy.{row._meta.model_name}.edited", row)


def _save(row: Any) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as refused:
        others = type(row).objects.for_workspace(row.workspace).exclude(pk=row.pk)
        if not others.filter(**{"title": row.title} if hasattr(row, "title") else {}).exists():
            raise
        raise AlreadyStated from refused


def withdraw(row: Any, *, by: Member) -> None:
    """What hung on it stays, and hangs on nothing."""
    with transaction.atomic():
        record(by, f"strategy.{row._meta.model_name}.deleted", row)
        row.delete()


def close(row: Objective | Need, *, by: Member, on: date) -> None:
    """An objective is reached, a need answered. One conditional UPDATE: of two who act at once only the first does."""
    with transaction.atomic():
        columns = {"closed_on": on, "closed_by": by, "version": F("version") + 1}
        if not type(row).objects.open().filter(pk=row.pk).update(**columns):
            raise ClosedMeanwhile
        record(by, f"strategy.{row._meta.model_name}.closed", row)


def reopen(row: Objective | Need, *, by: Member) -> None:
    with transaction.atomic():
        columns = {"closed_on": None, "closed_by": None, "version": F("version") + 1}
        if not type(row).objects.closed().filter(pk=row.pk).update(**columns):
            raise OpenMeanwhile
        record(by, f"strategy.{row._meta.model_name}.reopened", row)
