"""The lines of the demo's ledger, written in bulk with what the verbs of the models derive."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import models
from django.utils import timezone

from contacts.models import Contact
from exchanges.decay import effective_on
from exchanges.models import Commitment, DueChange, Exchange, Interaction, Reply, Request
from journey.demo import story
from journey.demo.people import People
from networks.models import Network
from workspaces.models import Member, Workspace

# The requests to nobody in particular hang on no contact: their nonce lies in a range that no form draws from
# (a form's nonce is a random UUID, whose version digit is never 0).
FIRST_NONCE: Final = uuid.UUID(int=0xDE30 << 112)
LAST_NONCE: Final = uuid.UUID(int=(0xDE30 << 112) + 0xFFFF)

Requests = dict[str, Request]


def demo_requests(workspace: Workspace) -> "models.QuerySet[Request]":
    """The requests to nobody in particular."""
    return Request.objects.for_workspace(workspace).filter(nonce__range=(FIRST_NONCE, LAST_NONCE))


def write_ledger(people: People, through: dict[str, Network], *, by: Member, today: date) -> None:
    """`through`: the network by which we know someone, which their exchanges and interactions name."""
    requests = _write_requests(people, by=by, today=today)
    _write_exchanges(people, requests, through, by=by, today=today)
    _write_interactions(people, through, by=by, today=today)
    _write_commitments(people, by=by, today=today)


def _write_requests(people: People, *, by: Member, today: date) -> Requests:
    requests = {
        row["key"]: Request(
            workspace=by.workspace,
            contact=people.get(row["who"]),
            asked_by=row["side"],
            summary=row["summary"],
            critical=bool(row["critical"]),
            asked_on=_day(today, row["asked"]),
            outcome=row["outcome"],
            closed_on=story.day(today, row["closed"]),
            nonce=None if row["who"] else uuid.UUID(int=FIRST_NONCE.int + number),
        )
        for number, row in enumerate(story.rows("requests"))
    }
    Request.objects.bulk_create(requests.values())
    Reply.objects.bulk_create(
        Reply(
            workspace=by.workspace,
            request=requests[row["request"]],
            contact=people.get(row["who"]),
            on=_day(today, row["on"]),
            positive=row["positive"] == "yes",
            summary=row["summary"],
        )
        for row in story.rows("replies")
    )
    return requests


def _write_exchanges(
    people: People, requests: Requests, through: dict[str, Network], *, by: Member, today: date
) -> None:
    written = [(row, _exchange(row, people, requests, by=by, today=today)) for row in story.exchanges()]
    for row, line in written:
        line.network = through.get(row["who"])
    Exchange.objects.bulk_create([line for _row, line in written])
    mutual = [(line, _exchange(row, people, requests, by=by, today=today)) for row, line in written if line.share < 1]
    for line, other in mutual:
        other.direction, other.twin, other.network = line.opposite, line, line.network
    Exchange.objects.bulk_create([other for _line, other in mutual])
    for line, other in mutual:
        line.twin = other
    Exchange.objects.bulk_update([line for line, _other in mutual], ["twin"])
    joint = Exchange.partners.through
    joint.objects.bulk_create(
        joint(exchange_id=line.pk, contact_id=people[name].pk)
        for row, line in written
        for name in row["with"].split(",")
        if name
    )


def _exchange(row: story.Row, people: People, requests: Requests, *, by: Member, today: date) -> Exchange:
    on = _day(today, row["ago"])
    both = row["way"] == "both"
    return Exchange(
        workspace=by.workspace,
        contact=people[row["who"]],
        direction=Exchange.Direction.GIVEN if both else row["way"],
        kind=row["kind"],
        on=on,
        effective_on=effective_on(on, today),
        weight=int(row["weight"]),
        summary=row["summary"],
        amount=Decimal(row["amount"]) if row["amount"] else None,
        minutes=_minutes(row),
        solidarity=bool(row["solidarity"]),
        share=0.5 if both else 1.0,
        outcome=row["outcome"],
        request=requests.get(row["answers"]),
    )


def _write_interactions(people: People, through: dict[str, Network], *, by: Member, today: date) -> None:
    Interaction.objects.bulk_create(
        Interaction(
            workspace=by.workspace,
            contact=people[row["who"]],
            kind=row["kind"],
            on=_day(today, row["ago"]),
            minutes=_minutes(row),
            initiated_by=row["by"],
            summary=row["summary"],
            network=through.get(row["who"]),
        )
        for row in story.interactions()
    )


def _write_commitments(people: People, *, by: Member, today: date) -> None:
    lines = [(_commitment(row, people[row["who"]], by=by, today=today), row) for row in story.commitments()]
    changes = [_postpone(line, row["postponed"], by=by, today=today) for line, row in lines if row["postponed"]]
    Commitment.objects.bulk_create([line for line, _row in lines])
    DueChange.objects.bulk_create(changes)


def _commitment(row: story.Row, contact: Contact, *, by: Member, today: date) -> Commitment:
    due_on = story.day(today, row["due"])
    return Commitment(
        workspace=by.workspace,
        contact=contact,
        promised_by=row["side"],
        summary=row["summary"],
        weight=int(row["weight"]),
        made_on=_day(today, row["made"]),
        due_on=due_on,
        clock_due_on=due_on,
        notified_on=story.day(today, row["warned"]),
        outcome=row["outcome"],
        closed_on=story.day(today, row["closed"]),
        settled_by=by if row["outcome"] else None,
        settled_at=timezone.now() if row["outcome"] else None,
    )


def _postpone(line: Commitment, days: str, *, by: Member, today: date) -> DueChange:
    """The date agreed anew (« on what day:to what day »), with the clock as `Commitment.postpone` sets it."""
    on, to = (_day(today, ago) for ago in days.split(":"))
    change = DueChange(workspace=by.workspace, commitment=line, old_due_on=line.due_on, new_due_on=to, by=by, on=on)
    if line.clock_due_on is None or on <= line.clock_due_on:
        line.clock_due_on = to
    line.due_on = to
    return change


def _minutes(row: story.Row) -> int | None:
    return int(row["minutes"]) if row["minutes"] else None


def _day(today: date, ago: str) -> date:
    on = story.day(today, ago)
    if on is None:
        raise ValueError("a line of the ledger without its day")
    return on
