"""Before a meeting (aide-mémoire): who will be there, the codes, what is promised or asked, what one could give."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q

from contacts.models import Affiliation, Attendance, Contact
from exchanges import wording
from exchanges.models import Commitment, Exchange, Request, Side
from exchanges.reciprocity import Direction
from exchanges.telling import Told, tell_all
from networks.models import Meeting, NetworkRule, Presence
from workspaces.models import Workspace

PEOPLE_MAX: Final = 60
LINES_MAX: Final = 30  # of promises on one side, or of requests
LAST_MAX: Final = 12  # exchanges
NOT_COMING: Final = (Presence.EXCUSED, Presence.REPLACED, Presence.ABSENT)


@dataclass(frozen=True, kw_only=True)
class Brief:
    """`expected`: these people are on the list of the meeting; else they are those who belong to the network.

    `more`: there are more than could be looked at.
    """

    people: list[Contact]
    expected: bool
    more: bool
    rules: list[NetworkRule]
    to_return: list[Contact]  # each with the `sentence` that says why
    mine: list[Commitment]
    theirs: list[Commitment]
    last: list[tuple[Contact | None, Told]]
    asked: list[Request]

    @property
    def we_asked(self) -> list[Request]:
        return [one for one in self.asked if one.asked_by == Side.US]

    @property
    def asked_of_us(self) -> list[Request]:
        return [one for one in self.asked if one.asked_by == Side.THEM]


def brief(workspace: Workspace, meeting: Meeting, *, today: date) -> Brief:
    """Eight queries at most, whatever the number of people."""
    people = _people(_on_the_list(workspace, meeting))
    expected = bool(people)
    if not expected:
        people = _people(_belonging(workspace, meeting))
    known = {one.pk: one for one in people[:PEOPLE_MAX]}
    promises = Commitment.objects.for_workspace(workspace).filter(contact__in=known).open().soonest_first()
    asked = Request.objects.for_workspace(workspace).filter(contact__in=known).open().order_by("-critical", "asked_on")
    for row in (mine := list(promises.mine()[:LINES_MAX])) + (theirs := list(promises.theirs()[:LINES_MAX])):
        row.late_by = row.days_late(today)
    return Brief(
        people=list(known.values()),
        expected=expected,
        more=len(people) > PEOPLE_MAX,
        rules=list(meeting.network.rules.order_by("-mandatory", "category", "pk")),
        to_return=_to_return(workspace, known.values()),
        mine=_named(mine, known),
        theirs=_named(theirs, known),
        last=_last(workspace, known, today),
        asked=_named(list(asked[:LINES_MAX]), known),
    )


def _people(rows: Any) -> list[Contact]:
    found = rows.select_related("contact__relationship").order_by("contact__sort_key", "contact")
    return [row.contact for row in found[: PEOPLE_MAX + 1]]


def _on_the_list(workspace: Workspace, meeting: Meeting) -> Any:
    listed = Attendance.objects.for_workspace(workspace).open_to_all().with_present().filter(meeting=meeting)
    return listed.exclude(presence__in=NOT_COMING)


def _belonging(workspace: Workspace, meeting: Meeting) -> Any:
    belonging = Affiliation.objects.for_workspace(workspace).open_to_all().with_present().current(workspace.today())
    return belonging.filter(network=meeting.network_id)


def _named(rows: list[Any], known: dict[int, Contact]) -> list[Any]:
    """Their contacts are at hand already."""
    for row in rows:
        row.contact = known[row.contact_id]
    return rows


def _to_return(workspace: Workspace, people: Iterable[Contact]) -> list[Contact]:
    """Those of whom we received more than we gave, the clearest first."""
    if not workspace.scores_on:
        return []
    kept = [(one, known) for one in people if (known := getattr(one, "relationship", None)) and not known.uncounted_at]
    leaning = [(one, known) for one, known in kept if known.balance_label == Direction.TO_GIVE]
    for one, known in leaning:
        name = wording.called(one)
        sentence = wording.reciprocity_sentence(known.balance_label, known.balance_firmness, name)
        one.sentence = sentence  # type: ignore[attr-defined]
    return [one for one, _known in sorted(leaning, key=lambda pair: pair[1].balance)]


def _last(workspace: Workspace, known: dict[int, Contact], today: date) -> list[tuple[Contact | None, Told]]:
    one_of_two = Q(twin=None) | Q(direction=Exchange.Direction.GIVEN)
    rows = Exchange.objects.for_workspace(workspace).filter(one_of_two, contact__in=known, on__lte=today)
    return tell_all(_named(list(rows.order_by("-on", "-pk")[:LAST_MAX]), known), today)
