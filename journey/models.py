"""Skip (étape passée): a step of the process that the owner leaves aside, and why."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workspaces.models import Member
from workspaces.owned import Owned, OwnedQuerySet


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
