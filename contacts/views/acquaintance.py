"""Whom a contact knows, written from their page or from the other's."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts.forms.acquaintance import AcquaintanceForm
from contacts.models import Acquaintance, Contact
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.http import MemberRequest, number_asked
from workspaces.models import Role


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def acquaintance_create(request: MemberRequest, pk: int) -> HttpResponse:
    contact: Contact = get_object_or_404(Contact.objects.for_workspace(request.workspace).present(), pk=pk)
    first = Acquaintance(workspace=request.workspace, one=contact)
    lead = _("Somebody who is not in your contacts yet is created first; then you say here that they know each other.")
    card = replace(_card(contact, _("Someone whom %(name)s knows") % {"name": contact}), lead=lead, another=True)
    return cards.create(request, AcquaintanceForm.seen_by(contact), first, card)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def acquaintance_edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    delete_url = reverse("contacts:acquaintance_delete", args=[pk]) + f"?of={row.one_id}"
    title = _("%(one)s and %(other)s") % {"one": row.one, "other": row.other}
    return cards.edit(
        request, AcquaintanceForm.seen_by(row.one), row, replace(_card(row.one, title), delete_url=delete_url)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def acquaintance_delete(request: MemberRequest, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    title = _("Do %(one)s and %(other)s not know each other?") % {"one": row.one, "other": row.other}
    lead = _("Both contacts stay, and so does what was noted with them.")
    return cards.delete(request, row, replace(_card(row.one, title), lead=lead))


def _seen(request: MemberRequest, pk: int) -> Acquaintance:
    """From the side of the contact whose page it was opened from (`?of=`)."""
    rows = Acquaintance.objects.for_workspace(request.workspace).with_present().select_related("one", "other")
    row: Acquaintance = get_object_or_404(rows, pk=pk)
    return row.seen_from(row.other) if row.other_id == number_asked(request, "of") else row


def _card(contact: Contact, title: Any) -> Card:
    return Card(title=title, place="contacts", back_url=contact.get_absolute_url())
