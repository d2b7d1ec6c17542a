"""How the worked cases of this room's formulas are answered (`exchanges.cases`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from exchanges.cases.words import Answer, Words
from resources.coverage import Cover, Offer, Wanted, coverage
from resources.structure import structural_holes

COVERS: Final = {Cover.SECURED: "secure", Cover.SINGLE: "point_unique", Cover.UNCOVERED: "non_couvert"}


def answer_coverage(words: Words) -> Answer:
    found = coverage([_wanted(need) for need in words.items("needs")])
    needs = [
        {
            "access": one.access,
            "access_n1": one.access_without_best,
            "reliable": one.reliable,
            "status": COVERS[one.cover],
        }
        for one in found.needs
    ]
    return {"needs": needs, "U": found.certainty}


def _wanted(need: Words) -> Wanted:
    offers = [_offer(line) for line in need.items("resources", "offers")]
    return Wanted(criticality=need.required("criticality", "weight"), offers=offers)


def _offer(line: Words) -> Offer:
    return Offer(source=line.take("source"), q=line.required("q"), lo=line.number("lo", default=0.0) or 0.0)


def answer_structural_holes(words: Words) -> Answer:
    edges = [_edge(line) for line in words.items("edges")]
    found = structural_holes(edges, words.take("ego"))
    return {
        "constraint": found.constraint,
        "effective_size": found.effective_size,
        "efficiency": found.efficiency,
    }


def _edge(line: Any) -> tuple[Any, Any, float]:
    if isinstance(line, Words):
        return line.take("from", "source"), line.take("to", "target"), line.number("weight", default=1.0) or 0.0
    one, other, *strength = line
    return one, other, float(strength[0]) if strength else 1.0


ADAPTERS: Final[dict[str, Callable[[Words], Any]]] = {
    "coverage": answer_coverage,
    "structural_holes": answer_structural_holes,
}
