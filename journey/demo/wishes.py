"""What the workshop of the demo wants: a few stakes, objectives and needs, and what it gives to its networks."""

from datetime import date
from typing import Any, Final

from journey.demo import story
from strategy.models import Need, Objective, Stake, TimeBudget
from workspaces.models import Member, Workspace

WEEKLY_HOURS: Final = 4
YEARLY_EUROS: Final = 3500
KINDS: Final[dict[str, type[Any]]] = {"need": Need, "objective": Objective, "stake": Stake, "budget": TimeBudget}

Written = dict[str, list[int]]


def write_strategy(*, by: Member, today: date) -> Written:
    """The numbers of what was written, kind by kind; what the owner has said already in the same words stays theirs."""
    written: Written = {kind: [] for kind in KINDS}
    made: dict[str, Any] = {}
    for row in story.rows("strategy"):
        model = KINDS[row["kind"]]
        if not model.objects.for_workspace(by.workspace).filter(title=row["title"]).exists():
            made[row["title"]] = model.objects.create(workspace=by.workspace, **_fields(row, made, by, today))
            written[row["kind"]].append(made[row["title"]].pk)
    if not TimeBudget.objects.for_workspace(by.workspace).exists():
        budget = {"weekly_hours": WEEKLY_HOURS, "yearly_euros": YEARLY_EUROS}
        written["budget"].append(TimeBudget.objects.create(workspace=by.workspace, **budget).pk)
    return written


def _fields(row: story.Row, made: dict[str, Any], by: Member, today: date) -> dict[str, Any]:
    if row["kind"] == "stake":
        kind = Stake.Kind.STRATEGIC if row["strategic"] else Stake.Kind.OPERATIONAL
        return {"title": row["title"], "detail": row["detail"], "kind": kind}
    closed = story.day(today, row["closed"])
    dates = {"due_on": story.day(today, row["due"]), "closed_on": closed, "closed_by": by if closed else None}
    if row["kind"] == "objective":
        return {"title": row["title"], "measure": row["detail"], "stake": made.get(row["serves"]), **dates}
    served = made.get(row["serves"])
    return {
        "title": row["title"],
        "objective": served if isinstance(served, Objective) else None,
        "resource": row["resource"],
        "criticality": int(row["criticality"]),
        "span": row["span"],
        "strategic": bool(row["strategic"]),
        **dates,
    }


def erase_strategy(workspace: Workspace, written: Written) -> None:
    for kind, model in KINDS.items():
        model.objects.for_workspace(workspace).filter(pk__in=written.get(kind, [])).delete()
