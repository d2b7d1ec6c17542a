"""The shared catalogue as a company sees it: found, taken, followed, and suggested to."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from networks import catalogue
from networks.finding import page_of, words_offered
from networks.forms.catalogue import FilterForm, SuggestionForm, TakeForm
from networks.models import CatalogueEntry, Network, Suggestion
from networks.suggesting import told
from networks.taking import NameTaken, blank_from, differences, digest, follow
from networks.types import PROFILES
from ui.paginator import keyset_page
from ui.rendering import render_page
from workspaces import cards
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.http import MemberRequest, from_another_desk
from workspaces.models import Role
from workspaces.owned import EditedMeanwhile


@require_safe
def entry_list(request: MemberRequest) -> HttpResponse:
    territories, services = words_offered()
    form = FilterForm(request.GET, territories=territories, services=services)
    chosen = form.chosen()
    page = page_of(chosen, request.GET.get("page", ""))
    ours = Network.objects.for_workspace(request.workspace).filter(entry__in=page.rows)
    taken = set(ours.values_list("entry", flat=True))
    today = request.workspace.today()
    context = {
        "place": "networks",
        "back_url": reverse("networks:network_list"),
        "form": form,
        "chosen": chosen,
        "narrowed": chosen.keys() - {"q"},
        "page": page,
        "lines": [(one, PROFILES[one.type].icon, one.is_stale(today), one.pk in taken) for one in page.rows],
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "networks/entry_list.html", context, partials={"rows"})


@require_safe
def entry_detail(request: MemberRequest, slug: str) -> HttpResponse:
    entry = _entry(slug)
    if entry.merged_into:
        return redirect(entry.merged_into)
    context = {
        "place": "networks",
        "back_url": reverse("networks:entry_list"),
        "entry": entry,
        "profile": PROFILES[entry.type],
        "services": entry.split("services"),
        "stale": entry.is_stale(request.workspace.today()),
        "sheets": Network.objects.for_workspace(request.workspace).filter(entry=entry).order_by("pk"),
        "writes": request.member.may(Role.MEMBER),
        "today": request.workspace.today(),
    }
    return render_page(request, "networks/entry_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def entry_take(request: MemberRequest, slug: str) -> HttpResponse:
    """A network is taken once: a second click opens our sheet. A family is taken as often as it has local ones."""
    entry = _entry(slug)
    if entry.retired_on:
        messages.warning(request, _("This network has left the catalogue."))
        return redirect(entry)
    sheet = Network.objects.for_workspace(request.workspace).filter(entry=entry).order_by("pk").first()
    if sheet and not entry.is_family:
        messages.info(request, _("It is among your networks already."))
        return redirect(sheet)
    lead = _("This is a family of networks: give the name of yours.") if entry.is_family else ""
    first = blank_from(entry, Network(workspace=request.workspace))
    if entry.is_family:
        first.name = ""
    card = Card(title=entry.name, lead=lead, place="networks", back_url=entry.get_absolute_url(), opens=True)
    card = replace(card, verb=_("Add to our networks"))
    return cards.create(request, TakeForm, first, card)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def network_difference(request: MemberRequest, pk: int) -> HttpResponse:
    """Fact by fact, mine, was and now; what is chosen comes over, the rest stays mine."""
    network = cards.one(request, Network, pk)
    found = differences(network)
    if request.method != "POST" or not found:
        return _compared(request, network) if found else redirect(network)
    chosen = {one.name for one in found} & set(request.POST.getlist("take"))
    version = request.POST.get("version", "")
    try:
        number = int(version) if version.isdecimal() and len(version) < 10 else 0
        follow(network, chosen, seen=request.POST.get("seen", ""), version=number, by=request.member)
    except EditedMeanwhile:
        told_again = _("Something changed while you were reading. Look again; nothing was written.")
        return _compared(request, cards.one(request, Network, pk), problem=told_again, chosen=chosen, status=409)
    except NameTaken as refused:
        again = cards.one(request, Network, pk)
        return _compared(request, again, problem=str(refused), chosen=chosen, status=422)
    messages.success(request, _("Taken over.") if chosen else _("Left as it was."))
    return redirect(network)


def _compared(request: MemberRequest, network: Network, *, status: int = 200, **more: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "place": "networks",
        "back_url": network.get_absolute_url(),
        "network": network,
        "differences": differences(network),
        "seen": digest(network.entry) if network.entry else "",
    }
    return render_page(request, "networks/network_difference.html", context | more, status=status)


@require_safe
def suggestion_list(request: MemberRequest) -> HttpResponse:
    ours = Suggestion.objects.for_workspace(request.workspace).select_related("entry")
    page = keyset_page(ours, ["-created", "-pk"], request.GET.get("page", ""))
    context = {
        "place": "networks",
        "back_url": reverse("networks:entry_list"),
        "page": page,
        "suggestions": [told(one) for one in page.rows],
        "today": request.workspace.today(),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "networks/suggestion_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def suggestion_create(request: MemberRequest) -> HttpResponse:
    return _suggest(request, None, _("Suggest a network"))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def suggestion_correct(request: MemberRequest, slug: str) -> HttpResponse:
    entry = _entry(slug)
    return redirect(entry) if entry.retired_on else _suggest(request, entry, _("Suggest a correction"))


def _suggest(request: MemberRequest, entry: CatalogueEntry | None, title: str) -> HttpResponse:
    back_url = entry.get_absolute_url() if entry else reverse("networks:entry_list")
    lead = _("Only what you write here goes to the curators, without your name or your company’s.")
    card = Card(title=title, lead=lead, place="networks", back_url=back_url, verb=_("Send to the curators"))
    if request.method != "POST":
        form = SuggestionForm(workspace=request.workspace, entry=entry)
        return card.drawn(request, form.instance, form=form)
    form = SuggestionForm(request.POST, workspace=request.workspace, entry=entry)
    if from_another_desk(request):
        return card.drawn(request, form.instance, form=form, status=409, moved=True)
    if not (form.is_valid() and _sent(request, form, entry)):
        return card.drawn(request, form.instance, form=form, status=422)
    messages.success(request, _("Sent to the curators. Their answer will be on this page."))
    return redirect("networks:suggestion_list")


def _sent(request: MemberRequest, form: SuggestionForm, entry: CatalogueEntry | None) -> bool:
    reason = form.cleaned_data["reason"]
    try:
        catalogue.submit(form.proposed(), by=request.member, at=timezone.now(), entry=entry, reason=reason)
    except (catalogue.TooManySuggestions, catalogue.AlreadySuggested) as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _entry(slug: str) -> CatalogueEntry:
    return get_object_or_404(CatalogueEntry.objects.select_related("merged_into"), slug=slug)
