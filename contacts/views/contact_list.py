"""The list of contacts."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from contacts.listing import DEFAULT, LONGEST_SEARCH, SCORES, SORTS, line_of, page_of
from contacts.models import Tag
from ui.rendering import render_page
from workspaces.http import MemberRequest
from workspaces.models import Role

ORDERS = {
    "-last": _("From the most recent contact to the oldest"),
    "last": _("From the oldest contact to the most recent"),
    "name": _("By name, from A to Z"),
    "-name": _("By name, from Z to A"),
    "-balance": _("Those to whom you gave most first, those with too little evidence last"),
    "-reliability": _("Those whose promises are surest first, those with too little evidence last"),
}


@require_safe
def contact_list(request: MemberRequest) -> HttpResponse:
    """Searched, sorted and filtered by its address alone; an unknown order is the usual one."""
    today, scores_on = request.workspace.today(), request.workspace.scores_on
    text, sort = request.GET.get("q", "").strip()[:LONGEST_SEARCH], request.GET.get("sort", DEFAULT)
    if sort not in SORTS or (sort in SCORES and not scores_on):
        sort = DEFAULT
    tags = list(Tag.objects.for_workspace(request.workspace).order_by("name_key").only("name"))
    tag = _chosen(tags, request.GET.get("tag", ""))
    cursor = request.GET.get("page", "")
    page = page_of(request.workspace, sort=sort, text=text, tag=tag, cursor=cursor)
    context: dict[str, Any] = {
        "place": "contacts",
        "page": page,
        "lines": [line_of(row, today) for row in page.rows],
        "unused": not (page.rows or text or tag),
        "writes": request.member.may(Role.MEMBER),
        "may_load_demo": request.member.may(Role.OWNER),
        "scores_on": scores_on,
        "order": ORDERS[sort],
    }
    context |= {"text": text, "sort": sort, "tags": tags, "tag": tag}
    return render_page(request, "contacts/contact_list.html", context, partials={"rows"})


def _chosen(tags: list[Tag], asked: str) -> Tag | None:
    """The tag of the address; one that is not ours is a page that does not exist."""
    if not asked:
        return None
    for tag in tags:
        if str(tag.pk) == asked:
            return tag
    raise Http404
