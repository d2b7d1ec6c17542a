"""Where to go once something is written: a page of this house, never one that the write has emptied."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from contacts.models import Contact
from exchanges.views.panel import PANEL, draw_panel, seen_contact
from ui.rendering import is_htmx
from workspaces.http import MemberRequest

STAYING: Final = ("ledger", "mirror", "contact_panel", "why")


def came_from(request: HttpRequest) -> str:
    """The page under the form or the button, as a path; empty when it cannot be told."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if _leads_somewhere(asked):
        return asked
    return next((path for path in _pages_behind(request) if _leads_somewhere(path) and _stays(path)), "")


def _pages_behind(request: HttpRequest) -> Iterator[str]:
    for header in ("HX-Current-URL", "Referer"):
        page = urlsplit(request.headers.get(header, ""))
        if page.netloc == request.get_host():
            yield page._replace(scheme="", netloc="", fragment="").geturl()


def _leads_somewhere(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or not url.startswith("/") or url.startswith(("//", "/\\")):
        return False
    try:
        resolve(parts.path)
    except Resolver404:
        return False
    return True


def _stays(path: str) -> bool:
    """Forms of this room are left behind: the line that they were about may be gone."""
    match = resolve(urlsplit(path).path)
    return match.app_name != "exchanges" or match.url_name in STAYING


def home_of(contact: Contact | None) -> str:
    return contact.get_absolute_url() if contact else reverse("exchanges:ledger")


def back(request: MemberRequest, contact: Contact | None, *, status: int = 200) -> HttpResponse:
    """The panel that the button sits in, redrawn; else the page that it came from; else the contact's."""
    if contact and is_htmx(request) and request.headers.get("HX-Target") == PANEL:
        return draw_panel(request, seen_contact(request, contact.pk), status=status)
    return redirect(came_from(request) or home_of(contact))
