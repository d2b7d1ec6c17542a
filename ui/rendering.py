"""One URL, one view: the whole page, or the part of it that htmx asked for."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    partials: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or only `template#part` when htmx targets the element `part` or `{% panel %}` asks for it.

    `partials` is the view's whitelist: a client can never name a block of its own choosing.
    """
    part = getattr(request, "part", "") or (request.headers.get("HX-Target", "") if is_htmx(request) else "")
    if part in partials:
        template = f"{template}#{part}"
    return render(request, template, dict(context or {}), status=status)


def is_htmx(request: HttpRequest) -> bool:
    """True for a swap; a history restore wants the whole page although htmx sends it."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
