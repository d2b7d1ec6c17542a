from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("Resources")
    acts = {
        "resources.resource.added": _("noted the resource"),
        "resources.resource.edited": _("corrected the resource"),
        "resources.resource.deleted": _("deleted the resource"),
        "resources.resource.verified": _("verified the resource"),
        "resources.use.added": _("noted a use of the resource"),
        "resources.use.edited": _("corrected a use of the resource"),
        "resources.use.deleted": _("deleted a use of the resource"),
    }

    def ready(self) -> None:
        from exchanges.cases import ADAPTERS
        from resources import cases

        ADAPTERS.update(cases.ADAPTERS)
