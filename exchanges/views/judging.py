"""« Pourquoi ? » of a network's indicators, line by line; and how one contact keeps the seven rules."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contacts.models import Contact
from exchanges import wording
from exchanges.indicators import blend
from exchanges.judging.facts import Indicator, Line, seen_in
from exchanges.judging.ledger import read
from exchanges.judging.rules import rules_of, stored
from exchanges.judging.wording import NAMES, UNSEEN, rule_lines, trust_sentence
from exchanges.models import Exchange, Request
from exchanges.parameters import DEFAULTS
from exchanges.scoring import stored_prior
from exchanges.views.panel import seen_contact
from networks.models import Network
from ui.rendering import render_page
from workspaces import cards
from workspaces.http import MemberRequest

SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class Told:
    on: date
    words: str
    value: float
    decay: float
    good: bool | None


@require_safe
def network_why(request: MemberRequest, pk: int, indicator: str) -> HttpResponse:
    """Computed again from the ledger for the day of the stored figures, with every line that counts."""
    network: Network = cards.one(request, Network, pk)
    if indicator not in list(Indicator) or not request.workspace.scores_on:
        raise Http404
    on = network.scored_on or request.workspace.today()
    seen = seen_in(network.pk, Indicator(indicator), read(request.workspace, on=on))
    opinion = network.opinions.get(indicator)
    kept = network.figures.get("facts", {}).get(indicator) or (None, 0.0)
    context = {
        "place": "networks",
        "back_url": network.get_absolute_url(),
        "network": network,
        "name": NAMES[Indicator(indicator)],
        "fact": seen.fact,
        "lines": _told(request, seen.lines[:SHOWN]),
        "left": max(len(seen.lines) - SHOWN, 0),
        "opinion": opinion,
        "unseen": indicator in UNSEEN,
        "level": blend(seen.fact.x, seen.fact.n, opinion),
        "agrees": network.scored_on is None or _same(kept, (seen.fact.x, seen.fact.n)),
        "parameters": DEFAULTS,
        "as_of": on,
        "today": request.workspace.today(),
    }
    return render_page(request, "exchanges/network_why.html", context, partials={"network_why"})


def _same(one: Any, other: Any) -> bool:
    return all(a == b or (None not in (a, b) and abs(a - b) < 1e-9) for a, b in zip(one, other, strict=True))


def _told(request: MemberRequest, lines: tuple[Line, ...]) -> list[Told]:
    """The rows behind the lines, two queries for all of them."""
    wanted: dict[str, list[int]] = {"exchange": [], "request": [], "contact": []}
    for line in lines:
        wanted[line.kind].append(line.pk)
    words: dict[tuple[str, int], str] = {}
    ours = request.workspace
    for one in Exchange.objects.for_workspace(ours).filter(pk__in=wanted["exchange"]).select_related("contact"):
        words["exchange", one.pk] = _exchange_words(one)
    for asked in Request.objects.for_workspace(ours).filter(pk__in=wanted["request"]).select_related("contact"):
        words["request", asked.pk] = f"{asked.summary} ({asked.contact})" if asked.contact else asked.summary
    for contact in Contact.objects.for_workspace(ours).filter(pk__in=wanted["contact"]):
        words["contact", contact.pk] = contact.full_name
    return [
        Told(on=line.on, words=words.get((line.kind, line.pk), ""), value=line.value, decay=line.decay, good=line.good)
        for line in lines
    ]


def _exchange_words(one: Exchange) -> str:
    way = gettext("given") if one.direction == Exchange.Direction.GIVEN else gettext("received")
    return ", ".join(part for part in (f"{one.get_kind_display()} ({way})", str(one.contact), one.summary) if part)


@require_safe
def contact_rules(request: MemberRequest, pk: int) -> HttpResponse:
    """Read live from the ledger of one contact: it is small."""
    contact = seen_contact(request, pk)
    relationship = contact.relationship
    relationship.workspace = request.workspace
    if not relationship.is_counted:
        raise Http404
    ledger = read(request.workspace, on=request.workspace.today(), contact=contact)
    found = stored(rules_of({contact.pk}, ledger, prior=stored_prior(request.workspace)))
    context = {
        "place": "contacts",
        "back_url": reverse("contacts:contact_detail", args=[contact.pk]),
        "contact": contact,
        "name": wording.called(contact),
        "rules": rule_lines(found["rules"], {}),
        "trust": trust_sentence(found["trust"], found["rules"]),
        "today": request.workspace.today(),
    }
    return render_page(request, "exchanges/contact_rules.html", context, partials={"contact_rules"})
