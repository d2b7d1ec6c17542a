"""Where our time goes and what comes back: the panel of the page of networks, and that of one network's sheet."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from exchanges.judging.wording import bars, returned_sentence, rule_lines, trust_sentence
from exchanges.models import Exchange
from exchanges.portfolio import Portfolio, Position, weigh
from exchanges.wording import stressed
from networks.models import Network
from networks.screening import Role
from ui.pictures import attribute
from ui.quadrant import HEIGHT, ZONE, Disc, Spot, laid_out
from ui.rendering import render_page
from ui.wording import duration, euros, number, percent
from workspaces.http import MemberRequest
from workspaces.models import Role as Seat

QUARTER: Final = 0.25
MORE: Final = 1.25  # from which an hour is said to bring more
SHOWN: Final = 30  # networks in the pictures; the table has them all


@require_safe
def portfolio(request: MemberRequest) -> HttpResponse:
    today = request.workspace.today()
    found = weigh(request.workspace, on=today)
    context: dict[str, Any] = {
        "place": "networks",
        "portfolio": found,
        "sentences": sentences(found),
        "rows": sorted(found.positions, key=lambda one: -(one.value_share or 0)),
        "weapons": [one for one in found.positions if one.role == Role.WEAPON],
        "tools": [one for one in found.positions if one.role != Role.WEAPON],
        "leaving": [one for one in found.positions if one.leaves or (one.leave and not one.is_settled(today))],
        "quadrant": _quadrant(found.positions[:SHOWN]),
        "zone": {"height": attribute(ZONE), "lower": attribute(HEIGHT - ZONE), "total": attribute(HEIGHT)},
        "dumbbells": _dumbbells(found.positions[:SHOWN]),
        "today": today,
        "writes": request.member.may(Seat.MEMBER),
    }
    return render_page(request, "exchanges/portfolio.html", context, partials={"portfolio"})


def sentences(found: Portfolio) -> list[Any]:
    """Cost and waste, in two or three sentences."""
    count = len(found.positions)
    words = {"hours": duration(_rounded(found.monthly_minutes)), "euros": euros(found.fees)}
    joined = ngettext("%(count)s membership", "%(count)s memberships", count) % {"count": count}
    said: list[Any] = [stressed(gettext("*{joined}, {hours} a month and {euros} a year.*"), joined=joined, **words)]
    profile = found.profile
    if profile.dispersion is not None and any(one.value for one in found.positions):
        wasted = {"share": percent(profile.dispersion)}
        said.append(gettext("%(share)s of your time goes where the value is not.") % wasted)
    if profile.n_eff is not None and count > 1:
        shared = {"number": number(profile.n_eff, 1)}
        said.append(gettext("You share yourself between %(number)s networks' worth of time.") % shared)
    if found.core_share is not None:
        core = {"share": percent(found.core_share)}
        said.append(gettext("%(share)s goes to your core, the operational and the structuring.") % core)
    return said


def _rounded(minutes: int) -> int:
    """To the hour above ten hours: nobody counts the minutes of a month."""
    return round(minutes / 60) * 60 if minutes >= 600 else minutes


@dataclass(frozen=True, kw_only=True)
class Dumbbell:
    position: Position
    time_x: str
    value_x: str
    gap: str


@dataclass(frozen=True, kw_only=True)
class Dumbbells:
    rows: list[Dumbbell]
    ticks: list[tuple[str, str]]


def _dumbbells(positions: list[Position]) -> Dumbbells:
    """Time against value, the worst gap first, on a scale of whole quarters."""
    known = [one for one in positions if one.gap is not None]
    widest = max([one.time_share or 0 for one in known] + [one.value_share or 0 for one in known], default=0.0)
    quarters = max(1, min(4, int(widest / QUARTER) + 1))
    scale = 100 / (quarters * QUARTER)
    rows = [
        Dumbbell(
            position=one,
            time_x=f"{attribute((one.time_share or 0) * scale)}%",
            value_x=f"{attribute((one.value_share or 0) * scale)}%",
            gap=f"{one.gap:+d}".replace("-", "−") if one.gap else "0",
        )
        for one in sorted(known, key=lambda one: one.gap or 0)
    ]
    ticks = [(f"{attribute(step * QUARTER * scale)}%", percent(step * QUARTER)) for step in range(quarters + 1)]
    return Dumbbells(rows=rows, ticks=ticks)


@dataclass(frozen=True, kw_only=True)
class Placed:
    position: Position
    disc: Disc


def _quadrant(positions: list[Position]) -> list[Placed]:
    """Those of which somebody said something: without the five answers there is no strategic value."""
    known = [one for one in positions if one.strategic_value is not None]
    most = max([one.monthly_minutes for one in known], default=0) or 1
    spots = [
        Spot(
            name=str(one.network),
            effort=one.monthly_minutes / most,
            value=one.strategic_value or 0,
            upper=one.role == Role.WEAPON,
        )
        for one in known
    ]
    return [Placed(position=one, disc=disc) for one, disc in zip(known, laid_out(spots), strict=True)]


@require_safe
def network_panel(request: MemberRequest, pk: int) -> HttpResponse:
    """On a network's sheet: what it costs and brings, the thirteen indicators, the rules, what passes there."""
    network = _network(request, pk)
    found = weigh(request.workspace, on=request.workspace.today())
    position = next((one for one in found.positions if one.network.pk == network.pk), None)
    figures = network.figures
    context = {
        "place": "networks",
        "network": network,
        "position": position,
        "hour": _an_hour(position, found) if position else "",
        "scores_on": request.workspace.scores_on,
        "groups": bars(network),
        "rules": rule_lines(figures.get("rules", {}), network.opinions),
        "trust": trust_sentence(figures.get("trust"), figures.get("rules", {})),
        "returned": returned_sentence(network),
        "mix": mix(network),
        "people": figures.get("people", 0),
        "today": request.workspace.today(),
        "writes": request.member.may(Seat.MEMBER),
    }
    return render_page(request, "exchanges/network_panel.html", context, partials={"network_panel"})


def _an_hour(position: Position, found: Portfolio) -> str:
    """What an hour there brings beside an hour in all our networks together; nothing before anything came back."""
    spent, value = sum(found.profile.costs), sum(one.value for one in found.positions)
    if not (spent and value) or position.hourly is None:
        return ""
    ratio = position.hourly * spent / value
    if ratio >= MORE:
        return gettext("An hour here brings %(times)s times what an hour usually does.") % {"times": number(ratio, 1)}
    if ratio <= 1 / MORE:
        return gettext("An hour here brings %(share)s of what an hour usually does.") % {"share": percent(ratio)}
    return gettext("An hour here brings about as much as elsewhere.")


@dataclass(frozen=True, kw_only=True)
class Share:
    kind: str
    label: str
    count: int
    declared: bool
    x: str
    width: str


def mix(network: Network) -> list[Share]:
    """What passed there in twelve months, beside what it says it exchanges; the commonest first."""
    seen = {kind: sum(both) for kind, both in network.figures.get("kinds", {}).items()}
    total, left, shares = sum(seen.values()), 0.0, []
    kinds = sorted(Exchange.Kind, key=lambda kind: (-seen.get(kind.value, 0), kind not in network.kinds))
    for kind in kinds:
        count, declared = seen.get(kind.value, 0), kind.value in network.kinds
        if not count and not declared:
            continue
        width = 100 * count / total if total else 0.0
        shares.append(
            Share(
                kind=kind.value,
                label=str(kind.label),
                count=count,
                declared=declared,
                x=f"{attribute(left)}%",
                width=f"{attribute(width)}%",
            )
        )
        left += width
    return shares


def _network(request: MemberRequest, pk: int) -> Network:
    if at_hand := getattr(request, "at_hand", None):
        found: Network = at_hand
        return found
    network: Network = get_object_or_404(Network.objects.for_workspace(request.workspace), pk=pk)
    return network
