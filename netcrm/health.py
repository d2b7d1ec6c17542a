"""The answer to « is it well? », for machines: database, broker, and a worker that wrote lately."""

import os
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from netcrm.celery import app
from workspaces.models import Heartbeat

CANARY_SECONDS: Final = 180


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, else 503; the body says which part is not."""
    checks = {"database": _database(), "broker": _broker(), "worker": _worker()}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _broker() -> bool:
    """A server that accepts us, or a folder that takes our messages."""
    if not settings.REDIS_URL:
        return os.access(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"], os.W_OK)
    try:
        with app.connection_for_read() as link:
            link.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError):
        return False
    return True


def _worker() -> bool:
    since = timezone.now() - timedelta(seconds=CANARY_SECONDS)
    try:
        return Heartbeat.objects.filter(name="worker", at__gte=since).exists()
    except Error:
        return False
