"""What a network brings, what it costs, and what it is for us."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from exchanges.cases.words import Answer, Words, read_parameters
from exchanges.generalised import Generalised, binary_reciprocity, weighted_reciprocity
from exchanges.indicators import accelerator, blau, blend, share_score
from exchanges.returns import HOUR_COST, Spent, scattered, time_profile
from networks.screening import Professionalism, Role, Task, professionalism, subsidiarity, weapon

ROLES: Final = {Role.TOOL: "outil", Role.WEAPON: "arme"}
KINDS: Final = {
    Professionalism.CONVIVIAL: "convivial",
    Professionalism.PROVIDER: "prestataire",
    Professionalism.PROFESSIONAL: "professionnel",
}


def answer_weighted_reciprocity(words: Words) -> Answer:
    found = weighted_reciprocity([_flows(line) for line in words.items("pairs", "contacts")])
    return _generalised(found, "expected")


def _flows(line: Any) -> tuple[float, float]:
    if isinstance(line, Words):
        return line.number("given", "G", default=0.0) or 0.0, line.number("received", "R", default=0.0) or 0.0
    given, received = line
    return float(given), float(received)


def answer_binary_reciprocity(words: Words) -> Answer:
    links = [_link(line) for line in words.items("links", "edges")]
    members = words.number("n_nodes", "members", "n", default=len({end for link in links for end in link}))
    return _generalised(binary_reciprocity(int(members or 0), links), "density")


def _link(line: Any) -> tuple[Any, Any]:
    if isinstance(line, Words):
        return line.take("from", "source"), line.take("to", "target")
    one, other = line
    return one, other


def _generalised(found: Generalised, chance: str) -> Answer:
    return {"r": found.r, chance: found.by_chance, "rho": found.rho}


def answer_blend(words: Words) -> float:
    opinion = words.number("questionnaire", "q", "opinion")
    n = words.number("n", "observations", default=0.0)
    return blend(words.number("x", "facts"), n or 0.0, opinion, read_parameters(words))


def answer_accelerator(words: Words) -> Answer:
    names = {"answers_in": "k_in", "days_in": "days_in", "answers_out": "k_out", "days_out": "days_out"}
    found = accelerator(**{ours: _count(words, theirs, ours) for ours, theirs in names.items()})
    return {"hazard_in": found.hazard_in, "hazard_out": found.hazard_out, "score": found.score}


def answer_share_score(words: Words) -> float:
    return share_score(_count(words, "inside", "B_in"), _count(words, "outside", "B_out"))


def answer_blau(words: Words) -> float | None:
    masses = words.take("masses", "sectors", default=()) or ()
    return blau([float(mass) for mass in (masses.values() if isinstance(masses, Mapping) else masses)])


def answer_time_profile(words: Words) -> Answer:
    lines = [_spent(line) for line in words.items("nets", "networks")]
    found = time_profile(lines, words.setting("c_h", "hour_cost", "hourly_cost", default=HOUR_COST))
    return {
        "cost": list(found.costs),
        "time_share": list(found.time_shares),
        "value_share": list(found.value_shares),
        "roi": list(found.returns),
        "hhi": found.hhi,
        "n_eff": found.n_eff,
        "evenness": found.evenness,
        "mismatch": found.dispersion,
        "alert": scattered(found),
    }


def _spent(line: Words) -> Spent:
    line.take("name", "id")
    return Spent(
        hours=_count(line, "hours", "time"),
        fees=_count(line, "fee", "fees"),
        value=_count(line, "value", "points"),
    )


def answer_weapon(words: Words) -> Answer:
    found = weapon(
        strategic_value=_count(words, "value_strategic", "strategic_value", "strategic"),
        value=_count(words, "value"),
        loss_without=words.number("loss_without", "irreplaceable", "X"),
        decisive=_count(words, "strong"),
        exchanges=_count(words, "n", "exchanges"),
    )
    same_name = ("alignment", "irreplaceable", "decisive")
    return {"W": found.strength, "class": ROLES[found.role]} | {name: getattr(found, name) for name in same_name}


def answer_professionalism(words: Words) -> Answer:
    found = professionalism(
        services=_count(words, "services", "s"),
        coproduced=_count(words, "coproduced", "co_produced"),
        mutualised=_count(words, "mutualised", "mutualized", "open"),
    )
    return {"score": found.score, "class": KINDS[found.kind]}


def answer_subsidiarity(words: Words) -> Answer:
    found = subsidiarity([_task(line) for line in words.items("tasks", "needs")])
    return {"delegate_to": found.delegate_to, "index": found.index}


def _task(line: Words) -> Task:
    line.take("name", "need")
    offers = (line.take("networks", "offers", default={}) or {}).items()
    return Task(
        own_hours=_count(line, "own_hours", "h_own"),
        offers={name: (float(access), float(hours)) for name, (access, hours) in offers},
    )


def _count(words: Words, *names: str) -> float:
    return words.number(*names) or 0.0
