"""The map of our networks: one under the other, so that no two names ever meet, and the links between them as arcs on
the right. Geometry only; colours come by class from network.css, words from the template.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from networks.models import NetworkLink
from networks.types import PROFILES
from ui.pictures import attribute

WIDTH: Final = 350  # a phone of 390 px less its gutters
ROW: Final = 44
NAME_END_X: Final = 172
SIGN_X: Final = 180
ARC_X: Final = 212
NARROWEST: Final = 44
WIDEST: Final = 176
PORT: Final = 7  # between two ends on one network
NAME_MAX: Final = 24  # letters that fit; the whole name is in the title and in the list

KIND: Final = NetworkLink.Kind
# Dashes tell four of them apart; the fifth is a double line.
DASHES: Final[dict[str, str]] = {KIND.SERVES: "9 5", KIND.COMPLETES: "1.5 4.5", KIND.RIVALS: "10 4 1.5 4"}
DOUBLE: Final = frozenset({KIND.UNITES})
BOTH_WAYS: Final = frozenset({KIND.RIVALS})


@dataclass(frozen=True, kw_only=True)
class Node:
    name: str
    label: str
    url: str
    type: str
    sign: str
    top: str
    middle: str
    baseline: str


@dataclass(frozen=True, kw_only=True)
class Arc:
    kind: str
    path: str
    dash: str
    double: bool
    heads: tuple[str, ...]
    title: str


@dataclass(frozen=True, kw_only=True)
class Map:
    width: str
    height: str
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]


@dataclass(frozen=True, kw_only=True)
class Look:
    """A kind of link, drawn as a sample."""

    kind: str
    label: str
    dash: str
    double: bool
    both: bool


def looks() -> list[Look]:
    return [
        Look(
            kind=kind.value,
            label=str(kind.label),
            dash=DASHES.get(kind, ""),
            double=kind in DOUBLE,
            both=kind in BOTH_WAYS,
        )
        for kind in KIND
    ]


def draw(networks: Sequence[Any], links: Iterable[Any]) -> Map:
    """`networks` in the order of their rows, `links` with a source and a target among them."""
    rows = {network.pk: row for row, network in enumerate(networks)}
    known = [link for link in links if link.source_id in rows and link.target_id in rows]
    ports = _ports(known, rows)
    longest = max((abs(rows[link.source_id] - rows[link.target_id]) for link in known), default=1)
    arcs = tuple(_arc(link, rows, ports, longest) for link in known)
    nodes = tuple(_node(network, row) for row, network in enumerate(networks))
    return Map(width=str(WIDTH), height=str(ROW * len(nodes)), nodes=nodes, arcs=arcs)


def _node(network: Any, row: int) -> Node:
    middle = ROW * (row + 0.5)
    name = str(network)
    return Node(
        name=name,
        label=name if len(name) <= NAME_MAX else f"{name[: NAME_MAX - 1].rstrip()}…",
        url=network.get_absolute_url(),
        type=network.type,
        sign=PROFILES[network.type].icon,
        top=attribute(middle - 12),
        middle=attribute(middle),
        baseline=attribute(middle + 4.5),
    )


def _ports(links: Sequence[Any], rows: dict[int, int]) -> dict[tuple[int, int], float]:
    """Where each end of a link touches its network: (link, network) → y. Ends that go up lie above the others."""
    ends: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for link in links:
        ends[link.source_id].append((rows[link.target_id], link.pk))
        ends[link.target_id].append((rows[link.source_id], link.pk))
    places = {}
    for network, found in ends.items():
        row = rows[network]
        # So that arcs lie in each other and do not cross: upwards the shortest first, downwards the longest.
        found.sort(key=lambda end: (end[0] > row, -end[0], end[1] if end[0] > row else -end[1]))
        step = min(PORT, (ROW - 12) / max(len(found) - 1, 1))
        for place, (_other, link) in enumerate(found):
            places[link, network] = ROW * (row + 0.5) + step * (place - (len(found) - 1) / 2)
    return places


def _arc(link: Any, rows: dict[int, int], ports: dict[tuple[int, int], float], longest: int) -> Arc:
    start, end = ports[link.pk, link.source_id], ports[link.pk, link.target_id]
    span = abs(rows[link.source_id] - rows[link.target_id])
    reach = ARC_X + NARROWEST + (WIDEST - NARROWEST) * (span - 1) / max(longest - 1, 1)
    xs = attribute(ARC_X), attribute(reach)
    path = f"M{xs[0]} {attribute(start)}C{xs[1]} {attribute(start)} {xs[1]} {attribute(end)} {xs[0]} {attribute(end)}"
    ends = (end, start) if link.kind in BOTH_WAYS else (end,)
    return Arc(
        kind=link.kind,
        path=path,
        dash=DASHES.get(link.kind, ""),
        double=link.kind in DOUBLE,
        heads=tuple(_head(y) for y in ends),
        title=str(link),
    )


def _head(y: float) -> str:
    """A triangle that points at the network, to the left."""
    tip, base = ARC_X - 6, ARC_X + 3
    return f"M{tip} {attribute(y)}L{base} {attribute(y - 4)}V{attribute(y + 4)}Z"
