"""Background work of this room; the schedule is in the settings.

`exchanges.scoring` is imported when there is something to score: an idle worker does without NumPy's memory.
"""

from typing import Final

from celery import shared_task
from django.core.cache import cache

from contacts.models import Relationship
from workspaces.models import Workspace

SWEEPING: Final = "exchanges.sweeping"
SWEEP_SECONDS: Final = 20  # after which a sweep that died no longer holds up the next one


@shared_task
def rescore_stale() -> None:
    """One sweep at a time: two would read the same rows and overtake each other."""
    if Relationship.objects.any_to_score() and cache.add(SWEEPING, True, SWEEP_SECONDS):
        _sweep()


def _sweep() -> None:
    from exchanges import scoring
    from exchanges.judging import scoring as judging

    try:
        scoring.rescore_stale()
        judging.rescore_stale()
    finally:
        cache.delete(SWEEPING)


@shared_task
def rescore_all() -> None:
    """Only a mark on each row, which a sweep takes up: nothing is lost with the message or the worker."""
    Workspace.objects.update(rescoring_wanted=True)
