"""Today's list: what to do first, each line with its reason, ordered by what is lost if nothing is done."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import QuerySet

from contacts.models import Relationship
from exchanges import mirror, wording
from exchanges.models import Commitment, ScoringRun, Side
from exchanges.reciprocity import Direction
from workspaces.models import Workspace

LINES: Final = 7


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """At most `LINES` lines in all; my promises take their places first."""

    mine: list[Commitment] = field(default_factory=list)
    theirs: list[Commitment] = field(default_factory=list)
    to_return: list[Relationship] = field(default_factory=list)
    may_ask: list[Relationship] = field(default_factory=list)
    marks: str = ""
    last_run: ScoringRun | None = None

    def __len__(self) -> int:
        return len(self.mine) + len(self.theirs) + len(self.to_return) + len(self.may_ask)


def agenda(workspace: Workspace, *, today: date, lines: int = LINES) -> Agenda:
    """Five queries at most, whatever the number of contacts. `lines` is what is left of the page."""
    due = list(due_promises(workspace, today)[:lines])
    mine = [promise for promise in due if promise.promised_by == Side.US]
    theirs = [promise for promise in due if promise.promised_by == Side.THEM]
    for promise in due:
        promise.late_by = promise.days_late(today)  # type: ignore[attr-defined]
    free = lines - len(due)
    to_return = leaning(workspace, Direction.TO_GIVE, places=(free + 1) // 2)
    may_ask = leaning(workspace, Direction.OWED, places=free - len(to_return))
    return Agenda(
        mine=mine,
        theirs=theirs,
        to_return=to_return,
        may_ask=may_ask,
        marks=mirror.last_marks(workspace, today=today),
        last_run=ScoringRun.objects.for_workspace(workspace).finished().first(),
    )


def due_promises(workspace: Workspace, today: date) -> QuerySet[Commitment]:
    """Open promises due today or overdue: mine first, the oldest first."""
    promises = Commitment.objects.for_workspace(workspace).with_present().open().filter(due_on__lte=today)
    return promises.select_related("contact").order_by("-promised_by", "due_on", "pk")


def leaning(workspace: Workspace, direction: Direction, *, places: int) -> list[Relationship]:
    """The relationships that lean most clearly that way. The label already asks for enough evidence."""
    if places <= 0 or not workspace.scores_on:
        return []
    order = "balance" if direction == Direction.TO_GIVE else "-balance"
    relationships = Relationship.objects.for_workspace(workspace).filter(
        uncounted_at=None, balance_label=direction, contact__deleted_at=None
    )
    leaning = list(relationships.select_related("contact").order_by(order, "pk")[:places])
    for one in leaning:
        name = wording.called(one.contact)
        one.sentence = wording.reciprocity_sentence(one.balance_label, one.balance_firmness, name)
    return leaning
