"""Background work of this room; the schedule is in the settings.

`exchanges.scoring` is imported when there is something to score: an idle worker does without NumPy's memory.
"""

from celery import shared_task

from contacts.models import Relationship


@shared_task
def rescore_stale() -> None:
    if Relationship.objects.any_to_score():
        from exchanges import scoring

        scoring.rescore_stale()


@shared_task
def rescore_all() -> None:
    from exchanges import scoring

    scoring.rescore_all()
