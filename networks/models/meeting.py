"""Meeting (réunion) of a network, with our own presence; who else was there is known to the contacts' room."""

from datetime import datetime
from typing import Final, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from networks.models.choice import Trial
from networks.models.network import Network
from workspaces.owned import Owned, OwnedQuerySet

USUAL_MINUTES: Final = 90  # of a meeting whose end nobody wrote


class Presence(models.TextChoices):
    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    EXCUSED = "excused", _("Excused")
    REPLACED = "replaced", _("Replaced")
    ABSENT = "absent", _("Absent")


ATTENDED: Final = (Presence.PRESENT, Presence.LATE)


class MeetingQuerySet(OwnedQuerySet):
    def upcoming(self, now: datetime) -> Self:
        return self.filter(cancelled=False, starts_at__gte=now).order_by("starts_at", "pk")

    def past(self, now: datetime) -> Self:
        """Latest first."""
        return self.filter(cancelled=False, starts_at__lt=now).order_by("-starts_at", "-pk")

    def attended(self) -> Self:
        return self.filter(cancelled=False, presence__in=ATTENDED)


class Meeting(Owned):
    """`uid` is the event's own in the calendar that it came from, so that a second reading changes nothing."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="meetings")
    trial = models.ForeignKey(Trial, models.SET_NULL, null=True, blank=True, editable=False, related_name="visits")
    title = models.CharField(_("title"), max_length=200)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
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

    @property
    def spent_minutes(self) -> int:
        """What it took of our time: nothing unless we were there."""
        if self.cancelled or self.presence not in ATTENDED:
            return 0
        lasted = int((self.ends_at - self.starts_at).total_seconds() // 60) if self.ends_at else USUAL_MINUTES
        return lasted + self.travel_minutes
