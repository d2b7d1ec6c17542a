"""What this room keeps: the shared catalogue, our sheets, our memberships, meetings, trials and decisions."""

from networks.models.catalogue import CatalogueEntry, CurationEntry, Suggestion
from networks.models.choice import VISITS_MAX, Decision, Trial
from networks.models.delegation import Delegation
from networks.models.facts import FACTS, ExchangeKind, Members, NetworkType, Reach, WayIn
from networks.models.meeting import ATTENDED, CancelledMeanwhile, Meeting, NotBegun, Presence, TakesPlace
from networks.models.membership import BEFORE, RUNNING, FeePeriod, Membership, MovedOn, StartsLater, Status
from networks.models.network import Channel, Network, NetworkLink, NetworkRule, NetworkService, TimeSpent

__all__ = [
    "ATTENDED",
    "BEFORE",
    "FACTS",
    "RUNNING",
    "VISITS_MAX",
    "CancelledMeanwhile",
    "CatalogueEntry",
    "Channel",
    "CurationEntry",
    "Decision",
    "Delegation",
    "ExchangeKind",
    "FeePeriod",
    "Meeting",
    "Members",
    "Membership",
    "MovedOn",
    "Network",
    "NetworkLink",
    "NetworkRule",
    "NetworkService",
    "NetworkType",
    "NotBegun",
    "Presence",
    "Reach",
    "StartsLater",
    "Status",
    "Suggestion",
    "TakesPlace",
    "TimeSpent",
    "Trial",
    "WayIn",
]
