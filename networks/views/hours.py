"""Time given to a network outside its meetings: a quick entry, the list, corrections."""

from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from networks.forms.meeting import TimeForm
from networks.hours import minutes_of, year_to
from networks.models import Network, TimeSpent
from ui.paginator import keyset_page
from ui.rendering import render_page
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role

ON_SHEET: Final = 3


@require_safe
def time_list(request: MemberRequest, pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    page = keyset_page(network.times.all(), ["-on", "-pk"], request.GET.get("page", ""))
    context = on_sheet(request, network) | {
        "place": "networks",
        "network": network,
        "page": page,
        "back_url": network.get_absolute_url(),
        "today": request.workspace.today(),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "networks/time_list.html", context, partials={"rows"})


def on_sheet(request: MemberRequest, network: Network) -> dict[str, Any]:
    """What the sheet of the network says of the time that it takes: this month, twelve months, the last lines."""
    today = request.workspace.today()
    spent = {
        name: minutes_of(request.workspace, since, today, network=network).get(network.pk, 0)
        for name, since in (("month_minutes", today.replace(day=1)), ("year_minutes", year_to(today)))
    }
    return spent | {"times": network.times.order_by("-on", "-pk")[:ON_SHEET]}


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def time_create(request: MemberRequest, pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    first = TimeSpent(workspace=request.workspace, network=network, on=request.workspace.today())
    return cards.create(request, TimeForm, first, _card(network))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def time_edit(request: MemberRequest, pk: int) -> HttpResponse:
    spent: TimeSpent = cards.one(request, TimeSpent, pk)
    return cards.edit(request, TimeForm, spent, _card(spent.network, spent))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def time_delete(request: MemberRequest, pk: int) -> HttpResponse:
    spent: TimeSpent = cards.one(request, TimeSpent, pk)
    back_url = spent.network.get_absolute_url()
    card = Card(title=_("Delete this time?"), place="networks", back_url=back_url)
    return cards.delete(request, spent, card)


def _card(network: Network, spent: TimeSpent | None = None) -> Card:
    delete_url = reverse("networks:time_delete", args=[spent.pk]) if spent else ""
    return Card(
        title=_("Time spent"),
        lead=str(network),
        place="networks",
        back_url=network.get_absolute_url(),
        delete_url=delete_url,
        another=True,
    )
