"""What this room keeps: the shared catalogue, our sheets, our memberships, meetings, trials and decisions."""

from networks.models.catalogue import CatalogueEntry, CurationEntry, Suggestion
from networks.models.choice import VISITS_MAX, Decision, Trial
from networks.models.facts import FACTS, ExchangeKind, Members, NetworkType, Reach, WayIn
from networks.models.meeting import ATTENDED, Meeting, Presence
from networks.models.membership import RUNNING, FeePeriod, Membership, Status
from networks.models.network import Channel, Network, NetworkLink, NetworkRule, NetworkService, TimeSpent

__all__ = [
    "ATTENDED",
    "FACTS",
    "RUNNING",
    "VISITS_MAX",
    "CatalogueEntry",
    "Channel",
    "CurationEntry",
    "Decision",
    "ExchangeKind",
    "FeePeriod",
    "Meeting",
    "Members",
    "Membership",
    "Network",
    "NetworkLink",
    "NetworkRule",
    "NetworkService",
    "NetworkType",
    "Presence",
    "Reach",
    "Status",
    "Suggestion",
    "TimeSpent",
    "Trial",
    "WayIn",
]
