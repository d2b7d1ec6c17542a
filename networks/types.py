"""What the type of a network sets: its sign, what is exchanged there, its rhythm, what it is judged on, some advice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.models import ExchangeKind, Network, NetworkType

CORE: Final = frozenset({NetworkType.OPERATIONAL, NetworkType.STRUCTURING})  # the two that the method is about


@dataclass(frozen=True, kw_only=True)
class Profile:
    """`judged` names indicators of docs/scoring.md, the ones shown first; `hidden` are fields that do not apply."""

    icon: str
    holds: Promise  # what holds such a network together
    advice: Promise
    kinds: tuple[ExchangeKind, ...]
    cadence_days: int
    judged: tuple[str, ...]
    hidden: frozenset[str] = frozenset()


KIND: Final = ExchangeKind
FORMAL: Final = frozenset(
    {
        *("ways_in", "members", "admission", "exclusive", "attendance", "exit", "notice_days", "reliability"),
        *("fee", "fee_period", "renewal_on", "sponsor"),
    }
)

PROFILES: Final[Mapping[str, Profile]] = {
    NetworkType.IDENTITY: Profile(
        icon="anchor",
        holds=_("People who share a school, a trade, a place or an origin."),
        advice=_(
            "Little effort, seldom, for years: it opens doors to other networks. Beware of meeting only your like."
        ),
        kinds=(KIND.HELP, KIND.INTRODUCTION, KIND.RECOMMENDATION),
        cadence_days=90,
        judged=("access", "durable", "fertiliser"),
        hidden=frozenset({"host"}),
    ),
    NetworkType.IDEOLOGICAL: Profile(
        icon="flag",
        holds=_("People who share a conviction."),
        advice=_("Belonging is a statement: decide how much of it you show, and what of it you write down."),
        kinds=(KIND.INFORMATION, KIND.KNOWLEDGE, KIND.INVITATION),
        cadence_days=90,
        judged=("fertiliser", "collective", "amplifier"),
        hidden=frozenset({"host"}),
    ),
    NetworkType.OPERATIONAL: Profile(
        icon="bolt",
        holds=_("Companies that solve each other's problems and bring each other business."),
        advice=_("Short cycles: look every month at what was solved, what was brought, and what a result costs."),
        kinds=(KIND.LEAD, KIND.BUSINESS, KIND.RECOMMENDATION, KIND.HELP),
        cadence_days=14,
        judged=("solver", "accelerator", "fluidity"),
        hidden=frozenset({"host"}),
    ),
    NetworkType.STRUCTURING: Profile(
        icon="topology-star-3",
        holds=_("Companies that build a position, a trade or a project together."),
        advice=_("Two to five years: judge it once a year on your place in it and on its projects, not on leads."),
        kinds=(KIND.KNOWLEDGE, KIND.EXPERTISE, KIND.INFORMATION, KIND.INTRODUCTION),
        cadence_days=60,
        judged=("concentrator", "amplifier", "pooling"),
        hidden=frozenset({"host"}),
    ),
    NetworkType.INFORMAL: Profile(
        icon="coffee",
        holds=_("People who like to meet."),
        advice=_("No fee and no rules: a rhythm, a channel, and somebody whose turn it is to invite."),
        kinds=(KIND.HELP, KIND.INFORMATION, KIND.INVITATION),
        cadence_days=30,
        judged=("durable", "fluidity", "solver"),
        hidden=FORMAL,
    ),
    NetworkType.INFRASTRUCTURE: Profile(
        icon="building-bridge-2",
        holds=_("A place, a platform or an institution that others use."),
        advice=_("A support, not a community: the time spent there is counted for the networks that it serves."),
        kinds=(KIND.INFORMATION, KIND.INVITATION),
        cadence_days=180,
        judged=("plug_and_play", "fluidity", "access"),
        hidden=frozenset({"host", "adherence"}),
    ),
}


def settle(network: Network) -> None:
    """Give a new sheet what its type usually has, where nothing else was said: what is exchanged, and how often."""
    profile = PROFILES[network.type]
    network.kinds = network.kinds or list(profile.kinds)
    network.cadence_days = network.cadence_days or profile.cadence_days
