from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("Resources")

    def ready(self) -> None:
        from exchanges.cases import ADAPTERS
        from resources import cases

        ADAPTERS.update(cases.ADAPTERS)
