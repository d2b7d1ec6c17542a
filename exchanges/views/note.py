"""« Noter »: one form per kind, in a dialog over any page, or a page of its own without script."""

from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts.models import Affiliation, Contact
from exchanges.forms import CommitmentForm, ExchangeForm, InteractionForm, LineForm, RequestForm
from exchanges.forms.line import NAMED
from exchanges.views.back import came_from, home_of
from networks.models import Network, Trial
from strategy.models import Need
from ui.rendering import is_htmx, render_page
from workspaces.decorators import role_required
from workspaces.http import DIGITS_MAX, MemberRequest, number_asked
from workspaces.models import Role

TYPED: Final = ("contact_name", "summary", "kind", "direction")
TYPED_MAX: Final = 500


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def note(request: MemberRequest) -> HttpResponse:
    return _note(request, "exchange", ExchangeForm)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def interaction_create(request: MemberRequest) -> HttpResponse:
    return _note(request, "interaction", InteractionForm)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def commitment_create(request: MemberRequest) -> HttpResponse:
    return _note(request, "commitment", CommitmentForm)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def request_create(request: MemberRequest) -> HttpResponse:
    return _note(request, "request", partial(RequestForm, trial=_trial_of(request)))  # type: ignore[arg-type]


def _trial_of(request: MemberRequest) -> Trial | None:
    pk = number_asked(request, "trial")
    return None if pk is None else get_object_or_404(Trial.objects.for_workspace(request.workspace), pk=pk)


def _note(request: MemberRequest, kind: str, form_class: type[LineForm]) -> HttpResponse:
    if request.method != "POST":
        contact = _named(request, "contact", Contact.objects.for_workspace(request.workspace).present())
        named = _names(request, contact) | _typed(request)
        return _drawn(request, kind, form_class(workspace=request.workspace, contact=contact, named=named))
    form = form_class(request.POST, workspace=request.workspace)
    if form.from_another_desk:
        return _at_another_desk(request, kind, form_class)
    if not form.is_valid():
        return _drawn(request, kind, form, status=422)
    line = _write_once(request, form)
    messages.success(request, _noted(line))
    if request.POST.get("then") == "another":
        return _another(request, kind, form_class)
    return redirect(came_from(request) or home_of(line.contact))


def _named(request: MemberRequest, name: str, rows: Any) -> Any:
    """The contact, the network or the need whose page opened the form."""
    pk = request.GET.get(name, "")
    if not pk:
        return None
    if not (pk.isascii() and pk.isdigit() and len(pk) <= DIGITS_MAX):
        raise Http404
    return get_object_or_404(rows, pk=pk)


def _names(request: MemberRequest, contact: Contact | None) -> dict[str, Any]:
    """The network and the need that the address names; else the only network that the contact is known to be in."""
    network = _named(request, "network", Network.objects.for_workspace(request.workspace))
    need = _named(request, "need", Need.objects.for_workspace(request.workspace))
    if contact and not network:
        theirs = Affiliation.objects.for_workspace(request.workspace).open_to_all().current(request.workspace.today())
        known = Network.objects.for_workspace(request.workspace).nearest_first()
        several = list(known.filter(affiliations__in=theirs.filter(contact=contact))[:2])
        network = several[0] if len(several) == 1 else None
    return {name: one.pk for name, one in (("network", network), ("need", need)) if one}


def _typed(request: MemberRequest) -> dict[str, str]:
    """What was written under another tab before this one was chosen."""
    return {name: words for name in TYPED if (words := request.GET.get(name, "")[:TYPED_MAX])}


def _write_once(request: MemberRequest, form: LineForm) -> Any:
    """Of two copies sent at the same moment one breaks on the nonce, and then finds the line of the other."""
    try:
        return form.write(by=request.member)
    except IntegrityError:
        if form.cleaned_data["nonce"] is None:
            raise
        return form.write(by=request.member)


def _noted(line: Any) -> str:
    return format_html('{} <a href="{}">{}</a>', _("Noted."), line.get_absolute_url(), _("Correct it"))


def _another(request: MemberRequest, kind: str, form_class: type[LineForm]) -> HttpResponse:
    """An empty form in the same dialog; without script, on the same page."""
    if is_htmx(request):
        return _drawn(request, kind, form_class(workspace=request.workspace))
    return redirect(f"{request.path}?{urlencode({'next': came_from(request)})}")


def _at_another_desk(request: MemberRequest, kind: str, form_class: type[LineForm]) -> HttpResponse:
    """The company was switched in another tab: say so, keep the words, write nothing."""
    data = request.POST.copy()
    data["desk"] = request.workspace.slug
    for name in ("contact", "trial", *NAMED):
        data[name] = ""
    form = form_class(data, workspace=request.workspace)
    return _drawn(request, kind, form, status=409, moved=True)


def _drawn(
    request: MemberRequest, kind: str, form: LineForm, *, status: int = 200, moved: bool = False
) -> HttpResponse:
    picked = form["contact"].value()
    context = {"kind": kind, "form": form, "next": came_from(request), "picked": picked or "", "moved": moved}
    return render_page(
        request, "exchanges/note.html", context | {"place": "exchanges"}, partials={"dialog-body"}, status=status
    )
