"""Questions: those asked of us, and the needs that nobody answers."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchanges import wording
from exchanges.models import Exchange, Request
from journey.lines.line import Act, Line, shown
from strategy.models import Need
from ui.wording import ago, day_in_words
from workspaces.models import Workspace

PATIENCE: Final = timedelta(days=7)  # for an answer to a need


def answers(workspace: Workspace, today: date, limit: int) -> list[Line]:
    """Asked of us, and nobody noted an answer; the longest waiting first."""
    asked = Request.objects.for_workspace(workspace).with_present().asked_of_us().open().unanswered()
    rows = shown(asked.filter(asked_on__lte=today), "answer", workspace, today)
    return [
        Line(
            kind="answer",
            pk=one.pk,
            title=wording.stressed(gettext("Answer *{name}*: {what}"), name=one.contact, what=one.summary),
            url=one.contact.get_absolute_url(),
            reason=gettext("Asked %(ago)s; no answer is noted yet.") % {"ago": ago(one.asked_on, today)},
            act=Act(label=_("Note the answer"), url=reverse("exchanges:request_answer", args=[one.pk]), icon="check"),
        )
        for one in rows.select_related("contact").order_by("asked_on", "pk")[:limit]
    ]


def needs(workspace: Workspace, today: date, limit: int) -> list[Line]:
    """Open, and nobody was asked within a week, answered, or brought anything; what most depends on it first."""
    asked = Request.objects.for_workspace(workspace).asked_by_us().filter(need=OuterRef("pk"))
    helped = Q(replies__positive=True) | Q(replies__isnull=False, replies__positive=None)
    solved = Q(outcome__in=(Request.Outcome.SOLVED, Request.Outcome.PARTLY))
    waiting = Q(closed_on=None, asked_on__gt=today - PATIENCE)
    brought = Exchange.objects.for_workspace(workspace).filter(
        need=OuterRef("pk"), direction=Exchange.Direction.RECEIVED, on__lte=today
    )
    rows = shown(Need.objects.for_workspace(workspace).open(), "need", workspace, today)
    rows = rows.exclude(
        Exists(asked.filter((helped & ~Q(outcome=Request.Outcome.UNSOLVED)) | solved | waiting))
    ).exclude(Exists(brought))
    last = asked.order_by("-asked_on").values("asked_on")[:1]
    rows = rows.annotate(last_asked=Subquery(last)).order_by("-criticality", F("due_on").asc(nulls_last=True), "pk")
    return [_need(one, today) for one in rows[:limit]]


def _need(need: Any, today: date) -> Line:
    if need.last_asked:
        reason = gettext("Asked %(ago)s, without an answer that helps.") % {"ago": ago(need.last_asked, today)}
    else:
        reason = gettext("Nobody has been asked yet.")
    late = ""
    if need.due_on and need.due_on < today:
        late = gettext("You wanted it by %(day)s.") % {"day": day_in_words(need.due_on, today)}
    elif need.due_on:
        reason += " " + gettext("You want it by %(day)s.") % {"day": day_in_words(need.due_on, today)}
    find = f"{reverse('resources:help_find')}?need={need.pk}"
    ask = f"{reverse('exchanges:request_create')}?need={need.pk}"
    return Line(
        kind="need",
        pk=need.pk,
        title=wording.stressed("*{what}*", what=need.title),
        url=reverse("strategy:strategy"),
        reason=reason,
        late=late,
        act=Act(label=_("Who can help?"), url=find, icon="lifebuoy", dialog=False),
        more=[Act(label=_("Ask for it"), url=ask, icon="help-circle")],
    )
