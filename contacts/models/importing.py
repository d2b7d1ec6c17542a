"""Import (import de contacts): a file on its way into the address book; its row is the job, its lines the report."""

from datetime import timedelta
from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models.contact import Contact
from workspaces.logbook import record
from workspaces.models import Member
from workspaces.owned import Owned, OwnedQuerySet

ATTEMPTS_ALLOWED = 5
PREVIEW_DAYS = 7
WORKING = ("reading", "admitting")
UNCOUNTED = dict.fromkeys(("seen", "created_count", "updated_count", "skipped_count", "problem_count"), 0)


def digest_of(data: bytes) -> str:
    """By which the same file is known again, whatever its name."""
    return sha256(data).hexdigest()


class ImportQuerySet(OwnedQuerySet):
    def waiting(self) -> Self:
        """Work to do that nobody holds: never claimed, given back, or claimed by a worker that died.

        First what has waited longest, so that a long import and a short one take turns.
        """
        free = Q(lease_until=None) | Q(lease_until__lt=timezone.now())
        return self.filter(free, state__in=WORKING).order_by("updated", "pk")

    def held(self) -> Self:
        """A worker is at it now."""
        return self.filter(lease_until__gte=timezone.now(), state__in=WORKING)

    def abandoned(self) -> Self:
        """Looked at, and neither started nor cancelled for a week."""
        until = timezone.now() - timedelta(days=PREVIEW_DAYS)
        return self.filter(state__in=[Import.State.READY, Import.State.REFUSED], updated__lt=until)


class Import(Owned):
    """`attempts` grows with every claim and fences the holder: who holds an older number writes nothing any more."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        READY = "ready", _("Ready")
        ADMITTING = "admitting", _("Under way")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Stopped")
        CANCELLED = "cancelled", pgettext_lazy("import", "Cancelled")
        UNDONE = "undone", _("Undone")

    name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.READING)
    started_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    choices = models.JSONField(default=dict)  # encoding, delimiter, order, mapping: what the user set right
    format = models.CharField(max_length=10, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    columns = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    refusal = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    skipped_count = models.PositiveIntegerField(default=0)
    problem_count = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    stalled = models.PositiveIntegerField(default=0)  # claims since the last line that was done
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [
            models.Index(
                fields=["lease_until"], name="import_waiting", condition=Q(state__in=["reading", "admitting"])
            ),
            models.Index(fields=["workspace", "-id"], name="import_latest"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("contacts:import_detail", args=[self.pk])

    @classmethod
    def open(cls, name: str, data: bytes, *, by: Member | None, workspace: Any, **columns: Any) -> Self:
        """Keep the file; the next sweep reads it."""
        with transaction.atomic():
            job = cls(workspace=workspace, name=name[:200], digest=digest_of(data), started_by=by, **columns)
            job.save()
            ImportFile.objects.create(workspace=workspace, job=job, data=data)
        return job

    @classmethod
    def open_held(cls, name: str, data: bytes, *, workspace: Any) -> Self:
        """Admit without a preview, in this process: no sweep sees the job unless this process dies."""
        now = timezone.now()
        held = {"lease_until": now + timedelta(seconds=settings.JOB_LEASE_SECONDS), "attempts": 1, "began_at": now}
        return cls.open(name, data, by=None, workspace=workspace, state=cls.State.ADMITTING, **held)

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def would_admit(self) -> int:
        return self.created_count + self.updated_count

    def claim(self) -> bool:
        """Take the job for one lease; false when another worker was quicker."""
        mine = type(self).objects.waiting().filter(pk=self.pk, attempts=self.attempts)
        until = timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
        taken = mine.update(lease_until=until, attempts=F("attempts") + 1, stalled=F("stalled") + 1)
        mark = self.attempts + 1
        self.refresh_from_db()
        return bool(taken) and self.attempts == mark

    def advance(self, **columns: Any) -> bool:
        """Write progress, inside the transaction of what was done; false when the job is no longer held.

        Whoever gets false must undo that transaction: another worker, or the user, has moved the job on.
        """
        now = timezone.now()
        columns = {"lease_until": now + timedelta(seconds=settings.JOB_LEASE_SECONDS), "updated": now} | columns
        held = type(self).objects.filter(pk=self.pk, attempts=self.attempts, state=self.state)
        if not held.update(**columns):
            return False
        for column, value in columns.items():
            setattr(self, column, value)
        return True

    def start(self, *, by: Member) -> bool:
        """Admit what was previewed; a second press changes nothing."""
        with transaction.atomic():
            ready = type(self).objects.filter(pk=self.pk, state=self.State.READY)
            if not ready.update(state=self.State.ADMITTING, began_at=timezone.now(), stalled=0, **UNCOUNTED):
                return False
            self.lines.all().delete()
            record(by, "contacts.import.started", self)
        return True

    def read_again(self, choices: dict[str, Any]) -> bool:
        """Read the file anew, the way the user says."""
        ready = type(self).objects.filter(pk=self.pk, state__in=[self.State.READY, self.State.REFUSED])
        return bool(ready.update(state=self.State.READING, choices=choices, refusal={}, stalled=0, seen=0))

    def cancel(self, *, by: Member | None) -> bool:
        """Stop before the next chunk. What was admitted stays, and can be undone; a preview is forgotten."""
        ended = {"state": self.State.CANCELLED, "lease_until": None, "finished_at": timezone.now()}
        with transaction.atomic():
            jobs = type(self).objects.filter(pk=self.pk)
            if jobs.filter(state__in=["reading", "ready", "refused"]).update(**ended, **UNCOUNTED):
                self.lines.all().delete()
            elif not jobs.filter(state=self.State.ADMITTING).update(**ended):
                return False
            ImportFile.objects.filter(job=self).delete()
            record(by, "contacts.import.cancelled", self)
        return True


class ImportFile(Owned):
    """The bytes of an import, apart, so that no list ever loads them; dropped when the import is over."""

    job = models.OneToOneField(Import, models.CASCADE, related_name="file")
    data = models.BinaryField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")

    def __str__(self) -> str:
        return str(self.job)


class ImportLine(Owned):
    """One line of the file: what it will become (preview), then what it became (report)."""

    class Verdict(models.TextChoices):
        CREATE = "create", _("New")
        UPDATE = "update", _("Completed")
        SKIP = "skip", _("Skipped")

    job = models.ForeignKey(Import, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=250, blank=True)
    verdict = models.CharField(max_length=6, choices=Verdict)
    problems = models.JSONField(default=list)  # [field, code, excerpt]
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    filled = models.JSONField(default=dict)  # what undoing takes away again from a contact that was completed

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        indexes = [models.Index(fields=["job", "verdict", "number"], name="importline_verdict")]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="importline_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
