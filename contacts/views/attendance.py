"""Who is expected at a meeting of a network, and who came: a part of the meeting's page."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contacts.attending import NobodyNamed, expect, members_to_expect
from contacts.forms.attendance import AttendanceForm
from contacts.models import Attendance
from networks.models import ATTENDED, Meeting, NotBegun, Presence
from ui.rendering import render_page
from workspaces import cards, keeping
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role

PANEL: Final = "meeting_people"


@require_safe
def meeting_people(request: MemberRequest, pk: int) -> HttpResponse:
    return _drawn(request, _meeting(request, pk))


@require_POST
@role_required(Role.MEMBER)
def attendance_create(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    form = AttendanceForm(request.POST, workspace=request.workspace)
    if not form.is_valid():
        return _drawn(request, meeting, form, status=422)
    try:
        expect(meeting, [form.cleaned_data["contact"]], by=request.member)
    except NobodyNamed as refused:
        form.add_error("contact_name", str(refused))
        return _drawn(request, meeting, form, status=422)
    return _back(request, meeting)


@require_POST
@role_required(Role.MEMBER)
def attendance_fill(request: MemberRequest, pk: int) -> HttpResponse:
    """Everybody who belongs to the network."""
    meeting = _meeting(request, pk)
    try:
        added = expect(meeting, members_to_expect(request.workspace, meeting), by=request.member)
        words = ngettext("%(count)s person added.", "%(count)s people added.", added)
        messages.success(request, words % {"count": added})
    except NobodyNamed as refused:
        messages.warning(request, str(refused))
    return _back(request, meeting)


@require_POST
@role_required(Role.MEMBER)
def attendance_mark(request: MemberRequest, pk: int) -> HttpResponse:
    """In one tap; no answer makes the person expected again."""
    attendance, presence = _one(request, pk), request.POST.get("presence", "")
    try:
        if not presence or presence in Presence:
            attendance.mark(presence, by=request.member, now=timezone.now())
    except NotBegun as refused:
        messages.warning(request, str(refused))
    return _back(request, attendance.meeting)


@require_POST
@role_required(Role.MEMBER)
def attendance_delete(request: MemberRequest, pk: int) -> HttpResponse:
    attendance = _one(request, pk)
    keeping.remove(attendance, by=request.member)
    return _back(request, attendance.meeting)


def _meeting(request: MemberRequest, pk: int) -> Meeting:
    """The page that holds this panel has already loaded its meeting for this workspace."""
    meeting: Meeting = getattr(request, "at_hand", None) or cards.one(request, Meeting, pk)
    meeting.workspace = request.workspace
    return meeting


def _one(request: MemberRequest, pk: int) -> Attendance:
    rows = Attendance.objects.for_workspace(request.workspace).with_present().select_related("meeting", "contact")
    attendance: Attendance = get_object_or_404(rows, pk=pk)
    return attendance


def _back(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """The part of the page that the button sits in, else the page of the meeting."""
    if request.headers.get("HX-Target") == PANEL:
        return _drawn(request, meeting)
    return redirect(meeting)


def _drawn(
    request: MemberRequest, meeting: Meeting, form: AttendanceForm | None = None, *, status: int = 200
) -> HttpResponse:
    people = Attendance.objects.for_workspace(request.workspace).open_to_all().with_present().filter(meeting=meeting)
    begun = meeting.starts_at <= timezone.now()
    context: dict[str, Any] = {
        "place": "networks",
        "back_url": meeting.get_absolute_url(),
        "meeting": meeting,
        "begun": begun,
        "people": people.select_related("contact").order_by("contact__sort_key", "contact"),
        "members_left": members_to_expect(request.workspace, meeting).count(),
        "presences": [choice for choice in Presence.choices if begun or choice[0] not in ATTENDED],
        "form": form or AttendanceForm(workspace=request.workspace),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "contacts/meeting_people.html", context, partials={PANEL}, status=status)
