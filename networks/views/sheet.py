"""Our sheets: the list of them, one of them, and the short forms that write it."""

from typing import Any

from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from networks.forms.opinions import OpinionsForm
from networks.forms.sheet import EssenceForm, ExistenceForm, FactsForm
from networks.models import ExchangeKind, Membership, Network, NetworkType
from networks.quiz import QUESTIONS, propose
from networks.standing import standing
from networks.taking import differences
from networks.types import PROFILES
from networks.views import hours, meeting
from ui.rendering import render_page
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.forms import CardForm
from workspaces.http import MemberRequest, number_asked
from workspaces.models import Role


@require_safe
def network_list(request: MemberRequest) -> HttpResponse:
    """What each brings is the panel of the ledger's room; beneath, the sheets of those that cost nothing now."""
    ours = Network.objects.for_workspace(request.workspace)
    others = ours.exclude(pk__in=ours.joined().values("pk")).with_decision().order_by("name", "pk")
    today = request.workspace.today()
    context = {"place": "networks", "others": others, "writes": request.member.may(Role.MEMBER), "today": today}
    context["renewals"] = Membership.objects.for_workspace(request.workspace).to_decide(today)
    return render_page(request, "networks/network_list.html", context)


@require_safe
def network_detail(request: MemberRequest, pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    context = {
        "place": "networks",
        "back_url": reverse("networks:network_list"),
        "network": network,
        "differences": differences(network),
        "profile": PROFILES[network.type],
        "function_words": _listed(Network.Function, network.functions),
        "kind_words": _listed(ExchangeKind, network.kinds),
        "rules": network.rules.order_by("category", "pk"),
        "channels": network.channels.order_by("kind", "pk"),
        "writes": request.member.may(Role.MEMBER),
        "today": request.workspace.today(),
    }
    context |= standing(network, today=request.workspace.today())
    context |= meeting.on_sheet(network) | hours.on_sheet(request, network)
    return render_page(request, "networks/network_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def network_create(request: MemberRequest) -> HttpResponse:
    asked = request.GET.get("type", "")
    first = Network(workspace=request.workspace, type=asked if asked in NetworkType else "")
    return cards.create(request, FactsForm, first, _card(first, _("A network")))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def network_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, pk, FactsForm, _("The network"))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def network_essence(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, pk, EssenceForm, _("What makes it a network"))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def network_existence(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, pk, ExistenceForm, _("By what it exists"))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def network_opinions(request: MemberRequest, pk: int) -> HttpResponse:
    network = cards.one(request, Network, pk)
    lead = _("From 0, not at all, to 10, entirely. Facts take over as they come; leave empty what you cannot tell.")
    card = Card(title=_("What you think of it"), lead=lead, place="networks", back_url=network.get_absolute_url())
    return cards.edit(request, OpinionsForm, network, card)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def network_delete(request: MemberRequest, pk: int) -> HttpResponse:
    row = cards.one(request, Network, pk)
    lead = _("Its rules, meetings, times and decisions go with it; exchanges and contacts stay.")
    card = Card(title=_("Delete this network?"), lead=lead, place="networks", back_url=reverse("networks:network_list"))
    return cards.delete(request, row, card)


@require_POST
@role_required(Role.MEMBER)
def network_retype(request: MemberRequest, pk: int) -> HttpResponse:
    """What the quiz proposed, taken."""
    network = cards.one(request, Network, pk)
    proposed = request.POST.get("type", "")
    if proposed in NetworkType:
        network.retype(proposed, by=request.member)
    return redirect(network)


@require_safe
def network_quiz(request: MemberRequest) -> HttpResponse:
    """The answers are in the address, so that the page can be left, shared and gone back to."""
    numbers = {question.key: number_asked(request, question.key) for question in QUESTIONS}
    given = {
        question.key: number
        for question in QUESTIONS
        if (number := numbers[question.key]) is not None and number < len(question.answers)
    }
    asked = number_asked(request, "network")
    network = cards.one(request, Network, asked) if asked is not None else None
    proposal = propose(given)
    context: dict[str, Any] = {
        "place": "networks",
        "back_url": network.get_absolute_url() if network else reverse("networks:network_list"),
        "network": network,
        "questions": [(question, given.get(question.key)) for question in QUESTIONS],
        "left": len(QUESTIONS) - len(given),
        "proposal": proposal,
        "profile": PROFILES[proposal.type] if proposal else None,
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "networks/network_quiz.html", context)


def _listed(choices: type[TextChoices], chosen: list[str]) -> str:
    return ", ".join(str(choice.label).lower() for choice in choices if choice in chosen)


def _edit(request: MemberRequest, pk: int, form_class: type[CardForm], title: Any) -> HttpResponse:
    network = cards.one(request, Network, pk)
    return cards.edit(request, form_class, network, _card(network, title))


def _card(network: Network, title: Any) -> Card:
    if not network.pk:
        return Card(title=title, place="networks", back_url=reverse("networks:network_list"), opens=True)
    delete_url = reverse("networks:network_delete", args=[network.pk])
    return Card(title=title, place="networks", back_url=network.get_absolute_url(), delete_url=delete_url)
