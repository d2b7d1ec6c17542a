"""Choosing: tool or weapon, the strategy's filter, trials, decisions."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from networks import trying
from networks.candidates import candidates
from networks.choosing import WEAPONS_ADVISED, screen, weapons_among
from networks.forms.choice import DecisionForm, FitForm, PointsForm, RoleForm, VisitForm
from networks.models import VISITS_MAX, Decision, Meeting, Network, Trial
from strategy.models import Objective
from ui.rendering import render_page
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role
from workspaces.owned import EditedMeanwhile


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def network_role(request: MemberRequest, pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    lead = _("A tool is useful and can be replaced; a weapon is hard to copy and decides where the company goes.")
    return cards.edit(request, RoleForm, network, _card(network, _("Tool or weapon?"), lead))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def network_fit(request: MemberRequest, pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    lead = _("From 0, not at all, to 10, entirely. Leave empty what you do not know.")
    card = Card(title=network.name, lead=lead, place="networks", back_url=reverse("networks:network_screen"))
    return cards.edit(request, FitForm, network, card)


@require_safe
def network_screen(request: MemberRequest) -> HttpResponse:
    """Every sheet before the strategy, in the order in which they answer it."""
    screened = screen(request.workspace, today=request.workspace.today())
    context = {
        "place": "networks",
        "back_url": reverse("networks:network_list"),
        "matching": [one for one in screened if one.matches],
        "others": [one for one in screened if one.score is not None and not one.matches],
        "unjudged": [one for one in screened if one.score is None],
        "weapons": weapons_among(screened),
        "weapons_advised": WEAPONS_ADVISED,
        "candidates": candidates(request.workspace),
        "stated": Objective.objects.for_workspace(request.workspace).exists(),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "networks/network_screen.html", context)


@require_POST
@role_required(Role.MEMBER)
def trial_open(request: MemberRequest, pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    try:
        trial = trying.open_trial(network, by=request.member, on=request.workspace.today())
    except trying.TrialOpen as refused:
        messages.warning(request, str(refused))
        return redirect(network)
    return redirect(trial)


@require_safe
def trial_detail(request: MemberRequest, pk: int) -> HttpResponse:
    return _trial_drawn(request, _trial(request, pk))


@require_POST
@role_required(Role.MEMBER)
def trial_points(request: MemberRequest, pk: int) -> HttpResponse:
    trial = _trial(request, pk)
    if trial.closed_on:
        messages.warning(request, str(trying.TrialClosed()))
        return redirect(trial)
    form = PointsForm(request.POST, workspace=request.workspace, instance=trial)
    if not form.is_valid():
        return _trial_drawn(request, trial, form=form, status=422)
    try:
        form.write(by=request.member)
    except EditedMeanwhile as refused:
        messages.warning(request, str(refused))
        return _trial_drawn(request, _trial(request, pk), status=409)
    messages.success(request, _("Saved."))
    return redirect(trial)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def trial_visit(request: MemberRequest, pk: int) -> HttpResponse:
    trial = _trial(request, pk)
    title = _("Visit to %(network)s") % {"network": trial.network}
    first = Meeting(workspace=request.workspace, network=trial.network, trial=trial, title=title[:200])
    card = Card(title=_("A visit"), lead=trial.network.name, place="networks", back_url=trial.get_absolute_url())
    try:
        return cards.create(request, VisitForm, first, card)
    except (trying.TrialClosed, trying.VisitsSpent) as refused:
        messages.warning(request, str(refused))
        return redirect(trial)


@require_POST
@role_required(Role.MEMBER)
def trial_close(request: MemberRequest, pk: int) -> HttpResponse:
    """What was marked and not saved yet is sent with it."""
    trial = _trial(request, pk)
    form = PointsForm(request.POST, workspace=request.workspace, instance=trial)
    if not form.is_valid():
        return _trial_drawn(request, trial, form=form, status=422)
    try:
        with transaction.atomic():
            if form.cleaned_data["version"] and not trial.closed_on:
                form.write(by=request.member)
            trying.close(trial, by=request.member, on=request.workspace.today())
    except EditedMeanwhile as refused:
        messages.warning(request, str(refused))
        return _trial_drawn(request, _trial(request, pk), status=409)
    except trying.TrialClosed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The trial is closed: here is what it proposes."))
    return redirect(trial)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def decision_create(request: MemberRequest, pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    asked = request.GET.get("verdict", "")
    verdict = asked if asked in Decision.Verdict else ""
    first = Decision(workspace=request.workspace, network=network, verdict=verdict)
    lead = _("It is kept with its reason and its day, and never changed; the next one takes its place.")
    return cards.create(
        request, DecisionForm, first, _card(network, _("Decide on %(network)s") % {"network": network}, lead)
    )


def _trial(request: MemberRequest, pk: int) -> Trial:
    trials = Trial.objects.for_workspace(request.workspace).select_related("network", "workspace")
    trial: Trial = get_object_or_404(trials, pk=pk)
    return trial


def _card(network: Network, title: Any, lead: Any) -> Card:
    return Card(title=title, lead=lead, place="networks", back_url=network.get_absolute_url())


def _trial_drawn(request: MemberRequest, trial: Trial, *, form: Any = None, status: int = 200) -> HttpResponse:
    visits = list(Meeting.objects.for_workspace(request.workspace).filter(trial=trial).order_by("starts_at", "pk"))
    form = form or PointsForm(workspace=request.workspace, instance=trial)
    context = {
        "place": "networks",
        "back_url": trial.network.get_absolute_url(),
        "trial": trial,
        "network": trial.network,
        "form": form,
        "points": [(form[key], trial.points.get(key)) for key in trying.POINTS],
        "visits": visits,
        "visits_left": max(VISITS_MAX - sum(not one.cancelled for one in visits), 0),
        "verdict": trying.verdict(trial.points),
        "proposed": dict(Decision.Verdict.choices).get(trying.verdict(trial.points).proposes, ""),
        "today": request.workspace.today(),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "networks/trial_detail.html", context, status=status)
