"""The circles in which ties are kept: who is in each, and how many it holds."""

from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext

from contacts.models import Contact, Relationship
from workspaces.models import Member, Workspace

HOLDS: Final = {Relationship.Circle.CORE: 15, Relationship.Circle.ACTIVE: 50, Relationship.Circle.WIDE: 150}


def fill(circle: str, people: Collection[Contact], *, by: Member) -> int:
    """Put these people in a circle, or in none; how many were elsewhere."""
    ties = Relationship.objects.for_workspace(by.workspace).filter(contact__in=people).exclude(circle=circle)
    with transaction.atomic():
        ties.lock()
        moved = list(ties.select_related("contact").order_by("pk"))
        for tie in moved:
            tie.describe(by=by, closeness=tie.closeness, circle=circle)
    return len(moved)


def sizes(workspace: Workspace) -> dict[str, int]:
    present = Relationship.objects.for_workspace(workspace).filter(contact__deleted_at=None).exclude(circle="")
    return dict(present.order_by().values_list("circle").annotate(Count("pk")))


def overfull(workspace: Workspace, circle: str) -> str:
    """What to say when a circle holds more people than one can keep up with; empty when it does not."""
    held, most = sizes(workspace).get(circle, 0), HOLDS.get(Relationship.Circle(circle), 0) if circle else 0
    if held <= most or not circle:
        return ""
    words = {"circle": Relationship.Circle(circle).label, "held": held, "most": most}
    return (
        gettext("“%(circle)s” holds %(held)s people now; beyond %(most)s, no one can keep up with all of them.") % words
    )
