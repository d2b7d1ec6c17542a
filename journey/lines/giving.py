"""Giving back to who gave more, one idea a week; and whom one may ask."""

from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.models import Position, Relationship
from exchanges import wording
from exchanges.models import Exchange
from exchanges.reciprocity import Direction
from journey.lines.line import Act, Line, shown
from resources.models import Resource
from ui.wording import ago
from workspaces.models import Workspace

QUIET: Final = timedelta(days=28)  # « nothing given for a while »
IDEAS: Final = 52


def gifts(workspace: Workspace, today: date, limit: int) -> list[Line]:
    """One a week: to whom it is our turn to give and who got nothing for a while. Once something was given this week,
    to anybody, the next idea waits for Monday."""
    given = Exchange.objects.for_workspace(workspace).filter(direction=Exchange.Direction.GIVEN, on__lte=today)
    theirs = given.filter(contact=OuterRef("contact"))
    rows = shown(_leaning(workspace, Direction.TO_GIVE), "gift", workspace, today, by="contact")
    rows = rows.exclude(Exists(given.filter(on__gte=today - timedelta(days=today.weekday()))))
    rows = rows.exclude(Exists(theirs.filter(on__gt=today - QUIET)))
    rows = rows.annotate(last_given=Subquery(theirs.order_by("-on").values("on")[:1])).order_by("balance", "pk")[:limit]
    return [_gift(one, _idea(workspace, one, today), today) for one in rows]


def _leaning(workspace: Workspace, direction: Direction) -> Any:
    """The label already asks for enough evidence."""
    rows = Relationship.objects.for_workspace(workspace).filter(
        uncounted_at=None, balance_label=direction, contact__deleted_at=None
    )
    return rows.select_related("contact") if workspace.scores_on else rows.none()


def _idea(workspace: Workspace, relationship: Relationship, today: date) -> Resource | None:
    """Somebody else whom one could introduce, for what they can bring: another each week; no colleague of theirs."""
    others = Resource.objects.for_workspace(workspace).with_present().filter(contact__isnull=False)
    firms = relationship.contact.positions.filter(ended_on=None, organisation__isnull=False).values("organisation")
    colleagues = Position.objects.for_workspace(workspace).filter(ended_on=None, organisation__in=firms)
    others = others.exclude(contact=relationship.contact_id).exclude(contact__in=colleagues.values("contact"))
    known = list(others.select_related("contact").order_by("pk")[:IDEAS])
    return known[today.isocalendar().week % len(known)] if known else None


def _gift(relationship: Any, idea: Resource | None, today: date) -> Line:
    contact, name = relationship.contact, wording.called(relationship.contact)
    said = wording.reciprocity_sentence(relationship.balance_label, relationship.balance_firmness, name)
    last = relationship.last_given
    since = gettext("Last gift: %(ago)s.") % {"ago": ago(last, today)} if last else gettext("Nothing given yet.")
    title = wording.stressed(gettext("Give something back to *{name}*"), name=contact)
    note: dict[str, Any] = {"contact": contact.pk}
    if idea and idea.contact:
        note["summary"] = gettext("Introduction: %(name)s") % {"name": idea.contact}
        title = wording.stressed(gettext("Introduce *{other}* to *{name}*"), other=idea.contact, name=contact)
        since = gettext("%(since)s %(other)s can bring: %(words)s.") % {
            "since": since,
            "other": wording.called(idea.contact),
            "words": idea.words,
        }
    return Line(
        kind="gift",
        pk=contact.pk,
        title=title,
        url=contact.get_absolute_url(),
        reason=wording.stressed("{said} {since}", said=said, since=since),
        act=Act(
            label=_("Note what I give"), url=f"{reverse('exchanges:note')}?{urlencode(note)}", icon="arrow-up-right"
        ),
    )


def may_ask(workspace: Workspace, today: date, limit: int) -> list[Line]:
    rows = shown(_leaning(workspace, Direction.OWED), "ask", workspace, today, by="contact")
    return [
        Line(
            kind="ask",
            pk=one.contact_id,
            title=wording.stressed(gettext("You may ask *{name}*"), name=one.contact),
            url=one.contact.get_absolute_url(),
            reason=wording.reciprocity_sentence(one.balance_label, one.balance_firmness, wording.called(one.contact)),
            act=Act(
                label=_("Note a request"),
                url=f"{reverse('exchanges:request_create')}?contact={one.contact_id}",
                icon="help-circle",
            ),
        )
        for one in rows.order_by("-balance", "pk")[:limit]
    ]
