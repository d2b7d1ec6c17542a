"""Networks of the catalogue that our open needs call for, weighed as our own are: what nobody knows is left out."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from networks.choosing import type_fit
from networks.models import CatalogueEntry, Network
from networks.models.facts import SEPARATOR
from networks.screening import Term, strategy_filter
from strategy.models import Need
from workspaces.folding import fold
from workspaces.models import Workspace

STEM: Final = 6  # letters that « soudeur » and « soudeurs » have in common
WORD: Final = 5
READ: Final = ("slug", "name", "type", "territory", "reach", "ways_in", "sensitive", "search", "sort_key")
WEIGHED: Final = 300
SHOWN: Final = 6


@dataclass(frozen=True, kw_only=True)
class Candidate:
    entry: CatalogueEntry
    score: float
    answers: list[Need]


def candidates(workspace: Workspace) -> list[Candidate]:
    """Three queries. Best first; none that may reveal a belief, none of which we have a sheet already."""
    needs = list(Need.objects.for_workspace(workspace).open().order_by("-criticality", "pk"))
    stems = {need.pk: stems_of(need.title) for need in needs}
    wanted = set().union(*stems.values())
    if not wanted:
        return []
    ours = list(Network.objects.for_workspace(workspace).values_list("entry", "territory"))
    places = {place for _entry, territory in ours for place in territory.split(SEPARATOR) if place}
    speaking = Q()
    for stem in sorted(wanted):
        speaking |= Q(search__contains=stem)
    entries = CatalogueEntry.objects.published().filter(speaking, sensitive="").exclude(type="ideological")
    entries = entries.exclude(pk__in=[entry for entry, _territory in ours if entry]).order_by("sort_key", "pk")
    found = []
    for entry in entries.only(*READ)[:WEIGHED]:
        answers = [need for need in needs if any(stem in entry.search for stem in stems[need.pk])]
        share = sum(need.criticality for need in answers) / sum(need.criticality for need in needs)
        terms = {
            Term.NEEDS: share,
            Term.TERRITORY: 1.0 if places & set(entry.split("territory")) else None,
            Term.RULES: {"free": 1.0, "by_right": 1.0}.get(entry.ways_in),
            Term.TYPE: type_fit(entry),
        }
        found.append(Candidate(entry=entry, score=strategy_filter(terms) or 0.0, answers=answers))
    return sorted(found, key=lambda one: -one.score)[:SHOWN]


def stems_of(title: str) -> set[str]:
    return {word[:STEM] for word in fold(title).split() if len(word) >= WORD}
