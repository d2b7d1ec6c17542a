"""Where the discs and the labels of the quadrant lie: effort to the right, strategic value upwards. Pure.

Places are percentages of the width, so that one drawing serves a phone and a desk; heights are in pixels. A label goes
to the right of its disc, else to its left, below or above, wherever nothing else lies on the narrowest drawing; where
no place is free it is left out: the table beneath says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ui.pictures import attribute

NARROWEST: Final = 350.0  # px, the width for which collisions are judged
HEIGHT: Final = 300.0
GUTTER: Final = 4.0  # between the two zones
ZONE: Final = (HEIGHT - GUTTER) / 2
RADIUS: Final = 13.5
INSET: Final = 22.0
CHARACTER: Final = 6.8  # px, a letter of 12.5 px on average
LINE: Final = 16.0
NUDGE: Final = 2 * RADIUS + 2

Box = tuple[float, float, float, float]  # left, top, right, bottom
# The names of the two zones, in their corners.
WORDS: Final[tuple[Box, ...]] = ((0, 0, 76, 28), (NARROWEST - 62, HEIGHT - 28, NARROWEST, HEIGHT))


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One network to draw: effort 0 … 1 of the widest, strategic value 0 … 1, in the upper zone or not."""

    name: str
    effort: float
    value: float
    upper: bool


@dataclass(frozen=True, kw_only=True)
class Disc:
    """`x` in percent, `y` in px; the label's offsets are from the centre, `anchor` is empty when it has no room."""

    x: str
    y: str
    name: str
    label_x: str = "0"
    label_y: str = "0"
    anchor: str = ""


@lru_cache(maxsize=128)
def laid_out(spots: tuple[Spot, ...]) -> tuple[Disc, ...]:
    """In the order given. Two discs that would touch are moved apart, downwards then sideways."""
    centres = _centres(spots)
    taken: list[Box] = [*WORDS, *(_around(x, y) for x, y in centres)]
    discs = []
    for spot, (x, y) in zip(spots, centres, strict=True):
        place = _label(spot.name, x, y, taken)
        percent = attribute(100 * x / NARROWEST)
        if place is None:
            discs.append(Disc(x=f"{percent}%", y=attribute(y), name=spot.name))
            continue
        dx, dy, anchor, box = place
        taken.append(box)
        discs.append(
            Disc(
                x=f"{percent}%",
                y=attribute(y),
                name=spot.name,
                label_x=attribute(dx),
                label_y=attribute(dy),
                anchor=anchor,
            )
        )
    return tuple(discs)


def _centres(spots: Sequence[Spot]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for spot in spots:
        top = INSET if spot.upper else ZONE + GUTTER + INSET
        x = INSET + min(max(spot.effort, 0.0), 1.0) * (NARROWEST - 2 * INSET)
        y = top + (1 - min(max(spot.value, 0.0), 1.0)) * (ZONE - 2 * INSET)
        found.append(_apart(x, y, top, found))
    return found


def _apart(x: float, y: float, top: float, others: list[tuple[float, float]]) -> tuple[float, float]:
    """The nearest free place of its zone; its own when the zone is full."""
    rows = [y, *(top + step * NUDGE for step in range(int((ZONE - 2 * INSET) // NUDGE) + 1))]
    steps = sorted(range(-12, 13), key=abs)
    for step in steps:
        moved = x + step * NUDGE
        if not INSET <= moved <= NARROWEST - INSET:
            continue
        for row in sorted(rows, key=lambda one: abs(one - y)):
            if all((moved - a) ** 2 + (row - b) ** 2 >= (2 * RADIUS) ** 2 for a, b in others):
                return moved, row
    return x, y


def _around(x: float, y: float) -> Box:
    return x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS


def _label(name: str, x: float, y: float, taken: list[Box]) -> tuple[float, float, str, Box] | None:
    width, gap = len(name) * CHARACTER, RADIUS + 5
    choices = []
    for shift in (0.0, -12.0, 12.0):
        top, bottom = y + shift - LINE / 2, y + shift + LINE / 2
        choices.append((gap, shift + 4.0, "start", (x + gap, top, x + gap + width, bottom)))
        choices.append((-gap, shift + 4.0, "end", (x - gap - width, top, x - gap, bottom)))
    below, above = y + RADIUS, y - RADIUS - LINE
    choices.append((0.0, gap + 9, "middle", (x - width / 2, below, x + width / 2, below + LINE)))
    choices.append((0.0, -gap + 1, "middle", (x - width / 2, above, x + width / 2, above + LINE)))
    for dx, dy, anchor, box in choices:
        inside = box[0] >= 0 and box[2] <= NARROWEST and box[1] >= 0 and box[3] <= HEIGHT
        if inside and not any(_overlap(box, other) for other in taken):
            return dx, dy, anchor, box
    return None


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
