"""The pages on which the owner says what the company wants."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from strategy import stating
from strategy.forms import BudgetForm, NeedForm, ObjectiveForm, StakeForm
from strategy.models import Need, Objective, Stake, TimeBudget
from strategy.steps import next_step
from ui.rendering import render_page
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.forms import CardForm
from workspaces.http import MemberRequest, from_another_desk
from workspaces.models import Role

TITLES = {
    "stake": _("A stake"),
    "objective": _("An objective"),
    "need": _("A need"),
    "timebudget": _("Time and money for networks"),
}
DELETED = {
    "stake": _("Delete this stake?"),
    "objective": _("Delete this objective?"),
    "need": _("Delete this need?"),
}


@require_safe
def strategy(request: MemberRequest) -> HttpResponse:
    """Stakes, objectives, needs and budget on one page, with the one thing to say next."""
    ours = request.workspace
    stakes = list(Stake.objects.for_workspace(ours).order_by("-kind", "pk"))
    objectives = list(Objective.objects.for_workspace(ours).select_related("stake").order_by("closed_on", "pk"))
    needs = list(Need.objects.for_workspace(ours).select_related("objective").order_by("-criticality", "pk"))
    budget = TimeBudget.objects.for_workspace(ours).first()
    context = {
        "place": "strategy",
        "today": ours.today(),
        "strategic": [one for one in stakes if one.kind == Stake.Kind.STRATEGIC],
        "operational": [one for one in stakes if one.kind == Stake.Kind.OPERATIONAL],
        "objectives": objectives,
        "open_needs": [one for one in needs if not one.closed_on],
        "closed_needs": [one for one in needs if one.closed_on],
        "budget": budget,
        "step": next_step(stakes=stakes, objectives=objectives, needs=needs, budget=budget),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "strategy/strategy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def stake_create(request: MemberRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    first = Stake(workspace=request.workspace, kind=kind if kind in Stake.Kind else Stake.Kind.STRATEGIC)
    return _create(request, StakeForm, first)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def stake_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, StakeForm, cards.one(request, Stake, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def stake_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, cards.one(request, Stake, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def objective_create(request: MemberRequest) -> HttpResponse:
    return _create(request, ObjectiveForm)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def objective_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, ObjectiveForm, cards.one(request, Objective, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def objective_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, cards.one(request, Objective, pk))


@require_POST
@role_required(Role.MEMBER)
def objective_close(request: MemberRequest, pk: int) -> HttpResponse:
    return _close(request, cards.one(request, Objective, pk))


@require_POST
@role_required(Role.MEMBER)
def objective_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    return _reopen(request, cards.one(request, Objective, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def need_create(request: MemberRequest) -> HttpResponse:
    return _create(request, NeedForm)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def need_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, NeedForm, cards.one(request, Need, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def need_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, cards.one(request, Need, pk))


@require_POST
@role_required(Role.MEMBER)
def need_close(request: MemberRequest, pk: int) -> HttpResponse:
    """What comes after the help is a page of the room that knows who gave it."""
    return _close(request, cards.one(request, Need, pk), then=reverse("resources:need_after", args=[pk]))


@require_POST
@role_required(Role.MEMBER)
def need_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    return _reopen(request, cards.one(request, Need, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OWNER)
def budget_edit(request: MemberRequest) -> HttpResponse:
    """One budget a company: its address has no number, so the company of the page is checked when it changes too."""
    budget = TimeBudget.objects.for_workspace(request.workspace).first()
    if not budget or (request.method == "POST" and from_another_desk(request)):
        first = budget or TimeBudget(workspace=request.workspace)
        return cards.create(request, BudgetForm, first, _card(first))
    return cards.edit(request, BudgetForm, budget, _card(budget))


def _create(request: MemberRequest, form_class: type[CardForm], first: Any = None) -> HttpResponse:
    first = first or form_class._meta.model(workspace=request.workspace)
    return cards.create(request, form_class, first, _card(first, another=True))


def _edit(request: MemberRequest, form_class: type[CardForm], row: Any) -> HttpResponse:
    delete_url = reverse(f"strategy:{row._meta.model_name}_delete", args=[row.pk])
    return cards.edit(request, form_class, row, _card(row, delete_url=delete_url))


def _delete(request: MemberRequest, row: Any) -> HttpResponse:
    lead = _("What hung on it stays, and hangs on nothing.")
    card = _card(row, title=DELETED[row._meta.model_name], lead=lead)
    return cards.delete(request, row, card)


def _card(row: Any, **more: Any) -> Card:
    title = TITLES[row._meta.model_name]
    return replace(Card(title=title, place="strategy", back_url=reverse("strategy:strategy")), **more)


def _close(request: MemberRequest, row: Any, *, then: str = "strategy:strategy") -> HttpResponse:
    try:
        stating.close(row, by=request.member, on=request.workspace.today())
    except stating.ClosedMeanwhile as refused:
        messages.warning(request, str(refused))
        return redirect("strategy:strategy")
    return redirect(then)


def _reopen(request: MemberRequest, row: Any) -> HttpResponse:
    try:
        stating.reopen(row, by=request.member)
    except stating.OpenMeanwhile as refused:
        messages.warning(request, str(refused))
    return redirect("strategy:strategy")
