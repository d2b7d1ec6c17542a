"""The list of contacts."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from contacts.listing import DEFAULT, LONGEST_SEARCH, RHYTHM, SCORES, SORTS, line_of, page_of
from contacts.models import Relationship, Tag
from networks.models import Network
from ui.rendering import render_page
from workspaces.http import MemberRequest
from workspaces.models import Role

ORDERS = {
    "-last": _("From the most recent contact to the oldest"),
    "last": _("From the oldest contact to the most recent"),
    "name": _("By name, from A to Z"),
    "-name": _("By name, from Z to A"),
    "-balance": _("Those to whom you gave most first, those with too little evidence last"),
    "next": _("Those to call again first, whoever is not waited for last"),
    "-reliability": _("Those whose promises are surest first, those with too little evidence last"),
}


@require_safe
def contact_list(request: MemberRequest) -> HttpResponse:
    """Searched, sorted and filtered by its address alone; an unknown order is the usual one."""
    today, scores_on = request.workspace.today(), request.workspace.scores_on
    text, sort = request.GET.get("q", "").strip()[:LONGEST_SEARCH], request.GET.get("sort", DEFAULT)
    if sort not in SORTS or (sort in (*SCORES, RHYTHM) and not scores_on):
        sort = DEFAULT
    tags = list(Tag.objects.for_workspace(request.workspace).order_by("name_key").only("name"))
    networks = list(Network.objects.for_workspace(request.workspace).open_to_all().order_by("name", "pk").only("name"))
    filters: dict[str, Any] = {
        "tag": _chosen(tags, request.GET.get("tag", "")),
        "network": _chosen(networks, request.GET.get("network", "")),
        "bridges": request.GET.get("bridges") == "1",
        "rhythm": _offered(Relationship.Rhythm, request.GET.get("rhythm", "")) if scores_on else "",
        "circle": _offered(Relationship.Circle, request.GET.get("circle", "")),
    }
    page = page_of(request.workspace, sort=sort, text=text, cursor=request.GET.get("page", ""), **filters)
    writes = request.member.may(Role.MEMBER)
    context: dict[str, Any] = {
        "place": "contacts",
        "page": page,
        "lines": [line_of(row, today) for row in page.rows],
        "unused": not (page.rows or text or any(filters.values())),
        "writes": writes,
        "selecting": writes and "select" in request.GET,
        "may_load_demo": request.member.may(Role.OWNER),
        "scores_on": scores_on,
        "order": ORDERS[sort],
        "text": text,
        "sort": sort,
        "tags": tags,
        "networks": networks,
        "rhythms": Relationship.Rhythm if scores_on else (),
        "circles": Relationship.Circle,
    }
    return render_page(request, "contacts/contact_list.html", context | filters, partials={"rows"})


def _offered(words: Any, asked: str) -> Any:
    """One of a few words, or none at all: an unknown one filters nothing."""
    return words(asked) if asked in words.values else ""


def _chosen(rows: list[Any], asked: str) -> Any:
    """The tag or the network of the address; one that is not offered is a page that does not exist."""
    if not asked:
        return None
    for row in rows:
        if str(row.pk) == asked:
            return row
    raise Http404
