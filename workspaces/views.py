"""The pages of the company, its people, their keys and its logbook."""

from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ui.paginator import keyset_page
from ui.rendering import render_page
from workspaces import invitations
from workspaces.decorators import role_required, seat_not_required
from workspaces.entrance import INVITATION_KEY, may_write_to
from workspaces.forms import InvitationForm, MemberForm, PreferencesForm, WorkspaceCreateForm, WorkspaceForm, timezones
from workspaces.http import MemberRequest, from_another_desk, number_asked
from workspaces.models import (
    CuratorSitsNowhere,
    Invitation,
    InvitationSpent,
    LastOwner,
    LogEntry,
    Member,
    Role,
    TooManyInvitations,
    TooManyInvitationsToday,
    User,
    Workspace,
)

YEAR_SECONDS: Final = 365 * 24 * 3600
LOGBOOK_PAGE: Final = 50


def may_open(user: User) -> bool:
    """On a closed instance, only those who own a workspace already may open another one; curators never."""
    return not user.is_staff and (settings.SIGNUP_OPEN or user.seats().filter(role=Role.OWNER).exists())


@require_safe
@seat_not_required
def workspace_choose(request: MemberRequest) -> HttpResponse:
    if request.user.is_staff:
        return redirect("admin:index")
    form = WorkspaceCreateForm() if may_open(request.user) else None
    context = {"seats": request.user.seats(), "form": form}
    return render_page(request, "workspaces/workspace_choose.html", context)


@require_POST
@seat_not_required
def workspace_create(request: MemberRequest) -> HttpResponse:
    if not may_open(request.user):
        raise PermissionDenied
    form = WorkspaceCreateForm(request.POST)
    if not form.is_valid():
        context = {"seats": request.user.seats(), "form": form}
        return render_page(request, "workspaces/workspace_choose.html", context, status=422)
    Workspace.open(form.cleaned_data["name"], owner=request.user)
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_POST
@seat_not_required
def workspace_switch(request: MemberRequest, pk: int) -> HttpResponse:
    request.user.take_seat(get_object_or_404(request.user.seats(), workspace__pk=pk))
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OWNER)
def workspace_edit(request: MemberRequest) -> HttpResponse:
    workspace = Workspace.objects.get(pk=request.workspace.pk)
    form = WorkspaceForm(posted(request), instance=workspace)
    moved = request.method == "POST" and from_another_desk(request)
    if request.method == "POST" and not moved and form.is_valid():
        workspace.edit(by=request.member, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("workspaces:workspace_edit")
    status = 409 if moved else 422 if form.errors else 200
    context = {"form": form, "timezones": timezones(), "moved": moved}
    return render_page(request, "workspaces/workspace_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: MemberRequest) -> HttpResponse:
    """One's own name, language and look; the look belongs to the device, so a cookie keeps it."""
    theme = request.GET.get("theme", request.COOKIES.get("theme", ""))
    form = PreferencesForm(posted(request), instance=request.user, initial={"theme": theme})
    if not (request.method == "POST" and form.is_valid()):
        status = 422 if form.errors else 200
        return render_page(request, "workspaces/preferences.html", {"form": form}, status=status)
    form.save()
    response = redirect("workspaces:preferences")
    response.set_cookie(
        "theme",
        form.cleaned_data["theme"],
        max_age=YEAR_SECONDS,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is a POST all the same."""
    return request.POST if request.method == "POST" else None


def _members_page(
    request: MemberRequest, form: InvitationForm, *, status: int = 200, moved: bool = False
) -> HttpResponse:
    members = Member.objects.for_workspace(request.workspace).filter(removed_at=None).select_related("user")
    pending = Invitation.objects.for_workspace(request.workspace).pending().order_by("email")
    context = {
        "members": members.order_by("user__name", "user__email"),
        "pending": pending,
        "form": form,
        "moved": moved,
        "may_invite": request.member.may(Role.OWNER),
    }
    return render_page(request, "workspaces/member_list.html", context, status=status)


@require_safe
def member_list(request: MemberRequest) -> HttpResponse:
    return _members_page(request, InvitationForm(workspace=request.workspace))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OWNER)
def member_edit(request: MemberRequest, pk: int) -> HttpResponse:
    seated = Member.objects.for_workspace(request.workspace).filter(removed_at=None)
    member = get_object_or_404(seated.select_related("user"), pk=pk)
    form = MemberForm(posted(request), initial={"role": member.role})
    if request.method == "POST" and form.is_valid():
        try:
            member.change_role(Role(form.cleaned_data["role"]), by=request.member)
        except LastOwner as refused:
            form.add_error("role", str(refused))
        else:
            return redirect("workspaces:member_list")
    status = 422 if form.errors else 200
    return render_page(request, "workspaces/member_edit.html", {"member": member, "form": form}, status=status)


@require_POST
@role_required(Role.OWNER)
def member_remove(request: MemberRequest, pk: int) -> HttpResponse:
    seated = Member.objects.for_workspace(request.workspace).filter(removed_at=None)
    member = get_object_or_404(seated.select_related("user"), pk=pk)
    try:
        member.remove(by=request.member)
        messages.success(request, _("%(name)s can no longer enter this workspace.") % {"name": member})
    except LastOwner as refused:
        messages.error(request, str(refused))
    if member == request.member:
        return redirect("workspaces:workspace_choose")
    return redirect("workspaces:member_list")


@require_POST
@role_required(Role.OWNER)
def invitation_create(request: MemberRequest) -> HttpResponse:
    form = InvitationForm(request.POST, workspace=request.workspace)
    if from_another_desk(request):
        return _members_page(request, form, status=409, moved=True)
    if not form.is_valid():
        return _members_page(request, form, status=422)
    try:
        email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
        if not may_write_to(request, email):
            raise TooManyInvitations
        invitation, token = Invitation.send_to(email, role=role, by=request.member)
    except (TooManyInvitations, TooManyInvitationsToday) as refused:
        form.add_error("email", str(refused))
        return _members_page(request, form, status=422)
    try:
        invitations.mail(invitation, token)
        messages.success(request, _("Invitation sent to %(email)s.") % {"email": invitation.email})
    except (SMTPException, OSError):
        invitation.revoke(by=request.member)
        messages.error(request, _("The mail could not be sent. Check the mail settings, then invite again."))
    return redirect("workspaces:member_list")


@require_POST
@role_required(Role.OWNER)
def invitation_revoke(request: MemberRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.for_workspace(request.workspace), pk=pk)
    try:
        invitation.revoke(by=request.member)
        messages.success(request, _("Invitation withdrawn."))
    except InvitationSpent:
        messages.info(request, _("This invitation was already used, withdrawn or out of date."))
    return redirect("workspaces:member_list")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: mail scanners do it too. A visitor accepts first, then signs in or up."""
    invitation = Invitation.objects.for_token(token).select_related("workspace", "invited_by__user").first()
    if invitation is None:
        return render_page(request, "workspaces/invitation_spent.html", status=404)
    if request.method != "POST":
        return render_page(request, "workspaces/invitation_accept.html", {"invitation": invitation})
    if not request.user.is_authenticated:
        request.session[INVITATION_KEY] = token
        known = User.objects.filter(email=invitation.email).exists()
        return redirect("account_login" if known else "account_signup")
    try:
        invitation.accept(user=request.user)
    except InvitationSpent:
        return render_page(request, "workspaces/invitation_spent.html", status=404)
    except CuratorSitsNowhere as refused:
        messages.error(request, str(refused))
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_safe
def logbook(request: MemberRequest) -> HttpResponse:
    seats = Member.objects.for_workspace(request.workspace).select_related("user")
    lines = LogEntry.objects.for_workspace(request.workspace).select_related("member__user")
    wanted = number_asked(request, "member")
    member = None if wanted is None else get_object_or_404(seats, pk=wanted)
    if member:
        lines = lines.filter(member=member)
    page = keyset_page(lines, ["-at", "-pk"], request.GET.get("page", ""), size=LOGBOOK_PAGE)
    context = {"members": seats.order_by("user__name", "pk"), "member": member, "page": page}
    return render_page(request, "workspaces/logbook.html", context, partials={"rows"})
