"""What each network brought against what it cost, and whether our time goes where the value is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from exchanges.columns import THRESHOLD_SLACK
from exchanges.decay import decay
from exchanges.parameters import DEFAULTS, Parameters
from networks.screening import Role

HOUR_COST: Final = 80.0  # € that an hour of ours could have brought elsewhere
DAYS_IN_YEAR: Final = 365.25
SHARE_PRIOR: Final = 6.0  # points spread as time is, before any value was seen
ROI_PRIOR: Final = 10.0  # hours at the average of all networks
DISPERSED_ABOVE: Final = 0.30
NETWORKS_ABOVE: Final = 5.0


@dataclass(frozen=True, kw_only=True)
class Spent:
    """One network: hours and fees spent on it, points received from it, all decayed."""

    hours: float = 0.0
    fees: float = 0.0  # €
    value: float = 0.0
    source: Any = None


@dataclass(frozen=True, kw_only=True)
class TimeProfile:
    """Each tuple has one figure for each network, in the order given; all None when nothing was spent."""

    costs: tuple[float, ...]  # hours, fees included
    time_shares: tuple[float | None, ...]
    value_shares: tuple[float | None, ...]
    returns: tuple[float | None, ...]  # points per hour
    hhi: float | None = None
    n_eff: float | None = None
    evenness: float | None = None
    dispersion: float | None = None


def cost(spent: Spent, hour_cost: float = HOUR_COST) -> float:
    """What a network cost, in hours.
    Formula     hours + fees/c_h
    Inputs      decayed hours; decayed fees in euros
    Range       ≥ 0, in hours
    Constants   c_h = 80 € for an hour
    Edge cases  a figure below 0, or c_h not above 0 -> ValueError
    Source      seed §D "un terrible consommateur de temps"; docs/scoring.md#time
    Example     cost(Spent(hours=40, fees=800)) -> 50.0
    """
    if not (hour_cost > 0 and min(spent.hours, spent.fees, spent.value) >= 0):
        raise ValueError("hours, fees and value are not negative, and an hour costs something")
    return spent.hours + spent.fees / hour_cost


def time_profile(networks: Sequence[Spent], hour_cost: float = HOUR_COST) -> TimeProfile:
    """Where our time goes, where the value comes from, and how far apart they are.
    Formula     t = cost/C, f = (value + 6t)/(V + 6), C = Σ cost, V = Σ value
                HHI = Σt², N_eff = 1/HHI, evenness = −Σt·ln t/ln N, dispersion D = ½Σ|t − f|
                return = (value + 10·V/C)/(cost + 10), points per hour, drawn towards the average of all networks
    Inputs      decayed hours, fees and points received of each network
    Range       shares, HHI, evenness, D: 0 … 1; N_eff: 1 … N; D = 0 as long as no value was seen
    Constants   c_h = 80 € for an hour; 6 points; 10 hours
    Edge cases  nothing spent on any network: all None; one network: evenness None; one that cost nothing is
                counted in N
    Source      Duncan & Duncan 1955; seed §D "éviter la dispersion"; docs/scoring.md#time
    Example     time_profile([Spent(hours=10, value=5), Spent(hours=10)]).dispersion -> 0.227273
                time_profile([Spent(hours=10, value=5), Spent(hours=10)]).n_eff -> 2.0
                time_profile([Spent(value=3)]).dispersion -> None
    """
    costs = tuple(cost(one, hour_cost) for one in networks)
    spent, value = sum(costs), sum(one.value for one in networks)
    if not spent:
        none = (None,) * len(costs)
        return TimeProfile(costs=costs, time_shares=none, value_shares=none, returns=none)
    times = tuple(one / spent for one in costs)
    worth = tuple(_value_share(one.value, t, value) for one, t in zip(networks, times, strict=True))
    hhi = sum(t * t for t in times)
    usual = ROI_PRIOR * value / spent
    return TimeProfile(
        costs=costs,
        time_shares=times,
        value_shares=worth,
        returns=tuple((one.value + usual) / (paid + ROI_PRIOR) for one, paid in zip(networks, costs, strict=True)),
        hhi=hhi,
        n_eff=1 / hhi,
        evenness=_evenness(times),
        dispersion=sum(abs(t - f) for t, f in zip(times, worth, strict=True)) / 2,
    )


def _value_share(value: float, time_share: float, total: float) -> float:
    return (value + SHARE_PRIOR * time_share) / (total + SHARE_PRIOR)


def _evenness(times: Sequence[float]) -> float | None:
    if len(times) < 2:
        return None
    return abs(sum(t * math.log(t) for t in times if t)) / math.log(len(times))


def scattered(profile: TimeProfile) -> bool:
    """Whether to warn that our time is spread too thin, or spent where the value is not.
    Formula     D > 0.30 or N_eff > 5
    Inputs      the time profile of all our networks
    Range       yes or no; no when nothing was spent
    Constants   0.30; 5 networks
    Edge cases  a figure within 1e-9 of a threshold has not passed it
    Source      our choice; seed §D "éviter la dispersion"; docs/scoring.md#time
    Example     scattered(time_profile([Spent(hours=1)] * 6)) -> True
                scattered(time_profile([Spent(hours=1)] * 5)) -> False
    """
    dispersed = (profile.dispersion or 0.0) > DISPERSED_ABOVE + THRESHOLD_SLACK
    return dispersed or (profile.n_eff or 0.0) > NETWORKS_ABOVE + THRESHOLD_SLACK


def money_return(business: float, spent: Spent, hour_cost: float = HOUR_COST) -> float | None:
    """Euros of business received for one euro spent.
    Formula     business/(fees + hours·c_h)
    Inputs      business received in euros; decayed fees in euros and hours
    Range       ≥ 0, 1 when it paid for itself
    Constants   c_h = 80 € for an hour
    Edge cases  nothing spent -> None
    Source      seed §D "un terrible consommateur de temps"; docs/scoring.md#time
    Example     money_return(8000, Spent(hours=40, fees=800)) -> 2.0
                money_return(8000, Spent()) -> None
    """
    paid = cost(spent, hour_cost) * hour_cost
    return business / paid if paid else None


def to_leave(role: Role, figure: float | None, returns: Iterable[float | None]) -> bool:
    """Whether a network should be left: a tool that brings less for an hour than most.
    Formula     tool, and return < median of all returns
    Inputs      role of the network; its return, and the returns of all our networks, in points per hour
    Range       yes or no; never for a weapon
    Constants   none
    Edge cases  no return known: no; a return within 1e-9 of the median is not below it
    Source      seed §D "distinguer ce qui relève de l'outil de ce qui relève de l'arme"; docs/scoring.md#time
    Example     to_leave(Role.TOOL, 0.1, [0.1, 0.2, 0.9]) -> True
                to_leave(Role.WEAPON, 0.1, [0.1, 0.2, 0.9]) -> False
    """
    known = [one for one in returns if one is not None]
    return role == Role.TOOL and figure is not None and bool(known) and figure < median(known) - THRESHOLD_SLACK


def faded_fees(yearly: float, since: float, until: float = 0.0, parameters: Parameters = DEFAULTS) -> float:
    """What a yearly fee has cost, each day of it faded by its age.
    Formula     yearly/365.25·H/ln 2·(d(until) − d(since))
    Inputs      yearly fee in euros; days since the membership began and since it ended, 0 while it runs
    Range       0 … yearly·H/(365.25·ln 2), in euros
    Constants   half-life 365 days
    Edge cases  ages below 0 count as 0; ended before it began: 0; a negative fee -> ValueError
    Source      our choice: a fee pays for each day of its term; docs/scoring.md#time
    Example     faded_fees(1000.0, 365.0) -> 720.853785
                faded_fees(1000.0, 365.0, 365.0) -> 0.0
    """
    if yearly < 0:
        raise ValueError("a fee is not negative")
    half_life = parameters.half_life_exchanges
    years = half_life / (DAYS_IN_YEAR * math.log(2)) * (decay(until, half_life) - decay(since, half_life))
    return yearly * max(years, 0.0)
