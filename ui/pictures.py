"""Geometry of the small pictures, as strings ready for SVG attributes (a dot, whatever the language).

Pure: figures in, shapes out. Colours come by class from pictures.css, words from the caller.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

DOT_KINDS: Final = ("kept", "late", "broken", "open", "overdue")

BAR_WIDTH: Final = 300.0
BAR_INSET: Final = 6.0
THINNEST_BAND: Final = 2.0
MINI_WIDTH: Final = 76.0
DOT_STEP: Final = 15.0
MINI_DOT_STEP: Final = 13.0
STRIP_FLOOR: Final = 34.0
STRIP_STACK: Final = 9.5
DOT_RADIUS: Final = 4.0
STACK_MAX: Final = 3
TIME_WIDTH: Final = 288.0


@dataclass(frozen=True, kw_only=True)
class Bar:
    """An interval and its estimate on a scale; `known` is false when there is too little evidence."""

    known: bool
    track_x: str
    track_width: str
    zero_x: str
    band_x: str = ""
    band_width: str = ""
    tick_x: str = ""


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One promise: how it ended, and where its centre lies."""

    kind: str
    x: str


def attribute(value: float) -> str:
    """At most two decimals, no trailing zero, never « -0 »."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def balance_bar(balance: float | None, low: float | None, high: float | None, width: float = BAR_WIDTH) -> Bar:
    """Scale −1 … 1; we gave more on the right."""
    return _bar(balance, low, high, width=width, start=-1.0, end=1.0)


def reliability_bar(mean: float | None, low: float | None, high: float | None, width: float = BAR_WIDTH) -> Bar:
    """Scale 0 … 1."""
    return _bar(mean, low, high, width=width, start=0.0, end=1.0)


def _bar(value: float | None, low: float | None, high: float | None, *, width: float, start: float, end: float) -> Bar:
    inset = BAR_INSET * width / BAR_WIDTH
    span = width - 2 * inset

    def x(figure: float) -> float:
        return inset + span * (min(max(float(figure), start), end) - start) / (end - start)

    scale = {"track_x": attribute(inset), "track_width": attribute(span), "zero_x": attribute(x(0.0))}
    if value is None or low is None or high is None:
        return Bar(known=False, **scale)
    thickness = max(x(high) - x(low), THINNEST_BAND)
    left = min(x(low), inset + span - thickness)
    band = {"band_x": attribute(left), "band_width": attribute(thickness)}
    return Bar(known=True, tick_x=attribute(x(value)), **scale, **band)


def promise_dots(outcomes: Iterable[str], step: float = DOT_STEP) -> list[Dot]:
    """Oldest first. An unknown outcome is a fault of the caller."""
    dots = []
    for place, kind in enumerate(outcomes):
        if kind not in DOT_KINDS:
            raise ValueError(f"no dot for {kind!r}")
        dots.append(Dot(kind=kind, x=attribute(step / 2 + place * step)))
    return dots


@dataclass(frozen=True, kw_only=True)
class Strip:
    """Months side by side: the centre of each, dots stacked on a line, and where the next one is due."""

    centres: list[str]
    dots: list[tuple[str, str]]
    marker_x: str = ""


def month_strip(counts: Sequence[int], marker: float | None = None) -> Strip:
    """Twelve months and the one to come, oldest first; at most three dots each. A marker beyond stays at the edge."""
    step = BAR_WIDTH / (len(counts) + 1)
    centres = [attribute(step * (place + 0.5)) for place in range(len(counts) + 1)]
    dots = [
        (centres[place], attribute(STRIP_FLOOR - DOT_RADIUS - 1 - nth * STRIP_STACK))
        for place, count in enumerate(counts)
        for nth in range(min(count, STACK_MAX))
    ]
    x = "" if marker is None else attribute(step * min(max(marker, 0.25), len(counts) + 0.75))
    return Strip(centres=centres, dots=dots, marker_x=x)


def balance_miniature(balance: float | None, low: float | None, high: float | None, label: str) -> str:
    """76 × 16, one per row of a list, so written without a template."""
    bar = balance_bar(balance, low, high, MINI_WIDTH)
    drawn = f'<rect class="track" x="{bar.track_x}" y="6.5" width="{bar.track_width}" height="3" rx="1.5"/>'
    if bar.known:
        drawn += (
            f'<path class="zero" d="M{bar.zero_x} 1v14"/>'
            f'<rect class="band" x="{bar.band_x}" y="4.5" width="{bar.band_width}" height="7" rx="3.5"/>'
            f'<path class="tick" d="M{bar.tick_x} 3v10"/>'
        )
    return _drawing("miniature", MINI_WIDTH, 16, label, drawn)


def time_bar(spent: int, planned: int, budget: int, label: str) -> str:
    """288 wide: what is spent, then what is planned, of what there is; more than that fills it and no more."""
    whole = max(budget, 1)
    first = TIME_WIDTH * min(spent, whole) / whole
    second = TIME_WIDTH * min(spent + planned, whole) / whole - first
    drawn = f'<rect class="track" y="3" width="{attribute(TIME_WIDTH)}" height="12" rx="3"/>'
    if second > 0:
        drawn += f'<rect class="band" x="{attribute(first)}" y="3" width="{attribute(second)}" height="12"/>'
    if first > 0:
        drawn += f'<rect class="spent" y="3" width="{attribute(first)}" height="12" rx="3"/>'
    return _drawing("time", TIME_WIDTH, 18, label, drawn)


def promise_row(outcomes: Iterable[str], label: str) -> str:
    """The dots alone, on a line 16 high; a bare track when there is no promise yet."""
    dots = promise_dots(outcomes, MINI_DOT_STEP)
    drawn = "".join(dot_shape(dot, radius=5.0, y=8.0) for dot in dots)
    if not dots:
        drawn = '<rect class="track" x="2" y="6.5" width="61" height="3" rx="1.5"/>'
    return _drawing("dots", max(len(dots), 5) * MINI_DOT_STEP, 16, label, drawn)


def dot_shape(dot: Dot, *, radius: float, y: float) -> str:
    """Full, half, ring with a cross, dashes: the shape says it, the colour only helps."""
    r, cx, cy = attribute(radius), dot.x, attribute(y)
    ring = f'<circle class="dot dot--{dot.kind}" cx="{cx}" cy="{cy}" r="{r}"/>'
    if dot.kind == "late":
        ring += f'<path class="dot-half" d="M{cx} {attribute(y - radius)}a{r} {r} 0 0 0 0 {attribute(2 * radius)}z"/>'
    if dot.kind == "broken":
        arm, span = attribute(radius * 0.5), attribute(radius)
        ring += f'<path class="dot-cross" d="M{cx} {cy}m-{arm} -{arm}l{span} {span}m0 -{span}l-{span} {span}"/>'
    return ring


def _drawing(look: str, width: float, height: float, label: str, drawn: str) -> str:
    size = f'width="{attribute(width)}" height="{attribute(height)}"'
    return f'<svg class="picture {look}" {size} role="img"><title>{escape(label)}</title>{drawn}</svg>'
