"""A line of today's list: what, why, and what to do about it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from exchanges.models import Commitment
from journey.models import Postponed
from workspaces.models import Workspace


@dataclass(frozen=True, kw_only=True)
class Act:
    """A way to deal with a line: a page of another room, in a dialog unless it is a long one."""

    label: Promise | str
    url: str
    icon: str = ""
    dialog: bool = True


@dataclass(frozen=True, kw_only=True)
class Line:
    """`pk` is that of what the line is about. Without an `act`, one tap does it (`agenda.Kind.do`)."""

    kind: str
    pk: int
    title: SafeString
    url: str
    reason: str | SafeString  # whole sentences
    late: str = ""
    act: Act | None = None
    more: list[Act] = field(default_factory=list)
    promise: Commitment | None = None

    @property
    def id(self) -> str:
        return f"line_{self.kind}_{self.pk}"


def shown(rows: Any, kind: str, workspace: Workspace, today: date, *, by: str = "pk") -> Any:
    """Without those that were put off or ignored; `by` is the column that holds what the line is about."""
    aside = Postponed.objects.for_workspace(workspace).in_force(today).filter(kind=kind)
    return rows.exclude(**{f"{by}__in": aside.values("object_pk")})
