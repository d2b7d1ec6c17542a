"""Where our time goes and what comes back: the panel of the page of networks, and that of one network's sheet."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from exchanges.judging.wording import groups, judged_on, returned_sentence, rule_lines, trust_sentence
from exchanges.models import Exchange
from exchanges.portfolio import Portfolio, Position, weigh
from exchanges.wording import stressed
from networks.models import Network
from networks.screening import Role
from ui.pictures import attribute
from ui.quadrant import HEIGHT, ZONE, Disc, Spot, laid_out
from ui.rendering import render_page
from ui.wording import duration, euros, number, percent, short_day
from workspaces.http import MemberRequest
from workspaces.models import Role as Seat

QUARTER: Final = 0.25
MORE: Final = 1.25  # from which an hour is said to bring more
SHOWN: Final = 30  # networks in the quadrant; the table has them all
GAPS_SHOWN: Final = 12  # the widest gaps between time and value


@require_safe
def portfolio(request: MemberRequest) -> HttpResponse:
    today = request.workspace.today()
    found = weigh(request.workspace, on=today)
    scale, quarters = _scale(found.positions)
    lines = _lines(sorted(found.positions, key=lambda one: -(one.value_share or 0)), today, scale)
    told = [line for line in lines if line.position.gap is not None]
    roles = Counter(line.role for line in lines)
    context: dict[str, Any] = {
        "place": "networks",
        "portfolio": found,
        "sentences": sentences(found),
        "lines": lines,
        "weapons": roles[Role.WEAPON],
        "tools": roles[Role.TOOL],
        "leaving": [line for line in lines if line.position.is_to_leave(today)],
        "quadrant": _quadrant(lines[:SHOWN]),
        "zone": {"height": attribute(ZONE), "lower": attribute(HEIGHT - ZONE), "total": attribute(HEIGHT)},
        "dumbbells": _widest(told),
        "widest": percent(quarters * QUARTER),
        "today": today,
        "writes": request.member.may(Seat.MEMBER),
    }
    return render_page(request, "exchanges/portfolio.html", context, partials={"portfolio"})


@require_safe
def portfolio_why(request: MemberRequest) -> HttpResponse:
    """The shares, their concentration, and the points behind them, network by network."""
    found = weigh(request.workspace, on=request.workspace.today())
    found.positions.sort(key=lambda one: -(one.value_share or 0))
    context = {"place": "networks", "back_url": reverse("networks:network_list"), "portfolio": found}
    return render_page(request, "exchanges/portfolio_why.html", context, partials={"portfolio_why"})


def _widest(lines: "list[Line]") -> "list[Line]":
    """Where time and value are farthest apart, the worst first."""
    widest = sorted(lines, key=lambda line: -abs(line.position.gap or 0))[:GAPS_SHOWN]
    return sorted(widest, key=lambda line: line.position.gap or 0)


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
class Line:
    """One membership in words, each said once for the table and for the pictures."""

    position: Position
    name: str
    url: str
    type: str
    type_words: str
    icon: str
    role: str
    month: str
    cost: str
    time: str
    value: str
    shares: str
    renewal: str
    verdict: str
    verdict_words: str
    time_x: str = ""
    value_x: str = ""
    gap: str = ""


def _lines(positions: list[Position], today: date, scale: float) -> list[Line]:
    between, unknown = gettext("%(time)s of the time, %(value)s of the value"), "—"
    lines = []
    for one in positions:
        time = unknown if one.time_share is None else percent(one.time_share)
        value = unknown if one.value_share is None else percent(one.value_share)
        renewal = one.membership.renewal_on
        verdict, words = _verdict(one)
        lines.append(
            Line(
                position=one,
                name=one.network.name,
                url=one.network.get_absolute_url(),
                type=one.network.type,
                type_words=one.network.get_type_display(),
                icon=one.icon,
                role=one.role or "",
                month=duration(one.monthly_minutes),
                cost=euros(round(one.cost)),
                time=time,
                value=value,
                shares=between % {"time": time, "value": value} if one.gap is not None else "",
                renewal=short_day(renewal, today) if renewal else "",
                verdict=verdict,
                verdict_words=words,
                time_x=f"{attribute((one.time_share or 0) * scale)}%",
                value_x=f"{attribute((one.value_share or 0) * scale)}%",
                gap=f"{one.gap:+d}".replace("-", "−") if one.gap else "0",
            )
        )
    return lines


def _verdict(one: Position) -> tuple[str, str]:
    """How it is drawn, and what it says: what was decided, else what the figures suggest."""
    if one.decision:
        looks = {"leave": "late", "watch": "plain"}
        return looks.get(one.decision.verdict, "words"), one.decision.get_verdict_display()
    if one.leave and one.gap is not None:
        return "late", gettext("To be left?")
    return "quiet", gettext("to be decided")


def _scale(positions: list[Position]) -> tuple[float, int]:
    """Percent of the width for a share of 1, on a scale of whole quarters; how many of them."""
    shares = [share for one in positions for share in (one.time_share, one.value_share) if share is not None]
    quarters = max(1, min(4, int(max(shares, default=0.0) / QUARTER) + 1))
    return 100 / (quarters * QUARTER), quarters


@dataclass(frozen=True, kw_only=True)
class Placed:
    line: Line
    disc: Disc


def _quadrant(lines: list[Line]) -> list[Placed]:
    """Those of which somebody said something: without the five answers there is no strategic value."""
    known = [line for line in lines if line.position.strategic_value is not None]
    most = max([line.position.monthly_minutes for line in known], default=0) or 1
    spots = tuple(
        Spot(
            name=line.name,
            effort=line.position.monthly_minutes / most,
            value=line.position.strategic_value or 0,
            upper=line.role == Role.WEAPON,
        )
        for line in known
    )
    return [Placed(line=line, disc=disc) for line, disc in zip(known, laid_out(spots), strict=True)]


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
        "groups": groups(network),
        "judged_on": judged_on(network),
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
    """What an hour there brings beside an hour in all our networks together; nothing without hours, nor before anything
    came back."""
    spent, value = sum(found.profile.costs), sum(one.value for one in found.positions)
    if not (spent and value and position.minutes) or position.hourly is None:
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
