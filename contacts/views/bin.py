"""The bin: contacts put aside, restored within thirty days, or erased."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.erasing import erase
from contacts.models import Contact
from contacts.models.contact import BIN_DAYS
from ui.paginator import keyset_page
from ui.rendering import render_page
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role


@require_safe
def bin(request: MemberRequest) -> HttpResponse:
    binned = Contact.objects.for_workspace(request.workspace).binned().select_related("deleted_by__user")
    page = keyset_page(binned.defer("notes", "search"), ["-deleted_at", "-pk"], request.GET.get("page", ""))
    context = {
        "place": "contacts",
        "page": page,
        "today": request.workspace.today(),
        "days": BIN_DAYS,
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "contacts/bin.html", context)


@require_POST
@role_required(Role.MEMBER)
def contact_bin(request: MemberRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.for_workspace(request.workspace).present(), pk=pk)
    contact.bin(by=request.member)
    done = _("%(name)s is in the bin.") % {"name": contact}
    restore = reverse("contacts:contact_restore", args=[pk])
    undo = '{} <a class="link" href="{}" hx-post="{}" hx-swap="none">{}</a>'
    messages.success(request, format_html(undo, done, reverse("contacts:bin"), restore, _("Undo")))
    return redirect("contacts:contact_list")


@require_POST
@role_required(Role.MEMBER)
def contact_restore(request: MemberRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.for_workspace(request.workspace).binned(), pk=pk)
    contact.restore(by=request.member)
    messages.success(request, _("%(name)s is back in your contacts.") % {"name": contact})
    return redirect(contact)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def contact_erase(request: MemberRequest, pk: int) -> HttpResponse:
    """Asks first; only what is in the bin can be erased."""
    binned = Contact.objects.for_workspace(request.workspace).binned()
    contact = get_object_or_404(binned, pk=pk)
    if request.method != "POST":
        return render_page(request, "contacts/contact_erase.html", {"place": "contacts", "contact": contact})
    if not erase(pk, among=binned, by=request.member):
        raise Http404
    messages.success(request, _("%(name)s is deleted for good.") % {"name": contact})
    return redirect("contacts:bin")
