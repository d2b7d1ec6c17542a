"""What one exchange is worth before it fades, in points: one point is one unit of weight."""

from __future__ import annotations

import math
from typing import Any, Final

from exchanges.columns import Column, larger, smaller
from exchanges.parameters import DEFAULTS, Parameters

BUSINESS: Final = "business"
WEIGHT_LOWEST: Final = 1.0
WEIGHT_HIGHEST: Final = 5.0
WEIGHT_DEFAULT: Final = 3.0
HALF_SHARE: Final = 0.5  # each of the two rows of a mutual exchange


def clamped(weight: Column) -> Column:
    return smaller(larger(weight, WEIGHT_LOWEST), WEIGHT_HIGHEST)


def kind_factor(kind: str, parameters: Parameters = DEFAULTS) -> float:
    try:
        return parameters.factor_of[kind]
    except KeyError:
        raise ValueError(f"unknown kind of exchange: {kind!r}") from None


def money_gain(kind: str, amount: float | None, parameters: Parameters = DEFAULTS) -> float:
    """How much an amount of money multiplies the value of business done.
    Formula     g = 1 + log₁₀(1 + amount/a₀) for business done, 1 for every other kind
    Inputs      amount in euros, or None
    Range       1 … ∞
    Constants   a₀ = 1 000 €
    Edge cases  a missing, negative or infinite amount is ignored: g = 1
    Source      our choice; docs/scoring.md#value
    Example     money_gain("business", 9000) -> 2.0
                money_gain("help", 9000) -> 1.0
    """
    if kind != BUSINESS or amount is None or not 0 < amount < math.inf:
        return 1.0
    return 1 + math.log10(1 + float(amount) / parameters.money_reference)


def points(weight: Column, factor: Any = 1.0, gain: Any = 1.0, share: Any = 1.0) -> Column:
    """Value of one exchange, or of a column of them.
    Formula     v = share·κ·w·g
    Inputs      w: weight 1 to 5; κ: factor of the kind; g: gain from money; share: ½ for each row of a mutual exchange
    Range       0.5 … ∞ with the default factors, in points
    Constants   κ = 1 for all ten kinds; weight 3 when none was given
    Edge cases  a weight outside 1 … 5 is brought back to the nearest end, before the share is taken
    Source      our choice; docs/scoring.md#value
    Example     points(9.0, share=0.5) -> 2.5
    """
    return share * factor * clamped(weight) * gain


def event_value(
    *,
    kind: str,
    weight: float | None = None,
    amount: float | None = None,
    share: float = 1.0,
    parameters: Parameters = DEFAULTS,
) -> float:
    """Value of one exchange as it was noted.
    Formula     v = share·κ·w·g, g = 1 + log₁₀(1 + amount/a₀) for business done, 1 otherwise
    Inputs      kind: one of the ten codes; weight 1 to 5 or None; amount in euros or None; share 1 or ½
    Range       0.5 … ∞ with the default factors, in points
    Constants   κ = 1, a₀ = 1 000 €, weight 3 when none was given
    Edge cases  weight brought back into 1 … 5; negative or missing amount ignored; unknown kind -> ValueError
    Source      our choice; docs/scoring.md#value
    Example     event_value(kind="business", weight=4, amount=10000) -> 8.165571
                event_value(kind="information") -> 3.0
    """
    w = WEIGHT_DEFAULT if weight is None else float(weight)
    return points(w, kind_factor(kind, parameters), money_gain(kind, amount, parameters), share)
