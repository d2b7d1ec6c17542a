"""Building one's network by stages: four of them, with what lets one enter the next and how many new links a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.circles import HOLDS
from contacts.models import Relationship


class Stage(StrEnum):
    FOUNDATIONS = "foundations"
    CORE = "core"
    ACTIVE = "active"
    WIDER = "wider"


CORE_TIES: Final = HOLDS[Relationship.Circle.CORE]
ACTIVE_TIES: Final = HOLDS[Relationship.Circle.ACTIVE]
WIDER_TIES: Final = HOLDS[Relationship.Circle.WIDE]


@dataclass(frozen=True, kw_only=True)
class Level:
    """`quota`: new links a month that one can still tend."""

    stage: Stage
    title: Promise
    entry: Promise
    goal: Promise
    ties: int
    quota: int


LEVELS: Final[Sequence[Level]] = (
    Level(
        stage=Stage.FOUNDATIONS,
        title=_("The foundations"),
        entry=_("Open to all."),
        goal=_("Say what the company wants."),
        ties=0,
        quota=2,
    ),
    Level(
        stage=Stage.CORE,
        title=_("The core"),
        entry=_("Once an objective and a need are said."),
        goal=_("Up to fifteen people whom one meets often."),
        ties=CORE_TIES,
        quota=3,
    ),
    Level(
        stage=Stage.ACTIVE,
        title=_("The active ones"),
        entry=_("Once fifteen ties have been tended for three months."),
        goal=_("Up to fifty people whom one meets twice a year."),
        ties=ACTIVE_TIES,
        quota=5,
    ),
    Level(
        stage=Stage.WIDER,
        title=_("The wider circle"),
        entry=_("Once fifty ties have been tended for three months, and one knows who does what for each need."),
        goal=_("Up to a hundred and fifty people, and no more."),
        ties=WIDER_TIES,
        quota=8,
    ),
)


def level_of(*, objectives: int, needs: int, delegated: int, tended: int) -> Level:
    """The highest stage whose conditions, and those of the ones below, are met."""
    entered = (
        True,
        objectives > 0 and needs > 0,
        tended >= CORE_TIES,
        tended >= ACTIVE_TIES and delegated >= needs,
    )
    reached = LEVELS[0]
    for level, met in zip(LEVELS, entered, strict=True):
        if not met:
            break
        reached = level
    return reached
