"""The seven rules, for a contact and for a network: what the ledger shows of each, and the trust that follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from exchanges import reliability
from exchanges.beta import UNIFORM, Prior, evidence_of, posterior
from exchanges.judging.ledger import Asked, Ledger, Passed, Promised
from exchanges.models import Side
from exchanges.reciprocity import Reciprocity, reciprocity_from_masses
from exchanges.trust import UNKNOWN, Belief, Rule, Sign, Trust, observations, rate_of, trust, years_seen
from networks.models import Presence

SILENT_AFTER: Final = timedelta(days=30)
UNHELPED_AFTER: Final = timedelta(days=60)
CRITICAL: Final = 2.0
SHARED: Final = frozenset({"information", "knowledge", "expertise", "introduction", "invitation"})
ATTENDED: Final = {
    Presence.PRESENT: 1.0,
    Presence.LATE: 1.0,
    Presence.REPLACED: 0.5,
    Presence.ABSENT: 0.0,
    Presence.EXCUSED: None,
}


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One rule: what is believed of it, and how many faded observations that rests on."""

    belief: Belief[float]
    n: float


@dataclass(frozen=True, kw_only=True)
class Rules:
    kept: dict[Rule, Kept]
    trust: Trust[float]


def rules_of(contacts: set[int], ledger: Ledger, *, network: int | None = None, prior: Prior = UNIFORM) -> Rules:
    """Of one contact, or of all the contacts of a network together; there réciprocité is that of what passed in it."""
    passed = [one for one in ledger.passed if one.contact in contacts]
    asked = [one for one in ledger.asked if one.contact in contacts]
    promised = [one for one in ledger.promised if one.contact in contacts]
    weighed = ledger.passed_in.get(network, []) if network is not None else passed
    kept = {
        Rule.RELIABILITY: _reliability(promised, ledger, prior),
        Rule.TRANSPARENCY: _seen(
            [*_answers(asked, ledger), *_warnings(promised, ledger), *_reports(passed, ledger)], ledger
        ),
        Rule.RECIPROCITY: _reciprocity(weighed),
        Rule.SOLIDARITY: _seen(_help(asked, ledger), ledger),
        Rule.SHARING: _sharing(contacts, passed, ledger),
        Rule.PARTICIPATION: _seen(_presence(contacts, ledger, network), ledger),
    }
    return Rules(kept=kept, trust=trust({rule: one.belief for rule, one in kept.items()}))


def _seen(signs: Iterable[Sign], ledger: Ledger) -> Kept:
    good, bad = evidence_of(observations(signs, as_of=ledger.on, parameters=ledger.parameters))
    found = posterior(good, bad)
    return Kept(belief=Belief(mean=found.mean, variance=found.variance), n=good + bad)


def _reliability(promised: Iterable[Promised], ledger: Ledger, prior: Prior) -> Kept:
    promises = [
        reliability.Promise(
            outcome=reliability.Outcome(one.outcome), due=one.due, closed=one.closed, weight=one.weight, source=one
        )
        for one in promised
    ]
    observed = reliability.observations(promises, as_of=ledger.on, parameters=ledger.parameters)
    good, bad = evidence_of(observed)
    found = posterior(good, bad, prior)
    return Kept(belief=Belief(mean=found.mean, variance=found.variance), n=good + bad)


def returns(passed: Iterable[Passed]) -> Reciprocity[float]:
    """What was given and received, faded, solidarity left out."""
    weighed = [one for one in passed if not one.solidarity]
    given = sum(one.points for one in weighed if one.given)
    received = sum(one.points for one in weighed if not one.given)
    return reciprocity_from_masses(given, received, sum(one.value * one.points for one in weighed))


def _reciprocity(passed: Iterable[Passed]) -> Kept:
    found = returns(passed)
    if not found.n:
        return Kept(belief=UNKNOWN, n=0.0)
    return Kept(belief=Belief(mean=found.score, variance=found.variance), n=found.n)


def _openness(
    asked: Iterable[Asked], promised: Iterable[Promised], passed: Iterable[Passed], ledger: Ledger
) -> list[Sign]:
    return [*_answers(asked, ledger), *_warnings(promised, ledger), *_reports(passed, ledger)]


def _answers(asked: Iterable[Asked], ledger: Ledger) -> list[Sign]:
    """Thirty days after a request, there is an answer of theirs, even a no, or there is none."""
    return [
        Sign(good=float(any(heard.contact == one.contact for heard in one.heard)), on=one.on + SILENT_AFTER, source=one)
        for one in asked
        if one.on + SILENT_AFTER <= ledger.on
    ]


def _warnings(promised: Iterable[Promised], ledger: Ledger) -> list[Sign]:
    """A promise that was late, broken or cancelled: were we told before its day?"""
    signs = []
    for one in promised:
        if not (one.due and one.closed) or one.closed > ledger.on:
            continue
        in_time = one.outcome == "kept" and one.closed <= one.due + timedelta(days=ledger.parameters.lateness_grace)
        if not in_time:
            cancelled = one.outcome == "cancelled" and one.closed <= one.due
            warned = one.warned is not None and one.warned <= one.due
            signs.append(Sign(good=float(cancelled or warned), on=one.closed, source=one))
    return signs


def _reports(passed: Iterable[Passed], ledger: Ledger) -> list[Sign]:
    """Somebody to whom we introduced a person says what came of it, or is silent after thirty days."""
    return [
        Sign(good=float(one.told), on=min(one.on + SILENT_AFTER, ledger.on), source=one)
        for one in passed
        if one.given and one.kind == "introduction" and (one.told or one.on + SILENT_AFTER <= ledger.on)
    ]


def _help(asked: Iterable[Asked], ledger: Ledger) -> list[Sign]:
    """A request that is closed, or open for sixty days: did they help?"""
    signs = []
    for one in asked:
        if not (one.closed or one.on + UNHELPED_AFTER <= ledger.on):
            continue
        said_yes = any(heard.contact == one.contact and heard.positive for heard in one.heard)
        good = {"solved": 1.0, "partly": 0.5}.get(one.outcome, float(said_yes))
        weight = CRITICAL if one.critical else 1.0
        signs.append(Sign(good=good, on=one.closed or one.on + UNHELPED_AFTER, weight=weight, source=one))
    return signs


def _sharing(contacts: set[int], passed: Iterable[Passed], ledger: Ledger) -> Kept:
    count = sum(one.decay for one in passed if not one.given and one.kind in SHARED and not one.asked_for)
    ages = (float((ledger.on - ledger.people[pk].known_since).days) for pk in contacts if pk in ledger.people)
    years = sum(years_seen(age, ledger.parameters) for age in ages)
    found = rate_of(count, years)
    return Kept(belief=Belief(mean=found.score, variance=found.variance), n=count + years)


def _presence(contacts: set[int], ledger: Ledger, network: int | None) -> list[Sign]:
    """Their presence at meetings; without any, who took the initiative of our calls and messages."""
    signs = [
        Sign(good=ATTENDED[Presence(presence)], on=day, source=pk)
        for pk, of, contact, day, presence in ledger.presences
        if contact in contacts and network in (None, of)
    ]
    if signs:
        return signs
    return [
        Sign(good=float(by == Side.THEM), on=day, source=pk)
        for pk, contact, day, by in ledger.touches
        if contact in contacts
    ]


def stored(rules: Rules) -> dict[str, Any]:
    return {
        "rules": {rule.value: [one.belief.mean, one.belief.variance, one.n] for rule, one in rules.kept.items()},
        "trust": [rules.trust.mean, rules.trust.lo, rules.trust.hi],
    }
