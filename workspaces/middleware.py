"""Seats the user: which workspace, which member, which language and which clock."""

import zoneinfo
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from workspaces.models import User

CURATOR_SECONDS: Final = 12 * 3600
CURATOR_IDLE_SECONDS: Final = 2 * 3600
CURATOR_KEY: Final = "curator"


class CuratorSessionMiddleware:
    """Signs a curator out twelve hours after the sign-in, and after two hours without a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.is_staff and self._is_over(request, user):
            logout(request)
        return self.get_response(request)

    def _is_over(self, request: HttpRequest, user: User) -> bool:
        """The session keeps when it was first and last seen; before that, the sign-in counts."""
        now = timezone.now().timestamp()
        entered = user.last_login.timestamp() if user.last_login else now
        since, seen = request.session.get(CURATOR_KEY, (entered, entered))
        request.session[CURATOR_KEY] = since, now
        return bool(now - since > CURATOR_SECONDS or now - seen > CURATOR_IDLE_SECONDS)


class WorkspaceMiddleware:
    """Every view of a room needs a seat, unless it says `seat_not_required` or is open to all.

    The seat comes with the user in one query (see `workspaces.entrance.Backend`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = request.workspace = None  # type: ignore[attr-defined]
        user = request.user
        if isinstance(user, User) and user.is_authenticated:
            self._seat(request, user)
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def _seat(self, request: HttpRequest, user: User) -> None:
        if user.language and user.language != translation.get_language():
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        # A curator keeps the instance, and so sits in no workspace of it.
        if (member := user.current_member) and member.removed_at is None and not user.is_staff:
            request.member = member  # type: ignore[attr-defined]
            request.workspace = member.workspace  # type: ignore[attr-defined]
            timezone.activate(zoneinfo.ZoneInfo(member.workspace.timezone))

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        ours = match is not None and match.namespaces and match.namespaces[0] in settings.ROOMS
        if not ours or request.member is not None:  # type: ignore[attr-defined]
            return None
        if not getattr(view, "login_required", True) or getattr(view, "seat_not_required", False):
            return None
        if match and match.view_name == settings.LOGIN_REDIRECT_URL:
            return redirect("workspaces:workspace_choose")
        raise Http404
