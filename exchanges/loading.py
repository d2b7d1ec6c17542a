"""Rows of the ledger as the formulas see them: one relationship's, or all of ours for the mirror."""

from datetime import date
from typing import NamedTuple

from django.db.models import Min, Q

from contacts.models import Contact
from exchanges.models import Commitment, Exchange, Interaction, Request
from exchanges.reciprocity import Gesture
from exchanges.reliability import Outcome, Promise
from exchanges.responsiveness import Question
from exchanges.ties import KIND_MINUTES
from workspaces.models import Workspace


class Touch(NamedTuple):
    on: date
    minutes: float | None = None  # an exchange is a contact too, but no time together


def gestures_with(contact: Contact) -> list[Gesture]:
    return [
        Gesture(
            given=one.direction == Exchange.Direction.GIVEN,
            on=one.effective_on,
            kind=one.kind,
            weight=one.weight,
            amount=None if one.amount is None else float(one.amount),
            share=one.share,
            solidarity=one.solidarity,
            source=one,
        )
        for one in Exchange.objects.filter(contact=contact).order_by("pk")
    ]


def touches_with(contact: Contact, on: date) -> list[Touch]:
    """Every contact up to that day, the latest first; those without minutes are given the usual ones of their kind."""
    met = Interaction.objects.filter(contact=contact, on__lte=on)
    favours = Exchange.objects.filter(contact=contact, on__lte=on).values_list("on", flat=True)
    found = [
        Touch(on=one.on, minutes=KIND_MINUTES[one.kind] if one.minutes is None else float(one.minutes)) for one in met
    ]
    return sorted([*found, *(Touch(on=day) for day in favours)], key=lambda touch: touch.on, reverse=True)


def promises_of(contact: Contact) -> list[Promise]:
    return [as_promise(one) for one in Commitment.objects.filter(contact=contact).theirs().order_by("pk")]


def promises_of_ours(workspace: Workspace) -> list[Promise]:
    """Those that count: a relationship kept off the meter leaves the mirror alone too."""
    mine = Commitment.objects.for_workspace(workspace).with_present().mine()
    mine = mine.filter(contact__relationship__uncounted_at=None)
    return [as_promise(one) for one in mine.select_related("contact").order_by("pk")]


def as_promise(one: Commitment) -> Promise:
    return Promise(
        outcome=Outcome(one.outcome), due=one.clock_due_on, closed=one.closed_on, weight=one.weight, source=one
    )


def questions_to(contact: Contact) -> list[Question]:
    """What we asked the contact, each with the first answer of their own."""
    from exchanges.scoring import asked_of_them  # brings NumPy in, which an idle web process does without

    asked = asked_of_them(Request.objects.filter(contact=contact))
    return [Question(sent=one.asked_on, answered=one.answered, source=one) for one in asked]


def questions_to_us(workspace: Workspace) -> list[Question]:
    """What we were asked, each with our answer."""
    asked = Request.objects.for_workspace(workspace).with_present().asked_of_us()
    asked = asked.filter(contact__relationship__uncounted_at=None)
    ours = Min("replies__on", filter=Q(replies__contact=None))
    return [
        Question(sent=one.asked_on, answered=one.answered, source=one)
        for one in asked.annotate(answered=ours).select_related("contact").order_by("pk")
    ]
