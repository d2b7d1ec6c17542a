"""Who can introduce us (« qui peut me présenter »): through whom, or through which network, somebody is reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from contacts.models import Acquaintance, Contact
from exchanges.models import ScoringRun
from exchanges.models.scoring_run import NEWCOMER_LO
from networks.models import Network
from resources.ways import best_way
from workspaces.models import Workspace

# How many ties of one person are followed, each way: to people we are in touch with first, then to the most trusted.
# So only strangers are left out, of somebody who knows more of them than that.
FAN_OUT: Final = 50


class Named(NamedTuple):
    pk: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Path:
    """How to reach somebody. In touch: nobody is needed. Else `through` whom, from us to them, and how far they can be
    trusted together (`trust`); empty when nobody leads there. `networks`: where both of us are."""

    in_touch: bool = False
    through: tuple[Named, ...] = ()
    trust: float = 0.0
    networks: tuple[Named, ...] = ()


def paths(workspace: Workspace, targets: Collection[int], *, today: date) -> dict[int, Path]:
    """For each of these contacts the most trusted path from us, and the networks where we meet; who is reached by
    neither is not in it. An intermediary is trusted as far as the lower bound of their fiabilité, or of what is
    believed of a newcomer. One query when we are in touch with all of them, else three.
    """
    around = _Around(workspace)
    around.read(targets, today)
    if strangers := set(around.networks) - around.in_touch:
        around.follow(strangers, most=FAN_OUT)
        # Of whoever stands between two strangers, only the one whom we know and trust most can be on a best way.
        if between := set(around.names) - set(around.networks) - around.in_touch:
            around.follow(between, most=1, strangers=False)
    found = {pk: around.path(pk) for pk in around.networks}
    return {pk: path for pk, path in found.items() if path != Path()}


class _Around:
    """What is known around a few people: who knows whom, how far each is trusted, with whom we are in touch."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.newcomer = NEWCOMER_LO  # how far somebody without promises is trusted
        self.names: dict[int, str] = {}
        self.networks: dict[int, list[Named]] = {}  # of each target
        self.ties: dict[int, set[int]] = defaultdict(set)
        self.trust: dict[int, float] = {}
        self.in_touch: set[int] = set()

    def read(self, targets: Collection[int], today: date) -> None:
        """The targets, their networks that are ours too, and the workspace's prior: one query."""
        ours = Network.objects.for_workspace(self.workspace).open_to_all().joined()
        now = Q(affiliations__until=None) | Q(affiliations__until__gte=today)
        there = Case(When(now & Q(affiliations__network__in=ours), then=F("affiliations__network")))
        prior = ScoringRun.objects.for_workspace(self.workspace).latest_first()
        rows = (
            Contact.objects.for_workspace(self.workspace)
            .present()
            .filter(pk__in=targets)
            .annotate(there=there, touched=_touched("relationship__"))
            .annotate(prior=prior.values("prior_lo")[:1])
            .order_by("affiliations__network__name", "there")
        )
        columns = ("pk", "touched", "there", "affiliations__network__name", "prior")
        for pk, touched, network, name, prior_lo in rows.values_list(*columns):
            if touched:
                self.in_touch.add(pk)
            self.networks.setdefault(pk, []).extend([Named(network, name)] if network else [])
            self.newcomer = NEWCOMER_LO if prior_lo is None else prior_lo

    def follow(self, people: Collection[int], *, most: int, strangers: bool = True) -> None:
        """The ties of these people, those that lead furthest first: one query. Who is in the bin introduces nobody."""
        out = self._furthest(people, "one", "other", most, strangers)
        back = self._furthest(people, "other", "one", most, strangers)
        for near, far, touched, trust, given, family in out.union(back, all=True):
            self.ties[near].add(far)
            self.names[far], self.trust[far] = f"{given} {family}".strip(), trust
            if touched:
                self.in_touch.add(far)

    def _furthest(self, people: Collection[int], near: str, far: str, most: int, strangers: bool) -> Any:
        ties = Acquaintance.objects.for_workspace(self.workspace).filter(**{f"{near}__in": people})
        lower = Coalesce(F(f"{far}__relationship__reliability_lo"), Value(self.newcomer))
        rows = ties.filter(**{f"{far}__deleted_at": None}).annotate(
            touched=_touched(f"{far}__relationship__"), lower=lower
        )
        if not strangers:
            rows = rows.filter(touched=True)
        first = [F("touched").desc(), F("lower").desc(), F(far).asc()]
        ranked = rows.annotate(rank=Window(RowNumber(), partition_by=F(near), order_by=first)).filter(rank__lte=most)
        columns = (near, far, "touched", "lower", f"{far}__given_name", f"{far}__family_name")
        return ranked.order_by().values_list(*columns)

    def path(self, pk: int) -> Path:
        networks = tuple(self.networks[pk])
        found = best_way(pk, self.ties, self.trust, self.in_touch)
        if not found:
            return Path(networks=networks)
        way, trust = found
        through = tuple(Named(one, self.names[one]) for one in way)
        return Path(in_touch=not way, through=through, trust=trust, networks=networks)


def _touched(relationship: str) -> ExpressionWrapper:
    """Whether anything ever passed between us: an exchange, an interaction, a promise."""
    contacted = Q(**{f"{relationship}last_contact_on__isnull": False})
    promised = Q(**{f"{relationship}promise_marks__gt": ""}) | Q(**{f"{relationship}next_summary__gt": ""})
    exchanged = Q(**{f"{relationship}exchange_evidence__gt": 0})
    return ExpressionWrapper(contacted | promised | exchanged, output_field=BooleanField())
