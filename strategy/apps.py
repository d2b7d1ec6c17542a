from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategyConfig(AppConfig):
    name = "strategy"
    verbose_name = _("Strategy")
    acts = {
        "strategy.stake.added": _("stated the stake"),
        "strategy.stake.edited": _("reworded the stake"),
        "strategy.stake.deleted": _("deleted the stake"),
        "strategy.objective.added": _("stated the objective"),
        "strategy.objective.edited": _("reworded the objective"),
        "strategy.objective.deleted": _("deleted the objective"),
        "strategy.objective.closed": _("marked as reached the objective"),
        "strategy.objective.reopened": _("resumed the objective"),
        "strategy.need.added": _("stated the need"),
        "strategy.need.edited": _("reworded the need"),
        "strategy.need.deleted": _("deleted the need"),
        "strategy.need.closed": _("marked as answered the need"),
        "strategy.need.reopened": _("opened again the need"),
        "strategy.timebudget.added": _("set the time and money for networking of"),
        "strategy.timebudget.edited": _("changed the time and money for networking of"),
    }
