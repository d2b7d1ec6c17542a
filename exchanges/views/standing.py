"""Where a relationship stands: why a score is what it is, and whether it is counted at all."""

from datetime import timedelta
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exchanges import wording
from exchanges.explaining import EXPLAINERS
from exchanges.rhythm import strength_sentence
from exchanges.views.back import back
from exchanges.views.panel import seen_contact
from ui.rendering import render_page
from ui.wording import day_in_words
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role

SNOOZES: Final = {"week": 7, "month": 30, "quarter": 91}


@require_safe
def why(request: MemberRequest, pk: int, score: str) -> HttpResponse:
    contact = seen_contact(request, pk)
    relationship = contact.relationship
    relationship.workspace = request.workspace
    if score not in EXPLAINERS or not relationship.is_counted:
        raise Http404
    explained = EXPLAINERS[score](relationship, contact)
    context = {
        "contact": contact,
        "name": wording.called(contact),
        "explained": explained,
        "strength_sentence": strength_sentence(relationship.strength, getattr(explained, "years", 0.0)),
        "today": request.workspace.today(),
        "back_url": contact.get_absolute_url(),
        "place": "contacts",
    }
    return render_page(request, f"exchanges/why_{score}.html", context, partials={f"why_{score}"})


@require_POST
@role_required(Role.MEMBER)
def relationship_uncount(request: MemberRequest, pk: int) -> HttpResponse:
    contact = seen_contact(request, pk)
    contact.relationship.uncount(by=request.member)
    messages.success(request, _("Off the meter: nothing is counted with this contact any more."))
    return back(request, contact)


@require_POST
@role_required(Role.MEMBER)
def relationship_count(request: MemberRequest, pk: int) -> HttpResponse:
    contact = seen_contact(request, pk)
    contact.relationship.count(by=request.member)
    messages.success(request, _("Counted again: the scores come back in a few seconds."))
    return back(request, contact)


@require_POST
@role_required(Role.MEMBER)
def relationship_snooze(request: MemberRequest, pk: int) -> HttpResponse:
    """Put off by one of three lengths; without any, that is undone."""
    contact, today = seen_contact(request, pk), request.workspace.today()
    days = SNOOZES.get(request.POST.get("for", ""))
    if days:
        until = today + timedelta(days=days)
        contact.relationship.snooze(until, by=request.member)
        told = _("Put off: %(name)s comes back around %(day)s.")
        messages.success(request, told % {"name": wording.called(contact), "day": day_in_words(until, today)})
    elif contact.relationship.snoozed_until:
        contact.relationship.resume(by=request.member)
        messages.success(request, _("No longer put off."))
    return back(request, contact)


@require_POST
@role_required(Role.MEMBER)
def notice_close(request: MemberRequest) -> HttpResponse:
    """The notice that says what scores are has been read."""
    request.workspace.close_scores_notice()
    return back(request, None)
