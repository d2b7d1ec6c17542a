"""Arithmetic that reads the same for one number and for a whole NumPy column.

The formulas of this room are written with these few operations, so each rule has one home: the page that explains one
relationship and the job that scores a hundred thousand run the same lines. Neither NumPy nor SciPy is imported here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]

Column = TypeVar("Column", float, "FloatArray")
Flag: TypeAlias = Any  # a bool, 0 or 1, or a column of them

THRESHOLD_SLACK: Final = 1e-9


def larger(left: Column, right: Any) -> Column:
    return left * (left > right) + right * (left <= right)


def smaller(left: Column, right: Any) -> Column:
    return left * (left < right) + right * (left >= right)


def divided(top: Column, bottom: Column) -> Column:
    """The quotient, and 0 where there is nothing to divide by."""
    return top * (bottom != 0) / (bottom + (bottom == 0))


def reaches(figure: float, threshold: float) -> bool:
    """Whether a figure is at its threshold or above, rounding noise of the two databases left aside."""
    return figure >= threshold - THRESHOLD_SLACK
