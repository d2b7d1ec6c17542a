"""« Qui fait quoi »: for each need, the cheapest level that is up to it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from networks.delegating import who_does_what
from networks.forms.delegation import DelegationForm
from networks.models import Delegation
from strategy.models import Need
from ui.rendering import render_page
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role


@require_safe
def delegation_list(request: MemberRequest) -> HttpResponse:
    context = {
        "place": "process",
        "back_url": reverse("networks:network_list"),
        "table": who_does_what(request.workspace),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "networks/delegation_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def delegation_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Of one need: said for the first time, or changed."""
    need = cards.one(request, Need, pk)
    said = Delegation.objects.for_workspace(request.workspace).filter(need=need).first()
    card = Card(
        title=_("Who does it?"),
        lead=need.title,
        place="process",
        back_url=reverse("networks:delegation_list"),
        delete_url=reverse("networks:delegation_delete", args=[said.pk]) if said else "",
    )
    if said:
        return cards.edit(request, DelegationForm, said, card)
    return cards.create(request, DelegationForm, Delegation(workspace=request.workspace, need=need), card)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def delegation_delete(request: MemberRequest, pk: int) -> HttpResponse:
    card = Card(title=_("Say nothing of who does it?"), place="process", back_url=reverse("networks:delegation_list"))
    return cards.delete(request, cards.one(request, Delegation, pk), card)
