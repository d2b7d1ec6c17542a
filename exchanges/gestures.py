"""The next gesture with a contact: the open promise that comes first, found in the same query as the contact."""

from datetime import date
from functools import cache
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from contacts.models import Contact
from exchanges.models import Commitment, Side


def with_next_gesture(contacts: QuerySet[Any]) -> QuerySet[Any]:
    """`gesture`, as JSON, and `their_oldest`, the earliest due date among what the contact still owes us."""
    return contacts.annotate(**_columns())


@cache
def _columns() -> dict[str, Subquery]:
    """Put together once: they name no contact and no day."""
    promises = Commitment.objects.filter(contact=OuterRef("pk")).open()
    first = promises.soonest_first().values(
        told=JSONObject(pk="pk", summary="summary", promised_by="promised_by", due_on="due_on")
    )
    theirs = promises.theirs().order_by().values("contact").annotate(oldest=Min("due_on")).values("oldest")
    return {"gesture": Subquery(first[:1]), "their_oldest": Subquery(theirs)}


def next_gesture(contact: Contact) -> Commitment | None:
    """An unsaved view of the promise: enough to show it and to name it in an address."""
    told: dict[str, Any] | None = contact.gesture  # type: ignore[attr-defined]
    if told is None:
        return None
    due_on = date.fromisoformat(told["due_on"]) if told["due_on"] else None
    return Commitment(pk=told["pk"], summary=told["summary"], promised_by=Side(told["promised_by"]), due_on=due_on)


def their_lateness(contact: Contact, today: date) -> int:
    """Whole days since the oldest date that the contact let pass; 0 when nothing is late."""
    oldest: date | None = contact.their_oldest  # type: ignore[attr-defined]
    return max(0, (today - oldest).days) if oldest else 0
