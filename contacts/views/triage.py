"""Sorting contacts card by card (tri): the last met first, one question, four answers, and the last one taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.forms.triage import SortForm, UnsortForm
from contacts.models import Contact, Relationship, SortedMeanwhile
from contacts.models.relationship import LAST_CONTACT
from ui.paginator import keyset_page
from ui.rendering import render_page
from workspaces.decorators import role_required
from workspaces.http import MemberRequest, number_asked
from workspaces.models import Role


@require_safe
def triage(request: MemberRequest) -> HttpResponse:
    """One contact that nobody has sorted yet. `page` leads to later cards, `last` is the one just sorted."""
    waiting = _relationships(request).unsorted().annotate(key=LAST_CONTACT)
    page = keyset_page(waiting, ["-key", "-contact_id"], request.GET.get("page", ""), size=1)
    card = page.rows[0] if page.rows else None
    last = _relationships(request).sorted().filter(contact=number_asked(request, "last")).first()
    form = SortForm(workspace=request.workspace, relationship=card) if card else None
    return _drawn(request, card, form, page=page, last=last, queue=True)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def contact_sort(request: MemberRequest, pk: int) -> HttpResponse:
    one = _one(request, pk)
    queue = "queue" in request.POST
    if request.method != "POST":
        return _drawn(request, one, SortForm(workspace=request.workspace, relationship=one), queue=False)
    form = SortForm(request.POST, workspace=request.workspace, relationship=one)
    if not form.is_valid():
        return _drawn(request, one, form, queue=queue, status=422)
    said = form.cleaned_data
    try:
        one.sort(said["rank"], said["objective"], by=request.member, seen=said["seen"])
    except SortedMeanwhile as refused:
        messages.warning(request, str(refused))
        return redirect("contacts:triage" if queue else one.contact)
    if queue:
        return redirect(f"{reverse('contacts:triage')}?last={one.contact_id}")
    messages.success(request, _("Saved."))
    return redirect(one.contact)


@require_POST
@role_required(Role.MEMBER)
def contact_unsort(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes back what the last card said, unless somebody has said something else since."""
    one, form = _one(request, pk), UnsortForm(request.POST)
    try:
        if not form.is_valid():
            raise SortedMeanwhile
        one.sort("", None, by=request.member, seen=form.cleaned_data["seen"])
    except SortedMeanwhile as refused:
        messages.warning(request, str(refused))
    return redirect("contacts:triage")


def _relationships(request: MemberRequest) -> Any:
    rows = Relationship.objects.for_workspace(request.workspace).present()
    return rows.select_related("contact__met_through", "objective")


def _one(request: MemberRequest, pk: int) -> Relationship:
    contact = get_object_or_404(Contact.objects.for_workspace(request.workspace).present(), pk=pk)
    found: Relationship = get_object_or_404(_relationships(request), contact=contact)
    return found


def _drawn(
    request: MemberRequest, one: Relationship | None, form: SortForm | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "place": "process",
        "back_url": reverse("contacts:contact_list"),
        "card": one,
        "form": form,
        "tags": one.contact.tags.order_by("name_key") if one else [],
        "today": request.workspace.today(),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "contacts/triage.html", context | more, status=status)
