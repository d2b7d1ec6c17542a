"""What this room tells on the pages of a contact and of a network: what they can bring."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from contacts.models import Contact
from networks.models import Network, NetworkService
from resources.models import Resource
from resources.proposing import proposed
from resources.views.resource import told
from strategy.models import Need
from ui.rendering import render_page
from workspaces.cards import one
from workspaces.http import MemberRequest
from workspaces.models import Role


@require_safe
def contact_resources(request: MemberRequest, pk: int) -> HttpResponse:
    contacts = Contact.objects.for_workspace(request.workspace)
    contact = getattr(request, "at_hand", None) or get_object_or_404(contacts, pk=pk)
    today = request.workspace.today()
    ours = Resource.objects.for_workspace(request.workspace).of_contact(contact)
    rows = list(ours.with_holder().with_uses().order_by("kind", "pk"))
    writes = contact.deleted_at is None and request.member.may(Role.MEMBER)
    offered = proposed(contact, rows, today=today) if writes else []
    context = {
        "place": "contacts",
        "back_url": contact.get_absolute_url(),
        "contact": contact,
        "today": today,
        "desk": request.workspace.slug,
        "resources": told(rows, today),
        "proposed": offered,
        "kinds": Need.Resource.choices,
        "writes": writes,
    }
    return render_page(request, "resources/contact_resources.html", context, partials={"contact_resources"})


@require_safe
def network_resources(request: MemberRequest, pk: int) -> HttpResponse:
    """Through its services: a network without any offers nothing that could be named."""
    network = getattr(request, "at_hand", None) or one(request, Network, pk)
    today = request.workspace.today()
    services = NetworkService.objects.for_workspace(request.workspace).filter(network=network).order_by("title", "pk")
    rows = Resource.objects.for_workspace(request.workspace).filter(service__network=network)
    context = {
        "place": "networks",
        "back_url": network.get_absolute_url(),
        "today": today,
        "network": network,
        "services": list(services),
        "resources": told(rows.with_holder().with_uses().order_by("kind", "pk"), today),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "resources/network_resources.html", context, partials={"network_resources"})
