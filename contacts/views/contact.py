"""One contact: its page, its form, its history."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contacts.birthdays import in_words
from contacts.editing import Card, card_of, create, differences, edit_or_merge, lookalikes, split_typed, trace
from contacts.forms.contact import ContactSheet
from contacts.models import Affiliation, Contact, ContactPoint
from ui.paginator import keyset_page
from ui.rendering import render_page
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.logbook import history_of, words_for
from workspaces.models import Role
from workspaces.owned import EditedMeanwhile


@require_safe
def contact_detail(request: MemberRequest, pk: int) -> HttpResponse:
    contacts = Contact.objects.for_workspace(request.workspace).select_related("relationship__objective", "met_through")
    contact = get_object_or_404(contacts, pk=pk)
    points, today = list(contact.points.order_by("pk")), request.workspace.today()
    context = {
        "place": "contacts",
        "back_url": reverse("contacts:contact_list"),
        "contact": contact,
        "note_about": None if contact.deleted_at else contact,
        "today": today,
        "birthday": in_words(contact.birthday, today) if contact.birthday else "",
        "emails": [point for point in points if point.kind == ContactPoint.Kind.EMAIL],
        "phones": [point for point in points if point.kind == ContactPoint.Kind.PHONE],
        "positions": contact.positions.select_related("organisation").order_by("-is_main", "-started_on", "pk"),
        "tags": contact.tags.order_by("name_key"),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "contacts/contact_detail.html", context | _networks_of(contact, today))


def _networks_of(contact: Contact, today: date) -> dict[str, list[Affiliation]]:
    """Those that all may see, the running ones first; those kept for a reason; those that wait for one, unnamed."""
    rows = list(contact.affiliations.select_related("network").order_by("network__name", "pk"))
    rows.sort(key=lambda row: row.until is not None and row.until < today)
    return {
        "affiliations": [row for row in rows if not row.network.asks_reason],
        "reserved": [row for row in rows if row.network.asks_reason and row.reason],
        "waiting": [row for row in rows if row.waits_for_reason],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def contact_create(request: MemberRequest) -> HttpResponse:
    contact = Contact(workspace=request.workspace)
    card = Card(details=split_typed(request.GET.get("name", "")[:240]))
    sheet = ContactSheet(request.workspace, contact, card, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form_page(request, "contacts/contact_create.html", sheet)
    if sheet.from_another_desk:
        return _form_page(request, "contacts/contact_create.html", sheet, status=409, moved=True)
    if not sheet.is_valid():
        return _form_page(request, "contacts/contact_create.html", sheet, status=422)
    if alike := sheet.unseen(lookalikes(sheet.card(), of=contact)):
        return _form_page(request, "contacts/contact_create.html", sheet, status=422, alike=alike)
    made = create(sheet.card(), by=request.member)
    messages.success(request, _("%(name)s is in your contacts.") % {"name": made})
    return redirect(made)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def contact_edit(request: MemberRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.for_workspace(request.workspace).present(), pk=pk)
    stored = card_of(contact)
    sheet = ContactSheet(request.workspace, contact, stored, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form_page(request, "contacts/contact_edit.html", sheet)
    if not sheet.is_valid():
        return _form_page(request, "contacts/contact_edit.html", sheet, status=422)
    known = lookalikes(stored, of=contact)
    if alike := sheet.unseen(one for one in lookalikes(sheet.card(), of=contact) if one not in known):
        return _form_page(request, "contacts/contact_edit.html", sheet, status=422, alike=alike)
    try:
        both = edit_or_merge(contact, sheet.card(), version=sheet.version, drawn=sheet.drawn, by=request.member)
    except EditedMeanwhile:
        return _lost_update(request, contact, sheet)
    saved = _("Saved, and what somebody else changed meanwhile was kept.") if both else _("Saved.")
    messages.success(request, saved)
    return redirect(contact)


def _lost_update(request: MemberRequest, contact: Contact, sheet: ContactSheet) -> HttpResponse:
    """Both sides, with what was typed still in the form, ready to be saved over what is stored now."""
    contact.refresh_from_db()
    clash = differences(sheet.card(), card_of(contact), sheet.drawn)
    return _form_page(request, "contacts/contact_edit.html", sheet, status=409, clash=clash, edited=True)


def _form_page(
    request: MemberRequest, template: str, sheet: ContactSheet, *, status: int = 200, **context: Any
) -> HttpResponse:
    alike = context.get("alike", [])
    anew = context.get("edited") or not sheet.data
    shown = sheet.seen | {str(one.pk) for one in alike}
    context |= {
        "place": "contacts",
        "back_url": sheet.contact.get_absolute_url() if sheet.contact.pk else reverse("contacts:contact_list"),
        "sheet": sheet,
        "contact": sheet.contact,
        "version": sheet.contact.version if anew else sheet.version,
        "drawn": trace(card_of(sheet.contact)) if anew and sheet.contact.pk else sheet.drawn,
        "seen": " ".join(sorted(shown)),
        "desk": request.workspace.slug,
    }
    return render_page(request, template, context, status=status)


@require_safe
def contact_history(request: MemberRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.for_workspace(request.workspace), pk=pk)
    entries = history_of(contact).filter(workspace=request.workspace)
    page = keyset_page(entries, ["-at", "-pk"], request.GET.get("page", ""))
    context = {
        "place": "contacts",
        "back_url": contact.get_absolute_url(),
        "contact": contact,
        "page": page,
        "acts": [(entry, words_for(entry.act)) for entry in page.rows],
    }
    return render_page(request, "contacts/contact_history.html", context)
