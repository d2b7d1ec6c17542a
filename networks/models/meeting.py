"""Meeting (réunion) of a network, with our own presence; who else was there is known to the contacts' room."""

import uuid
from datetime import date, datetime
from typing import Any, Final, Self

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from networks.models.choice import Trial
from networks.models.network import Network
from workspaces.logbook import history_of, record
from workspaces.models import Member
from workspaces.owned import Owned, OwnedQuerySet

USUAL_MINUTES: Final = 90  # of a meeting whose end nobody wrote
NOTED: Final = "networks.meeting.noted"
WORKING_DAY_MINUTES: Final = 420  # of each day of a meeting that takes whole days


class Presence(models.TextChoices):
    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    EXCUSED = "excused", _("Excused")
    REPLACED = "replaced", _("Replaced")
    ABSENT = "absent", _("Absent")


ATTENDED: Final = (Presence.PRESENT, Presence.LATE)


class CancelledMeanwhile(Exception):
    """The meeting was called off before this act."""

    def __init__(self) -> None:
        super().__init__(_("This meeting is cancelled."))


class TakesPlace(Exception):
    """The meeting was never called off, or not any more."""

    def __init__(self) -> None:
        super().__init__(_("This meeting takes place already."))


class NotBegun(Exception):
    """Nobody was at a meeting that is still to come."""

    def __init__(self) -> None:
        super().__init__(_("This meeting has not begun yet."))


class MeetingQuerySet(OwnedQuerySet):
    def upcoming(self, now: datetime) -> Self:
        return self.filter(cancelled=False, starts_at__gte=now).order_by("starts_at", "pk")

    def past(self, now: datetime) -> Self:
        """Latest first."""
        return self.filter(cancelled=False, starts_at__lt=now).order_by("-starts_at", "-pk")

    def unnoted(self, now: datetime) -> Self:
        """Past, and nobody has said whether we were there."""
        return self.past(now).filter(presence="")

    def attended(self) -> Self:
        return self.filter(cancelled=False, presence__in=ATTENDED)


class Meeting(Owned):
    """`uid` is the event's own in the calendar that it came from, so that a second reading changes nothing.

    A meeting of whole days starts at midnight, where the company is; `ends_at` is then the midnight that begins its
    last day, and empty when that is the first one too.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="meetings")
    trial = models.ForeignKey(Trial, models.SET_NULL, null=True, blank=True, editable=False, related_name="visits")
    title = models.CharField(_("title"), max_length=200)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    all_day = models.BooleanField(_("takes the whole day"), default=False)
    place = models.CharField(_("place"), max_length=300, blank=True)
    presence = models.CharField(_("were you there"), max_length=8, choices=Presence, blank=True)
    travel_minutes = models.PositiveSmallIntegerField(
        _("travel, in minutes"), default=0, blank=True, validators=[MaxValueValidator(1440)]
    )
    minutes = models.TextField(_("what was said"), max_length=5000, blank=True)
    cancelled = models.BooleanField(_("cancelled"), default=False)
    uid = models.CharField(max_length=255, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [
            models.Index(fields=["network", "-starts_at"], name="meeting_latest"),
            models.Index(fields=["workspace", "starts_at"], name="meeting_calendar"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["network", "uid"], condition=~Q(uid=""), name="meeting_uid"),
            models.CheckConstraint(name="meeting_in_order", condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at"))),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("networks:meeting_detail", args=[self.pk])

    def save(self, **kwargs: Any) -> None:
        """What we write down ourselves has a name in calendars too."""
        self.uid = self.uid or f"{uuid.uuid4()}@netcrm"
        super().save(**kwargs)
        Network.mark_stale([self.network_id])

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        Network.mark_stale([self.network_id])
        return super().delete(using, keep_parents)

    @property
    def on(self) -> date:
        """The day that it is where the reader works."""
        return localtime(self.starts_at).date()

    @property
    def last_on(self) -> date:
        return localtime(self.ends_at or self.starts_at).date()

    @property
    def lasted_minutes(self) -> int:
        """From one midnight to another there are 23 to 25 hours a day: whole days are rounded."""
        hours = (self.ends_at - self.starts_at).total_seconds() / 3600 if self.ends_at else None
        if self.all_day:
            return (round((hours or 0) / 24) + 1) * WORKING_DAY_MINUTES
        return USUAL_MINUTES if hours is None else round(hours * 60)

    @property
    def spent_minutes(self) -> int:
        """What it took of our time: nothing unless we were there."""
        if self.cancelled or self.presence not in ATTENDED:
            return 0
        return self.lasted_minutes + self.travel_minutes

    def attend(self, presence: str, *, by: Member, now: datetime) -> None:
        """Note whether we were there, or take it back (empty). Excuses may be noted beforehand."""
        if presence in ATTENDED and now < self.starts_at:
            raise NotBegun
        if presence == self.presence:
            return
        with transaction.atomic():
            self._move(Q(cancelled=False), CancelledMeanwhile, presence=presence)
            record(by, "networks.meeting.attended", self, presence=presence)

    def note(self, *, by: Member, version: int, presence: str, minutes: str, nonce: uuid.UUID) -> None:
        """What was said, and our presence, over the version that was read; `already_noted` finds the nonce again."""
        with transaction.atomic():
            self.take_version(version)
            self.presence, self.minutes = presence, minutes
            self.save(update_fields=["presence", "minutes", "updated"])
            record(by, NOTED, self, nonce=str(nonce))

    def already_noted(self, nonce: uuid.UUID) -> bool:
        return history_of(self).filter(act=NOTED, details__nonce=str(nonce)).exists()

    def cancel(self, *, by: Member) -> None:
        with transaction.atomic():
            self._move(Q(cancelled=False), CancelledMeanwhile, cancelled=True)
            record(by, "networks.meeting.cancelled", self)

    def resume(self, *, by: Member) -> None:
        with transaction.atomic():
            self._move(Q(cancelled=True), TakesPlace, cancelled=False)
            record(by, "networks.meeting.resumed", self)

    def _move(self, still: Q, refusal: type[Exception], **columns: Any) -> None:
        """One conditional UPDATE: of two who act at once only the first does."""
        changed = type(self).objects.filter(still, pk=self.pk).update(**columns, version=F("version") + 1)
        if not changed:
            raise refusal
        Network.mark_stale([self.network_id])
        self.refresh_from_db()
