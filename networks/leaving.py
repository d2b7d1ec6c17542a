"""Leaving a network without losing what it gave: the checklist, and the act that ends it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.models import Decision, Membership
from workspaces import keeping
from workspaces.models import Member


@dataclass(frozen=True)
class Item:
    key: str
    words: Promise
    why: Promise


CHECKLIST: Final = (
    Item("notice", _("Give notice"), _("In writing, before the last day.")),
    Item("roles", _("Hand over the roles held"), _("Say to whom, and what they need to know.")),
    Item("contacts", _("Keep the contacts that are worth it"), _("Tell them, and see them without the network.")),
    Item("promises", _("Settle what was promised"), _("What you owe, and what is owed to you.")),
    Item("lent", _("Recover what was lent"), _("Documents, equipment, keys, access.")),
    Item("channels", _("Unsubscribe from the channels"), _("Lists, groups, directory, calendar.")),
    Item("thanks", _("Thank"), _("The sponsor, those who helped, whoever runs it.")),
    Item("learnt", _("Note what was learnt"), _("For the next choice.")),
)


def leave(membership: Membership, *, by: Member, on: date, reason: str) -> None:
    """The membership ends and the decision is logged, or neither."""
    with transaction.atomic():
        membership.leave(by=by, on=on)
        decision = Decision(
            workspace=by.workspace,
            network=membership.network,
            verdict=Decision.Verdict.LEAVE,
            reason=reason,
            on=by.workspace.today(),
            decided_by=by,
        )
        keeping.add(decision, by=by)
