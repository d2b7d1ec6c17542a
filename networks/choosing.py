"""Choosing: the five questions of tool or weapon, and the networks in the order of the strategy's filter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.hours import minutes_of, year_to
from networks.models import BEFORE, RUNNING, CatalogueEntry, Membership, Network
from networks.models.meeting import USUAL_MINUTES
from networks.opinions import HIGHEST
from networks.screening import Declared, Role, Term, declared_role, strategy_filter
from networks.types import CORE
from strategy.models import TimeBudget
from workspaces.models import Workspace

ROLE_QUESTIONS: Final = (
    _("Would you lose a market without it?"),
    _("Does it serve an objective of your strategy?"),
    _("Would it take your competitors years to have the same?"),
    _("Does it bring you what nobody else brings?"),
    _("Do you have a part in where it is going?"),
)
JUDGED: Final[Mapping[str, Promise]] = {
    Term.OBJECTIVES: _("It serves your objectives"),
    Term.NEEDS: _("It answers your needs"),
    Term.TERRITORY: _("It works where you work"),
    Term.RULES: _("Its rules suit you"),
    Term.MEMBERS: _("Its members are worth meeting"),
}
TERM_WORDS: Final[Mapping[str, Promise]] = {
    Term.OBJECTIVES: _("Objectives"),
    Term.NEEDS: _("Needs"),
    Term.COST: _("Cost"),
    Term.TERRITORY: _("Territory"),
    Term.RULES: _("Rules"),
    Term.MEMBERS: _("Members"),
    Term.TYPE: _("Type"),
}
MATCHES_FROM: Final = 0.5
WEAPONS_ADVISED: Final = 3
WEEKS: Final = 52


@dataclass(frozen=True, kw_only=True)
class Screened:
    """One network before the strategy: its terms in order, and the part of them that is known."""

    network: Network
    membership: Membership | None
    terms: dict[Term, float | None]
    score: float | None
    role: Declared | None

    @property
    def matches(self) -> bool:
        return self.score is not None and self.score >= MATCHES_FROM

    @property
    def unknown(self) -> list[Promise]:
        return [TERM_WORDS[term] for term, x in self.terms.items() if x is None]

    @property
    def marks(self) -> list[tuple[Promise, float | None]]:
        return [(TERM_WORDS[term], x) for term, x in self.terms.items()]


def role_of(network: Network) -> Declared | None:
    return declared_role(network.role_answers)


def weapons_among(screened: list[Screened]) -> int:
    return sum(one.role is not None and one.role.role == Role.WEAPON for one in screened)


def screen(workspace: Workspace, *, today: date) -> list[Screened]:
    """Those that match the strategy first, best first; then the others; those of which nothing is known come last.

    A network that was left is no candidate, unless one means to come back.
    """
    stays = Membership.objects.for_workspace(workspace).current()
    memberships = {one.network_id: one for one in stays}
    budget = TimeBudget.objects.for_workspace(workspace).first()
    minutes = minutes_of(workspace, year_to(today), today)
    found = []
    for network in Network.objects.for_workspace(workspace).nearest_first():
        membership = memberships.get(network.pk)
        cost = cost_within(network, membership, minutes.get(network.pk, 0), budget)
        terms = {term: type_fit(network) if term == Term.TYPE else mark(network, term) for term in Term}
        terms[Term.COST] = cost
        judged = any(network.fit.get(term) is not None for term in JUDGED)
        found.append(
            Screened(
                network=network,
                membership=membership,
                terms=terms,
                score=strategy_filter(terms) if judged else None,
                role=role_of(network),
            )
        )
    return sorted(found, key=lambda one: (one.score is None, -(one.score or 0.0)))


def mark(network: Network, term: Term) -> float | None:
    """What the owner said, 0 … 10, as a share; None while nothing was said."""
    said = network.fit.get(term)
    return None if said is None else said / HIGHEST


def type_fit(network: Network | CatalogueEntry) -> float:
    """1 for an operational or structuring network, 0.5 for another one.

    The method is about those two: they solve problems and build a position. The four others open doors to them and
    keep company, which is worth time, only less of it; a half keeps them in the running and never decides alone (the
    term weighs 0.05).
    """
    return 1.0 if network.type in CORE else 0.5


def cost_within(
    network: Network, membership: Membership | None, minutes: int, budget: TimeBudget | None
) -> float | None:
    """How much of the budget a network leaves: 1 − full yearly cost/(euros + hours × hourly cost), 0 … 1.

    The full cost is the yearly fee and the hours of the last twelve months at the hourly cost; before one joins, the
    hours are those of its meetings at its own rhythm. None without a budget, without a membership, or while hours or
    fee of one that is only thought of are unknown.
    """
    if budget is None or membership is None:
        return None
    whole = float(budget.yearly_euros) + float(budget.weekly_hours) * WEEKS * float(budget.hourly_cost)
    if membership.status in BEFORE and membership.status not in RUNNING:
        if network.cadence_days is None or membership.fee is None:
            return None
        minutes = int(365 / network.cadence_days * USUAL_MINUTES)
    if whole <= 0:
        return None
    cost = float(membership.yearly_fee) + minutes / 60 * float(budget.hourly_cost)
    return min(max(1 - cost / whole, 0.0), 1.0)
