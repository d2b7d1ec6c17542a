"""Each time that a resource was called upon: noted, corrected, deleted."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from resources.forms import UseForm
from resources.models import Resource, Use
from resources.views.resource import one_resource
from strategy.models import Need
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.http import MemberRequest, number_asked
from workspaces.models import Role


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def use_create(request: MemberRequest, pk: int) -> HttpResponse:
    resource = one_resource(request, pk)
    need = cards.one(request, Need, number) if (number := number_asked(request, "need")) else None
    first = Use(workspace=request.workspace, resource=resource, need=need, on=request.workspace.today())
    return cards.create(request, UseForm, first, _card(resource))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def use_edit(request: MemberRequest, pk: int) -> HttpResponse:
    use = _one(request, pk)
    card = replace(_card(use.resource), delete_url=reverse("resources:use_delete", args=[pk]))
    return cards.edit(request, UseForm, use, card)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def use_delete(request: MemberRequest, pk: int) -> HttpResponse:
    use = _one(request, pk)
    return cards.delete(request, use, replace(_card(use.resource), title=_("Delete this use?")))


def _one(request: MemberRequest, pk: int) -> Use:
    present = Resource.objects.for_workspace(request.workspace).with_present()
    rows = Use.objects.for_workspace(request.workspace).filter(resource__in=present).select_related("resource")
    use: Use = get_object_or_404(rows, pk=pk)
    return use


def _card(resource: Any) -> Card:
    back_url = resource.get_absolute_url()
    return Card(title=_("It was called upon"), lead=str(resource), place="resources", back_url=back_url)
