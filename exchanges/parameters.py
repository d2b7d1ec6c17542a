"""The numbers we chose ourselves: a workspace may change them, and every score names the version it was made with."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

FORMULAS_VERSION: Final = 1  # raise it when a formula changes, so that old scores can be told from new ones

KINDS: Final = (
    "introduction",
    "information",
    "expertise",
    "lead",
    "business",
    "help",
    "recommendation",
    "loan",
    "invitation",
    "knowledge",
)


def chosen(default: Any, unit: str, symbol: str) -> Any:
    return field(default=default, metadata={"unit": unit, "symbol": symbol})


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """One workspace's settings of the formulas; the defaults are reasoned, not estimated."""

    half_life_exchanges: float = chosen(365.0, "day", "H_E")
    half_life_commitments: float = chosen(730.0, "day", "H_C")
    neutral_zone: float = chosen(0.20, "", "τ")
    lateness_grace: float = chosen(1.0, "day", "g")
    lateness_half_credit: float = chosen(14.0, "day", "L")
    lateness_floor: float = chosen(0.20, "", "c_min")
    answer_half_credit: float = chosen(3.0, "day", "h_A")
    answer_freeze: float = chosen(30.0, "day", "A_max")
    money_reference: float = chosen(1000.0, "€", "a₀")
    judgement_weight: float = chosen(3.0, "observation", "k_q")
    reliable_from: float = chosen(0.60, "", "lo")
    unreliable_to: float = chosen(0.50, "", "hi")
    rather_reliable_from: float = chosen(0.60, "", "F")
    watched_to: float = chosen(0.40, "", "F")
    kind_factors: tuple[tuple[str, float], ...] = chosen(tuple((kind, 1.0) for kind in KINDS), "", "κ")

    def __post_init__(self) -> None:
        divisors = ("half_life_exchanges", "half_life_commitments", "lateness_half_credit", "answer_half_credit")
        for name in (*divisors, "money_reference", "judgement_weight"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} must be above 0")
        for name in ("lateness_grace", "answer_freeze"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} must not be negative")
        for name in ("lateness_floor", "reliable_from", "unreliable_to", "rather_reliable_from", "watched_to"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} must lie between 0 and 1")
        if not 0 <= self.neutral_zone < 1:
            raise ValueError("neutral_zone must lie between 0 and 1, 1 excluded")
        if any(not factor >= 0 for _, factor in self.kind_factors):
            raise ValueError("kind_factors must not be negative")

    @cached_property
    def factor_of(self) -> dict[str, float]:
        return dict(self.kind_factors)

    @cached_property
    def version(self) -> str:
        """The formulas' number and a digest of the values: two workspaces with the same settings share it."""
        values = json.dumps(asdict(self), sort_keys=True)
        return f"{FORMULAS_VERSION}-{sha256(values.encode()).hexdigest()[:10]}"

    def described(self) -> list[tuple[str, str, Any, str]]:
        """Name, symbol, value and unit of each parameter, in the order of the table of docs/scoring.md."""
        return [(f.name, f.metadata["symbol"], getattr(self, f.name), f.metadata["unit"]) for f in fields(self)]


DEFAULTS: Final = Parameters()
