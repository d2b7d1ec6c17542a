"""« Mon miroir »: the owner's own promises and answers come before anybody else's."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from exchanges import mirror as reading
from exchanges import wording
from exchanges.explaining import Explanation, explain_my_reliability, explain_my_responsiveness
from exchanges.models import Commitment, Request
from exchanges.telling import tell_all
from ui.rendering import render_page
from workspaces.http import MemberRequest
from workspaces.models import Role

SHOWN = 20


@require_safe
def mirror(request: MemberRequest) -> HttpResponse:
    today = request.workspace.today()
    promises = Commitment.objects.for_workspace(request.workspace).with_present().mine()
    context = {
        "lines": _lines(request) if request.workspace.scores_on else [],
        "promises": tell_all(_first(promises.open().soonest_first()), today),
        "requests": tell_all(_first(_unanswered(request).order_by("asked_on", "pk")), today),
        "shown": SHOWN,
        "place": "mirror",
        "may_write": request.member.may(Role.MEMBER),
    }
    return render_page(request, "exchanges/mirror.html", context)


@require_safe
def mirror_reliability(request: MemberRequest) -> HttpResponse:
    """Every promise of mine that counts. What all contacts exchanged is told on the page of each."""
    return _why(request, "reliability", explain_my_reliability)


@require_safe
def mirror_responsiveness(request: MemberRequest) -> HttpResponse:
    return _why(request, "responsiveness", explain_my_responsiveness)


def _why(request: MemberRequest, score: str, explain: Callable[..., Explanation]) -> HttpResponse:
    if not request.workspace.scores_on:
        raise Http404
    today = request.workspace.today()
    context = {
        "explained": explain(request.workspace, today=today),
        "today": today,
        "back_url": reverse("exchanges:mirror"),
        "place": "mirror",
    }
    return render_page(request, f"exchanges/why_{score}.html", context, partials={f"why_{score}"})


def _lines(request: MemberRequest) -> list[wording.ScoreLine]:
    """Promises first: they are what the owner can change."""
    today = request.workspace.today()
    kept = reading.kept(request.workspace, today=today)
    answered = reading.answered(request.workspace, today=today)
    given = reading.given_and_received(request.workspace, today=today)
    late = Commitment.objects.for_workspace(request.workspace).with_present().mine().overdue(today).count()
    said_kept = wording.my_reliability_sentence(kept.reliability, late)
    said_answered = wording.my_responsiveness_sentence(answered.responsiveness, answered.median_delay)
    said_given = wording.my_reciprocity_sentence(given.balance_label, given.balance_firmness)
    explained = [
        wording.reliability_line(kept, sentence=said_kept, marks=kept.marks),
        wording.responsiveness_line(answered, sentence=said_answered),
    ]
    return [
        *(replace(line, why_url=reverse(f"exchanges:mirror_{line.name}")) for line in explained),
        wording.reciprocity_line(given, sentence=said_given),
    ]


def _first(lines: Any) -> Any:
    return lines.select_related("contact")[:SHOWN]


def _unanswered(request: MemberRequest) -> Any:
    asked = Request.objects.for_workspace(request.workspace).with_present().asked_of_us()
    return asked.open().unanswered()
