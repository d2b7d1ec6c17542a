"""Meetings of our networks: the coming ones, those of one network, one of them, and what becomes of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from networks.forms.meeting import MeetingForm
from networks.models import ATTENDED, CancelledMeanwhile, Meeting, Network, NotBegun, Presence, TakesPlace
from ui.paginator import keyset_page
from ui.rendering import render_page
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role

AHEAD: Final = timedelta(days=60)
ON_SHEET: Final = 3  # of those to come, and of those that are over
SIDES: Final = {"coming": gettext_lazy("To come"), "past": gettext_lazy("Past meetings")}
SHOWS: Final = {
    "coming": gettext_lazy("To come"),
    "unnoted": gettext_lazy("Past, your presence not noted"),
}


@require_safe
def meeting_list(request: MemberRequest) -> HttpResponse:
    """Of all our networks: the next sixty days, or those of which nobody said whether we were there."""
    now, asked = timezone.now(), request.GET.get("show", "")
    show = asked if asked in SHOWS else "coming"
    meetings = Meeting.objects.for_workspace(request.workspace).select_related("network").defer("minutes")
    if show == "coming":
        rows, order = meetings.upcoming(now).filter(starts_at__lt=now + AHEAD), ["starts_at", "pk"]
    else:
        rows, order = meetings.unnoted(now), ["-starts_at", "-pk"]
    page = keyset_page(rows, order, request.GET.get("page", ""))
    context = _told(request) | {"shows": SHOWS.items(), "show": show, "page": page, "presences": Presence.choices}
    return render_page(request, "networks/meeting_list.html", context, partials={"rows"})


@require_safe
def network_meetings(request: MemberRequest, pk: int) -> HttpResponse:
    """Of one network: those to come, the next one first, or those that are over, the last one first."""
    network, now = cards.one(request, Network, pk), timezone.now()
    meetings = network.meetings.defer("minutes")
    asked, coming = request.GET.get("show", ""), meetings.filter(starts_at__gte=now)
    show = asked if asked in SIDES else "coming" if coming.exists() else "past"
    rows, order = (
        (coming, ["starts_at", "pk"])
        if show == "coming"
        else (meetings.filter(starts_at__lt=now), ["-starts_at", "-pk"])
    )
    page = keyset_page(rows, order, request.GET.get("page", ""))
    context = _told(request) | {"network": network, "page": page, "back_url": network.get_absolute_url()}
    context |= {"shows": SIDES.items(), "show": show}
    return render_page(request, "networks/network_meetings.html", context, partials={"rows"})


def on_sheet(network: Network) -> dict[str, Any]:
    """What the sheet of the network says of its meetings."""
    now, meetings = timezone.now(), network.meetings.defer("minutes")
    return {
        "coming_meetings": meetings.upcoming(now)[:ON_SHEET],
        "past_meetings": meetings.past(now)[:ON_SHEET],
        "now": now,
    }


@require_safe
def meeting_detail(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = _one(request, pk)
    context = _told(request) | {
        "meeting": meeting,
        "network": meeting.network,
        "back_url": meeting.network.get_absolute_url(),
        "presences": presences(meeting),
    }
    return render_page(request, "networks/meeting_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def meeting_create(request: MemberRequest, pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    first = Meeting(workspace=request.workspace, network=network)
    card = Card(title=_("A meeting"), lead=str(network), place="networks", back_url=network.get_absolute_url())
    return cards.create(request, MeetingForm, first, card)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def meeting_edit(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = _one(request, pk)
    card = Card(
        title=_("The meeting"),
        place="networks",
        back_url=meeting.get_absolute_url(),
        delete_url=reverse("networks:meeting_delete", args=[meeting.pk]),
    )
    return cards.edit(request, MeetingForm, meeting, card)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def meeting_delete(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = _one(request, pk)
    lead = _("What was said goes with it, and who was there; exchanges and promises stay.")
    back_url = meeting.network.get_absolute_url()
    card = Card(title=_("Delete this meeting?"), lead=lead, place="networks", back_url=back_url)
    return cards.delete(request, meeting, card)


@require_POST
@role_required(Role.MEMBER)
def meeting_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = _one(request, pk)
    return _acted(request, meeting, lambda: meeting.cancel(by=request.member))


@require_POST
@role_required(Role.MEMBER)
def meeting_resume(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = _one(request, pk)
    return _acted(request, meeting, lambda: meeting.resume(by=request.member))


@require_POST
@role_required(Role.MEMBER)
def meeting_presence(request: MemberRequest, pk: int) -> HttpResponse:
    """Our own presence, in one tap; no answer takes back what was noted, another word changes nothing."""
    meeting, presence = _one(request, pk), request.POST.get("presence", "")
    if presence and presence not in Presence:
        return redirect(meeting)
    return _acted(request, meeting, lambda: meeting.attend(presence, by=request.member, now=timezone.now()))


def presences(meeting: Meeting) -> list[tuple[str, str]]:
    """What may be said of our presence now: before it begins, only that we shall not come."""
    begun = meeting.starts_at <= timezone.now()
    return [(value, str(words)) for value, words in Presence.choices if begun or value not in ATTENDED]


def _one(request: MemberRequest, pk: int) -> Meeting:
    meeting: Meeting = cards.one(request, Meeting, pk)
    meeting.workspace = meeting.network.workspace = request.workspace
    return meeting


def _told(request: MemberRequest) -> dict[str, Any]:
    now = timezone.now()
    writes = request.member.may(Role.MEMBER)
    return {"place": "networks", "today": request.workspace.today(), "now": now, "writes": writes}


def _acted(request: MemberRequest, meeting: Meeting, verb: Callable[[], None]) -> HttpResponse:
    """Back to the page that the button sat on: the meeting's, or the list of those not noted."""
    try:
        verb()
    except (CancelledMeanwhile, TakesPlace, NotBegun) as refused:
        messages.warning(request, str(refused))
    if request.POST.get("then") == "unnoted":
        return redirect(f"{reverse('networks:meeting_list')}?show=unnoted")
    return redirect(meeting)
