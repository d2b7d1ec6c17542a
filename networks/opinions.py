"""The short questionnaire on a network: one sentence for each indicator and each rule, 0 (not at all) to 10 (entirely).

Until facts come from the ledger, the answers speak; docs/scoring.md#blend says how the two are blended.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HIGHEST: Final = 10

INDICATORS: Final[Mapping[str, Promise]] = {
    "concentrator": _("I find there all that a leap forward takes."),
    "accelerator": _("I get a solution there sooner than elsewhere."),
    "amplifier": _("Thanks to it I weigh more without losing my freedom."),
    "fertiliser": _("I meet other ways of seeing there, which give me ideas."),
    "solver": _("When I bring a problem there, it is solved."),
    "plug_and_play": _("One finds one's way in easily."),
    "access": _("I reach reliable resources there when I need them."),
    "pooling": _("Know-how goes both ways there."),
    "geometry": _("I answer calls together with others there."),
    "uncertainty": _("If a partner lets me down, I find another one there."),
    "fluidity": _("All is simple and quick there."),
    "durable": _("Relations last there after the first deal."),
    "collective": _("Together we find what none of us would have found alone."),
}
RULES: Final[Mapping[str, Promise]] = {
    "reliability": _("What is promised here is kept."),
    "transparency": _("I am told things, even when they go wrong."),
    "reciprocity": _("Each one gives as much as they receive."),
    "solidarity": _("In hard times, I can count on it."),
    "sharing": _("People share without expecting an immediate return."),
    "participation": _("Members really take part."),
    "trust": _("I would entrust an important matter to them."),
}
