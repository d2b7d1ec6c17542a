"""What this room tells on a contact's page: the next gesture, where the relationship stands, what happened."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from contacts.models import Contact
from exchanges import wording
from exchanges.models import Commitment, Side
from exchanges.rhythm import rhythm_line
from exchanges.telling import tell
from exchanges.timeline import LONG_SIZE, SIZE, timeline
from ui.rendering import render_page
from workspaces.http import MemberRequest
from workspaces.models import Role

PANEL: Final = "contact_panel"
LOOKS_AGAIN: Final = 4  # times that the panel asks whether its scores are ready


@require_safe
def contact_panel(request: MemberRequest, pk: int) -> HttpResponse:
    return draw_panel(request, seen_contact(request, pk))


def seen_contact(request: MemberRequest, pk: int) -> Contact:
    """In the bin or not: the page of a binned contact still tells what happened. The page that holds this panel has
    already loaded its contact for this workspace."""
    if at_hand := getattr(request, "at_hand", None):
        found: Contact = at_hand
        return found
    contacts = Contact.objects.for_workspace(request.workspace).select_related("relationship")
    contact: Contact = get_object_or_404(contacts, pk=pk)
    return contact


def draw_panel(request: MemberRequest, contact: Contact, *, status: int = 200) -> HttpResponse:
    context = {
        "contact": contact,
        "name": wording.called(contact),
        "today": request.workspace.today(),
        "place": "contacts",
        "may_write": contact.deleted_at is None and request.member.may(Role.MEMBER),
    }
    context |= _standing(request, contact) | _timeline(request, contact)
    return render_page(
        request, "exchanges/contact_panel.html", context, partials={PANEL, "standing", "timeline_more"}, status=status
    )


def _standing(request: MemberRequest, contact: Contact) -> dict[str, Any]:
    """The next gesture and the scores. While the worker computes, the page looks again a few times."""
    today, name = request.workspace.today(), wording.called(contact)
    promises = list(Commitment.objects.for_workspace(request.workspace).filter(contact=contact).open().soonest_first())
    gesture = promises[0] if promises else None
    their_delays = [promise.days_late(today) for promise in promises if promise.promised_by == Side.THEM]
    relationship = contact.relationship
    relationship.workspace = request.workspace
    waiting = relationship.is_counted and relationship.stale_since is not None
    look = _small_number(request.GET.get("look", "")) + 1
    return {
        "gesture": gesture,
        "gesture_why": wording.gesture_reason(gesture, name, today) if gesture else "",
        "gesture_late": gesture.days_late(today) if gesture else 0,
        "relationship": relationship,
        "scores_on": request.workspace.scores_on,
        "lines": wording.lines_of(relationship, contact, late_days=max(their_delays, default=0))
        if relationship.is_counted
        else [],
        "rhythm": rhythm_line(relationship, contact, today) if relationship.is_counted else None,
        "snoozed": relationship.is_snoozed(today),
        "waiting": waiting,
        "next_look": look if waiting and look <= LOOKS_AGAIN else 0,
        "notice": relationship.is_counted and not request.workspace.scores_noticed,
    }


def _timeline(request: MemberRequest, contact: Contact) -> dict[str, Any]:
    after, today, name = request.GET.get("after", ""), request.workspace.today(), wording.called(contact)
    lines = timeline(contact, after=after, size=LONG_SIZE if after else SIZE)
    return {"timeline": lines, "events": [tell(event, name, today) for event in lines.events], "panel": PANEL}


def _small_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
