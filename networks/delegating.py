"""Who does what (subsidiarité): each open need with whoever does it, and what a network could do in our place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from networks.models import Delegation, Network, NetworkService
from networks.opinions import HIGHEST
from networks.screening import Subsidiarity, Task, subsidiarity
from strategy.models import Need
from workspaces.folding import fold
from workspaces.models import Workspace

WORD: Final = 4  # letters from which a word says something


@dataclass(frozen=True, kw_only=True)
class Line:
    """One need: who does it, the network that could, and the services of our networks that speak of the same."""

    need: Need
    delegation: Delegation | None
    better: Network | None
    services: list[NetworkService] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class WhoDoesWhat:
    lines: list[Line]
    found: Subsidiarity

    @property
    def unsaid(self) -> int:
        return sum(line.delegation is None for line in self.lines)

    @property
    def own_hours(self) -> float:
        return sum(float(d.own_hours) for line in self.lines if (d := line.delegation) and by_us(d) and d.own_hours)


def who_does_what(workspace: Workspace) -> WhoDoesWhat:
    """Three queries. Needs of which nobody has said anything come first, then those that weigh most."""
    needs = list(Need.objects.for_workspace(workspace).open().order_by("-criticality", "pk"))
    said = {
        one.need_id: one
        for one in Delegation.objects.for_workspace(workspace).filter(need__in=needs).select_related("network")
    }
    joined = Network.objects.for_workspace(workspace).joined()
    offered = list(
        NetworkService.objects.for_workspace(workspace)
        .filter(network__in=joined)
        .select_related("network")
        .order_by("title", "pk")
    )
    ours = [said[need.pk] for need in needs if need.pk in said and by_us(said[need.pk])]
    found = subsidiarity([task_of(one) for one in ours])
    better = {one.pk: one.network for one, name in zip(ours, found.delegate_to, strict=True) if name is not None}
    lines = [
        Line(
            need=need,
            delegation=one,
            better=better.get(one.pk) if one else None,
            services=[] if one else speaking_of(need.title, offered),
        )
        for need in needs
        for one in [said.get(need.pk)]
    ]
    return WhoDoesWhat(lines=sorted(lines, key=lambda line: line.delegation is not None), found=found)


def by_us(delegation: Delegation) -> bool:
    return delegation.level == Delegation.Level.US


def task_of(delegation: Delegation) -> Task:
    """The network that is named could do it; what the owner thinks of its access may say otherwise."""
    own = float(delegation.own_hours or 0)
    network = delegation.network
    if network is None or delegation.hours is None:
        return Task(own_hours=own)
    opinion = network.opinions.get("access")
    access = 1.0 if opinion is None else opinion / HIGHEST
    return Task(own_hours=own, offers={network.pk: (access, float(delegation.hours))})


def speaking_of(title: str, services: Iterable[Any]) -> list[Any]:
    """Those that share a word with it."""
    wanted = _words(title)
    return [one for one in services if wanted & _words(one.title)]


def _words(text: str) -> set[str]:
    return {word for word in fold(text).split() if len(word) >= WORD}
