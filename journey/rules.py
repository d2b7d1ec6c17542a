"""The seven rules, as they hold for us first: what our own ledger shows of each, and one gesture for this week."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One of the seven rules of the method, said as a promise to ourselves."""

    code: str
    title: Promise
    words: Promise


RULES: Final = (
    Rule(
        code="trust",
        title=pgettext_lazy("rule", "Trust"),
        words=_("Vouch for those whom you have seen at work, and say so."),
    ),
    Rule(
        code="reliability",
        title=pgettext_lazy("rule", "Reliability"),
        words=_("Promise little, keep it, and warn before the day."),
    ),
    Rule(
        code="transparency",
        title=pgettext_lazy("rule", "Transparency"),
        words=_("Answer each request, even with a no."),
    ),
    Rule(
        code="reciprocity",
        title=pgettext_lazy("rule", "Reciprocity"),
        words=_("Give back, to whoever helped or to others."),
    ),
    Rule(code="solidarity", title=pgettext_lazy("rule", "Solidarity"), words=_("Help in hard times without counting.")),
    Rule(
        code="sharing",
        title=pgettext_lazy("rule", "Sharing"),
        words=_("Pass on what may be of use, without being asked."),
    ),
    Rule(
        code="participation",
        title=pgettext_lazy("rule", "Participation"),
        words=_("Be there, on time, and take your part."),
    ),
)
