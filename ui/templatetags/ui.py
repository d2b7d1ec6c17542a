"""The words of our templates: components, icons, panels of other rooms, dates and amounts, small pictures."""

import unicodedata
from collections.abc import Iterable, Sequence
from copy import copy
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField, RadioSelect, Select
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import resolve, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ui import devices, pictures, wording

register = template.Library()

register.filter("ago", wording.ago)
register.filter("day", wording.day_in_words)
register.filter("full_day", wording.full_day)
register.filter("clock", wording.clock)
register.filter("short_day", wording.short_day)
register.filter("weekday", wording.weekday)
register.filter("short_weekday", wording.short_weekday)
register.filter("number", wording.number)
register.filter("percent", wording.percent)
register.filter("euros", wording.euros)
register.filter("duration", wording.duration)
register.filter("initials", wording.initials)
register.filter("device", devices.device_words)

THEMES = ("light", "dark")
USUAL_SIZE = 20  # px, of an icon


@register.simple_block_tag(takes_context=True)
def component(context: Context, content: str, name: str, **slots: Any) -> SafeString:
    """`{% component "card" title=… %}…{% endcomponent %}` draws templates/components/card.html.

    Its template sees the arguments, `content`, the request and the CSRF token; not the variables of the page.
    """
    drawing = context.template.engine.get_template(f"components/{name}.html")  # type: ignore[union-attr]
    shared = {key: context[key] for key in ("request", "csrf_token") if key in context}
    return drawing.render(context.new(shared | slots | {"content": content}))


class Kept(template.Node):
    """What stands between `{% kept %}` and `{% endkept %}`, drawn once for each language and kept by this process."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        self.drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if language not in self.drawn:
            self.drawn[language] = self.nodelist.render(context.new({}))
        return self.drawn[language]


@register.tag
def kept(parser: template.base.Parser, token: template.base.Token) -> Kept:
    """For the parts of a layout that are the same on every page: their addresses and words cost a tenth of a page.

    It sees no variable, so that nothing of one visitor can ever show to another.
    """
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodelist)


@register.simple_tag
def icon(name: str, label: str = "", size: int = USUAL_SIZE) -> SafeString:
    """An outline of the sprite that scripts/vendor.py makes; silent unless it has a label."""
    if not label:
        return _silent_icon(name, size)
    href = static("vendor/icons.svg")
    svg = '<svg class="icon" width="{0}" height="{0}" role="img" aria-label="{1}"><use href="{2}#{3}"/></svg>'
    return format_html(svg, size, label, href, name)


@register.simple_tag
@lru_cache(maxsize=64)
def sign(kind: str, name: str) -> SafeString:
    """An icon in a frame of the colour of its kind; what it means always stands beside it in words."""
    return format_html('<span class="sign sign--{}" aria-hidden="true">{}</span>', kind, _silent_icon(name, 16))


@lru_cache(maxsize=512)
def _silent_icon(name: str, size: int) -> SafeString:
    """Some twenty on every page, always the same; the style sheet knows the usual size."""
    measures = format_html(" width={0} height={0}", size) if size != USUAL_SIZE else ""
    svg = '<svg class=icon{} aria-hidden=true><use href="{}#{}"/></svg>'
    return format_html(svg, measures, static("vendor/icons.svg"), name)


@register.filter
def dressed(field: BoundField, look: str) -> SafeString:
    """The input of a field with the class of its kind, and that of its own widget if it brings one.

    allauth repeats each label as a placeholder; once is enough.
    """
    widget = field.field.widget
    kinds = {"textarea": "input input--area", "clearablefile": "input input--file", "file": "input input--file"}
    if isinstance(widget, Select) and not isinstance(widget, RadioSelect):
        look = "input input--select"
    elif look == "input":
        look = kinds.get(field.widget_type, look)
    own = widget.attrs.get("class", "")
    attrs: dict[str, Any] = {"class": f"{look} {own}".strip()}
    if type(field.form).__module__.startswith("allauth"):
        attrs["placeholder"] = False
    return field.as_widget(attrs=attrs)


@register.filter
def marked(text: str, query: str) -> SafeString:
    """The part of `text` that was typed, in <mark>; accents and case are ignored as in the search itself."""
    folded, wanted = _folded(text), _folded(query.strip())
    start = folded.find(wanted) if wanted else -1
    if start < 0 or len(folded) != len(text):
        return escape(text)
    end = start + len(wanted)
    return format_html("{}<mark>{}</mark>{}", text[:start], text[start:end], text[end:])


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


@register.simple_tag(takes_context=True)
def panel(context: Context, url_name: str, at_hand: Any = None) -> SafeString:
    """A part drawn by another room, about the object at hand or the whole company, called with the same request.

    A lower room never imports an upper one, the page needs no second round trip and reads without script. The view
    whitelists the partial of its own name; its decorators have their say as for any request.
    """
    match = resolve(reverse(url_name, args=[at_hand.pk] if at_hand else []))
    request = copy(context["request"])
    request.method, request.GET, request.resolver_match, request.part = "GET", QueryDict(), match, match.url_name
    request.at_hand = at_hand  # no second query for it
    response = match.func(request, *match.args, **match.kwargs)
    return mark_safe(response.content.decode())  # noqa: S308  a page of ours, escaped when it was drawn


@register.simple_tag
def avatar(name: str, large: bool = False) -> SafeString:
    """Initials in a disc. The name itself always stands beside it, so it keeps silent."""
    look = "avatar avatar--large" if large else "avatar"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', look, wording.initials(name) or "·")


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The look chosen on this device: light, dark, or empty to follow the system."""
    request: HttpRequest | None = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


@register.simple_tag
def balance_bar(balance: float | None, low: float | None, high: float | None, label: str) -> SafeString:
    return _picture("balance", {"bar": pictures.balance_bar(balance, low, high), "label": label})


@register.simple_tag
def reliability_bar(
    mean: float | None, low: float | None, high: float | None, dots: Iterable[str], label: str
) -> SafeString:
    row = pictures.promise_dots(dots)
    shapes = mark_safe("".join(pictures.dot_shape(dot, radius=5.5, y=32.0) for dot in row))  # noqa: S308  numbers
    return _picture("reliability", {"bar": pictures.reliability_bar(mean, low, high), "dots": shapes, "label": label})


@register.simple_tag
def rhythm_strip(
    counts: Sequence[int], letters: Sequence[str], marker: float | None, overdue: bool, label: str
) -> SafeString:
    strip = pictures.month_strip(counts, marker)
    months = list(zip(strip.centres, letters, strict=True))
    return _picture("rhythm", {"strip": strip, "months": months, "overdue": overdue, "label": label})


def _picture(name: str, context: dict[str, Any]) -> SafeString:
    return SafeString(get_template(f"components/picture_{name}.html").render(context))


@register.simple_tag
def balance_miniature(balance: float | None, low: float | None, high: float | None, label: str) -> SafeString:
    """Lists draw it once a row: no template, one string."""
    return mark_safe(pictures.balance_miniature(balance, low, high, label))  # noqa: S308  its label is escaped there


@register.simple_tag
def time_bar(spent: int, planned: int, budget: int, label: str) -> SafeString:
    return mark_safe(pictures.time_bar(spent, planned, budget, label))  # noqa: S308  its label is escaped there


@register.simple_tag
def promise_dots(outcomes: Iterable[str], label: str) -> SafeString:
    return mark_safe(pictures.promise_row(outcomes, label))  # noqa: S308  its label is escaped there
