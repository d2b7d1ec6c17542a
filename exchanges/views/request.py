"""What becomes of a request: answered, closed, opened again; and the answers themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exchanges.forms import AnswerForm, CloseForm, ReplyForm
from exchanges.models import AlreadyClosed, Reply, Request, StillAsked
from exchanges.views.back import back, came_from, home_of
from ui.rendering import render_page
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role
from workspaces.owned import EditedMeanwhile


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def request_answer(request: MemberRequest, pk: int) -> HttpResponse:
    asked = _request(request, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, of=asked)
    if not form.is_valid():
        return _drawn(request, "exchanges/request_answer.html", form, asked)
    form.write(by=request.member)
    messages.success(request, _("Answer noted."))
    return redirect(came_from(request) or home_of(asked.contact))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def request_close(request: MemberRequest, pk: int) -> HttpResponse:
    asked = _request(request, pk)
    form = CloseForm(request.POST if request.method == "POST" else None, of=asked)
    if not form.is_valid():
        return _drawn(request, "exchanges/request_close.html", form, asked)
    try:
        asked.close(form.cleaned_data["outcome"], by=request.member, on=form.cleaned_data["on"])
    except AlreadyClosed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Request closed."))
    return redirect(came_from(request) or home_of(asked.contact))


@require_POST
@role_required(Role.MEMBER)
def request_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    asked = _request(request, pk)
    try:
        asked.reopen(by=request.member, on=request.workspace.today())
    except StillAsked as refused:
        messages.warning(request, str(refused))
        return back(request, asked.contact, status=409)
    messages.success(request, _("The request is open again."))
    return back(request, asked.contact)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def reply_edit(request: MemberRequest, pk: int) -> HttpResponse:
    reply = _reply(request, pk)
    form = ReplyForm(request.POST if request.method == "POST" else None, of=reply.request, instance=reply)
    if not form.is_valid():
        return _drawn(request, "exchanges/reply_edit.html", form, reply.request, reply=reply)
    words = {name: form.cleaned_data[name] for name in form.Meta.fields}
    try:
        reply.correct(by=request.member, today=request.workspace.today(), version=form.cleaned_data["version"], **words)
    except EditedMeanwhile:
        return _overtaken(request, _reply(request, pk))
    messages.success(request, _("Corrected."))
    return redirect(came_from(request) or home_of(reply.request.contact))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def reply_delete(request: MemberRequest, pk: int) -> HttpResponse:
    reply = _reply(request, pk)
    contact = reply.request.contact
    if request.method != "POST":
        context = {"kind": "reply", "line": reply, "next": came_from(request), "place": "exchanges"}
        context["back_url"] = context["next"] or home_of(contact)
        return render_page(request, "exchanges/line_delete.html", context, partials={"dialog-body"})
    reply.remove(by=request.member, today=request.workspace.today())
    messages.success(request, _("Deleted."))
    return redirect(came_from(request) or home_of(contact))


def _overtaken(request: MemberRequest, stored: Reply) -> HttpResponse:
    """Someone corrected it first: what they wrote is said, mine is still in the form, to be saved again on purpose."""
    data = request.POST.copy()
    data["version"] = str(stored.version)
    form = ReplyForm(data, of=stored.request, instance=stored)
    theirs = {"day": date_format(stored.on, "SHORT_DATE_FORMAT"), "words": stored.summary}
    form.add_error(None, _("Meanwhile somebody wrote: %(day)s, “%(words)s”. Save again to put yours there.") % theirs)
    return _drawn(request, "exchanges/reply_edit.html", form, stored.request, status=409, reply=stored)


def _request(request: MemberRequest, pk: int) -> Request:
    requests = Request.objects.for_workspace(request.workspace).with_present()
    asked: Request = get_object_or_404(requests.select_related("contact__relationship", "workspace"), pk=pk)
    return asked


def _reply(request: MemberRequest, pk: int) -> Reply:
    replies = Reply.objects.for_workspace(request.workspace).filter(request__contact__deleted_at=None)
    reply: Reply = get_object_or_404(replies.select_related("contact", "request__contact", "request__workspace"), pk=pk)
    return reply


def _drawn(
    request: MemberRequest, template: str, form: Any, asked: Request, *, status: int = 422, **more: Any
) -> HttpResponse:
    context = {"form": form, "asked": asked, "next": came_from(request), "place": "exchanges"} | more
    context["back_url"] = context["next"] or home_of(asked.contact)
    shown = status if form.is_bound else 200
    return render_page(request, template, context, partials={"dialog-body"}, status=shown)
