"""The test request of a trial and its clock: asked on, first useful answer after so many days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from exchanges.models import Request
from networks.models import Trial


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`days` to the first answer that said yes; None while none did, and then `waiting` runs."""

    request: Request
    answered: bool
    days: int | None
    waiting: int


def clock_of(trial: Trial, *, today: date) -> list[Asked]:
    requests = Request.objects.for_workspace(trial.workspace).filter(trial=trial).asked_by_us()
    found = requests.prefetch_related("replies").order_by("asked_on", "pk")
    return [_asked(request, request.replies.all(), trial.closed_on or today) for request in found]


def _asked(request: Request, replies: Iterable[Any], until: date) -> Asked:
    told = list(replies)
    useful = [reply.on for reply in told if reply.positive]
    return Asked(
        request=request,
        answered=bool(told),
        days=max((min(useful) - request.asked_on).days, 0) if useful else None,
        waiting=max((until - request.asked_on).days, 0),
    )
