"""How likely somebody is to help now. Pure arithmetic."""

from typing import Final

TIRES: Final = 3  # requests within ninety days that halve the chance
HALF: Final = 0.5


def ranked(fit: float, lo: float, force: float, asked: int) -> float:
    """How likely somebody is to help now.
    Formula     fit · lo · (0.5 + 0.5·Force) · 2^(−asked/3)
    Inputs      fit, lo (5 % quantile of their fiabilité) and Force 0 … 1; requests made to them within 90 days
    Range       0 … 1
    Constants   3 requests halve it
    Edge cases  a fit, lo or Force outside 0 … 1 or a negative number of requests -> ValueError
    Source      our choice; docs/scoring.md#help
    Example     ranked(1.0, 0.8, 0.5, 3) -> 0.3
    """
    if not all(0 <= x <= 1 for x in (fit, lo, force)) or asked < 0:
        raise ValueError("fit, lo and force lie between 0 and 1, and one asks no fewer than zero times")
    chance: float = fit * lo * (HALF + HALF * force) * 2 ** (-asked / TIRES)
    return chance
