"""Two networks that do not go together: one is exclusive, or both want us at the same hour."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from networks.models import Membership, Network

ATTENDANCE_FROM: Final = 50  # percent, from which one cannot be in two places


class Rule(StrEnum):
    EXCLUSIVE = "exclusive"
    SAME_HOUR = "same_hour"


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """What of a network may clash with another one; `pk` tells two of the same name apart."""

    pk: int
    name: str
    type: str
    exclusive: bool = False
    attendance: int | None = None
    weekday: int | None = None  # 0 is Monday
    slot: str = ""

    def asks_for_hour(self, other: "Belonging") -> bool:
        known = self.weekday is not None and bool(self.slot)
        asked = min(self.attendance or 0, other.attendance or 0) >= ATTENDANCE_FROM
        return known and asked and (self.weekday, self.slot) == (other.weekday, other.slot)


@dataclass(frozen=True, kw_only=True)
class Clash:
    """`first` is the one that forbids, where only one does."""

    rule: Rule
    first: Belonging
    second: Belonging


def clashes(one: Belonging, others: Iterable[Belonging]) -> list[Clash]:
    """What stands between one network and each of the others. Exclusivity counts within a main type, from either side
    and once a pair; the hour counts when both ask for half of the meetings or more, on one day and at one time.
    """
    found = []
    for other in others:
        if other.pk == one.pk:
            continue
        if one.type == other.type and (one.exclusive or other.exclusive):
            first, second = (one, other) if one.exclusive else (other, one)
            found.append(Clash(rule=Rule.EXCLUSIVE, first=first, second=second))
        if one.asks_for_hour(other):
            found.append(Clash(rule=Rule.SAME_HOUR, first=one, second=other))
    return found


def clashes_of(network: Network) -> list[Clash]:
    """With the networks that we are in now; one that we left, or never thought of joining, clashes with none."""
    ours = Membership.objects.for_workspace(network.workspace)
    if not ours.current().filter(network=network).exists():
        return []
    joined = Network.objects.for_workspace(network.workspace).joined().exclude(pk=network.pk).order_by("name", "pk")
    return clashes(_belonging(network), map(_belonging, joined))


def _belonging(network: Network) -> Belonging:
    return Belonging(
        pk=network.pk,
        name=network.name,
        type=network.type,
        exclusive=network.exclusive,
        attendance=network.attendance,
        weekday=network.weekday,
        slot=network.slot,
    )
