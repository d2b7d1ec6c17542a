from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangesConfig(AppConfig):
    name = "exchanges"
    verbose_name = _("Exchanges")
    acts = {
        "exchanges.interaction.recorded": _("noted a contact with"),
        "exchanges.interaction.edited": _("corrected a contact with"),
        "exchanges.interaction.deleted": _("deleted a contact with"),
        "exchanges.exchange.recorded": _("noted an exchange with"),
        "exchanges.exchange.edited": _("corrected an exchange with"),
        "exchanges.exchange.deleted": _("deleted an exchange with"),
        "exchanges.commitment.recorded": _("noted a promise with"),
        "exchanges.commitment.edited": _("corrected a promise with"),
        "exchanges.commitment.deleted": _("deleted a promise with"),
        "exchanges.commitment.postponed": _("moved the due date of a promise with"),
        "exchanges.commitment.kept": _("marked as kept a promise with"),
        "exchanges.commitment.broken": _("marked as broken a promise with"),
        "exchanges.commitment.cancelled": _("cancelled a promise with"),
        "exchanges.commitment.notified": _("noted the warning given for a promise with"),
        "exchanges.commitment.reopened": _("reopened a promise with"),
        "exchanges.request.recorded": _("noted a request with"),
        "exchanges.request.edited": _("corrected a request with"),
        "exchanges.request.deleted": _("deleted a request with"),
        "exchanges.request.answered": _("noted an answer to a request with"),
        "exchanges.request.closed": _("closed a request with"),
        "exchanges.request.reopened": _("reopened a request with"),
        "exchanges.reply.edited": _("corrected the answer of"),
        "exchanges.reply.deleted": _("deleted the answer of"),
    }
