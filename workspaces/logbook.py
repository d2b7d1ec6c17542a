"""The workspace's logbook: one explicit line per act, written by the verb that acts."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from workspaces.models import LogEntry, Member, Workspace


def record(
    by: "Member | None", act: str, subject: models.Model, *, workspace: "Workspace | None" = None, **details: Any
) -> "LogEntry":
    """Write that `by` (None: the system) did `act` ("room.noun.verb", past tense) to `subject`."""
    entries = apps.get_model("workspaces", "LogEntry").objects
    owner_id = workspace.pk if workspace else by.workspace_id if by else getattr(subject, "workspace_id", subject.pk)
    return entries.create(
        workspace_id=owner_id,
        member=by,
        act=act,
        subject_kind=subject._meta.label_lower,
        subject_pk=subject.pk,
        subject=str(subject)[:200],
        details=details,
    )


def history_of(subject: models.Model) -> "models.QuerySet[LogEntry]":
    """The lines about one record, latest first."""
    entries: models.QuerySet[LogEntry] = apps.get_model("workspaces", "LogEntry").objects.filter(
        subject_kind=subject._meta.label_lower, subject_pk=subject.pk
    )
    return entries.select_related("member__user").order_by("-at", "-id")


def words_for(act: str) -> str:
    """What the screen says of an act, from the `acts` of the room that the act names."""
    room = apps.get_app_config(act.partition(".")[0])
    return str(getattr(room, "acts", {}).get(act, act))
