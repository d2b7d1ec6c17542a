"""Ordinary views, ordinary redirects and messages: here they become what htmx understands."""

from collections.abc import Callable
from http import HTTPStatus
from posixpath import dirname
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers


class FragmentMiddleware:
    """Stands just inside `MessageMiddleware`, outside of whatever may redirect."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "HX-Request" in request.headers:
            response = _translated(request, response)
        patch_vary_headers(response, ("HX-Request", "HX-Target", "Cookie"))
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


def _translated(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.has_header("HX-Redirect") or response.has_header("HX-Location"):
        return response
    if response.status_code // 100 == 3 and response.has_header("Location"):
        return _redirected(request, response)
    return _with_toasts(request, response)


def _redirected(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """A swap for a page of the house, a full load for the doorstep and for other hosts."""
    location = response["Location"]
    target = urlsplit(location)
    login = resolve_url(settings.LOGIN_URL)
    if target.path == login:
        return _asked_to_sign_in(request, login)
    foreign = bool(target.netloc) and target.netloc != request.get_host()
    doorstep = target.path.startswith(dirname(login.rstrip("/")) + "/")
    header = "HX-Redirect" if foreign or doorstep else "HX-Location"
    translated = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={header: location})
    translated.cookies = response.cookies
    return translated


def _asked_to_sign_in(request: HttpRequest, login: str) -> HttpResponse:
    """Never a sign-in form swapped into a fragment; after it, back to the page, not to the part."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = page._replace(scheme="", netloc="", fragment="").geturl() if page.netloc == request.get_host() else "/"
    url = f"{login}?{urlencode({'next': back or '/'})}"
    return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": url})


def _with_toasts(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A part of a page carries its messages along, out of band; a whole page shows them itself."""
    messages = get_messages(request)
    html = response.get("Content-Type", "").startswith("text/html")
    if not isinstance(response, HttpResponse) or not html or not response.content:
        return response
    if getattr(messages, "used", True) or not messages:
        return response
    toasts = render_to_string("components/toasts.html", {"messages": messages, "out_of_band": True}, request)
    response.write(toasts)
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
    return response
