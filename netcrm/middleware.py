"""What the street door adds to every answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.urls import reverse


class HeadersMiddleware(SecurityMiddleware):
    """Stands outside Django's own, for its headers alone: a host that it refuses would else get none."""

    def process_request(self, request: HttpRequest) -> None:
        """Redirecting to https is left to Django's own."""


class AdminPolicyMiddleware:
    """Gives the curators' pages, and nothing else, the policy that their library needs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.admin):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return response
