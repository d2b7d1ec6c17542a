"""Every answer of the house, whatever its status, carries the strict policy and its companions."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.matrix import ROWS
from tests.test_permissions import address
from tests.world import send, undone

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
ADMIN_POLICY = POLICY | {
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
}
HOME_OF_LIBRARIES = ("admin:", "unnamed admin/")


def directives(answer) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


def check(answer, policy=POLICY) -> None:
    assert directives(answer) == policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def check_tenant(answer) -> None:
    check(answer)
    assert answer["X-Frame-Options"] == "DENY"
    assert "no-store" in answer["Cache-Control"]
    assert {"HX-Request", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


@pytest.mark.sweep
@pytest.mark.parametrize("name", ROWS)
def test_every_route_answers_under_the_policy(name, world):
    admin, url = name.startswith(HOME_OF_LIBRARIES), address(world, name)
    for actor in ("anonymous", "owner", "reader", "curator"):
        for method in ("GET", "POST", "DELETE"):
            with undone():
                answer = send(world.client(actor), method, url)
            check(answer, ADMIN_POLICY if admin else POLICY)
            if not admin and name != "healthz":
                check_tenant(answer)


@pytest.mark.parametrize("path", ["/nowhere/", "/contacts/987654321/", "/admin-not/", "/static/css/nothing.css"])
def test_an_absent_page_answers_under_the_policy(path, world):
    answer = world.client("owner").get(path)
    assert answer.status_code == 404
    check(answer)


def test_a_forged_form_is_refused_under_the_policy(world, monkeypatch):
    monkeypatch.setattr(world.handler, "enforce_csrf_checks", True)
    answer = world.client("owner").post(reverse("workspaces:preferences"), {"name": "X"})
    assert answer.status_code == 403
    check_tenant(answer)


def test_a_wrong_host_is_refused_under_the_policy(world):
    answer = world.client("owner").get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    check(answer)


def test_a_breakdown_tells_nothing_and_keeps_the_policy(world, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("canary-7f3a SELECT * FROM workspaces_user")

    monkeypatch.setattr("workspaces.views.render_page", broken)
    answer = world.client("owner").get(reverse("workspaces:member_list"))
    assert answer.status_code == 500
    assert b"canary-7f3a" not in answer.content
    check_tenant(answer)


def test_files_are_served_under_the_policy(world):
    answer = world.client("anonymous").get("/static/css/tokens.css")
    assert answer.status_code == 200
    check(answer)
    assert answer.getvalue()


def test_https_is_insisted_upon_when_the_address_is_https(settings, db):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 63_072_000, True
    redirect = Client().get("/account/login/")
    assert redirect.status_code == 301
    check(redirect)
    answer = Client().get("/account/login/", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


@pytest.mark.parametrize("secure", [True, False])
def test_a_wrong_host_is_refused_under_the_policy_when_the_address_is_https_too(settings, db, secure):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 63_072_000
    answer = Client(headers={"Host": "evil.example"}).get("/account/login/", secure=secure)
    assert answer.status_code == 400
    check(answer)


def test_cookies_are_shut_to_scripts_and_to_other_sites(db):
    client = Client()
    make.user("someone@example.org", password=make.PASSWORD)
    page = client.get(reverse("account_login"))
    entry = client.post(reverse("account_login"), {"login": "someone@example.org", "password": make.PASSWORD})
    for cookie in (page.cookies["csrftoken"], entry.cookies["session"]):
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
