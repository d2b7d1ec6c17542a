"""Every address × every actor × every method, with and without htmx; what is refused changes nothing."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import reverse

from tests import permissions
from tests.matrix import ROWS
from tests.permissions import ACTORS, METHODS, REFUSED, Library, Row, routes
from tests.world import World, fingerprint, send, undone, writes_noted

ROUTES = {route.name: route for route in routes()}
OURS = [name for name, row in ROWS.items() if isinstance(row, Row)]
WITH_OBJECT = [name for name in OURS if ROWS[name].keys and not (ROWS[name].public or ROWS[name].shared)]


@pytest.fixture(autouse=True)
def open_doors(settings) -> None:
    settings.SIGNUP_OPEN = True


def test_every_route_has_a_row_and_every_row_a_route():
    assert sorted(set(ROUTES) - set(ROWS)) == [], "routes without a row in tests/matrix.py"
    assert sorted(set(ROWS) - set(ROUTES)) == [], "stale rows in tests/matrix.py"


def test_every_argument_of_a_route_is_named_in_its_row():
    wrong = [name for name, row in ROWS.items() if name in ROUTES and set(row.keys) != set(ROUTES[name].arguments)]
    assert wrong == []


def test_only_libraries_leave_an_address_unnamed():
    unnamed = [route.path for route in ROUTES.values() if route.name.startswith("unnamed")]
    assert [path for path in unnamed if not path.startswith(("admin/", "account/"))] == []


@pytest.mark.sweep
@pytest.mark.parametrize("name", ROWS)
def test_each_actor_gets_what_the_row_says(name, world):
    row, url = ROWS[name], address(world, name)
    assert [line for actor in ACTORS for method in METHODS for line in play(world, row, url, actor, method)] == []


def test_refusals_leave_every_table_byte_for_byte_as_it_was(world):
    before, refused = fingerprint(), 0
    for name, row in ROWS.items():
        for actor in ACTORS:
            for method in [m for m in METHODS if row.expected(m, actor) in REFUSED or actor == "anonymous"]:
                if not (isinstance(row, Row) and row.public):
                    send(world.client(actor), method, address(world, name))
                    refused += 1
    assert refused > 500
    assert fingerprint() == before


def test_a_write_would_be_seen(world):
    before = fingerprint()
    with undone(), writes_noted() as writes:
        world.people["owner"].take_seat(None)
        assert [line for line in writes if "workspaces_user" in line]
        assert fingerprint() != before
    assert fingerprint() == before


def address(world: World, name: str) -> str:
    """An unnamed address cannot be reversed: its arguments are put where its pattern has them."""
    if not name.startswith("unnamed"):
        return world.url(name, ROWS[name].keys)
    path, keys = ROUTES[name].path, iter(ROWS[name].keys.values())
    return "/" + re.sub(r"<[^>]+>|\(\?P<.*", lambda _argument: str(world.things[next(keys)]), path)


def play(world: World, row: Row | Library, url: str, actor: str, method: str) -> list[str]:
    """The cell, as a page and as a part of a page."""
    plain, wrong = cell(world, row.expected(method, actor), url, actor, method)
    if isinstance(row, Library) and actor not in ("anonymous", "owner"):
        return wrong
    _part, more = cell(world, under_htmx(plain), url, actor, method, **{"HX-Request": "true"})
    return wrong + more


def cell(
    world: World, wanted: int, url: str, actor: str, method: str, **headers: str
) -> tuple[HttpResponse, list[str]]:
    wrong, name = [], f"{actor} {method} {url} {headers or ''}"
    cache.clear()
    with undone(), writes_noted() as writes:
        answer = send(world.client(actor, **headers), method, url)
        if answer.status_code != wanted:
            wrong.append(f"{name}: {answer.status_code}, expected {wanted}")
        if answer.status_code in REFUSED or to_sign_in(answer):
            wrong += [f"{name} was refused but wrote {line}" for line in writes]
            wrong += [f"{name} was refused but sent {letter.subject}" for letter in mail.outbox]
    mail.outbox.clear()
    return answer, wrong


def to_sign_in(answer: HttpResponse) -> bool:
    return answer.headers.get("Location", "").partition("?")[0] == reverse("account_login")


def under_htmx(plain: HttpResponse) -> int:
    """A redirect becomes a header that htmx follows; to the sign-in page, a 401 that replaces the whole page."""
    if not 300 <= plain.status_code < 400:
        return plain.status_code
    return 401 if to_sign_in(plain) else 204


@pytest.mark.sweep
@pytest.mark.parametrize("name", WITH_OBJECT)
def test_a_foreign_object_answers_like_an_absent_one(name, world):
    row = ROWS[name]
    for method in [m for m in ("GET", "HEAD", "POST") if row.rule(m)]:
        with undone():
            answers = [
                send(world.client("owner"), method, world.url(name, row.keys, things))
                for things in (world.foreign, world.absent())
            ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert anonymised(answers[0]) == anonymised(answers[1])


def anonymised(answer) -> tuple[str, dict[str, str]]:
    body = re.sub(r"\b\d+\b|csrf\w+\W+value=.\w+|CSRFToken\W+\w+", "·", answer.content.decode())
    return body, {key: value for key, value in answer.headers.items() if key != "Content-Length"}


@pytest.mark.parametrize("name", OURS)
def test_nothing_is_written_without_the_forms_token(name, world, monkeypatch):
    row = ROWS[name]
    monkeypatch.setattr(world.handler, "enforce_csrf_checks", True)
    client = world.client("owner")
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        with undone():
            status = send(client, method, address(world, name)).status_code
        assert status in (403, 405)
        assert status == 403 or not row.rule(method)


@pytest.mark.parametrize("name", [name for name in OURS if not ROWS[name].public])
def test_an_expired_session_under_htmx_asks_to_sign_in_again(name, world):
    answer = world.client("anonymous", **{"HX-Request": "true"}).get(address(world, name))
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith(reverse("account_login") + "?next=")
    assert answer.content == b""


def test_the_table_names_each_actor_and_each_method_that_exist():
    assert len(ACTORS) == 7
    assert len(METHODS) == 7
    assert set(permissions.MEMBERS) | set(permissions.SEATLESS) | {"anonymous"} == set(ACTORS)
