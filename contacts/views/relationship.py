"""What the owner says of ties, one at a time or for several who were ticked in the list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from contacts.circles import fill, overfull, sizes
from contacts.forms.relationship import CircleForm, RelationshipForm
from contacts.models import Contact, Relationship
from contacts.ticking import ticked
from ui.rendering import render_page
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def relationship_edit(request: MemberRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.for_workspace(request.workspace).present(), pk=pk)
    rows = Relationship.objects.for_workspace(request.workspace).select_related("contact", "workspace")
    tie = get_object_or_404(rows, contact=contact)
    title = _("Your tie with %(name)s") % {"name": tie.contact}
    card = Card(title=title, place="contacts", back_url=tie.contact.get_absolute_url())
    response = cards.edit(request, RelationshipForm, tie, card)
    if response.status_code == 302 and (warning := overfull(request.workspace, tie.circle)):
        messages.warning(request, warning)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def circle_fill(request: MemberRequest) -> HttpResponse:
    """Those who were ticked in the list are put in one circle."""
    data = request.POST if request.method == "POST" else None
    form = CircleForm(data, workspace=request.workspace, held=sizes(request.workspace))
    if form.is_valid():
        circle = form.cleaned_data["circle"]
        moved = fill(circle, list(form.cleaned_data["contact"]), by=request.member)
        told = ngettext("%(count)s person moved.", "%(count)s people moved.", moved) % {"count": moved}
        messages.success(request, told)
        if warning := overfull(request.workspace, circle):
            messages.warning(request, warning)
        return redirect("contacts:contact_list")
    context = {"place": "contacts", "form": form, "people": ticked(request)}
    context["back_url"] = reverse("contacts:contact_list")
    return render_page(request, "contacts/circle_fill.html", context, status=422 if form.is_bound else 200)
