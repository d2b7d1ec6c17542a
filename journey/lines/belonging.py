"""Our networks: what is to be decided, meetings that come, and those of which nobody said whether we were there."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from contacts.models import Attendance
from exchanges import wording
from journey.lines.line import Act, Line, shown
from networks.models import Decision, Meeting, Membership, Network, Presence, Status
from networks.models.membership import DECIDED_AHEAD
from ui.wording import ago, clock, day_in_words, weekday
from workspaces.models import Workspace

DECIDED_SOON: Final = timedelta(days=14)
COMING: Final = timedelta(days=7)
REMEMBERED: Final = timedelta(days=14)  # how long after a meeting one still knows whether one was there


def decisions(workspace: Workspace, today: date, limit: int) -> list[Line]:
    """Terms, trials and decisions to look at again within two weeks, one line a network, the nearest day first."""
    decided = Decision.objects.for_workspace(workspace).latest_first()
    stays = Membership.objects.for_workspace(workspace)
    terms = shown(stays, "decision", workspace, today, by="network").annotate(
        decided_on=Subquery(decided.filter(network=OuterRef("network")).values("on")[:1])
    )
    due = [_term(stay, today) for stay in terms.to_decide(today) if _presses(stay, today)]
    trials = stays.filter(network=OuterRef("pk"), status=Status.ON_TRIAL).values("trial_until")[:1]
    networks = shown(Network.objects.for_workspace(workspace), "decision", workspace, today).with_decision()
    networks = networks.annotate(
        trial_until=Subquery(trials), decided_on=Subquery(decided.filter(network=OuterRef("pk")).values("on")[:1])
    ).filter(Q(trial_until__lte=today + DECIDED_SOON) | Q(review_on__lte=today + DECIDED_SOON))
    due += [told for network in networks for told in _looked_at_again(network, today)]
    nearest: dict[int, Line] = {}
    for _day, line in sorted(due, key=lambda pair: (pair[0], pair[1].pk)):
        nearest.setdefault(line.pk, line)
    return list(nearest.values())[:limit]


def _presses(stay: Any, today: date) -> bool:
    """A term that has passed wants its next one written; one that comes is settled by a decision of its own season."""
    if stay.renewal_on < today:
        return True
    settled = stay.decided_on and stay.decided_on >= stay.notice_by - DECIDED_AHEAD
    return stay.notice_by <= today + DECIDED_SOON and not settled


def _term(stay: Any, today: date) -> tuple[date, Line]:
    end = {"day": day_in_words(stay.notice_by, today), "end": day_in_words(stay.renewal_on, today)}
    if stay.renewal_on < today:
        write = Act(
            label=_("Write the next term"), url=reverse("networks:membership_edit", args=[stay.pk]), icon="pencil"
        )
        return stay.notice_by, _decision(
            stay.network, gettext("The term was %(end)s: has it been renewed?") % end, act=write
        )
    if stay.notice_by < today:
        late = gettext("Notice was to be given before %(day)s.") % end
        return stay.notice_by, _decision(stay.network, gettext("The term is %(end)s.") % end, late)
    if stay.notice_by != stay.renewal_on:
        reason = gettext("Notice is to be given before %(day)s; the term is %(end)s.") % end
    else:
        reason = gettext("The term is %(end)s: keep it or leave it.") % end
    return stay.notice_by, _decision(stay.network, reason)


def _looked_at_again(network: Any, today: date) -> Iterator[tuple[date, Line]]:
    until, last = network.trial_until, today + DECIDED_SOON
    if until and until <= last and not (network.decided_on and network.decided_on >= until - DECIDED_SOON):
        said = gettext("The trial ends on %(day)s: join, or let it go.")
        yield until, _decision(network, said % {"day": day_in_words(until, today)})
    if network.review_on and network.review_on <= last:
        words = {"verdict": str(dict(Decision.Verdict.choices)[network.verdict]).lower()}
        words["day"] = day_in_words(network.review_on, today)
        said = gettext("You decided “%(verdict)s”, to be looked at again on %(day)s.") % words
        yield network.review_on, _decision(network, said)


def _decision(network: Network, reason: str, late: str = "", *, act: Act | None = None) -> Line:
    decide = Act(label=_("Decide"), url=reverse("networks:decision_create", args=[network.pk]), icon="check")
    return Line(
        kind="decision",
        pk=network.pk,
        title=wording.stressed(gettext("Decide on *{network}*"), network=network),
        url=network.get_absolute_url(),
        reason=reason,
        late=late,
        act=act or decide,
        more=[decide] if act else [],
    )


def meetings(workspace: Workspace, today: date, limit: int) -> list[Line]:
    """Those of the coming week to which we go, with what helps before one."""
    end = datetime.combine(today + COMING + timedelta(days=1), time.min, ZoneInfo(workspace.timezone))
    coming = Meeting.objects.for_workspace(workspace).upcoming(timezone.now()).filter(presence="", starts_at__lt=end)
    known = Attendance.objects.for_workspace(workspace).open_to_all().with_present().filter(meeting=OuterRef("pk"))
    counted = known.exclude(presence__in=(Presence.EXCUSED, Presence.REPLACED, Presence.ABSENT)).order_by()
    rows = shown(coming, "meeting", workspace, today).annotate(
        known=Coalesce(Subquery(counted.values("meeting").annotate(n=Count("pk")).values("n")), 0)
    )
    return [_meeting(one, workspace, today) for one in rows.select_related("network")[:limit]]


def _meeting(meeting: Any, workspace: Workspace, today: date) -> Line:
    when = when_of(meeting, workspace, today)
    reason = gettext("The codes, what was promised, and what you could give, on one page.")
    if meeting.known:
        reason = ngettext(
            "%(count)s person whom you know is expected.",
            "%(count)s people whom you know are expected.",
            meeting.known,
        ) % {"count": meeting.known}
    brief = reverse("exchanges:meeting_brief", args=[meeting.pk])
    return Line(
        kind="meeting",
        pk=meeting.pk,
        title=wording.stressed("{title}, {network}, *{when}*", title=meeting, network=meeting.network, when=when),
        url=meeting.get_absolute_url(),
        reason=reason,
        act=Act(label=_("Aide-mémoire"), url=brief, icon="notebook", dialog=False),
    )


def when_of(meeting: Meeting, workspace: Workspace, today: date) -> str:
    at = meeting.starts_at.astimezone(ZoneInfo(workspace.timezone))
    day = weekday(at.date(), today)
    return day if meeting.all_day else gettext("%(day)s, %(time)s") % {"day": day, "time": clock(meeting.starts_at)}


def attended(workspace: Workspace, today: date, limit: int) -> list[Line]:
    """Past meetings of which nobody has said whether we were there, the latest first."""
    since = datetime.combine(today - REMEMBERED, time.min, ZoneInfo(workspace.timezone))
    past = Meeting.objects.for_workspace(workspace).unnoted(timezone.now()).filter(starts_at__gte=since)
    return [
        Line(
            kind="attended",
            pk=one.pk,
            title=wording.stressed(gettext("Were you at *{title}*, {network}?"), title=one, network=one.network),
            url=one.get_absolute_url(),
            reason=gettext("It was %(ago)s; the time that it took counts once you have said so.")
            % {"ago": ago(one.starts_at.astimezone(ZoneInfo(workspace.timezone)).date(), today)},
            more=[
                Act(
                    label=_("Note what was said"),
                    url=reverse("exchanges:meeting_minutes", args=[one.pk]),
                    icon="pencil",
                    dialog=False,
                )
            ],
        )
        for one in shown(past, "attended", workspace, today).select_related("network")[:limit]
    ]
