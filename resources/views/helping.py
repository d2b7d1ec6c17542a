"""« Qui peut m'aider ? »: one box, the people and the networks that may answer it, and the message that asks them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from urllib.parse import quote, urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from contacts.models import Contact
from networks.models import Network
from resources import wording
from resources.matching import READ_MAX, Found, Helper, who_can_help
from resources.paths import Path, paths
from strategy.models import Need
from ui.rendering import render_page
from workspaces.cards import one
from workspaces.http import MemberRequest, number_asked
from workspaces.models import Role

QUESTION_MAX: Final = 300  # as the line of a request
NETWORKS_OFFERED: Final = 5


@dataclass(frozen=True, kw_only=True)
class Line:
    """`ask_url` notes the request first, with what is known of it, then shows the message that goes with it."""

    helper: Helper
    reason: str
    ask_url: str
    path: Path | None = None


@require_safe
def help_find(request: MemberRequest) -> HttpResponse:
    """Words, or one of the needs of the strategy, whose title is then what is asked."""
    need = one(request, Need, pk) if (pk := number_asked(request, "need")) else None
    asked = need.title if need else request.GET.get("q", "").replace("\0", "").strip()
    today = request.workspace.today()
    kind = need.resource if need else ""
    found = who_can_help(request.workspace, asked, kind=kind, today=today) if asked else Found()
    needs = Need.objects.for_workspace(request.workspace).open().order_by("-criticality", "title")
    context = {
        "place": "resources",
        "back_url": reverse("resources:resource_list"),
        "asked": asked[:QUESTION_MAX],
        "need": need,
        "needs": [] if asked else needs,
        "found": found,
        "read": READ_MAX,
        "people": _with_ways(request, _lines(found.people, asked, need, today)),
        "networks": _lines(found.networks, asked, need, today),
        "joined": _joined(request, asked) if asked and not (found.people or found.networks) else [],
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "resources/help_find.html", context, partials={"found"})


@require_safe
def help_message(request: MemberRequest) -> HttpResponse:
    """What to send to whom one asks: copied, or opened in one's own mail program."""
    question = request.GET.get("q", "").replace("\0", "")[:QUESTION_MAX]
    contact = one(request, Contact, pk) if (pk := number_asked(request, "contact")) else None
    network = one(request, Network, pk) if (pk := number_asked(request, "network")) else None
    whom: Any = contact or network
    thanked = one(request, Need, pk) if (pk := number_asked(request, "thanks")) else None
    question = thanked.title if thanked else question
    write = wording.thanks if thanked else wording.message
    body = write(contact, question, request.workspace.name)
    address = contact.points.filter(kind="email").order_by("pk").first() if contact else None
    sent_to = quote(address.value, safe="@") if address else ""
    context = {
        "place": "resources",
        "back_url": whom.get_absolute_url() if whom else reverse("resources:help_find"),
        "contact": contact,
        "network": network,
        "message": body,
        "mailto": f"mailto:{sent_to}?subject={quote(question[:80])}&body={quote(body)}",
    }
    return render_page(request, "resources/help_message.html", context)


def _lines(helpers: list[Helper], asked: str, need: Need | None, today: date) -> list[Line]:
    told = [(one, wording.reason(one, today)) for one in helpers]
    return [Line(helper=one, reason=why, ask_url=_ask_url(one.holder, asked, need)) for one, why in told]


def _with_ways(request: MemberRequest, lines: list[Line]) -> list[Line]:
    """Through whom those are reached with whom we are not in touch."""
    people = [line.helper.holder.pk for line in lines]
    ways = paths(request.workspace, people, today=request.workspace.today()) if people else {}
    return [replace(line, path=ways.get(line.helper.holder.pk)) for line in lines]


def _ask_url(whom: Any, asked: str, need: Need | None) -> str:
    named = {"contact" if isinstance(whom, Contact) else "network": whom.pk}
    then = f"{reverse('resources:help_message')}?{urlencode(named | {'q': asked})}"
    told = named | {"summary": asked, "next": then} | ({"need": need.pk} if need else {})
    return f"{reverse('exchanges:request_create')}?{urlencode(told)}"


def _joined(request: MemberRequest, asked: str) -> list[tuple[Network, str]]:
    """Whom to ask when nobody is found."""
    networks = Network.objects.for_workspace(request.workspace).open_to_all().joined().order_by("name", "pk")
    return [(network, _ask_url(network, asked, None)) for network in networks[:NETWORKS_OFFERED]]
