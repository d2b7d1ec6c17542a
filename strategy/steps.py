"""The order in which a strategy is told: stakes, then objectives, then needs, then what one is ready to spend."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from strategy.models import Need, Objective, Stake, TimeBudget

STAKES_ADVISED: Final = 3  # of each kind


class Step(StrEnum):
    STRATEGIC = "strategic"
    OPERATIONAL = "operational"
    OBJECTIVE = "objective"
    NEED = "need"
    BUDGET = "budget"


def next_step(
    *, stakes: Sequence[Stake], objectives: Sequence[Objective], needs: Sequence[Need], budget: TimeBudget | None
) -> Step | None:
    """The first thing that is not said yet; None when all is. One of each is enough to go on, three are advised."""
    kinds = {stake.kind for stake in stakes}
    said = {
        Step.STRATEGIC: Stake.Kind.STRATEGIC in kinds,
        Step.OPERATIONAL: Stake.Kind.OPERATIONAL in kinds,
        Step.OBJECTIVE: bool(objectives),
        Step.NEED: bool(needs),
        Step.BUDGET: budget is not None,
    }
    return next((step for step, done in said.items() if not done), None)
