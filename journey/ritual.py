"""The ritual of fifteen minutes a week: five steps, always in the same order; then the networks to leave."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from contacts.models import Relationship
from exchanges.models import Commitment
from exchanges.portfolio import Position, weigh
from journey.facts import Facts
from networks.models import Meeting
from workspaces.models import Workspace

MINUTES: Final = 3  # of fifteen
AHEAD: Final = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One of the five steps: what it is about, how much there is of it, where it is done."""

    title: str
    sentence: str
    url: str
    notes: bool = False


def turns(workspace: Workspace, seen: Facts) -> list[Turn]:
    """Three queries besides the facts."""
    promises = Commitment.objects.for_workspace(workspace).with_present().mine().open()
    due = promises.filter(due_on__lte=seen.today + AHEAD).count()
    now = timezone.now()
    meetings = Meeting.objects.for_workspace(workspace).upcoming(now).filter(starts_at__lt=now + AHEAD).count()
    cools = Relationship.Rhythm.DUE, Relationship.Rhythm.LATE
    cooling = Relationship.objects.for_workspace(workspace).present().filter(rhythm__in=cools).count()
    return [
        Turn(
            title=gettext("My promises"),
            sentence=ngettext("%(n)s falls due this week.", "%(n)s fall due this week.", due) % {"n": due},
            url=reverse("exchanges:mirror"),
        ),
        Turn(
            title=gettext("Ties that cool down"),
            sentence=ngettext("%(n)s to get in touch with.", "%(n)s to get in touch with.", cooling) % {"n": cooling},
            url=reverse("contacts:contact_list") + "?sort=next",
        ),
        Turn(
            title=gettext("Open needs"),
            sentence=ngettext("%(n)s waits for an answer.", "%(n)s wait for an answer.", seen.needs)
            % {"n": seen.needs},
            url=reverse("strategy:strategy"),
        ),
        Turn(
            title=gettext("Meetings"),
            sentence=ngettext("%(n)s within seven days.", "%(n)s within seven days.", meetings) % {"n": meetings},
            url=reverse("networks:meeting_list"),
        ),
        Turn(
            title=gettext("One gift"),
            sentence=gettext("Give one thing to somebody who did not ask."),
            url=reverse("exchanges:note"),
            notes=True,
        ),
    ]


def to_leave(workspace: Workspace, *, today: date) -> list[Position]:
    """The stop-list: what was decided, and what the figures say where no decision holds."""
    return [one for one in weigh(workspace, on=today).positions if one.is_to_leave(today)]
