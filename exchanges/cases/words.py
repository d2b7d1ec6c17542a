"""The words of a case, read with care: whatever no adapter takes is kept in `unread`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from exchanges.parameters import DEFAULTS, Parameters

Answer = dict[str, Any]

PARAMETER_WORDS: Final = {
    "half_life_exchanges": ("half_life_exchanges", "H_E"),
    "half_life_commitments": ("half_life_commitments", "H_C"),
    "neutral_zone": ("neutral_zone", "tau", "τ"),
    "lateness_grace": ("lateness_grace", "grace", "grace_days", "g"),
    "lateness_half_credit": ("lateness_half_credit", "late_half_credit", "L"),
    "lateness_floor": ("lateness_floor", "floor", "c_min"),
    "answer_half_credit": ("answer_half_credit", "h_A"),
    "answer_freeze": ("answer_freeze", "freeze", "A_max"),
    "money_reference": ("money_reference", "a0", "a₀", "a_0"),
    "judgement_weight": ("judgement_weight", "k_q"),
}
HALF_LIFE: Final = ("half_life", "half_life_days", "H")


@dataclass
class Words:
    """What a case says. Reading a key takes it off the list of those nobody read."""

    values: Mapping[str, Any]
    as_of: date | None = None
    unread: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.unread.update(self.values.keys() - {"note", "comment", "summary", "id"})

    def take(self, *names: str, default: Any = None) -> Any:
        found = [name for name in names if name in self.values]
        self.unread.difference_update(found)
        return self.values[found[0]] if found else default

    def number(self, *names: str, default: float | None = None) -> float | None:
        value = self.take(*names)
        return default if value is None else float(value)

    def required(self, *names: str) -> float:
        value = self.number(*names)
        if value is None:
            raise ValueError(f"{names[0]} is missing")
        return value

    def setting(self, *names: str, default: float) -> float:
        """One of our own numbers, changed where the case says so."""
        changed = self.number(*names, default=self.params.number(*names))
        return default if changed is None else changed

    def day(self, *names: str) -> date | None:
        value = self.take(*names)
        return date.fromisoformat(str(value)[:10]) if value else None

    def today(self) -> date:
        day = self.day("as_of", "today") or self.as_of
        if day is None:
            raise ValueError("as_of is missing")
        return day

    def items(self, *names: str) -> Iterator[Any]:
        """Each line of a list; a line that is a mapping is read with the same care."""
        for item in self.take(*names, default=()) or ():
            yield replace(self, values=item) if isinstance(item, Mapping) else item

    @cached_property
    def params(self) -> Words:
        """Our own numbers, as far as the case changes them under a name of their own."""
        return replace(self, values=self.take("params", "parameters", default={}) or {})


def read_parameters(
    words: Words, half_life: str = "half_life_exchanges", half_credit: str = "lateness_half_credit"
) -> Parameters:
    """Our parameters, changed where the case says so; a bare half-life is that of the score in question."""
    changed: dict[str, Any] = {}
    bare = {half_life: HALF_LIFE, half_credit: ("half_credit",)}
    for source in (words.params, words):
        for name, spellings in PARAMETER_WORDS.items():
            value = source.number(*spellings, *bare.get(name, ()))
            if value is not None:
                changed[name] = value
        if factors := source.take("kind_factors", "kappa", "κ"):
            changed["kind_factors"] = tuple((DEFAULTS.factor_of | dict(factors)).items())
    return replace(DEFAULTS, **changed)
