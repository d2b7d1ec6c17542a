"""The portfolio of our networks: what each costs in full, what came back, its role, and what to decide."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from exchanges.decay import decay
from exchanges.parameters import DEFAULTS
from exchanges.returns import Spent, TimeProfile, faded_fees, money_return, scattered, time_profile, to_leave
from networks.choosing import WEAPONS_ADVISED, role_of
from networks.hours import lines_of, year_to
from networks.models import Decision, Membership, Network, NetworkLink
from networks.models.membership import FeePeriod
from networks.screening import Declared, Role, Weapon, weapon
from networks.types import CORE, PROFILES
from strategy.models import HOURLY_COST, TimeBudget
from workspaces.models import Workspace

MONTHS: Final = 12
HALF: Final = 0.5
READ: Final = ("name", "type", "figures", "role_answers")  # of forty columns
GAP: Final = 0.10  # share of time above that of value from which it shows


@dataclass(frozen=True, kw_only=True)
class Position:
    """One network to which we give time or money. Shares are 0 … 1, None while nothing was spent anywhere."""

    network: Network
    membership: Membership
    decision: Decision | None
    minutes: int  # over twelve months, what it serves counted there
    fee: Decimal  # euros a year
    cost: float  # euros a year, hours included
    time_share: float | None
    value_share: float | None
    value: float  # points received, faded
    hourly: float | None  # points an hour, drawn towards the usual
    euros: float | None  # of business for one euro spent
    role: Role | None
    declared: Declared | None
    computed: Weapon | None
    strategic_value: float | None
    leave: bool

    @property
    def monthly_minutes(self) -> int:
        return round(self.minutes / MONTHS)

    @property
    def icon(self) -> str:
        return PROFILES[self.network.type].icon

    @property
    def gap(self) -> int | None:
        """Points of percentage between its share of value and its share of time."""
        if self.time_share is None or self.value_share is None:
            return None
        return round(100 * (self.value_share - self.time_share))

    @property
    def overspent(self) -> bool:
        return self.gap is not None and self.gap < -100 * GAP

    def is_to_leave(self, today: date) -> bool:
        """It was decided; or the figures say so, and nothing is decided that still holds."""
        if not self.decision:
            return self.leave and self.gap is not None
        holds = not self.decision.review_on or self.decision.review_on > today
        return self.decision.verdict == Decision.Verdict.LEAVE or (self.leave and not holds)

    @property
    def is_core(self) -> bool:
        return self.network.type in CORE


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    positions: list[Position]
    profile: TimeProfile
    budget: TimeBudget | None

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.positions)

    @property
    def monthly_minutes(self) -> int:
        return round(self.minutes / MONTHS)

    @property
    def fees(self) -> Decimal:
        return sum((one.fee for one in self.positions), Decimal(0))

    @property
    def core_share(self) -> float | None:
        """Share of the time that goes to the operational and the structuring ones."""
        if not self.minutes:
            return None
        return sum(one.minutes for one in self.positions if one.is_core) / self.minutes

    @property
    def too_much_support(self) -> bool:
        return self.core_share is not None and self.core_share < HALF

    @property
    def too_many_weapons(self) -> bool:
        return sum(one.role == Role.WEAPON for one in self.positions) > WEAPONS_ADVISED

    @property
    def is_scattered(self) -> bool:
        return scattered(self.profile)

    @property
    def over_hours(self) -> bool:
        return bool(self.budget) and self.minutes > self.budget.weekly_minutes * 365 / 7  # type: ignore[union-attr]

    @property
    def over_euros(self) -> bool:
        return bool(self.budget) and self.fees > self.budget.yearly_euros  # type: ignore[union-attr]


def weigh(workspace: Workspace, *, on: date) -> Portfolio:
    """Seven queries, whatever the number of networks, exchanges and contacts: the scores are stored already."""
    networks = list(Network.objects.for_workspace(workspace).only(*READ).order_by("name", "pk"))
    stays = list(Membership.objects.for_workspace(workspace).order_by("pk"))
    current = {stay.network_id: stay for stay in stays if stay.is_running}
    budget = TimeBudget.objects.for_workspace(workspace).first()
    hourly = float(budget.hourly_cost if budget else HOURLY_COST)
    decisions = _latest_decisions(workspace)
    spent, minutes = _spent(workspace, networks, stays, on)
    ours = [network for network in networks if network.pk in current]
    profile = time_profile([spent[network.pk] for network in ours], hourly or float(HOURLY_COST))
    positions = []
    for place, network in enumerate(ours):
        stay = current[network.pk]
        stay.network = network
        positions.append(
            _position(
                network,
                stay,
                _still_holds(decisions.get(network.pk), stay),
                spent=spent[network.pk],
                minutes=minutes.get(network.pk, 0),
                hourly_cost=hourly,
                profile=profile,
                place=place,
            )
        )
    return Portfolio(positions=positions, profile=profile, budget=budget)


def _position(
    network: Network,
    stay: Membership,
    decision: Decision | None,
    *,
    spent: Spent,
    minutes: int,
    hourly_cost: float,
    profile: TimeProfile,
    place: int,
) -> Position:
    declared, computed = role_of(network), _computed(network)
    role = computed.role if computed and computed.irreplaceable is not None else declared.role if declared else None
    value = computed.strength if computed and computed.strength is not None else None
    if value is None and declared:
        value = declared.strategic_value
    fee = stay.yearly_fee
    return Position(
        network=network,
        membership=stay,
        decision=decision,
        minutes=minutes,
        fee=fee,
        cost=float(fee) + minutes / 60 * hourly_cost,
        time_share=profile.time_shares[place],
        value_share=profile.value_shares[place],
        value=spent.value,
        hourly=profile.returns[place],
        euros=money_return(network.figures.get("euros", 0.0), spent, hourly_cost) if hourly_cost else None,
        role=role,
        declared=declared,
        computed=computed,
        strategic_value=value,
        leave=to_leave(role or Role.TOOL, profile.returns[place], profile.returns),
    )


def _computed(network: Network) -> Weapon | None:
    """What would be lost without it needs resources: until they are known the class is a tool, and the declared role
    stands."""
    figures = network.figures
    if not figures.get("received"):
        return None
    return weapon(
        strategic_value=figures["strategic"],
        value=figures["value"],
        loss_without=None,
        decisive=figures["decisive"],
        exchanges=figures["received"],
    )


def _still_holds(decision: Decision | None, stay: Membership) -> Decision | None:
    """A decision to leave an earlier stay says nothing of this one."""
    earlier = decision and decision.verdict == Decision.Verdict.LEAVE and stay.since and decision.on < stay.since
    return None if earlier else decision


def _latest_decisions(workspace: Workspace) -> dict[int, Decision]:
    latest: dict[int, Decision] = {}
    for decision in Decision.objects.for_workspace(workspace).latest_first():
        latest.setdefault(decision.network_id, decision)
    return latest


def _spent(
    workspace: Workspace, networks: list[Network], stays: list[Membership], on: date
) -> tuple[dict[int, Spent], dict[int, int]]:
    """Faded hours, fees and value of each network, and its plain minutes over twelve months.

    The time of an infrastructure is that of the networks that it serves, in equal parts.
    """
    shares = _recharged(workspace, networks)
    faded: dict[int, float] = defaultdict(float)
    plain: dict[int, int] = defaultdict(int)
    left: dict[date, float] = {}
    since = year_to(on)
    for pk, day, spent in lines_of(workspace):
        if day > on:
            continue
        if day not in left:
            left[day] = decay(float((on - day).days), DEFAULTS.half_life_exchanges)
        faded[pk] += spent * left[day]
        if day >= since:
            plain[pk] += spent
    hours: dict[int, float] = defaultdict(float)
    minutes: dict[int, float] = defaultdict(float)
    for pk in faded:
        targets = shares.get(pk) or [pk]
        for target in targets:
            hours[target] += faded[pk] / len(targets) / 60
            minutes[target] += plain[pk] / len(targets)
    fees: dict[int, float] = defaultdict(float)
    for stay in stays:
        fees[stay.network_id] += _faded_fee(stay, on)
    values = {network.pk: network.figures.get("value", 0.0) for network in networks}
    spent_by = {pk: Spent(hours=hours[pk], fees=fees[pk], value=value, source=pk) for pk, value in values.items()}
    return spent_by, {pk: round(total) for pk, total in minutes.items()}


def _faded_fee(stay: Membership, on: date) -> float:
    began = stay.since or stay.created.date()
    if stay.fee is None or began > on:
        return 0.0
    since, until = float((on - began).days), float((on - min(stay.until or on, on)).days)
    if stay.fee_period == FeePeriod.ONCE:
        return float(stay.fee) * decay(since, DEFAULTS.half_life_exchanges)
    return faded_fees(float(stay.yearly_fee), since, until)


def _recharged(workspace: Workspace, networks: list[Network]) -> dict[int, list[int]]:
    supports = {network.pk for network in networks if network.type == "infrastructure"}
    served: dict[int, list[int]] = defaultdict(list)
    links: Any = NetworkLink.objects.for_workspace(workspace).filter(kind=NetworkLink.Kind.SERVES).order_by("pk")
    for source, target in links.values_list("source", "target"):
        if source in supports:
            served[source].append(target)
    return served
