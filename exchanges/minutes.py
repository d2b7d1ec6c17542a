"""After a meeting: what was said, who was there, what passed and what was promised. All of it is kept, or none."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from contacts import keys
from contacts.attending import set_present
from contacts.editing import create_from_name
from contacts.models import Attendance, Contact
from exchanges.models import Commitment, Exchange, Interaction
from networks.models import Meeting, Network
from networks.models.meeting import NOTED
from workspaces.logbook import history_of
from workspaces.models import Member

MET: Final = uuid.UUID("5b0f1f0e-6a3e-4a0a-9a55-6f1d2f8c7e11")  # under which a contact meets us at a meeting, once
LINES_MAX: Final = 64  # of one screen, and more
Person = Contact | str


@dataclass(frozen=True, kw_only=True)
class Passed:
    who: Person
    direction: str
    kind: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class Promised:
    who: Person
    promised_by: str
    summary: str
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """What one screen says of a meeting, sent once under its `nonce`, over the `version` that it was drawn from."""

    nonce: uuid.UUID
    version: int
    presence: str
    text: str
    present: Sequence[Contact]
    lines: Sequence[Passed | Promised]


def keep(minutes: Minutes, meeting: Meeting, *, by: Member, today: date) -> bool:
    """Write it all; False if the same screen was kept before. EditedMeanwhile.

    Where to have been there may reveal a belief, what passed is kept without the name of the network.
    """
    with transaction.atomic():
        # One at a time: of two copies of a screen the second finds what the first has written.
        Network.objects.select_for_update(no_key=True).get(pk=meeting.network_id)
        if meeting.already_noted(minutes.nonce):
            return False
        meeting.note(
            by=by, version=minutes.version, presence=minutes.presence, minutes=minutes.text, nonce=minutes.nonce
        )
        known = _people(minutes, by=by)
        if not meeting.network.asks_reason:
            present = {one.pk: one for one in (*minutes.present, *known.values())}
            set_present(meeting, present.values(), by=by, now=timezone.now())
            _meet(meeting, present.values(), by=by, today=today)
        for number, line in enumerate(minutes.lines):
            nonce = uuid.uuid5(minutes.nonce, str(number))
            _write(line, known[_key(line.who)], meeting, nonce=nonce, by=by, today=today)
    return True


def outcome(meeting: Meeting) -> list[Any]:
    """The exchanges and promises that its screen wrote, as far as they are still there; of a network that may reveal a
    belief, none: they would say who was there."""
    if meeting.network.asks_reason:
        return []
    noted = [
        uuid.UUID(nonce) for nonce in history_of(meeting).filter(act=NOTED).values_list("details__nonce", flat=True)
    ]
    nonces = [uuid.uuid5(nonce, str(number)) for nonce in noted for number in range(LINES_MAX)]
    kept = [kind.objects.for_workspace(meeting.workspace).with_present() for kind in (Exchange, Commitment)]
    return [line for rows in kept for line in rows.filter(nonce__in=nonces).select_related("contact").order_by("pk")]


def _people(minutes: Minutes, *, by: Member) -> dict[str, Contact]:
    """Whoever is named in the lines, a new name making one contact however often it is written."""
    known: dict[str, Contact] = {}
    for line in minutes.lines:
        if _key(line.who) not in known:
            known[_key(line.who)] = create_from_name(line.who, by=by) if isinstance(line.who, str) else line.who
    return known


def _key(who: Person) -> str:
    return keys.name_key(who) if isinstance(who, str) else f"#{who.pk}"


def _meet(meeting: Meeting, present: Iterable[Contact], *, by: Member, today: date) -> None:
    """To have met is a touch: one for each person and meeting, taken back from those who were not there after all."""
    listed = Attendance.objects.filter(meeting=meeting).with_present().values_list("contact", flat=True)
    nonces = {_met(meeting, one.pk): one for one in present}
    all_nonces = [_met(meeting, pk) for pk in listed]
    known = Interaction.objects.for_workspace(by.workspace).filter(nonce__in=all_nonces)
    for line in known:
        if line.nonce not in nonces:
            line.remove(by=by, today=today)
    fields = {"kind": Interaction.Kind.MEETING, "on": meeting.on, "network": meeting.network, "summary": meeting.title}
    for nonce, contact in nonces.items():
        Interaction.record(by=by, today=today, nonce=nonce, contact=contact, **fields)


def _met(meeting: Meeting, contact: int) -> uuid.UUID:
    return uuid.uuid5(MET, f"{meeting.pk}/{contact}")


def _write(
    line: Passed | Promised, contact: Contact, meeting: Meeting, *, nonce: uuid.UUID, by: Member, today: date
) -> None:
    if isinstance(line, Passed):
        fields: dict[str, Any] = {"direction": line.direction, "kind": line.kind, "summary": line.summary}
        network = None if meeting.network.asks_reason else meeting.network
        fields |= {"contact": contact, "on": meeting.on, "network": network}
        Exchange.record(by=by, today=today, nonce=nonce, **fields)
    else:
        fields = {"promised_by": line.promised_by, "summary": line.summary, "due_on": line.due_on}
        Commitment.record(by=by, today=today, nonce=nonce, contact=contact, made_on=meeting.on, **fields)
