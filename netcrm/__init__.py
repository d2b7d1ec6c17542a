"""The street door: settings, addresses, worker; it assembles the rooms and nobody imports it."""

from netcrm.celery import app as celery_app

__all__ = ["celery_app"]
