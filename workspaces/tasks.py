"""Background work of this room."""

from celery import shared_task

from workspaces.models import Heartbeat


@shared_task
def beat() -> None:
    Heartbeat.beat("worker")
