"""Which networks deserve our time: tool or weapon, filter of the strategy, professionalism. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

SLACK: Final = 1e-9  # rounding noise: a figure that close to its threshold has reached it
QUESTIONS: Final = 5
WEAPON_FROM_YES: Final = 4
ALIGNED_FROM: Final = 0.5
IRREPLACEABLE_FROM: Final = 0.20
ALIGNMENT_PRIOR: Final = 3.0  # points on each side
SERVICES_HALF: Final = 2.0
ABLE_FROM: Final = 0.6  # access from which a network is up to a task
MOST: Final = 0.5  # share of services from which they are said to be shared


class Role(StrEnum):
    TOOL = "tool"
    WEAPON = "weapon"


class Professionalism(StrEnum):
    CONVIVIAL = "convivial"
    PROVIDER = "provider"
    PROFESSIONAL = "professional"


class Term(StrEnum):
    """What the strategy asks of a network."""

    OBJECTIVES = "objectives"
    NEEDS = "needs"
    COST = "cost"
    TERRITORY = "territory"
    RULES = "rules"
    MEMBERS = "members"
    TYPE = "type"


FILTER_WEIGHTS: Final[Mapping[Term, float]] = {
    Term.OBJECTIVES: 0.25,
    Term.NEEDS: 0.25,
    Term.COST: 0.15,
    Term.TERRITORY: 0.10,
    Term.RULES: 0.10,
    Term.MEMBERS: 0.10,
    Term.TYPE: 0.05,
}


@dataclass(frozen=True, kw_only=True)
class Declared:
    """The role a network plays in the owner's own words, and its strategic value until the ledger knows better."""

    role: Role
    strategic_value: float


@dataclass(frozen=True, kw_only=True)
class Dependence:
    """One need: how much depends on it, and how surely it is answered, with a network and without."""

    criticality: float
    access: float
    access_without: float


@dataclass(frozen=True, kw_only=True)
class Weapon:
    alignment: float
    irreplaceable: float | None
    decisive: float
    strength: float | None
    role: Role


@dataclass(frozen=True, kw_only=True)
class Services:
    score: float
    kind: Professionalism


@dataclass(frozen=True, kw_only=True)
class Task:
    """What we do ourselves, in how many hours; of each network that may do it: its access, the hours it leaves us."""

    own_hours: float
    offers: Mapping[Hashable, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Subsidiarity:
    delegate_to: list[Hashable | None]
    index: float


def declared_role(answers: Sequence[bool | None]) -> Declared | None:
    """Tool or weapon, as the owner says.
    Formula     weapon from 4 yes out of 5, else tool; strategic value = yes/5
    Inputs      five answers, None where none was given
    Range       a role, and a value 0 … 1
    Constants   5 questions; 4 yes
    Edge cases  nothing answered -> None; an answer left out counts as a no; more than five -> ValueError
    Source      seed §D "distinguer ce qui relève de l'outil de ce qui relève de l'arme"; docs/scoring.md#weapon
    Example     declared_role([True, True, True, True, False]).role -> "weapon"
                declared_role([True, True, True, None, None]).strategic_value -> 0.6
                declared_role([]) -> None
    """
    if len(answers) > QUESTIONS:
        raise ValueError("there are five questions")
    if all(answer is None for answer in answers):
        return None
    yes = sum(bool(answer) for answer in answers)
    return Declared(role=Role.WEAPON if yes >= WEAPON_FROM_YES else Role.TOOL, strategic_value=yes / QUESTIONS)


def irreplaceable(needs: Iterable[Dependence]) -> float | None:
    """What would be lost without a network.
    Formula     X = Σω·(A − A_without)/Σω·A
    Inputs      ω: criticality of each need; A: its access through all networks, and without this one, 0 … 1
    Range       0 … 1, 0 when others do as well
    Constants   none
    Edge cases  no need, or none that anything answers -> None; rounding never leads below 0
    Source      seed §D "distinguer ce qui relève de l'outil de ce qui relève de l'arme"; docs/scoring.md#weapon
    Example     irreplaceable([Dependence(criticality=2, access=0.8, access_without=0.6)]) -> 0.25
                irreplaceable([]) -> None
    """
    parts = [(need.criticality * need.access, need.criticality * need.access_without) for need in needs]
    whole = sum(ours for ours, _ in parts)
    return _clamped(sum(ours - left for ours, left in parts) / whole) if whole else None


def weapon(
    *, strategic_value: float, value: float, loss_without: float | None, decisive: float, exchanges: float
) -> Weapon:
    """Tool or weapon, as the ledger says.
    Formula     A = (V_strategic + 3)/(V + 6), D = (decisive + 1)/(exchanges + 2), W = (A·X·D)^⅓
                weapon if A ≥ 0.5 and X ≥ 0.20, else tool
    Inputs      V: decayed points received, and those for strategic needs; X: what would be lost without the network;
                exchanges received, and those among them of weight 4 or 5
    Range       A, X, D, W 0 … 1; A = D = ½ without exchanges; networks are ranked by W
    Constants   0.5 and 0.20; 3 points and 1 exchange added on each side
    Edge cases  both conditions are needed: none makes up for the other; X unknown (None): tool, W None; X brought
                back into 0 … 1; a figure within 1e-9 of a threshold has reached it; a part below 0, or above its
                whole -> ValueError
    Source      seed §D "distinguer ce qui relève de l'outil de ce qui relève de l'arme"; docs/scoring.md#weapon
    Example     weapon(strategic_value=18, value=24, loss_without=0.35, decisive=5, exchanges=8).strength -> 0.527763
                weapon(strategic_value=18, value=24, loss_without=0.35, decisive=5, exchanges=8).role -> "weapon"
                weapon(strategic_value=18, value=24, loss_without=0.19, decisive=8, exchanges=8).role -> "tool"
    """
    alignment = (_part(strategic_value, value) + ALIGNMENT_PRIOR) / (value + 2 * ALIGNMENT_PRIOR)
    share = (_part(decisive, exchanges) + 1) / (exchanges + 2)
    loss = None if loss_without is None else _clamped(loss_without)
    is_weapon = alignment >= ALIGNED_FROM - SLACK and (loss or 0.0) >= IRREPLACEABLE_FROM - SLACK
    return Weapon(
        alignment=alignment,
        irreplaceable=loss,
        decisive=share,
        strength=None if loss is None else (alignment * loss * share) ** (1 / 3),
        role=Role.WEAPON if is_weapon else Role.TOOL,
    )


def strategy_filter(terms: Mapping[Term, float | None], weights: Mapping[Term, float] = FILTER_WEIGHTS) -> float | None:
    """How well a network fits what the company wants.
    Formula     Σw·x/Σw over the terms that are known
    Inputs      x: 0 … 1 for each term, None when unknown
    Range       0 … 1
    Constants   w = 0.25 objectives and needs, 0.15 cost within budget, 0.10 territory, acceptable rules and members,
                0.05 type
    Edge cases  a term left out is unknown; nothing known -> None; x outside 0 … 1 -> ValueError
    Source      our choice; seed §D "les choix par le filtre de la stratégie"; docs/scoring.md#filter
    Example     strategy_filter({Term.OBJECTIVES: 1.0, Term.COST: 0.2, Term.TYPE: None}) -> 0.7
                strategy_filter({}) -> None
    """
    known = [(weight, x) for term, weight in weights.items() if (x := terms.get(term)) is not None and weight > 0]
    if not known:
        return None
    return sum(weight * _part(x, 1.0) for weight, x in known) / sum(weight for weight, _ in known)


def professionalism(*, services: float, coproduced: float, mutualised: float) -> Services:
    """Whether a network is a club or serves its members, and with them.
    Formula     a = coproduced/s, m = mutualised/s, score = (s/(s + 2)·a·m)^⅓
                s = 0 convivial; a ≥ 0.5 and m ≥ 0.5 professional; else provider
    Inputs      s: services used or offered; those made by members together; those open to all members
    Range       0 … 1, and one of three words
    Constants   0.5; 2 services for one half
    Edge cases  no service: 0, convivial; a share within 1e-9 of the threshold has reached it; a part below 0, or
                above its whole -> ValueError
    Source      seed §E "réseau et services"; docs/scoring.md#professionalism
    Example     professionalism(services=6, coproduced=4, mutualised=5).score -> 0.746901
                professionalism(services=6, coproduced=4, mutualised=5).kind -> "professional"
    """
    parts = _part(coproduced, services), _part(mutualised, services)
    if not services:
        return Services(score=0.0, kind=Professionalism.CONVIVIAL)
    together, open_to_all = (part / services for part in parts)
    score: float = (services / (services + SERVICES_HALF) * together * open_to_all) ** (1 / 3)
    shared = min(together, open_to_all) >= MOST - SLACK
    return Services(score=score, kind=Professionalism.PROFESSIONAL if shared else Professionalism.PROVIDER)


def subsidiarity(tasks: Iterable[Task]) -> Subsidiarity:
    """What others could do for us: for each task the network that asks least of us, if it is up to it.
    Formula     delegate to the network of the fewest hours among those with access ≥ 0.6 and hours ≤ own hours;
                index = 1 − Σ own hours that could be delegated/Σ own hours
    Inputs      own hours of each task that we do ourselves; access 0 … 1 and hours ≥ 0 of each network that may do it
    Range       index 0 … 1, 1 when nothing is left to delegate; a name, or None, for each task
    Constants   0.6
    Edge cases  no hours of our own -> 1; as many hours twice -> the higher access, then the first; an access within
                1e-9 of the threshold has reached it; hours below 0, or access outside 0 … 1 -> ValueError
    Source      seed §D "faire faire aux réseaux existants tout ce qu'ils peuvent faire"; docs/scoring.md#subsidiarity
    Example     subsidiarity([Task(own_hours=10, offers={"cci": (0.8, 3)})]).delegate_to -> ["cci"]
                subsidiarity([Task(own_hours=10, offers={"cci": (0.5, 3)})]).index -> 1.0
                subsidiarity([]).index -> 1.0
    """
    found = [(task.own_hours, _cheapest(task)) for task in tasks]
    if any(hours < 0 for hours, _ in found):
        raise ValueError("hours are not negative")
    whole = sum(hours for hours, _ in found)
    away = sum(hours for hours, name in found if name is not None)
    return Subsidiarity(delegate_to=[name for _, name in found], index=1 - away / whole if whole else 1.0)


def _cheapest(task: Task) -> Hashable | None:
    fit = []
    for name, (access, hours) in task.offers.items():
        if hours < 0:
            raise ValueError("hours are not negative")
        if _part(access, 1.0) >= ABLE_FROM - SLACK and hours <= task.own_hours:
            fit.append((hours, -access, name))
    return min(fit, key=lambda one: one[:2])[2] if fit else None


def _part(part: float, whole: float) -> float:
    if not 0 <= part <= whole + SLACK:
        raise ValueError("a part lies between 0 and its whole")
    return part


def _clamped(share: float) -> float:
    return min(max(share, 0.0), 1.0)
