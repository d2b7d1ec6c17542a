"""Who is expected at a meeting, and who came. Where that may reveal a belief, nobody is named."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contacts.models import Affiliation, Attendance, Contact
from networks.models import ATTENDED, Meeting, Presence
from workspaces.logbook import record
from workspaces.models import Member, Workspace
from workspaces.owned import OwnedQuerySet


class NobodyNamed(Exception):
    """To be seen at such a meeting says as much as to belong."""

    def __init__(self) -> None:
        super().__init__(_("This network may reveal a belief: nobody is written down at its meetings."))


def expect(meeting: Meeting, contacts: Iterable[Contact], *, by: Member) -> int:
    """Put them on the list of a meeting, once each; returns how many were not on it."""
    people = list(contacts)
    if meeting.network.asks_reason:
        raise NobodyNamed
    with transaction.atomic():
        Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
        known = set(Attendance.objects.filter(meeting=meeting).values_list("contact", flat=True))
        new = [one for one in people if one.pk not in known]
        rows = (Attendance(workspace=meeting.workspace, meeting=meeting, contact=one) for one in new)
        Attendance.objects.bulk_create(rows, batch_size=500)
        if new:
            record(by, "contacts.attendance.expected", meeting, contacts=[one.pk for one in new])
    return len(new)


def set_present(meeting: Meeting, present: Iterable[Contact], *, by: Member, now: datetime) -> None:
    """Those were there, and of the others on the list nobody was; whoever was late, or excused, stays so."""
    people = {one.pk: one for one in present}
    expect(meeting, people.values(), by=by)
    listed = Attendance.objects.filter(meeting=meeting).with_present()
    for attendance in listed.select_related("meeting", "contact"):
        came = attendance.presence in ATTENDED
        if attendance.contact_id in people and not came:
            attendance.mark(Presence.PRESENT, by=by, now=now)
        elif attendance.contact_id not in people and came:
            attendance.mark("", by=by, now=now)


def members_to_expect(workspace: Workspace, meeting: Meeting) -> OwnedQuerySet:
    """Contacts who belong to the network now, and are not on the list yet."""
    people = Contact.objects.for_workspace(workspace).present()
    belonging = (
        Affiliation.objects.for_workspace(workspace)
        .open_to_all()
        .current(workspace.today())
        .filter(network=meeting.network_id)
    )
    listed = Attendance.objects.for_workspace(workspace).filter(meeting=meeting.pk)
    return people.filter(pk__in=belonging.values("contact")).exclude(pk__in=listed.values("contact"))
