"""What this room tells on the page of the strategy: what the ledger holds for each need."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from exchanges.models import Exchange, Request
from exchanges.views.ledger import one_of_two
from strategy.models import Need
from ui.rendering import render_page
from workspaces.http import MemberRequest


@require_safe
def need_efforts(request: MemberRequest) -> HttpResponse:
    """The open needs that the ledger names, with how many exchanges and open requests: three questions in all."""
    ours = request.workspace
    done = _counted(Exchange.objects.for_workspace(ours).with_present().filter(one_of_two()))
    asked = _counted(Request.objects.for_workspace(ours).with_present().open())
    needs = Need.objects.for_workspace(ours).open().order_by("-criticality", "pk")
    rows = [(need, done.get(need.pk, 0), asked.get(need.pk, 0)) for need in needs]
    context = {"place": "strategy", "rows": [row for row in rows if any(row[1:])]}
    return render_page(request, "exchanges/need_efforts.html", context, partials={"need_efforts"})


def _counted(lines: Any) -> dict[int, int]:
    named = lines.filter(need__isnull=False).order_by().values("need")
    return dict(named.annotate(lines=Count("pk")).values_list("need", "lines"))
