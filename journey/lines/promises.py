"""Promises that are due, and mine that will be. They have a postponement of their own, agreed with whom they bind."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from exchanges import wording
from exchanges.models import Commitment
from journey.lines.line import Line
from workspaces.models import Workspace

SOON: Final = timedelta(days=7)


def my_promises(workspace: Workspace, today: date, limit: int) -> list[Line]:
    return _promises("mine", _open(workspace).mine().filter(due_on__lte=today), today, limit)


def their_promises(workspace: Workspace, today: date, limit: int) -> list[Line]:
    return _promises("theirs", _open(workspace).theirs().filter(due_on__lte=today), today, limit)


def coming_promises(workspace: Workspace, today: date, limit: int) -> list[Line]:
    return _promises("coming", _open(workspace).mine().filter(due_on__gt=today, due_on__lte=today + SOON), today, limit)


def _open(workspace: Workspace) -> Any:
    return Commitment.objects.for_workspace(workspace).with_present().open()


def _promises(kind: str, rows: QuerySet[Commitment], today: date, limit: int) -> list[Line]:
    found = list(rows.select_related("contact").order_by("due_on", "pk")[:limit])
    for promise in found:
        promise.late_by = promise.days_late(today)  # type: ignore[attr-defined]
    return [
        Line(
            kind=kind,
            pk=promise.pk,
            title=wording.stressed("*{what}*, {name}", what=promise.summary, name=promise.contact),
            url=promise.contact.get_absolute_url(),
            reason=f"{wording.gesture_reason(promise, wording.called(promise.contact), today)}.",
            promise=promise,
        )
        for promise in found
    ]
