"""Ordinary answers, as htmx gets them."""

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.test import RequestFactory

from ui.middleware import FragmentMiddleware

HERE = "http://testserver/contacts/7/?tab=notes#end"


def through(response, *, htmx=True, said=(), **headers) -> HttpResponse:
    """The answer after the middleware, to a request whose view said `said`."""
    marks = {"HX-Request": "true", "HX-Current-URL": HERE} if htmx else {}
    request = RequestFactory().get("/anything/", headers=marks | headers)
    request._messages = CookieStorage(request)

    def view(request):
        for words in said:
            messages.success(request, words)
        return response() if callable(response) else response

    answer = FragmentMiddleware(view)(request)
    answer.left = [str(message) for message in request._messages._queued_messages]
    return answer


def test_a_redirect_becomes_a_swap_of_the_page():
    answer = through(HttpResponseRedirect("/contacts/8/"), said=["Saved."])
    assert (answer.status_code, answer["HX-Location"], answer.content) == (204, "/contacts/8/", b"")
    assert answer.left == ["Saved."]


def test_without_htmx_a_redirect_stays_one():
    answer = through(HttpResponseRedirect("/contacts/8/"), htmx=False)
    assert (answer.status_code, answer["Location"]) == (302, "/contacts/8/")


def test_cookies_of_a_redirect_are_kept():
    redirect = HttpResponseRedirect("/")
    redirect.set_cookie("theme", "dark")
    assert through(redirect).cookies["theme"].value == "dark"


@pytest.mark.parametrize(
    "place", ["https://id.example/authorize", "//evil.example/", "/account/2fa/", "/account/reauthenticate/"]
)
def test_other_hosts_and_the_doorstep_are_loaded_in_full(place):
    answer = through(HttpResponseRedirect(place))
    assert answer["HX-Redirect"] == place
    assert not answer.has_header("HX-Location")


def test_an_expired_session_asks_to_sign_in_and_comes_back_to_the_page():
    answer = through(HttpResponseRedirect("/account/login/?next=/exchanges/note/"))
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/account/login/?next=%2Fcontacts%2F7%2F%3Ftab%3Dnotes"
    assert answer.content == b""


@pytest.mark.parametrize("current", ["https://evil.example/x", "", "javascript:alert(1)"])
def test_a_page_that_is_not_ours_is_not_come_back_to(current):
    answer = through(HttpResponseRedirect("/account/login/"), **{"HX-Current-URL": current})
    assert answer["HX-Redirect"] == "/account/login/?next=%2F"


def test_a_header_that_the_view_set_itself_is_left_alone():
    answer = through(HttpResponse(status=204, headers={"HX-Redirect": "/elsewhere/"}))
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/elsewhere/")


def test_messages_travel_with_a_part_of_a_page():
    answer = through(HttpResponse("<p>part</p>"), said=["Promise kept.", "<b>"])
    body = answer.content.decode()
    assert body.startswith("<p>part</p>")
    assert 'id="toasts"' in body
    assert 'hx-swap-oob="beforeend"' in body
    assert "Promise kept." in body
    assert "&lt;b&gt;" in body
    assert answer.left == []


def test_a_page_that_shows_its_messages_gets_none_added():
    request = RequestFactory().get("/", headers={"HX-Request": "true"})
    request._messages = CookieStorage(request)

    def view(request):
        messages.info(request, "Once.")
        return HttpResponse("".join(str(message) for message in messages.get_messages(request)))

    assert FragmentMiddleware(view)(request).content == b"Once."


@pytest.mark.parametrize(
    "response",
    [
        lambda: JsonResponse({}),
        lambda: HttpResponse(status=204),
        lambda: StreamingHttpResponse(iter([b"<p>"])),
        lambda: HttpResponse("BEGIN:VCARD", content_type="text/vcard"),
    ],
)
def test_messages_wait_where_they_cannot_be_shown(response):
    assert through(response, said=["Later."]).left == ["Later."]


@pytest.mark.parametrize("htmx", [True, False])
def test_answers_vary_and_are_not_stored(htmx):
    answer = through(HttpResponse("x"), htmx=htmx)
    assert {part.strip() for part in answer["Vary"].split(",")} == {"HX-Request", "HX-Target", "Cookie"}
    assert answer["Cache-Control"] == "no-store"


def test_a_view_that_knows_its_cache_keeps_it():
    response = HttpResponse("x", headers={"Cache-Control": "private, max-age=60"})
    assert through(response)["Cache-Control"] == "private, max-age=60"


def test_the_length_is_told_again_when_messages_are_added():
    response = HttpResponse("<p>part</p>", headers={"Content-Length": "11"})
    answer = through(response, said=["Saved."])
    assert int(answer["Content-Length"]) == len(answer.content)
