"""Today's list: what to do first, each line with its reason, ordered by what is lost if nothing is done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from exchanges.models import Request
from journey.lines import asking, belonging, giving, promises, tending
from journey.lines.line import Line
from journey.models import Postponed
from networks.models import Meeting, Network, Presence
from strategy import stating
from strategy.models import Need
from workspaces.models import Member, Workspace

LINES: Final = 7


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of line: how it is found, at most how many there are, and about how long one of them takes.

    `subjects` are what it may be about, for whoever puts one aside; a promise is postponed with whom it binds instead.
    `do` deals with one in a tap, whose words are `does`, and `undo` takes that back.
    """

    name: str
    margin: Promise
    find: Callable[[Workspace, date, int], list[Line]]
    most: int
    minutes: int
    subjects: Callable[[Workspace], Any] | None = None
    does: Promise | str = ""
    do: Callable[[Any, Member], None] | None = None
    undo: Callable[[Any, Member], None] | None = None

    @property
    def can_wait(self) -> bool:
        """For templates, which would call `subjects`."""
        return self.subjects is not None

    @property
    def one_tap(self) -> bool:
        """For templates, which would call `do`."""
        return self.do is not None


def _requests(workspace: Workspace) -> Any:
    return Request.objects.for_workspace(workspace).with_present().asked_of_us().select_related("contact")


def _contacts(workspace: Workspace) -> Any:
    return Contact.objects.for_workspace(workspace).present()


def _meetings(workspace: Workspace) -> Any:
    return Meeting.objects.for_workspace(workspace).select_related("network")


def _was_there(meeting: Meeting, by: Member) -> None:
    meeting.attend(Presence.PRESENT, by=by, now=timezone.now())


def _unsaid(meeting: Meeting, by: Member) -> None:
    meeting.attend("", by=by, now=timezone.now())


def _answered(need: Need, by: Member) -> None:
    stating.close(need, by=by, on=by.workspace.today())


def _unanswered(need: Need, by: Member) -> None:
    stating.reopen(need, by=by)


# What is lost if nothing is done, most first: my word, somebody's patience, money on a date, what I am owed, what the
# company lacks, an occasion; then what only has to be known, what can wait some days, and what would be good to do.
KINDS: Final = (
    Kind(name="mine", margin=_("My promises"), find=promises.my_promises, most=LINES, minutes=10),
    Kind(name="answer", margin=_("My answers"), find=asking.answers, most=3, minutes=5, subjects=_requests),
    Kind(
        name="decision",
        margin=_("To decide"),
        find=belonging.decisions,
        most=2,
        minutes=10,
        subjects=Network.objects.for_workspace,
    ),
    Kind(name="theirs", margin=_("Promised to me"), find=promises.their_promises, most=2, minutes=10),
    Kind(name="cooling", margin=_("Links"), find=tending.cooling, most=2, minutes=10, subjects=_contacts),
    Kind(
        name="need",
        margin=_("A need"),
        find=asking.needs,
        most=2,
        minutes=10,
        subjects=Need.objects.for_workspace,
        does=_("Answered"),
        do=_answered,
        undo=_unanswered,
    ),
    Kind(name="meeting", margin=_("A meeting"), find=belonging.meetings, most=2, minutes=5, subjects=_meetings),
    Kind(
        name="attended",
        margin=_("A meeting"),
        find=belonging.attended,
        most=2,
        minutes=2,
        subjects=_meetings,
        does=_("I was there"),
        do=_was_there,
        undo=_unsaid,
    ),
    Kind(name="coming", margin=_("This week"), find=promises.coming_promises, most=2, minutes=10),
    Kind(name="gift", margin=_("A gift"), find=giving.gifts, most=1, minutes=5, subjects=_contacts),
    Kind(name="wake", margin=_("Links"), find=tending.waking, most=1, minutes=10, subjects=_contacts),
    Kind(name="ask", margin=_("I may ask"), find=giving.may_ask, most=1, minutes=5, subjects=_contacts),
)
BY_NAME: Final = {kind.name: kind for kind in KINDS}


def agenda(workspace: Workspace, *, today: date, lines: int = LINES) -> list[Line]:
    """At most `lines`, which is what is left of the page. A dozen queries, whatever the number of rows; fewer once it
    is full."""
    found: list[Line] = []
    for kind in KINDS:
        if free := max(0, lines - len(found)):
            found += kind.find(workspace, today, min(kind.most, free))
    return found


def forget_gone(workspace: Workspace) -> None:
    """Lines put aside whose object is there no more."""
    for kind in KINDS:
        if kind.subjects:
            aside = Postponed.objects.for_workspace(workspace).filter(kind=kind.name)
            aside.exclude(object_pk__in=kind.subjects(workspace).values("pk")).delete()


def by_kind(lines: list[Line]) -> list[tuple[Kind, list[Line]]]:
    return [(BY_NAME[name], list(some)) for name, some in groupby(lines, key=lambda line: line.kind)]


def minutes_of(lines: list[Line]) -> int:
    """About how long they take, all together."""
    return sum(BY_NAME[line.kind].minutes for line in lines)
