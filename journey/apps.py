from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneyConfig(AppConfig):
    name = "journey"
    verbose_name = _("Journey")
    acts = {
        "journey.demo.loaded": _("loaded the demo data into"),
        "journey.skip.added": _("left aside the step"),
        "journey.skip.deleted": _("took up again the step"),
        "journey.demo.removed": _("removed the demo data from"),
        "journey.line.postponed": _("put off for today’s list"),
        "journey.line.ignored": _("ignored on today’s list"),
        "journey.line.restored": _("put back on today’s list"),
    }
