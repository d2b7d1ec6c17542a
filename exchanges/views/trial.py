"""What this room tells on the page of a trial: how soon its test request was answered."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from exchanges.clock import clock_of
from networks.models import Trial
from ui.rendering import render_page
from workspaces.http import MemberRequest
from workspaces.models import Role


@require_safe
def trial_clock(request: MemberRequest, pk: int) -> HttpResponse:
    trials = Trial.objects.for_workspace(request.workspace).select_related("network", "workspace")
    trial = getattr(request, "at_hand", None) or get_object_or_404(trials, pk=pk)
    today = request.workspace.today()
    context = {
        "place": "networks",
        "back_url": trial.get_absolute_url(),
        "trial": trial,
        "clock": clock_of(trial, today=today),
        "today": today,
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "exchanges/trial_clock.html", context, partials={"trial_clock"})
