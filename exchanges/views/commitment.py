"""What becomes of a promise: kept, broken, cancelled, postponed, announced late, opened again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exchanges.forms import PostponeForm
from exchanges.models import AlreadySettled, Commitment, StillOpen
from exchanges.views.back import back, came_from, home_of
from ui.rendering import render_page
from ui.wording import short_weekday
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role


@require_POST
@role_required(Role.MEMBER)
def commitment_keep(request: MemberRequest, pk: int) -> HttpResponse:
    commitment = _commitment(request, pk)
    return _acted(request, commitment, commitment.keep, said=_("Done: promise kept."))


@require_POST
@role_required(Role.MEMBER)
def commitment_break(request: MemberRequest, pk: int) -> HttpResponse:
    commitment = _commitment(request, pk)
    return _acted(request, commitment, commitment.break_, said=_("Noted: promise not kept."))


@require_POST
@role_required(Role.MEMBER)
def commitment_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    commitment = _commitment(request, pk)
    return _acted(request, commitment, commitment.cancel, said=_("Promise cancelled."))


@require_POST
@role_required(Role.MEMBER)
def commitment_notify(request: MemberRequest, pk: int) -> HttpResponse:
    commitment = _commitment(request, pk)
    return _acted(request, commitment, commitment.notify, said=_("Warning noted."), undo=False)


@require_POST
@role_required(Role.MEMBER)
def commitment_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    commitment = _commitment(request, pk)
    return _acted(request, commitment, commitment.reopen, said=_("The promise is open again."), undo=False)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def commitment_postpone(request: MemberRequest, pk: int) -> HttpResponse:
    commitment = _commitment(request, pk)
    today = request.workspace.today()
    form = PostponeForm(request.POST if request.method == "POST" else None, today=today, due_on=commitment.due_on)
    if not form.is_valid():
        context = {"form": form, "commitment": commitment, "today": today, "next": came_from(request)}
        context |= {"place": "exchanges", "back_url": context["next"] or home_of(commitment.contact)}
        status = 422 if form.is_bound else 200
        return render_page(
            request, "exchanges/commitment_postpone.html", context, partials={"dialog-body"}, status=status
        )
    to = form.cleaned_data["to"]
    said = _("Postponed to %(day)s.") % {"day": short_weekday(to, today)}
    return _acted(request, commitment, commitment.postpone, to, said=said, undo=False)


def _commitment(request: MemberRequest, pk: int) -> Commitment:
    commitments = Commitment.objects.for_workspace(request.workspace).with_present()
    return get_object_or_404(commitments.select_related("contact__relationship"), pk=pk)


def _acted(
    request: MemberRequest, commitment: Commitment, verb: Callable[..., None], *given: Any, said: str, undo: bool = True
) -> HttpResponse:
    """Do the act, say it with a way back, and show again what the button sat in."""
    try:
        verb(*given, by=request.member, on=request.workspace.today())
    except (AlreadySettled, StillOpen) as refused:
        messages.warning(request, str(refused))
        return _line(request, commitment) or back(request, commitment.contact, status=409)
    if in_place := _line(request, commitment):
        return in_place
    messages.success(request, _with_undo(said, commitment) if undo else said)
    return back(request, commitment.contact)


def _line(request: MemberRequest, commitment: Commitment) -> HttpResponse | None:
    """The line of a list that the button sits in, redrawn where it stands: nothing slides under the finger."""
    if request.headers.get("HX-Target") != f"promise_{commitment.pk}":
        return None
    commitment.refresh_from_db(fields=["outcome", "closed_on", "due_on"])
    today = request.workspace.today()
    commitment.late_by = commitment.days_late(today)  # type: ignore[attr-defined]
    context = {"promise": commitment, "today": today, "may_write": True, "acted": True}
    drawn = render(request, "exchanges/_promise_line.html", context)
    drawn["HX-Trigger-After-Settle"] = "promise-settled"
    return drawn


def _with_undo(said: str, commitment: Commitment) -> str:
    reopen = reverse("exchanges:commitment_reopen", args=[commitment.pk])
    undo = '{} <a class="link" href="{}" hx-post="{}" hx-swap="none">{}</a>'
    return format_html(undo, said, commitment.contact.get_absolute_url(), reopen, _("Undo"))
