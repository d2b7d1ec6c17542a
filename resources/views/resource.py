"""Resources: the list, one of them with its uses, and the short forms that write them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.models import Contact
from contacts.ticking import ticked
from exchanges.models import Exchange
from networks.models import NetworkService
from resources.forms import ResourceForm, SpreadForm
from resources.models import Resource
from resources.proposing import BECOMES, spread
from strategy.models import Need
from ui.paginator import keyset_page
from ui.rendering import render_page
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.http import MemberRequest, number_asked
from workspaces.models import Role

STALE: Final = "stale"


@require_safe
def resource_list(request: MemberRequest) -> HttpResponse:
    """All that is known, one kind at a time if asked, or what is to be verified again."""
    today, shown = request.workspace.today(), request.GET.get("show", "")
    rows = Resource.objects.for_workspace(request.workspace).with_present().with_holder().with_uses()
    if shown == STALE:
        rows = rows.stale(today)
    elif shown in Need.Resource:
        rows = rows.filter(kind=shown)
    page = keyset_page(rows, ["words", "pk"], request.GET.get("page", ""))
    context = {
        "place": "resources",
        "shows": [("", _("All")), (STALE, _("To be verified")), *Need.Resource.choices],
        "show": shown if shown == STALE or shown in Need.Resource else "",
        "page": page,
        "resources": told(page.rows, today),
        "today": today,
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "resources/resource_list.html", context, partials={"rows"})


@require_safe
def resource_detail(request: MemberRequest, pk: int) -> HttpResponse:
    resource, today = one_resource(request, pk), request.workspace.today()
    context = {
        "place": "resources",
        "back_url": resource.holder_url or reverse("resources:resource_list"),
        "resource": resource,
        "stale": resource.is_stale(today),
        "uses": resource.uses.select_related("need").order_by("-on", "-pk"),
        "today": today,
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "resources/resource_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def resource_create(request: MemberRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.for_workspace(request.workspace).present(), pk=pk)
    first = Resource(workspace=request.workspace, contact=contact, **_shown_by(request, contact))
    return cards.create(request, ResourceForm, first, _card(str(contact), contact.get_absolute_url()))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def service_resource_create(request: MemberRequest, pk: int) -> HttpResponse:
    service: NetworkService = cards.one(request, NetworkService, pk)
    first = Resource(workspace=request.workspace, service=service)
    return cards.create(request, ResourceForm, first, _card(str(service), service.network.get_absolute_url()))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def resource_edit(request: MemberRequest, pk: int) -> HttpResponse:
    resource = one_resource(request, pk)
    card = Card(
        title=_("A resource"),
        lead=str(resource.holder),
        place="resources",
        back_url=resource.get_absolute_url(),
        delete_url=reverse("resources:resource_delete", args=[pk]),
    )
    return cards.edit(request, ResourceForm, resource, card)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def resource_delete(request: MemberRequest, pk: int) -> HttpResponse:
    resource = one_resource(request, pk)
    back_url = resource.holder_url or reverse("resources:resource_list")
    lead = _("Its uses go with it; exchanges and promises stay.")
    card = Card(title=_("Delete this resource?"), lead=lead, place="resources", back_url=back_url)
    return cards.delete(request, resource, card)


@require_POST
@role_required(Role.MEMBER)
def resource_verify(request: MemberRequest, pk: int) -> HttpResponse:
    """Still true today."""
    resource = one_resource(request, pk)
    resource.verify(by=request.member, on=request.workspace.today())
    messages.success(request, _("Verified today."))
    return redirect(resource)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def resource_spread(request: MemberRequest) -> HttpResponse:
    """The same resource for all those who were ticked in the list."""
    form = SpreadForm(request.POST if request.method == "POST" else None, workspace=request.workspace)
    if form.is_valid():
        words, kind, people = (form.cleaned_data[name] for name in ("words", "kind", "contact"))
        written = spread(people, words, kind, by=request.member, on=request.workspace.today())
        told = ngettext("Noted for %(count)s person.", "Noted for %(count)s people.", written) % {"count": written}
        messages.success(request, told)
        return redirect("resources:resource_list")
    context = {"place": "contacts", "form": form, "people": ticked(request)}
    context["back_url"] = reverse("contacts:contact_list")
    return render_page(request, "resources/resource_spread.html", context, status=422 if form.is_bound else 200)


def told(rows: Iterable[Resource], today: date) -> list[tuple[Resource, bool]]:
    """Each with whether it is to be verified again."""
    return [(row, row.is_stale(today)) for row in rows]


def one_resource(request: MemberRequest, pk: int) -> Resource:
    rows = Resource.objects.for_workspace(request.workspace).with_present().with_holder()
    resource: Resource = get_object_or_404(rows, pk=pk)
    return resource


def _shown_by(request: MemberRequest, contact: Contact) -> dict[str, Any]:
    """What an exchange of theirs shows that they can bring."""
    ours = Exchange.objects.for_workspace(request.workspace).filter(contact=contact, kind__in=BECOMES)
    line = ours.filter(pk=number_asked(request, "exchange")).first()
    return {"words": line.summary[:200], "kind": BECOMES[line.kind]} if line else {}


def _card(lead: str, back_url: str) -> Card:
    return Card(title=_("A resource"), lead=lead, place="resources", back_url=back_url, another=True)
