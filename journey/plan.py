"""« Ma stratégie réseau »: what the company wants, the networks it chose for it and why, on one printable page."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from contacts.models import Rank, Relationship
from journey.facts import Facts, Sheet
from networks.models import Decision, Delegation, Membership
from strategy.models import Need, Objective, Stake, TimeBudget
from workspaces.models import Workspace


@dataclass(frozen=True, kw_only=True)
class Aim:
    """An objective with the needs that it has; without an objective, the needs that hang on none."""

    objective: Objective | None
    needs: list[Need]


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A stake with its objectives; without a stake, the objectives that hang on none."""

    stake: Stake | None
    aims: list[Aim]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    sheet: Sheet
    membership: Membership | None
    decision: Decision | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    branches: list[Branch]
    budget: TimeBudget | None
    chosen: list[Chosen]
    delegations: list[Delegation]
    ranks: list[tuple[Any, int]]

    @property
    def kinds(self) -> list[tuple[Any, list[Branch]]]:
        """Where we are going, what holds us up, and the rest."""
        kinds = [*Stake.Kind.choices, (None, _("Besides"))]
        found = [
            (words, [branch for branch in self.branches if (branch.stake and branch.stake.kind) == kind])
            for kind, words in kinds
        ]
        return [(words, branches) for words, branches in found if branches]


def plan(workspace: Workspace, seen: Facts) -> Plan:
    """Eight queries besides those of the facts."""
    delegations = Delegation.objects.for_workspace(workspace).filter(need__closed_on=None)
    counted = Relationship.objects.for_workspace(workspace).present().sorted().order_by().values_list("rank")
    ranks = dict(counted.annotate(Count("pk")))
    return Plan(
        branches=branches_of(workspace),
        budget=TimeBudget.objects.for_workspace(workspace).first(),
        chosen=chosen_of(workspace, seen.sheets),
        delegations=list(delegations.select_related("need", "network").order_by("-need__criticality", "pk")),
        ranks=[(Rank(rank).label, ranks[rank]) for rank in Rank.values if rank in ranks],
    )


def branches_of(workspace: Workspace) -> list[Branch]:
    """Where we are going first; what hangs on nothing comes last. Only what is still open."""
    needs: dict[int | None, list[Need]] = defaultdict(list)
    objectives: dict[int | None, list[Objective]] = defaultdict(list)
    for need in Need.objects.for_workspace(workspace).open().order_by("-criticality", "pk"):
        needs[need.objective_id].append(need)
    for one in Objective.objects.for_workspace(workspace).open().order_by("pk"):
        objectives[one.stake_id].append(one)
    stakes = [*Stake.objects.for_workspace(workspace).order_by("-kind", "pk"), None]
    found = []
    for stake in stakes:
        aims = [Aim(objective=one, needs=needs.pop(one.pk, [])) for one in objectives[stake.pk if stake else None]]
        found.append(Branch(stake=stake, aims=aims))
    loose = [need for rest in needs.values() for need in rest]
    if loose:
        found[-1].aims.append(Aim(objective=None, needs=loose))
    return [branch for branch in found if branch.stake or branch.aims]


def chosen_of(workspace: Workspace, sheets: list[Sheet]) -> list[Chosen]:
    """Those to which we belong or mean to, and those of which something was decided: with the words of the decision."""
    decisions: dict[int, Decision] = {}
    for decision in Decision.objects.for_workspace(workspace).latest_first():
        decisions.setdefault(decision.network_id, decision)
    stays = Membership.objects.for_workspace(workspace).current().select_related("objective")
    current = {stay.network_id: stay for stay in stays}
    found = [
        Chosen(sheet=sheet, membership=current.get(sheet.network.pk), decision=decisions.get(sheet.network.pk))
        for sheet in sheets
    ]
    return [one for one in found if one.membership or one.decision]
