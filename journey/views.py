"""The home, its lines put aside, and the demo data that brings a new house to life."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from contacts.models import Contact
from exchanges import wording
from exchanges.models import ScoringRun
from journey.agenda import BY_NAME, LINES, Kind, agenda, by_kind, minutes_of
from journey.demo.loading import AlreadyLoaded, has_demo, load_demo, remove_demo
from journey.figures import figures_of
from journey.models import DELAYS, Postponed
from journey.starting import PEOPLE, Start, start_of
from journey.steps import next_step
from networks.models import CancelledMeanwhile, NotBegun
from strategy.stating import ClosedMeanwhile, OpenMeanwhile
from ui.rendering import render_page
from ui.wording import weekday
from workspaces.decorators import role_required
from workspaces.http import MemberRequest, from_another_desk, number_asked
from workspaces.models import Role

DELAYED: Final = (
    ("day", gettext_lazy("Put off until tomorrow")),
    ("week", gettext_lazy("Put off for a week")),
    ("month", gettext_lazy("Put off for a month")),
)
ASIDE_SHOWN: Final = 100
DAY_MINUTES: Final = 1440
FAR: Final = 200  # lines looked through for the one that an undo brings back


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    return _drawn(request)


def _drawn(request: MemberRequest, *, status: int = 200) -> HttpResponse:
    today = request.workspace.today()
    done = len(request.GET.getlist("done"))  # lines that keep their place although they are settled
    lines = agenda(request.workspace, today=today, lines=max(0, LINES - done))
    context = {
        "lines": lines,
        "groups": by_kind(lines),
        "minutes": minutes_of(lines),
        "today": today,
        "start": start_of(request.workspace) if len(lines) < LINES - done else Start(),
        "people": PEOPLE,
        "may_write": request.member.may(Role.MEMBER),
        "delays": DELAYED,
        "place": "today",
    }
    if request.member.may(Role.OWNER):
        context |= {"may_load_demo": True, "has_demo": has_demo(request.workspace)}
    return render_page(request, "journey/home.html", context, partials={"agenda", "agenda_lead"}, status=status)


@require_safe
def figures(request: MemberRequest) -> HttpResponse:
    """Time and three numbers: fetched after the list, which does not wait for them."""
    today = request.workspace.today()
    planned = min(number_asked(request, "planned") or 0, DAY_MINUTES)
    found = figures_of(request.workspace, today=today, planned=planned)
    marks = wording.dots(found.marks)
    context = {
        "place": "today",
        "back_url": reverse("journey:home"),
        "figures": found,
        "today": today,
        "last_run": ScoringRun.objects.for_workspace(request.workspace).finished().first(),
        "time": found.time,
        "marks": marks,
        "marks_in_words": wording.marks_in_words(marks),
        "may_say": request.member.may(Role.OWNER),
        "next": next_step(request.workspace, today=today),
    }
    return render_page(request, "journey/figures.html", context, partials={"figures"})


@require_POST
@role_required(Role.MEMBER)
def line_postpone(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    row, today = _subject(request, kind, pk), request.workspace.today()
    until = today + DELAYS.get(request.POST.get("for", ""), DELAYS["week"])
    Postponed.put_aside(kind, row, by=request.member, until=until)
    return _settled(request, kind, row, _("Put off until %(day)s.") % {"day": weekday(until, today)})


@require_POST
@role_required(Role.MEMBER)
def line_ignore(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    row = _subject(request, kind, pk)
    Postponed.put_aside(kind, row, by=request.member, until=None)
    return _settled(request, kind, row, _("Ignored from now on."))


@require_POST
@role_required(Role.MEMBER)
def line_restore(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    row = _subject(request, kind, pk)
    Postponed.take_back(kind, row, by=request.member)
    return _back(request, kind, pk)


@require_POST
@role_required(Role.MEMBER)
def line_done(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    row = _subject(request, kind, pk)
    return _tried(request, BY_NAME[kind].do, row) or _settled(request, kind, row, _("Done."), undo="line_undo")


@require_POST
@role_required(Role.MEMBER)
def line_undo(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    row = _subject(request, kind, pk)
    return _tried(request, BY_NAME[kind].undo, row) or _back(request, kind, pk)


@require_safe
def postponed_list(request: MemberRequest) -> HttpResponse:
    """What was put off or ignored, each with the way back."""
    today = request.workspace.today()
    rows = Postponed.objects.for_workspace(request.workspace).in_force(today)
    aside = list(rows.order_by("until", "-updated")[:ASIDE_SHOWN])
    context = {
        "place": "today",
        "back_url": reverse("journey:home"),
        "aside": [told for kind in BY_NAME.values() for told in _told(request, kind, aside)],
        "today": today,
        "may_write": request.member.may(Role.MEMBER),
    }
    return render_page(request, "journey/postponed_list.html", context)


def _subject(request: MemberRequest, kind: str, pk: int) -> Any:
    """What the line is about; a promise is none, because it has a postponement of its own."""
    known = BY_NAME.get(kind)
    if known is None or known.subjects is None:
        raise Http404
    return get_object_or_404(known.subjects(request.workspace), pk=pk)


def _tried(request: MemberRequest, verb: Any, row: Any) -> HttpResponse | None:
    """None once it is done; else the home, with why it was refused."""
    if verb is None:
        raise Http404
    try:
        verb(row, request.member)
    except (ClosedMeanwhile, OpenMeanwhile, CancelledMeanwhile, NotBegun) as refused:
        messages.warning(request, str(refused))
        return redirect("journey:home")
    return None


def _in_place(request: MemberRequest, kind: str, pk: int) -> bool:
    return request.headers.get("HX-Target") == f"line_{kind}_{pk}"


def _settled(request: MemberRequest, kind: str, row: Any, said: str, *, undo: str = "line_restore") -> HttpResponse:
    """The line keeps its place with the way back in it; without script, the home with that way in a message."""
    way = reverse(f"journey:{undo}", args=[kind, row.pk])
    if not _in_place(request, kind, row.pk):
        link = '{} <a class="link" href="{}" hx-post="{}" hx-swap="none">{}</a>'
        messages.success(request, format_html(link, said, reverse("journey:postponed_list"), way, _("Undo")))
        return redirect("journey:home")
    context = {"id": f"line_{kind}_{row.pk}", "said": said, "what": called(row), "undo_url": way}
    drawn = render(request, "journey/_line_settled.html", context)
    drawn["HX-Trigger-After-Settle"] = "promise-settled"
    return drawn


def _back(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """The line as it was, where it stood; else the page that the button sat on."""
    if _in_place(request, kind, pk):
        known, today = BY_NAME[kind], request.workspace.today()
        if line := next((one for one in known.find(request.workspace, today, FAR) if one.pk == pk), None):
            context = {"line": line, "kind": known, "delays": DELAYED, "may_write": True, "acted": True}
            drawn = render(request, "journey/_line.html", context)
            drawn["HX-Trigger-After-Settle"] = "promise-settled"
            return drawn
    return redirect("journey:postponed_list" if request.POST.get("then") == "aside" else "journey:home")


def called(row: Any) -> str:
    """A request is known by its words, whatever else by its name."""
    return str(getattr(row, "summary", row))


def _told(request: MemberRequest, kind: Kind, aside: list[Postponed]) -> list[dict[str, Any]]:
    """Those of one kind whose object is still there."""
    mine = [one for one in aside if one.kind == kind.name]
    rows = kind.subjects(request.workspace).in_bulk([one.object_pk for one in mine]) if kind.subjects and mine else {}
    found = [(one, rows[one.object_pk]) for one in mine if one.object_pk in rows]
    return [{"kind": kind, "pk": row.pk, "what": called(row), "until": one.until} for one, row in found]


def _at_another_desk(request: MemberRequest) -> HttpResponse:
    moved = _("You have opened %(company)s in another tab since: nothing was changed.")
    messages.error(request, moved % {"company": request.workspace})
    return _drawn(request, status=409)


@require_POST
@role_required(Role.OWNER)
def demo_create(request: MemberRequest) -> HttpResponse:
    """Only into a workspace without contacts, so that nobody has to tell fictitious people from real ones."""
    if from_another_desk(request):
        return _at_another_desk(request)
    if Contact.objects.for_workspace(request.workspace).exists():
        messages.error(request, _("The demo data goes only into a workspace without contacts."))
        return redirect("journey:home")
    try:
        load_demo(by=request.member, today=request.workspace.today())
        messages.success(request, _("The fictitious workshop is there. One click takes all of it away again."))
    except AlreadyLoaded as refused:
        messages.info(request, str(refused))
    return redirect("journey:home")


@require_POST
@role_required(Role.OWNER)
def demo_remove(request: MemberRequest) -> HttpResponse:
    if from_another_desk(request):
        return _at_another_desk(request)
    count = remove_demo(by=request.member)
    removed = ngettext(
        "%(count)d fictitious contact removed, with all that was noted about them.",
        "%(count)d fictitious contacts removed, with all that was noted about them.",
        count,
    )
    messages.success(request, removed % {"count": count})
    return redirect("journey:home")
