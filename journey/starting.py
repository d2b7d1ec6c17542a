"""The first days: fifteen people, one need, one network. Read from what is there: nothing to tick."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists

from contacts.models import Contact
from networks.models import Network
from strategy.models import Need
from workspaces.models import Workspace

PEOPLE: Final = 15


@dataclass(frozen=True, kw_only=True)
class Start:
    """How far a new workspace is."""

    people: int = PEOPLE
    need: bool = True
    network: bool = True

    @property
    def steps(self) -> list[bool]:
        return [self.people >= PEOPLE, self.need, self.network]

    @property
    def done(self) -> int:
        return sum(self.steps)

    @property
    def is_over(self) -> bool:
        return all(self.steps)


def start_of(workspace: Workspace) -> Start:
    """One query once it is over, two before."""
    people = Contact.objects.for_workspace(workspace).present().order_by("pk")
    need, network, enough = Workspace.objects.filter(pk=workspace.pk).values_list(
        Exists(Need.objects.for_workspace(workspace)),
        Exists(Network.objects.for_workspace(workspace)),
        Exists(people[PEOPLE - 1 : PEOPLE]),
    )[0]
    known = PEOPLE if enough else people[:PEOPLE].count()
    return Start(people=known, need=need, network=network)
