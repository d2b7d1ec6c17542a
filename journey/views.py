"""The home, and the demo data that brings a new house to life."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contacts.models import Contact
from exchanges import wording
from journey.agenda import LINES, agenda
from journey.demo.loading import AlreadyLoaded, has_demo, load_demo, remove_demo
from ui.rendering import render_page
from workspaces.decorators import role_required
from workspaces.http import MemberRequest, from_another_desk
from workspaces.models import Role


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    return _drawn(request)


def _drawn(request: MemberRequest, *, status: int = 200) -> HttpResponse:
    today = request.workspace.today()
    done = len(request.GET.getlist("done"))  # lines that keep their place although they are settled
    list_of_today = agenda(request.workspace, today=today, lines=max(0, LINES - done))
    empty = not list_of_today and not Contact.objects.for_workspace(request.workspace).exists()
    marks = wording.dots(list_of_today.marks)
    context = {
        "agenda": list_of_today,
        "today": today,
        "empty": empty,
        "marks": marks,
        "marks_in_words": wording.marks_in_words(marks),
        "may_write": request.member.may(Role.MEMBER),
        "place": "today",
    }
    if request.member.may(Role.OWNER):
        context |= {"may_load_demo": True, "has_demo": has_demo(request.workspace)}
    return render_page(request, "journey/home.html", context, partials={"agenda", "agenda_lead"}, status=status)


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
