"""Background work of this room; the schedule is in the settings."""

from celery import shared_task

from resources.models import CoverageRun
from workspaces.models import Workspace


@shared_task
def cover_waiting() -> None:
    """The readers load when somebody waits."""
    if CoverageRun.objects.waiting().exists():
        from resources import covering

        covering.compute_waiting()


@shared_task
def cover_all() -> None:
    """A row for each company, which the sweep takes up: nothing is lost with the message or the worker."""
    from resources import covering

    for workspace in Workspace.objects.all().iterator():
        covering.ask_for_coverage(workspace)
