"""The ledger of the whole company: one kind at a time, page after page, its state in the address."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from exchanges.models import Commitment, Exchange, Interaction, Request
from exchanges.telling import tell_all
from networks.models import Network
from strategy.models import Need
from ui.paginator import keyset_page
from ui.rendering import render_page
from workspaces.cards import one
from workspaces.http import MemberRequest, number_asked
from workspaces.models import Role, Workspace

NEVER: Final = date(9999, 12, 31)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A chip of the page: what is chosen, or what there is to choose among."""

    name: str
    label: Any
    chosen: Any
    rows: list[Any]


@require_safe
def ledger(request: MemberRequest) -> HttpResponse:
    """Filtered by a network or a need, it shows the kinds that name one; any other is the usual one."""
    names = _named(request)
    shows = {name: show for name, show in SHOWS.items() if names.keys() <= show.names}
    shown = request.GET.get("show", "")
    shown = shown if shown in shows else "exchanges"
    rows = _naming(shows[shown].rows(request.workspace), names)
    page = keyset_page(rows.select_related("contact"), shows[shown].order, request.GET.get("page", ""))
    context = {
        "shows": [(name, show.label) for name, show in shows.items()],
        "show": shown,
        "page": page,
        "rows": tell_all(page.rows, request.workspace.today()),
        "filters": _filters(request, shows[shown].names, names),
        "place": "exchanges",
        "may_write": request.member.may(Role.MEMBER),
    }
    return render_page(request, "exchanges/ledger.html", context, partials={"rows"})


def _named(request: MemberRequest) -> dict[str, Any]:
    """The network and the need of the address; one that is not ours is a page that does not exist. Nor is there a list
    of the people of a network that may reveal a belief."""
    asked = {"network": Network, "need": Need}
    found = {name: one(request, kind, pk) for name, kind in asked.items() if (pk := number_asked(request, name))}
    if "network" in found and found["network"].asks_reason:
        raise Http404
    return found


def _naming(rows: Any, names: dict[str, Any]) -> Any:
    """By number, so that SQLite too asks the index of the network or of the need, whatever the order of the page."""
    return rows.filter(pk__in=rows.model.objects.filter(**names).values("pk")) if names else rows


def _filters(request: MemberRequest, able: Collection[str], chosen: dict[str, Any]) -> list[Filter]:
    """What these lines may be filtered by: the networks and the needs that there are, once none is chosen."""
    networks = Network.objects.for_workspace(request.workspace).open_to_all().order_by("name", "pk").only("name")
    needs = Need.objects.for_workspace(request.workspace).order_by("title", "pk").only("title")
    offered = (("network", _("Network"), networks), ("need", _("Need"), needs))
    return [
        Filter(name=name, label=label, chosen=chosen.get(name), rows=[] if name in chosen else list(rows))
        for name, label, rows in offered
        if name in able
    ]


def one_of_two() -> Q:
    """A mutual exchange is one line, that of its given side."""
    return Q(twin=None) | Q(direction=Exchange.Direction.GIVEN)


def _exchanges(workspace: Workspace) -> Any:
    return Exchange.objects.for_workspace(workspace).with_present().filter(one_of_two())


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


@dataclass(frozen=True, kw_only=True)
class Show:
    """`names`: what its lines may name, hence what they are filtered by."""

    label: Any
    rows: Callable[[Workspace], Any]
    order: tuple[str, ...]
    names: frozenset[str] = frozenset()


BOTH: Final = frozenset({"network", "need"})
BY_DUE: Final = ("due_key", "pk")
SHOWS: Final = {
    "exchanges": Show(label=_("Exchanges"), rows=_exchanges, order=("-on", "-pk"), names=BOTH),
    "interactions": Show(
        label=_("Calls, meetings, messages"), rows=_interactions, order=("-on", "-pk"), names=frozenset({"network"})
    ),
    "overdue": Show(label=_("Overdue promises"), rows=_overdue, order=BY_DUE),
    "mine": Show(label=_("My promises"), rows=_mine, order=BY_DUE),
    "theirs": Show(label=_("Their promises"), rows=_theirs, order=BY_DUE),
    "settled": Show(label=_("Settled promises"), rows=_settled, order=("-closed_on", "-pk")),
    "requests": Show(label=_("Open requests"), rows=_requests, order=("-asked_on", "-pk"), names=BOTH),
}
