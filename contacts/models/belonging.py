"""Affiliation (appartenance): a contact's place in a network; Attendance (présence): who was at a meeting."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contacts.models.contact import Contact
from networks.models import ATTENDED, Meeting, Network, NotBegun, Presence
from workspaces.logbook import record
from workspaces.models import Member
from workspaces.owned import Owned, OwnedQuerySet


class AffiliationQuerySet(OwnedQuerySet):
    def with_present(self) -> Self:
        """Leave out the contacts in the bin."""
        return self.filter(contact__deleted_at=None)

    def current(self, today: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gte=today))

    def open_to_all(self) -> Self:
        """Those of networks to which belonging reveals nothing: the only ones that search, scores and exports know."""
        return self.filter(network__sensitive="").exclude(network__type="ideological")

    def by_last_contact(self) -> Self:
        """The people last met first, those never met last."""
        return self.order_by(
            F("contact__relationship__last_contact_on").desc(nulls_last=True), "contact__sort_key", "pk"
        )


class Affiliation(Owned):
    """`reason` is asked where belonging may reveal a belief; without one there is no such row."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        SPONSOR = "sponsor", _("Sponsor")
        HOST = "host", _("Host")
        LEADER = "leader", _("In charge")

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="affiliations")
    network = models.ForeignKey(Network, models.CASCADE, related_name="affiliations", verbose_name=_("network"))
    role = models.CharField(_("role there"), max_length=7, choices=Role, default=Role.MEMBER)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("why you keep this"), max_length=300, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(fields=["contact", "network"], name="affiliation_once"),
            models.CheckConstraint(
                name="affiliation_in_order", condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        """The logbook quotes it, and all may read that: so it says who, never where."""
        return str(self.contact)

    def get_absolute_url(self) -> str:
        return self.contact.get_absolute_url()

    @property
    def waits_for_reason(self) -> bool:
        """The network was found to reveal a belief after this was written: it is hidden until somebody says why."""
        return self.network.asks_reason and not self.reason

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        Network.mark_stale({self.network_id})
        return super().delete(*args, **options)


class AttendanceQuerySet(OwnedQuerySet):
    def with_present(self) -> Self:
        return self.filter(contact__deleted_at=None)

    def open_to_all(self) -> Self:
        """To be seen at a meeting says as much as to belong."""
        return self.filter(meeting__network__sensitive="").exclude(meeting__network__type="ideological")


class Attendance(Owned):
    """A contact at a meeting: expected when `presence` is empty."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="attendances")
    presence = models.CharField(_("presence"), max_length=8, choices=Presence, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence at a meeting")
        verbose_name_plural = _("presences at meetings")
        constraints = [models.UniqueConstraint(fields=["meeting", "contact"], name="attendance_once")]

    def __str__(self) -> str:
        """As above."""
        return str(self.contact)

    def mark(self, presence: str, *, by: Member, now: datetime) -> None:
        """Note who came; whoever excuses themselves may be noted before the meeting begins."""
        if presence in ATTENDED and now < self.meeting.starts_at:
            raise NotBegun
        if presence == self.presence:
            return
        with transaction.atomic():
            self.presence = presence
            self.save(update_fields=["presence", "updated"])
            record(by, "contacts.attendance.marked", self, presence=presence)
