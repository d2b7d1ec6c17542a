"""Ties that cool, and the one worth waking."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchanges import rhythm, wording
from journey.lines.line import Act, Line
from journey.models import Postponed
from workspaces.models import Workspace


def cooling(workspace: Workspace, today: date, limit: int) -> list[Line]:
    aside = set(_aside(workspace, "cooling", today))
    found = rhythm.cooling(workspace, today=today, limit=limit + len(aside))
    return [_tie("cooling", one) for one in found if one.contact_id not in aside][:limit]


def waking(workspace: Workspace, today: date, limit: int) -> list[Line]:
    one = rhythm.reactivation(workspace, today) if limit else None
    return [_tie("wake", one)] if one and one.contact_id not in set(_aside(workspace, "wake", today)) else []


def _aside(workspace: Workspace, kind: str, today: date) -> Any:
    rows = Postponed.objects.for_workspace(workspace).in_force(today).filter(kind=kind)
    return rows.values_list("object_pk", flat=True)


def _tie(kind: str, one: Any) -> Line:
    note = f"{reverse('exchanges:interaction_create')}?contact={one.contact_id}"
    return Line(
        kind=kind,
        pk=one.contact_id,
        title=wording.stressed(gettext("Get in touch with *{name}*"), name=one.contact),
        url=one.contact.get_absolute_url(),
        reason=one.reason,
        act=Act(label=_("Note a contact"), url=note, icon="phone"),
    )
