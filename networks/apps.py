from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworksConfig(AppConfig):
    name = "networks"
    verbose_name = _("Networks")
    acts = {
        "networks.network.added": _("described the network"),
        "networks.network.edited": _("corrected the sheet of the network"),
        "networks.network.retyped": _("gave another type to the network"),
        "networks.network.deleted": _("deleted the network"),
        "networks.network.followed": _("took from the catalogue what changed about the network"),
        "networks.network.left": _("left as it was, when the catalogue changed, the network"),
        "networks.suggestion.sent": _("suggested to the catalogue the network"),
        "networks.membership.added": _("noted a membership of"),
        "networks.membership.edited": _("corrected the membership of"),
        "networks.membership.deleted": _("deleted the membership of"),
        "networks.membership.joined": _("joined"),
        "networks.membership.suspended": _("suspended the membership of"),
        "networks.membership.resumed": _("resumed the membership of"),
        "networks.membership.left": _("left the network"),
        "networks.networkrule.added": _("noted the rule"),
        "networks.networkrule.edited": _("corrected the rule"),
        "networks.networkrule.deleted": _("deleted the rule"),
        "networks.channel.added": _("noted the channel"),
        "networks.channel.edited": _("corrected the channel"),
        "networks.channel.deleted": _("deleted the channel"),
        "networks.networkservice.added": _("noted the service"),
        "networks.networkservice.edited": _("corrected the service"),
        "networks.networkservice.deleted": _("deleted the service"),
        "networks.networkservice.used": _("used the service"),
        "networks.networkservice.contributed": _("took part in the service"),
        "networks.networklink.added": _("linked the networks"),
        "networks.networklink.edited": _("corrected the link"),
        "networks.networklink.deleted": _("deleted the link"),
        "networks.trial.opened": _("opened a trial of"),
        "networks.trial.edited": _("noted what the trial showed of"),
        "networks.trial.visited": _("noted a visit for the trial of"),
        "networks.trial.closed": _("closed the trial of"),
        "networks.decision.added": _("decided on"),
    }
