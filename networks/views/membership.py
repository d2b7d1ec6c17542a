"""Our place in a network: written, moved on in one tap, brought up for decision, and left with a checklist."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from networks import leaving
from networks.clashes import clashes_of
from networks.forms.membership import ExitForm, LeaveForm, MembershipForm
from networks.models import Channel, Membership, MovedOn, Network, Status
from ui.rendering import render_page
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role
from workspaces.owned import EditedMeanwhile


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def membership_create(request: MemberRequest, pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    first = Membership(workspace=request.workspace, network=network)
    return _clashes_told(request, network, cards.create(request, MembershipForm, first, _card(network)))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def membership_edit(request: MemberRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    card = replace(_card(membership.network), delete_url=reverse("networks:membership_delete", args=[pk]))
    return _clashes_told(request, membership.network, cards.edit(request, MembershipForm, membership, card))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def membership_delete(request: MemberRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    lead = _("For a membership written by mistake; one that is over is left, and stays in sight.")
    card = replace(_card(membership.network), title=_("Delete this membership?"), lead=lead)
    return cards.delete(request, membership, card)


@require_POST
@role_required(Role.MEMBER)
def membership_join(request: MemberRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    return _moved(request, membership, lambda: membership.join(by=request.member, on=request.workspace.today()))


@require_POST
@role_required(Role.MEMBER)
def membership_suspend(request: MemberRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    return _moved(request, membership, lambda: membership.suspend(by=request.member))


@require_POST
@role_required(Role.MEMBER)
def membership_resume(request: MemberRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    return _moved(request, membership, lambda: membership.resume(by=request.member))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def membership_exit(request: MemberRequest, pk: int) -> HttpResponse:
    """The checklist; what is ticked waits there until one comes back."""
    membership = _membership(request, pk)
    if request.method != "POST":
        return _exit_drawn(request, membership)
    form = ExitForm(request.POST, workspace=request.workspace, instance=membership)
    if not form.is_valid():
        return _exit_drawn(request, membership, form=form, status=422)
    try:
        form.write(by=request.member)
    except EditedMeanwhile as refused:
        messages.warning(request, str(refused))
        return _exit_drawn(request, _membership(request, pk), status=409)
    messages.success(request, _("Saved."))
    return redirect("networks:membership_exit", pk=pk)


@require_POST
@role_required(Role.MEMBER)
def membership_leave(request: MemberRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    ticks = ExitForm(request.POST, workspace=request.workspace, instance=membership)
    form = LeaveForm(request.POST, of=membership)
    if not all([form.is_valid(), ticks.is_valid()]):
        return _exit_drawn(request, membership, form=ticks, leave=form, status=422)

    def leave() -> None:
        with transaction.atomic():
            if ticks.cleaned_data["version"]:
                ticks.write(by=request.member)
            leaving.leave(membership, by=request.member, **form.cleaned_data)

    try:
        return _moved(request, membership, leave)
    except EditedMeanwhile as refused:
        messages.warning(request, str(refused))
        return _exit_drawn(request, _membership(request, pk), leave=form, status=409)


@require_safe
def renewal_list(request: MemberRequest) -> HttpResponse:
    today = request.workspace.today()
    context = {
        "place": "networks",
        "back_url": reverse("networks:network_list"),
        "today": today,
        "renewals": Membership.objects.for_workspace(request.workspace).to_decide(today),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "networks/renewal_list.html", context, partials={"renewal_list"})


def _membership(request: MemberRequest, pk: int) -> Membership:
    memberships = Membership.objects.for_workspace(request.workspace).select_related("network", "workspace")
    membership: Membership = get_object_or_404(memberships, pk=pk)
    return membership


def _card(network: Network) -> Card:
    return Card(title=_("Membership"), lead=network.name, place="networks", back_url=network.get_absolute_url())


def _moved(request: MemberRequest, membership: Membership, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except MovedOn as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Saved."))
    return redirect(membership)


def _clashes_told(request: MemberRequest, network: Network, answer: HttpResponse) -> HttpResponse:
    """What was saved is kept; what it clashes with is said at once, and stands on the sheet."""
    if answer.status_code == 302 and (found := clashes_of(network)):
        names = ", ".join(
            dict.fromkeys((each.second if each.first.pk == network.pk else each.first).name for each in found)
        )
        messages.warning(request, _("Does not go with: %(names)s. The sheet says why.") % {"names": names})
    return answer


def _exit_drawn(
    request: MemberRequest, membership: Membership, *, form: Any = None, leave: Any = None, status: int = 200
) -> HttpResponse:
    network = membership.network
    form = form or ExitForm(workspace=request.workspace, instance=membership)
    context = {
        "place": "networks",
        "back_url": network.get_absolute_url(),
        "network": network,
        "membership": membership,
        "over": membership.status == Status.LEFT,
        "today": request.workspace.today(),
        "form": form,
        "ticks": [form[item.key] for item in leaving.CHECKLIST],
        "leave": leave or LeaveForm(of=membership),
        "channels": Channel.objects.for_workspace(request.workspace).filter(network=network).order_by("kind", "pk"),
    }
    return render_page(request, "networks/membership_exit.html", context, status=status)
