"""Before a meeting of a network, and after it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchanges import minutes
from exchanges.briefing import brief
from exchanges.forms.minutes import MinutesScreen
from exchanges.telling import tell_all
from networks.models import CancelledMeanwhile, Meeting, NotBegun
from ui.rendering import render_page
from workspaces import cards
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role
from workspaces.owned import EditedMeanwhile


@require_safe
def meeting_brief(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, today = _meeting(request, pk), request.workspace.today()
    found = brief(request.workspace, meeting, today=today)
    context = {"place": "networks", "back_url": meeting.get_absolute_url(), "meeting": meeting, "today": today}
    return render_page(request, "exchanges/meeting_brief.html", context | {"brief": found})


@require_safe
def meeting_outcome(request: MemberRequest, pk: int) -> HttpResponse:
    """On the page of a meeting: what was written down after it, to be read again and corrected."""
    meeting = _ours(request, getattr(request, "at_hand", None) or cards.one(request, Meeting, pk))
    lines = tell_all(minutes.outcome(meeting), request.workspace.today())
    context = {"place": "networks", "back_url": meeting.get_absolute_url(), "meeting": meeting, "lines": lines}
    context |= {"may_write": request.member.may(Role.MEMBER)}
    return render_page(request, "exchanges/meeting_outcome.html", context, partials={"meeting_outcome"})


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def meeting_minutes(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    if refusal := _refusal(meeting):
        messages.warning(request, str(refusal))
        return redirect(meeting)
    screen = MinutesScreen(request.workspace, meeting, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _drawn(request, screen)
    if not screen.is_valid():
        return _drawn(request, screen, status=422)
    try:
        kept = minutes.keep(screen.minutes(), meeting, by=request.member, today=request.workspace.today())
    except EditedMeanwhile:
        return _overtaken(request, pk)
    messages.success(request, _("Noted.") if kept else _("This was noted already."))
    return redirect(meeting)


def _meeting(request: MemberRequest, pk: int) -> Meeting:
    return _ours(request, cards.one(request, Meeting, pk))


def _ours(request: MemberRequest, meeting: Meeting) -> Meeting:
    """Its company is at hand already, with its day."""
    meeting.workspace = request.workspace
    return meeting


def _refusal(meeting: Meeting) -> Exception | None:
    if meeting.cancelled:
        return CancelledMeanwhile()
    return NotBegun() if meeting.starts_at > timezone.now() else None


def _overtaken(request: MemberRequest, pk: int) -> HttpResponse:
    """Someone noted it first: their words beside, mine still in the form, to be saved over theirs on purpose."""
    meeting = _meeting(request, pk)
    data = request.POST.copy()
    data["version"] = str(meeting.version)
    return _drawn(request, MinutesScreen(request.workspace, meeting, data), status=409, theirs=meeting)


def _drawn(request: MemberRequest, screen: MinutesScreen, *, status: int = 200, **more: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "place": "networks",
        "back_url": screen.meeting.get_absolute_url(),
        "meeting": screen.meeting,
        "screen": screen,
        "today": request.workspace.today(),
    }
    return render_page(request, "exchanges/meeting_minutes.html", context | more, status=status)
