"""The one base of every row that belongs to a workspace."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from workspaces.models import Workspace


class EditedMeanwhile(Exception):
    """Somebody saved this record after the form was opened; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("Someone changed this record while you were editing it."))


class OwnedQuerySet(models.QuerySet[Any]):
    def for_workspace(self, workspace: "Workspace") -> Self:
        return self.filter(workspace=workspace)


class Owned(models.Model):
    """A row of one workspace. `version` counts the saves made through a form: see `take_version`.

    Each model names its manager itself, made from `OwnedQuerySet` or a child of it (tests/test_house.py looks).
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def take_version(self, expected: int) -> None:
        """Move to the next version, inside the caller's transaction, if `expected` is still the stored one.

        One conditional UPDATE, so that of two savers who read the same version exactly one passes.
        """
        rows = type(self)._default_manager.filter(pk=self.pk, version=expected)
        if not rows.update(version=expected + 1):
            raise EditedMeanwhile
        self.version = expected + 1

    def has_rival(self) -> bool:
        """Whether another row bears already what must be unique in this workspace."""
        others = type(self)._default_manager.filter(workspace=self.workspace_id).exclude(pk=self.pk)
        for key in self._meta.constraints:
            if isinstance(key, models.UniqueConstraint):
                same = others.filter(key.condition or models.Q(), **{name: getattr(self, name) for name in key.fields})
                if same.exists():
                    return True
        return False
