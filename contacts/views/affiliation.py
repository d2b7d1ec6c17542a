"""The networks of one contact, written from their page."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from contacts.forms.affiliation import AffiliationForm
from contacts.models import Affiliation, Contact
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def affiliation_create(request: MemberRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.for_workspace(request.workspace).present(), pk=pk)
    first = Affiliation(workspace=request.workspace, contact=contact)
    card = _card(contact, _("A network of %(name)s") % {"name": contact})
    return cards.create(request, AffiliationForm, first, card)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def affiliation_edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = _one(request, pk)
    delete_url = reverse("contacts:affiliation_delete", args=[pk])
    card = replace(_card(row.contact, row.network.name), delete_url=delete_url)
    return cards.edit(request, AffiliationForm, row, card)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def affiliation_delete(request: MemberRequest, pk: int) -> HttpResponse:
    row = _one(request, pk)
    title = _("Is %(name)s not in %(network)s?") % {"name": row.contact, "network": row.network}
    lead = _("The network and the contact stay, and so does what was noted with them.")
    return cards.delete(request, row, replace(_card(row.contact, title), lead=lead))


def _one(request: MemberRequest, pk: int) -> Affiliation:
    rows = Affiliation.objects.for_workspace(request.workspace).with_present().select_related("contact", "network")
    row: Affiliation = get_object_or_404(rows, pk=pk)
    return row


def _card(contact: Contact, title: Any) -> Card:
    return Card(title=title, place="contacts", back_url=contact.get_absolute_url())
