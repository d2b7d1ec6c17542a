"""Whom a contact knows, whom an introduction may have made them know, and through whom they are reached."""

from django.db.models import Case, F, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from contacts.models import Acquaintance, Contact
from resources.introducing import introduced
from resources.paths import paths
from ui.paginator import keyset_page
from ui.rendering import render_page
from workspaces.http import MemberRequest
from workspaces.models import Role


@require_safe
def contact_acquaintances(request: MemberRequest, pk: int) -> HttpResponse:
    """A part of the contact's page, fetched after it; a page of its own for whoever knows many."""
    contact: Contact = get_object_or_404(Contact.objects.for_workspace(request.workspace).present(), pk=pk)
    today, writes = request.workspace.today(), request.member.may(Role.MEMBER)
    ties = Acquaintance.objects.for_workspace(request.workspace).of(contact).with_present()
    named = ties.annotate(name=Case(When(one=contact, then=F("other__sort_key")), default=F("one__sort_key")))
    page = keyset_page(named.select_related("one", "other"), ["name", "pk"], request.GET.get("page", ""))
    context = {
        "place": "contacts",
        "back_url": contact.get_absolute_url(),
        "contact": contact,
        "page": page,
        "ties": [row.seen_from(contact) for row in page.rows],
        "introduced": introduced(contact, today=today) if writes else [],
        "path": paths(request.workspace, [contact.pk], today=today).get(contact.pk),
        "desk": request.workspace.slug,
        "writes": writes,
    }
    return render_page(request, "resources/contact_acquaintances.html", context, partials={"contact_acquaintances"})
