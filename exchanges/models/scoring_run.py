"""ScoringRun: one full computation of a workspace's scores, with the prior that later single rescorings use."""

from typing import Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from workspaces.owned import Owned, OwnedQuerySet

NEWCOMER_LO: Final = 0.05  # of the uniform prior


class ScoringRunQuerySet(OwnedQuerySet):
    def latest_first(self) -> Self:
        return self.order_by("-id")

    def finished(self) -> Self:
        """Latest first."""
        return self.filter(finished_at__isnull=False).latest_first()


class ScoringRun(Owned):
    """`prior_alpha` and `prior_beta` are learnt from every closed promise of the workspace, as of `on`.

    `prior_lo` is their lower bound, stored so that no page has to compute a quantile; `stretch` slows all rhythms down
    to the time that there is.
    """

    on = models.DateField()
    finished_at = models.DateTimeField(null=True)
    relationships = models.PositiveIntegerField(default=0)
    prior_alpha = models.FloatField(default=1.0)
    prior_beta = models.FloatField(default=1.0)
    prior_lo = models.FloatField(default=NEWCOMER_LO)
    stretch = models.FloatField(default=1.0)
    params_version = models.CharField(max_length=16)

    objects = ScoringRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("scoring run")
        verbose_name_plural = _("scoring runs")
        indexes = [models.Index(fields=["workspace", "-id"], name="scoringrun_latest")]

    def __str__(self) -> str:
        return f"{self.on}"
