"""Correcting and deleting a line of the ledger, whichever its kind."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchanges.forms import CommitmentForm, ExchangeForm, InteractionForm, LineForm, RequestForm
from exchanges.models import Commitment, Exchange, Interaction, Request
from exchanges.views.back import came_from, home_of
from ui.rendering import render_page
from workspaces import cards
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role
from workspaces.owned import EditedMeanwhile


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def interaction_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, "interaction", InteractionForm, _line(request, Interaction, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def exchange_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, "exchange", ExchangeForm, _exchange(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def commitment_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, "commitment", CommitmentForm, _line(request, Commitment, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def request_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, "request", RequestForm, _line(request, Request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def interaction_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, "interaction", _line(request, Interaction, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def exchange_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, "exchange", _exchange(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def commitment_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, "commitment", _line(request, Commitment, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def request_delete(request: MemberRequest, pk: int) -> HttpResponse:
    return _delete(request, "request", _line(request, Request, pk))


def _line(request: MemberRequest, model: Any, pk: int) -> Any:
    lines = model.objects.for_workspace(request.workspace).with_present().select_related("contact")
    return get_object_or_404(lines, pk=pk)


def _exchange(request: MemberRequest, pk: int) -> Exchange:
    """A mutual exchange is read and written by its given side, which carries the partners."""
    line: Exchange = _line(request, Exchange, pk)
    return line.twin if line.twin and line.direction == Exchange.Direction.RECEIVED else line


def _edit(request: MemberRequest, kind: str, form_class: type[LineForm], line: Any) -> HttpResponse:
    if request.method != "POST":
        return _drawn(request, kind, form=form_class(workspace=request.workspace, instance=line))
    form = form_class(request.POST, workspace=request.workspace, instance=line)
    if not form.is_valid():
        return _drawn(request, kind, form=form, status=422)
    try:
        form.write(by=request.member)
    except EditedMeanwhile:
        stored = _line(request, type(line), line.pk)
        return _drawn(request, kind, status=409, **cards.over(stored, form))
    messages.success(request, _("Corrected."))
    return redirect(came_from(request) or home_of(line.contact))


def _drawn(request: MemberRequest, kind: str, *, form: LineForm, status: int = 200, **more: Any) -> HttpResponse:
    line = form.instance
    context = {"kind": kind, "form": form, "line": line, "next": came_from(request), "place": "exchanges"}
    context["back_url"] = context["next"] or home_of(line.contact)
    context["delete_url"] = reverse(f"exchanges:{kind}_delete", args=[line.pk])
    if getattr(line, "closed_on", None):
        context["reopen_url"] = reverse(f"exchanges:{kind}_reopen", args=[line.pk])
    return render_page(request, "exchanges/line_edit.html", context | more, partials={"dialog-body"}, status=status)


def _delete(request: MemberRequest, kind: str, line: Any) -> HttpResponse:
    if request.method != "POST":
        context = {"kind": kind, "line": line, "next": came_from(request), "place": "exchanges"}
        context["back_url"] = context["next"] or home_of(line.contact)
        return render_page(request, "exchanges/line_delete.html", context, partials={"dialog-body"})
    line.remove(by=request.member, today=request.workspace.today())
    messages.success(request, _("Deleted."))
    return redirect(came_from(request) or home_of(line.contact))
