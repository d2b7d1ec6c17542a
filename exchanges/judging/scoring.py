"""Computes what the pages show of each network and writes it into its `figures`; the sweep and the night call it.

`figures` holds, as of `scored_on`: `facts` ({indicator: [x, n]}), `value` and `strategic` (points received, faded,
and those for strategic needs), `decisive` and `received` (faded counts), `euros` (business received, faded), `kinds`
({kind: [given, received]}, a year of them), `returned` ([r, ⟨r⟩, ρ]), `balance` ([S, b, low, high, n]), `said` (what
may be said of it), `people`, `rules` ({rule: [mean, variance, n]}) and `trust` ([mean, low, high]).
"""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import date
from typing import Any, Final

from exchanges.generalised import weighted_reciprocity
from exchanges.judging.facts import facts_of
from exchanges.judging.ledger import Ledger, Passed, read
from exchanges.judging.rules import returns, rules_of, stored
from exchanges.parameters import DEFAULTS
from exchanges.reciprocity import direction
from exchanges.scoring import stored_prior
from networks.hours import year_to
from networks.models import Network
from workspaces.models import Workspace

logger = logging.getLogger(__name__)

SWEEP: Final = 500
DECISIVE_FROM: Final = 4  # weight


def rescore_stale() -> int:
    """Judge again what a write, or the night, made stale; how many. One company's failure stops no other."""
    stale = Network.objects.stale().values_list("workspace", "pk")[:SWEEP]
    by_workspace: dict[int, list[int]] = defaultdict(list)
    for workspace, pk in stale:
        by_workspace[workspace].append(pk)
    for workspace in Workspace.objects.filter(pk__in=by_workspace):
        try:
            rescore(workspace, on=workspace.today(), only=by_workspace[workspace.pk])
        except Exception:
            logger.exception("The networks of a workspace could not be judged")
    return sum(map(len, by_workspace.values()))


def rescore(workspace: Workspace, *, on: date, only: list[int] | None = None) -> int:
    """Judge all networks of a workspace, or some, as of `on`. What is written to meanwhile stays stale."""
    networks = Network.objects.for_workspace(workspace).order_by("pk")
    wanted = list((networks if only is None else networks.filter(pk__in=only)).values_list("pk", "stale_since"))
    figures = _figures(workspace, on, [pk for pk, _ in wanted]) if workspace.scores_on else {}
    for pk, stale_since in wanted:
        row = Network.objects.filter(pk=pk)
        row.update(figures=figures.get(pk, {}), scored_on=on)
        row.filter(stale_since=stale_since).update(stale_since=None)
    return len(wanted)


def _figures(workspace: Workspace, on: date, networks: list[int]) -> dict[int, dict[str, Any]]:
    ledger, prior = read(workspace, on=on), stored_prior(workspace)
    found = {}
    for pk in networks:
        rules = rules_of(ledger.members.get(pk, set()), ledger, network=pk, prior=prior)
        found[pk] = {
            "facts": {name: [fact.x, fact.n] for name, fact in facts_of(pk, ledger).items()},
            "people": len(ledger.members.get(pk, ())),
            **_value(pk, ledger),
            **_returned(ledger.passed_in.get(pk, [])),
            **stored(rules),
        }
    return found


def _value(network: int, ledger: Ledger) -> dict[str, Any]:
    passed = ledger.passed_in.get(network, [])
    received = [one for one in passed if not one.given and not one.solidarity]
    since = year_to(ledger.on)
    kinds: dict[str, list[int]] = {}
    for one in passed:
        if one.on >= since:
            kinds.setdefault(one.kind, [0, 0])[0 if one.given else 1] += 1
    return {
        "value": sum(one.points for one in received),
        "strategic": sum(one.points for one in received if one.strategic),
        "received": sum(one.decay for one in received),
        "decisive": sum(one.decay for one in received if one.weight >= DECISIVE_FROM),
        "euros": sum(one.euros * one.decay for one in received if one.kind == "business"),
        "kinds": kinds,
    }


def _returned(passed: list[Passed]) -> dict[str, Any]:
    """Give to one and receive from another is no fault: it is said of the network, never of a person."""
    pairs: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in passed:
        if not one.solidarity:
            pairs[one.contact][0 if one.given else 1] += one.points
    across = weighted_reciprocity([(given, received) for given, received in pairs.values()])
    whole = returns(passed)
    label, firmness = direction(
        n=whole.n, balance=whole.balance, p_give=whole.p_give, p_owed=whole.p_owed, parameters=DEFAULTS
    )
    return {
        "returned": [across.r, across.by_chance, across.rho],
        "balance": [whole.score, whole.balance, whole.balance_lo, whole.balance_hi, whole.n],
        "said": [label.value, firmness.value],
    }
