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
    }
