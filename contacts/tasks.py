"""Background work of this room."""

from celery import shared_task

from contacts import emptying
from contacts.models import Import


@shared_task
def empty_bin() -> None:
    emptying.empty_bin()
    emptying.drop_previews()


@shared_task
def run_imports() -> None:
    """The readers load when there is a file to read: an idle worker does without them."""
    if Import.objects.waiting().exists():
        from contacts.imports import job

        job.work()
