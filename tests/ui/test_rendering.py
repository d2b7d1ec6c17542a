"""The same address gives the page, or the part that htmx targets, and never a part the view did not offer."""

import pytest
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory

from ui import rendering

PAGE = (
    "<main>{% load partials %}{% partialdef rows inline %}<p id=rows>{{ word }}</p>{% endpartialdef %}"
    "{% partialdef other %}secret{% endpartialdef %}</main>"
)


@pytest.fixture
def page(tmp_path, settings):
    """A template of our own on the search path, for as long as the test lasts."""
    (tmp_path / "page.html").write_text(PAGE)
    engines["django"].engine.dirs.append(tmp_path)
    yield "page.html"
    engines["django"].engine.dirs.remove(tmp_path)
    for loader in engines["django"].engine.template_loaders:
        loader.reset()


def answer(page, headers=None, **options) -> HttpResponse:
    request = RequestFactory().get("/", headers=headers or {})
    return rendering.render_page(request, page, {"word": "hello"}, partials={"rows"}, **options)


def test_a_plain_request_gets_the_page(page):
    assert answer(page).content == b"<main><p id=rows>hello</p></main>"


def test_htmx_gets_the_part_it_targets(page):
    assert answer(page, {"HX-Request": "true", "HX-Target": "rows"}).content == b"<p id=rows>hello</p>"


@pytest.mark.parametrize("target", ["other", "nothing", "", "rows#other", "../page"])
def test_a_part_that_the_view_did_not_offer_is_never_given(page, target):
    body = answer(page, {"HX-Request": "true", "HX-Target": target}).content
    assert body.startswith(b"<main>")
    assert b"secret" not in body


def test_going_back_in_history_gets_the_whole_page(page):
    headers = {"HX-Request": "true", "HX-Target": "rows", "HX-History-Restore-Request": "true"}
    assert answer(page, headers).content.startswith(b"<main>")


def test_the_target_alone_without_htmx_gets_the_page(page):
    assert answer(page, {"HX-Target": "rows"}).content.startswith(b"<main>")


def test_the_status_is_kept_for_refused_forms(page):
    assert answer(page, {"HX-Request": "true", "HX-Target": "rows"}, status=422).status_code == 422
