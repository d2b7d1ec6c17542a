"""Closing and reopening what the company wants: the same acts for an objective and for a need."""

from datetime import date

from django.db import transaction
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
