"""The curators' desk in our name and colours; the library that draws it has no French, so its words are put here to be
translated with ours.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

# Lightness and chroma around our blue (--pen of tokens.css).
_PEN: Final = {
    "50": "oklch(97.5% .01 270)",
    "100": "oklch(94% .025 270)",
    "200": "oklch(88% .05 270)",
    "300": "oklch(80% .08 270)",
    "400": "oklch(70% .1 270)",
    "500": "oklch(52% .11 270)",
    "600": "oklch(38% .115 270)",
    "700": "oklch(33% .1 270)",
    "800": "oklch(28% .085 270)",
    "900": "oklch(24% .07 270)",
    "950": "oklch(18% .05 270)",
}

DESK: Final[dict[str, Any]] = {
    "SITE_TITLE": "NetCRM",
    "SITE_HEADER": "NetCRM",
    "SITE_SUBHEADER": _("Curators’ desk"),
    "SITE_SYMBOL": "hub",
    "COLORS": {"primary": _PEN},
}

LIBRARY_WORDS: Final = (
    _("All applications"),
    _("Apply Filters"),
    _("Choose file to upload"),
    _("General"),
    _("Go back"),
    _("Loading more results..."),
    _("More actions"),
    _("No recent searches"),
    _("No results found"),
    _("No results matching your query"),
    _("Previous"),
    _("Recent searches"),
    _("Reset filters"),
    _("Return to site"),
    _("Run"),
    _("Search apps and models..."),
    _("Select action"),
    _("Select action to run"),
    _("Select all rows"),
    _("Select record"),
    _("Select value"),
    _("System"),
    _("This page yielded into no results. Create a new item or reset your filters."),
    _("Type to search"),
    _("Welcome back to"),
)
