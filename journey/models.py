"""Postponed (mis de côté): a line of the home that somebody put off, or ignores. Skip (étape passée): a step of the
process that the owner leaves aside, and why."""

from datetime import date, timedelta
from typing import Any, Final, Self

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workspaces.logbook import record
from workspaces.models import Member
from workspaces.owned import Owned, OwnedQuerySet

DELAYS: Final = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


class PostponedQuerySet(OwnedQuerySet):
    def in_force(self, today: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=today))


class Postponed(Owned):
    """`kind` is a kind of line of `journey.agenda`, `object_pk` what it is about; without `until` it is ignored.

    For the whole company, as the list is. A row whose object is gone hides nothing and shows nowhere.
    """

    kind = models.CharField(max_length=12)
    object_pk = models.PositiveBigIntegerField()
    until = models.DateField(null=True)

    objects = PostponedQuerySet.as_manager()

    class Meta:
        verbose_name = _("line put aside")
        verbose_name_plural = _("lines put aside")
        constraints = [models.UniqueConstraint(fields=["workspace", "kind", "object_pk"], name="postponed_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_pk}"

    @classmethod
    def put_aside(cls, kind: str, row: models.Model, *, by: Member, until: date | None) -> None:
        """The last word holds: put off again, or ignored after all."""
        with transaction.atomic():
            cls.objects.update_or_create(workspace=by.workspace, kind=kind, object_pk=row.pk, defaults={"until": until})
            record(by, "journey.line.postponed" if until else "journey.line.ignored", row)

    @classmethod
    def take_back(cls, kind: str, row: models.Model, *, by: Member) -> None:
        """The line shows again, if there is still a reason; one that was back already stays as it is."""
        with transaction.atomic():
            aside: Any = cls.objects.for_workspace(by.workspace).filter(kind=kind, object_pk=row.pk)
            if aside.delete()[0]:
                record(by, "journey.line.restored", row)


class Skip(Owned):
    """One for each step; undone by deleting it."""

    step = models.SlugField(max_length=20, editable=False)
    reason = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("step left aside")
        verbose_name_plural = _("steps left aside")
        constraints = [models.UniqueConstraint(fields=["workspace", "step"], name="skip_once")]

    def __str__(self) -> str:
        from journey.steps import BY_CODE

        known = BY_CODE.get(self.step)
        return str(known.title) if known else self.step

    def get_absolute_url(self) -> str:
        return reverse("journey:step", args=[self.step])
