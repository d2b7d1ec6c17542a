"""The small pictures of the list: fifty of them a page, from shapes that the page defines once
(templates/contacts/_shapes.html). Words and figures in, SVG out.
"""

from collections.abc import Iterable
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ui.pictures import MINI_DOT_STEP, MINI_WIDTH, attribute, balance_bar

FEWEST_DOTS: Final = 5
TRACK: Final = format_html('<use href="#{}"/>', "track")


def balance(value: float | None, low: float | None, high: float | None, label: str) -> SafeString:
    """76 × 16: the scale, then the interval and the estimate when there is enough evidence."""
    bar = balance_bar(value, low, high, MINI_WIDTH)
    if not bar.known:
        return _drawing(MINI_WIDTH, label, TRACK)
    drawn = format_html(
        '<use href="#scale"/><rect class="band" x="{}" y="4.5" width="{}" height="7" rx="3.5"/>'
        '<path class="tick" d="M{} 3v10"/>',
        bar.band_x,
        bar.band_width,
        bar.tick_x,
    )
    return _drawing(MINI_WIDTH, label, drawn)


def promises(kinds: Iterable[str], label: str) -> SafeString:
    """One dot each, oldest first; a bare track when there is none."""
    dots = [(kind, attribute(place * MINI_DOT_STEP)) for place, kind in enumerate(kinds)]
    drawn = format_html_join("", '<use href=#{} x="{}"/>', dots) or TRACK
    return _drawing(max(len(dots), FEWEST_DOTS) * MINI_DOT_STEP, label, drawn)


def _drawing(width: float, label: str, drawn: SafeString) -> SafeString:
    return format_html(
        "<svg class=picture width={} height=16 role=img><title>{}</title>{}</svg>",
        attribute(width),
        label,
        drawn,
    )
