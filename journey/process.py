"""« Démarche »: the three parts and their steps, a page for each, and a step left aside for a reason."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journey import facts, ritual, rules, stages
from journey.forms import SkipForm
from journey.models import Skip
from journey.plan import plan
from journey.progress import MEMBERSHIPS_ADVISED
from journey.steps import BY_CODE, PARTS, Part, Standing, State, first_open, judged, skips_of, standings
from ui.rendering import render_page
from workspaces import cards, keeping
from workspaces.cards import Card
from workspaces.decorators import role_required
from workspaces.http import MemberRequest, from_another_desk
from workspaces.models import Role


@require_safe
def process(request: MemberRequest) -> HttpResponse:
    found = standings(request.workspace, today=request.workspace.today())
    context = {
        "place": "process",
        "parts": [(*PARTS[part], [one for one in found if one.step.part == part]) for part in Part],
        "next": first_open(found),
        "done": sum(one.state == State.DONE for one in found),
        "review": sum(one.state == State.REVIEW for one in found),
        "of": len(found),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "journey/process.html", context)


@require_safe
def step(request: MemberRequest, slug: str) -> HttpResponse:
    known(slug)
    today = request.workspace.today()
    seen = facts.read(request.workspace, today=today)
    found = judged(seen, skips_of(request.workspace))
    place = next(place for place, one in enumerate(found) if one.step.code == slug)
    context = {
        "place": "process",
        "back_url": reverse("journey:process"),
        "one": found[place],
        "part": PARTS[found[place].step.part][0],
        "before": found[place - 1] if place else None,
        "after": found[place + 1] if place + 1 < len(found) else None,
        "next": first_open(found),
        "today": today,
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "journey/step.html", context | _more(request, found[place], seen))


def _more(request: MemberRequest, one: Standing, seen: facts.Facts) -> dict[str, Any]:
    """What the page of one step shows besides."""
    if one.step.code == "stages":
        return {"levels": stages.LEVELS, "level": level(seen), "seen": seen}
    if one.step.code == "rules":
        held = rules.held(request.workspace, today=seen.today)
        return {"held": held, "there": rules.there(request.workspace, seen)}
    if one.step.code == "ritual":
        leaving = ritual.to_leave(request.workspace, today=seen.today)
        active = {"active": len(seen.running), "advised": MEMBERSHIPS_ADVISED}
        return {"turns": ritual.turns(request.workspace, seen), "leaving": leaving, **active}
    return {}


def level(seen: facts.Facts) -> stages.Level:
    said = {"objectives": seen.objectives, "needs": seen.needs, "delegated": seen.delegated}
    return stages.level_of(**said, tended=seen.people.tended)


@require_safe
def strategy_print(request: MemberRequest) -> HttpResponse:
    """« Ma stratégie réseau », on paper too."""
    today = request.workspace.today()
    seen = facts.read(request.workspace, today=today)
    context = {
        "place": "process",
        "back_url": reverse("journey:process"),
        "plan": plan(request.workspace, seen),
        "rules": rules.RULES,
        "level": level(seen),
        "left": [one for one in judged(seen, skips_of(request.workspace)) if one.state != State.DONE],
        "today": today,
    }
    return render_page(request, "journey/strategy_print.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def step_skip(request: MemberRequest, slug: str) -> HttpResponse:
    step = known(slug)
    card = Card(
        title=_("Leave this step aside"),
        lead=step.title,
        place="process",
        back_url=reverse("journey:process"),
        verb=_("Leave it aside"),
    )
    return cards.create(request, SkipForm, Skip(workspace=request.workspace, step=slug), card)


@require_POST
@role_required(Role.MEMBER)
def step_resume(request: MemberRequest, slug: str) -> HttpResponse:
    """Of two tabs the second finds nothing left to take up, and all is as it should be."""
    known(slug)
    if from_another_desk(request):
        moved = _("You have opened %(company)s in another tab since: nothing was changed.")
        messages.error(request, moved % {"company": request.workspace})
        return render_page(request, "journey/moved.html", {"place": "process"}, status=409)
    for skip in Skip.objects.for_workspace(request.workspace).filter(step=slug):
        keeping.remove(skip, by=request.member)
    return redirect("journey:step", slug=slug)


def known(slug: str) -> Any:
    if slug not in BY_CODE:
        raise Http404
    return BY_CODE[slug]
