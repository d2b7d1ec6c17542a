"""What a sheet lists: its rules, channels and services, and its links with our other networks."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from networks.forms.link import LinkForm
from networks.forms.parts import ChannelForm, RuleForm, ServiceForm
from networks.mapping import draw, looks
from networks.models import Channel, Network, NetworkLink, NetworkRule, NetworkService
from ui.rendering import render_page
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.forms import CardForm
from workspaces.http import MemberRequest
from workspaces.models import Role

WORDS = {
    NetworkRule: ("rule", _("A rule"), _("Delete this rule?")),
    Channel: ("channel", _("A channel"), _("Delete this channel?")),
    NetworkService: ("service", _("A service"), _("Delete this service?")),
    NetworkLink: ("link", _("A link between networks"), _("Delete this link?")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def rule_create(request: MemberRequest, pk: int) -> HttpResponse:
    return _create(request, RuleForm, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def rule_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, RuleForm, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def rule_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, NetworkRule, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def channel_create(request: MemberRequest, pk: int) -> HttpResponse:
    return _create(request, ChannelForm, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def channel_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, ChannelForm, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def channel_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, Channel, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def service_create(request: MemberRequest, pk: int) -> HttpResponse:
    return _create(request, ServiceForm, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def service_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, ServiceForm, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def service_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, NetworkService, pk)


@require_POST
@role_required(Role.MEMBER)
def service_use(request: MemberRequest, pk: int) -> HttpResponse:
    service = cards.one(request, NetworkService, pk)
    service.use(by=request.member, on=request.workspace.today())
    return redirect(service.network)


@require_POST
@role_required(Role.MEMBER)
def service_contribute(request: MemberRequest, pk: int) -> HttpResponse:
    service = cards.one(request, NetworkService, pk)
    service.contribute(by=request.member)
    return redirect(service.network)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def link_create(request: MemberRequest, pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    first = NetworkLink(workspace=request.workspace, source=network)
    return cards.create(request, LinkForm, first, _card(NetworkLink, network))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def link_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, LinkForm, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def link_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, NetworkLink, pk)


@require_safe
def network_map(request: MemberRequest) -> HttpResponse:
    """Our networks in one column, the links between them as arcs; the same in words beneath."""
    networks = list(Network.objects.for_workspace(request.workspace).order_by("type", "name", "pk"))
    links = list(NetworkLink.objects.for_workspace(request.workspace).select_related("source", "target"))
    links.sort(key=lambda link: (link.source.name, link.kind, link.target.name))
    context = {
        "place": "networks",
        "back_url": reverse("networks:network_list"),
        "networks": networks,
        "links": links,
        "map": draw(networks, links),
        "looks": looks(),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "networks/network_map.html", context)


def _create(request: MemberRequest, form_class: type[CardForm], pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    model = form_class._meta.model
    first = model(workspace=request.workspace, network=network)
    return cards.create(request, form_class, first, replace(_card(model, network), another=True))


def _edit(request: MemberRequest, form_class: type[CardForm], pk: int) -> HttpResponse:
    row = cards.one(request, form_class._meta.model, pk)
    kind = WORDS[type(row)][0]
    delete_url = reverse(f"networks:{kind}_delete", args=[pk])
    return cards.edit(request, form_class, row, replace(_card(type(row), _sheet_of(row)), delete_url=delete_url))


def _delete(request: MemberRequest, model: type[Any], pk: int) -> HttpResponse:
    row = cards.one(request, model, pk)
    return cards.delete(request, row, replace(_card(model, _sheet_of(row)), title=WORDS[model][2]))


def _sheet_of(row: Any) -> Network:
    network: Network = row.source if isinstance(row, NetworkLink) else row.network
    return network


def _card(model: type[Any], network: Network) -> Card:
    return Card(title=WORDS[model][1], lead=network.name, place="networks", back_url=network.get_absolute_url())
