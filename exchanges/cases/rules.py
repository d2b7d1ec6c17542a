"""The rules of the network, and trust."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from exchanges.cases.beliefs import read_prior, told
from exchanges.cases.words import Answer, Words, read_parameters
from exchanges.decay import effective_on
from exchanges.trust import UNKNOWN, USUAL_RATE, WEIGHTS, Belief, Rule, Sign, beta_indicator, rate_score, trust

RULES: Final = {
    "fiabilite": Rule.RELIABILITY,
    "transparence": Rule.TRANSPARENCY,
    "reciprocite": Rule.RECIPROCITY,
    "solidarite": Rule.SOLIDARITY,
    "partage": Rule.SHARING,
    "participation": Rule.PARTICIPATION,
} | {rule.value: rule for rule in Rule}


def answer_rate_score(words: Words) -> Answer:
    count = words.number("count", "K", "k", default=0.0) or 0.0
    age = words.number("exposure_days", "age_days", "age", "days", default=0.0) or 0.0
    if not count >= 0:
        raise ValueError("a decayed count is never negative")
    usual = words.setting("lambda0", "lambda_0", "λ₀", "λ0", "usual", default=USUAL_RATE)
    found = rate_score(count, age, usual=usual, parameters=read_parameters(words))
    return {"rate": found.rate, "score": found.score, "var": found.variance}


def answer_beta_indicator(words: Words) -> Answer:
    as_of, parameters = words.today(), read_parameters(words)
    signs = [_sign(line, as_of) for line in words.items("obs", "observations", "signs")]
    prior = read_prior(words, parameters)
    found = beta_indicator(signs, as_of=as_of, prior=prior, parameters=parameters)
    return told(found) | {"n": found.alpha + found.beta - prior.alpha - prior.beta}


def _sign(line: Words, as_of: date) -> Sign:
    on, weight = line.day("date", "on", "effective_on"), line.number("u", "weight", default=1.0) or 0.0
    if on is None:
        raise ValueError("date is missing")
    return Sign(good=line.number("x", "good", "value"), on=effective_on(on, as_of), weight=weight)


def answer_trust(words: Words) -> Answer:
    given = words.take("indicators", "beliefs", "rules", default={}) or {}
    weights = words.take("weights", "omega", "ω") or words.params.take("weights", "omega", "ω")
    chosen = {_rule(name): float(weight) for name, weight in weights.items()} if weights else WEIGHTS
    found = trust({_rule(name): _belief(value) for name, value in given.items()}, chosen)
    return {"trust": found.mean, "lo": found.lo, "hi": found.hi}


def _rule(name: str) -> Rule:
    if name not in RULES:
        raise ValueError(f"unknown rule: {name!r}")
    return RULES[name]


def _belief(value: Any) -> Belief[float]:
    """Mean and variance; a rule without its variance is as unsure as one that nobody has seen."""
    if isinstance(value, Mapping):
        value = [value.get("mean", value.get("x")), value.get("var", value.get("variance"))]
    mean, variance = [*(value if isinstance(value, list) else [value]), None][:2]
    known = UNKNOWN.variance if variance is None else float(variance)
    if mean is None:
        return UNKNOWN
    if not (0 <= mean <= 1 and known >= 0):
        raise ValueError("a mean lies between 0 and 1, and a variance is not negative")
    return Belief(mean=float(mean), variance=known)
