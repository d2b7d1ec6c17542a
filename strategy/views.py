"""The pages on which the owner says what the company wants."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from strategy import stating
from strategy.forms import BudgetForm, NeedForm, ObjectiveForm, StakeForm, StatementForm
from strategy.models import Need, Objective, Stake, TimeBudget
from strategy.steps import next_step
from ui.differences import differences
from ui.rendering import render_page
from workspaces.decorators import role_required
from workspaces.http import MemberRequest, from_another_desk
from workspaces.models import Role
from workspaces.owned import EditedMeanwhile


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
    return _edit(request, StakeForm, _one(request, Stake, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def stake_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, _one(request, Stake, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def objective_create(request: MemberRequest) -> HttpResponse:
    return _create(request, ObjectiveForm)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def objective_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, ObjectiveForm, _one(request, Objective, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def objective_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, _one(request, Objective, pk))


@require_POST
@role_required(Role.MEMBER)
def objective_close(request: MemberRequest, pk: int) -> HttpResponse:
    return _close(request, _one(request, Objective, pk))


@require_POST
@role_required(Role.MEMBER)
def objective_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    return _reopen(request, _one(request, Objective, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def need_create(request: MemberRequest) -> HttpResponse:
    return _create(request, NeedForm)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def need_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, NeedForm, _one(request, Need, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def need_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, _one(request, Need, pk))


@require_POST
@role_required(Role.MEMBER)
def need_close(request: MemberRequest, pk: int) -> HttpResponse:
    return _close(request, _one(request, Need, pk))


@require_POST
@role_required(Role.MEMBER)
def need_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    return _reopen(request, _one(request, Need, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OWNER)
def budget_edit(request: MemberRequest) -> HttpResponse:
    """One budget a company: its address has no number, so the company of the page is checked when it changes too."""
    budget = TimeBudget.objects.for_workspace(request.workspace).first()
    if not budget or (request.method == "POST" and from_another_desk(request)):
        return _create(request, BudgetForm)
    return _edit(request, BudgetForm, budget)


def _one(request: MemberRequest, model: Any, pk: int) -> Any:
    return get_object_or_404(model.objects.for_workspace(request.workspace), pk=pk)


def _create(request: MemberRequest, form_class: type[StatementForm], first: Any = None) -> HttpResponse:
    if request.method != "POST":
        return _drawn(request, form_class(workspace=request.workspace, instance=first))
    form = form_class(request.POST, workspace=request.workspace)
    if from_another_desk(request):
        return _drawn(request, form, status=409, moved=True)
    if not form.is_valid():
        return _drawn(request, form, status=422)
    try:
        form.write(by=request.member)
    except stating.AlreadyStated as refused:
        form.add_error(None, str(refused))
        return _drawn(request, form, status=422)
    messages.success(request, _("Saved."))
    return redirect(request.path if "another" in request.POST else reverse("strategy:strategy"))


def _edit(request: MemberRequest, form_class: type[StatementForm], row: Any) -> HttpResponse:
    if request.method != "POST":
        return _drawn(request, form_class(workspace=request.workspace, instance=row))
    form = form_class(request.POST, workspace=request.workspace, instance=row)
    if not form.is_valid():
        return _drawn(request, form, status=422)
    try:
        form.write(by=request.member)
    except EditedMeanwhile:
        return _overtaken(request, form_class, form)
    except stating.AlreadyStated as refused:
        form.add_error(None, str(refused))
        return _drawn(request, form, status=422)
    messages.success(request, _("Saved."))
    return redirect("strategy:strategy")


def _overtaken(request: MemberRequest, form_class: type[StatementForm], form: StatementForm) -> HttpResponse:
    """Someone saved first: both values side by side, mine still in the form, to be saved again on purpose."""
    stored = _one(request, type(form.instance), form.instance.pk)
    theirs = form_class(workspace=request.workspace, instance=stored)
    told = differences(form, theirs, today=form.today, left_out=form.unseen)
    data = request.POST.copy()
    data["version"] = str(stored.version)
    again = form_class(data, workspace=request.workspace, instance=stored)
    return _drawn(request, again, status=409, differences=told)


def _drawn(request: MemberRequest, form: StatementForm, *, status: int = 200, **more: Any) -> HttpResponse:
    kind, row = form.instance._meta.model_name, form.instance
    context = {"kind": kind, "form": form, "row": row, "place": "strategy", "back_url": reverse("strategy:strategy")}
    if row.pk and kind != "timebudget":
        context["delete_url"] = reverse(f"strategy:{kind}_delete", args=[row.pk])
    return render_page(request, "strategy/statement_edit.html", context | more, partials={"dialog-body"}, status=status)


def _delete(request: MemberRequest, row: Any) -> HttpResponse:
    if request.method != "POST":
        context = {"kind": row._meta.model_name, "row": row, "place": "strategy"}
        context["back_url"] = reverse("strategy:strategy")
        return render_page(request, "strategy/statement_delete.html", context, partials={"dialog-body"})
    stating.withdraw(row, by=request.member)
    messages.success(request, _("Deleted."))
    return redirect("strategy:strategy")


def _close(request: MemberRequest, row: Any) -> HttpResponse:
    try:
        stating.close(row, by=request.member, on=request.workspace.today())
    except stating.ClosedMeanwhile as refused:
        messages.warning(request, str(refused))
    return redirect("strategy:strategy")


def _reopen(request: MemberRequest, row: Any) -> HttpResponse:
    try:
        stating.reopen(row, by=request.member)
    except stating.OpenMeanwhile as refused:
        messages.warning(request, str(refused))
    return redirect("strategy:strategy")
