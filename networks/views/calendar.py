"""The meetings of a network out to a calendar, and in from one."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from networks.calendars.admit import admit
from networks.calendars.writing import calendar_of
from networks.forms.meeting import CalendarForm
from networks.models import Network
from ui.rendering import render_page
from workspaces import cards
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role


@require_safe
def network_calendar(request: MemberRequest, pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    written = calendar_of(network, network.meetings.order_by("starts_at", "pk"))
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="network-{network.pk}.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def meeting_import(request: MemberRequest, pk: int) -> HttpResponse:
    """The report is the answer itself: to send the same file again changes nothing."""
    network = cards.one(request, Network, pk)
    form = CalendarForm(request.POST or None, request.FILES or None, network=network)
    report = None
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data["calendar"]
        report = admit(found, network=network, by=request.member, now=timezone.now())
    context = {"place": "networks", "network": network, "form": form, "report": report}
    context["back_url"] = network.get_absolute_url()
    status = 422 if request.method == "POST" and not report else 200
    return render_page(request, "networks/meeting_import.html", context, status=status)
