"""Whom we know in a network: told on its sheet, added several at once, or gathered into a new one."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from contacts.affiliating import elsewhere, gather, join
from contacts.forms.affiliation import GatherForm, JoinForm
from contacts.listing import LONGEST_SEARCH, proposals
from contacts.models import Affiliation, Contact
from contacts.ticking import ticked
from networks.models import Network
from ui.rendering import render_page
from workspaces.cards import one
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.keeping import AlreadyKept
from workspaces.models import Role

SHOWN: Final = 12
OFFERED: Final = 30


@require_safe
def network_people(request: MemberRequest, pk: int) -> HttpResponse:
    """The last met first. Of a network that may reveal a belief nobody is named here."""
    network, today = getattr(request, "at_hand", None) or one(request, Network, pk), request.workspace.today()
    known = Affiliation.objects.for_workspace(request.workspace).open_to_all().with_present().current(today)
    known = known.filter(network=network).select_related("contact__relationship")
    rows = list(known.by_last_contact()[:SHOWN])
    others = elsewhere(network, [row.contact_id for row in rows], on=today)
    context = {
        "place": "networks",
        "network": network,
        "people": [(row, others[row.contact_id]) for row in rows],
        "total": known.count() if len(rows) == SHOWN else len(rows),
        "today": today,
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "contacts/network_people.html", context, partials={"network_people"})


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def network_join(request: MemberRequest, pk: int) -> HttpResponse:
    """People are ticked over several searches: those that are ticked already stay on top."""
    network = one(request, Network, pk)
    form = JoinForm(request.POST if request.method == "POST" else None, network=network, workspace=request.workspace)
    if not form.is_valid():
        return _join_page(request, network, form)
    chosen = {name: form.cleaned_data[name] for name in ("role", "reason") if name in form.cleaned_data}
    people = list(form.cleaned_data["contact"])
    joined = join(network, people, by=request.member, on=request.workspace.today(), **chosen)
    told = ngettext("%(count)s person is in it now.", "%(count)s people are in it now.", joined) % {"count": joined}
    already = len(people) - joined
    if already:
        more = ngettext("%(count)s was in it already.", "%(count)s were in it already.", already) % {"count": already}
        told = f"{told} {more}" if joined else more
    messages.success(request, told)
    return redirect(network)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def network_gather(request: MemberRequest) -> HttpResponse:
    """An informal network of the contacts that were ticked in the list: only its name is asked."""
    form = GatherForm(request.POST if request.method == "POST" else None, workspace=request.workspace)
    if form.is_valid():
        name, people = form.cleaned_data["name"], list(form.cleaned_data["contact"])
        try:
            network = gather(name, people, by=request.member, on=request.workspace.today())
        except AlreadyKept as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("“%(name)s” is among your networks.") % {"name": network})
            return redirect(network)
    context = {"place": "contacts", "form": form, "people": ticked(request)}
    context["back_url"] = reverse("contacts:contact_list")
    status = 422 if form.is_bound else 200
    return render_page(request, "contacts/network_gather.html", context, status=status)


def _join_page(request: MemberRequest, network: Network, form: JoinForm) -> HttpResponse:
    text = " ".join(request.GET.get("q", "").split())[:LONGEST_SEARCH]
    chosen = ticked(request)
    there = Affiliation.objects.for_workspace(request.workspace).filter(network=network)
    there = there.current(request.workspace.today())
    out = Contact.objects.for_workspace(request.workspace).present().exclude(pk__in=there.values("contact"))
    context: dict[str, Any] = {
        "place": "networks",
        "back_url": network.get_absolute_url(),
        "network": network,
        "form": form,
        "text": text,
        "ticked": chosen,
        "offered": [person for person in proposals(out, text, OFFERED) if person not in chosen],
    }
    return render_page(request, "contacts/network_join.html", context, status=422 if form.is_bound else 200)
