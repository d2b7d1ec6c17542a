"""The ledger of the whole company: one kind at a time, page after page, its state in the address."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from exchanges import wording
from exchanges.models import Commitment, Exchange, Interaction, Request
from exchanges.telling import tell
from exchanges.timeline import attach, event_of
from ui.paginator import keyset_page
from ui.rendering import render_page
from workspaces.http import MemberRequest
from workspaces.models import Role, Workspace

NEVER: Final = date(9999, 12, 31)


@require_safe
def ledger(request: MemberRequest) -> HttpResponse:
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWS else "exchanges"
    _label, rows, order = SHOWS[shown]
    page = keyset_page(rows(request.workspace).select_related("contact"), order, request.GET.get("page", ""))
    today = request.workspace.today()
    events = [event_of(one) for one in page.rows]
    attach(events)
    context = {
        "shows": [(name, label) for name, (label, _rows, _order) in SHOWS.items()],
        "show": shown,
        "page": page,
        "rows": [
            (one.contact, tell(event, wording.called(one.contact) if one.contact else "", today))
            for one, event in zip(page.rows, events, strict=True)
        ],
        "place": "exchanges",
        "may_write": request.member.may(Role.MEMBER),
    }
    return render_page(request, "exchanges/ledger.html", context, partials={"rows"})


def _exchanges(workspace: Workspace) -> Any:
    one_of_two = Q(twin=None) | Q(direction=Exchange.Direction.GIVEN)
    return Exchange.objects.for_workspace(workspace).with_present().filter(one_of_two)


def _interactions(workspace: Workspace) -> Any:
    return Interaction.objects.for_workspace(workspace).with_present()


def _promises(workspace: Workspace) -> Any:
    due = Coalesce("due_on", Value(NEVER))
    return Commitment.objects.for_workspace(workspace).with_present().open().annotate(due_key=due)


def _mine(workspace: Workspace) -> Any:
    return _promises(workspace).mine()


def _theirs(workspace: Workspace) -> Any:
    return _promises(workspace).theirs()


def _overdue(workspace: Workspace) -> Any:
    return _promises(workspace).overdue(workspace.today())


def _settled(workspace: Workspace) -> Any:
    return Commitment.objects.for_workspace(workspace).with_present().filter(closed_on__isnull=False)


def _requests(workspace: Workspace) -> Any:
    return Request.objects.for_workspace(workspace).with_present().open()


SHOWS: Final[dict[str, tuple[Any, Callable[[Workspace], Any], tuple[str, ...]]]] = {
    "exchanges": (_("Exchanges"), _exchanges, ("-on", "-pk")),
    "interactions": (_("Calls, meetings, messages"), _interactions, ("-on", "-pk")),
    "overdue": (_("Overdue promises"), _overdue, ("due_key", "pk")),
    "mine": (_("My promises"), _mine, ("due_key", "pk")),
    "theirs": (_("Their promises"), _theirs, ("due_key", "pk")),
    "settled": (_("Settled promises"), _settled, ("-closed_on", "-pk")),
    "requests": (_("Open requests"), _requests, ("-asked_on", "-pk")),
}
