"""What a sheet says of our place in a network: membership, clashes, services, links, trials, decisions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from networks.choosing import role_of
from networks.clashes import clashes_of
from networks.hours import year_to
from networks.models import Decision, Membership, Network, NetworkLink, NetworkService, Status, Trial
from networks.screening import Services, professionalism


@dataclass(frozen=True, kw_only=True)
class Serving:
    """What a network's services say of it; `badge` when one of them was used within a year and one is made together."""

    said: Services
    badge: bool


def serving(services: list[NetworkService], *, today: date) -> Serving:
    said = professionalism(
        services=len(services),
        coproduced=sum(one.coproduced for one in services),
        mutualised=sum(one.mutualised for one in services),
    )
    used = any(one.uses and one.used_on and one.used_on >= year_to(today) for one in services)
    return Serving(said=said, badge=used and any(one.coproduced for one in services))


def standing(network: Network, *, today: date) -> dict[str, Any]:
    ours = network.workspace
    stays = list(Membership.objects.for_workspace(ours).filter(network=network).select_related("objective", "network"))
    current = next((one for one in stays if one.status != Status.LEFT), None)
    services = list(NetworkService.objects.for_workspace(ours).filter(network=network).order_by("title", "pk"))
    links = NetworkLink.objects.for_workspace(ours).select_related("source", "target").order_by("kind", "pk")
    trials = list(Trial.objects.for_workspace(ours).filter(network=network).order_by("closed_on", "-opened_on", "-pk"))
    trials.sort(key=lambda trial: trial.closed_on is not None)  # the one that goes on comes first on every engine
    decisions = Decision.objects.for_workspace(ours).filter(network=network).select_related("decided_by__user")
    return {
        "membership": current,
        "past": sorted((one for one in stays if one is not current), key=lambda one: one.until or today, reverse=True),
        "clashes": clashes_of(network) if current else [],
        "services": services,
        "serving": serving(services, today=today),
        "links": links.filter(source=network) | links.filter(target=network),
        "role": role_of(network),
        "trials": trials,
        "decisions": decisions.latest_first(),
    }
