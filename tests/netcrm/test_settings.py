"""The settings as a fresh process reads them, because they are decided once, at the start."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.netcrm.house import bare_environment

pytestmark = pytest.mark.embedded

SECURE = {
    "SECURE_SSL_REDIRECT": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-session",
    "SECURE_HSTS_SECONDS": 63072000,
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
    "SIGNUP_OPEN": False,
    "DEBUG": False,
}


def read(data: Path, *names: str, **environment: str) -> dict[str, object]:
    code = (
        f"import json; from netcrm import settings; print(json.dumps({{n: getattr(settings, n) for n in {names!r}}}))"
    )
    clean = {
        name: value for name, value in bare_environment(data).items() if name not in ("SECRET_KEY", "ALLOWED_HOSTS")
    }
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=settings.ROOT, env=clean | environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "address", ["https://netcrm.example.com", "http://netcrm.example.com", "http://127.0.0.1:8000"]
)
def test_every_address_but_http_localhost_is_secure(tmp_path, address):
    assert read(tmp_path, *SECURE, BASE_URL=address) == SECURE


def test_http_localhost_works_without_https(tmp_path):
    told = read(tmp_path, *SECURE, "ALLOWED_HOSTS", BASE_URL="http://localhost:8123")
    assert told["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1"]
    assert (told["SECURE_SSL_REDIRECT"], told["SESSION_COOKIE_SECURE"], told["SIGNUP_OPEN"]) == (False, False, True)
    assert told["DEBUG"] is False


def test_the_secret_key_is_made_once_and_kept_for_the_owner_alone(tmp_path):
    first = read(tmp_path, "SECRET_KEY")["SECRET_KEY"]
    assert isinstance(first, str)
    assert len(first) >= 50
    assert read(tmp_path, "SECRET_KEY")["SECRET_KEY"] == first
    assert os.stat(tmp_path / "secret_key").st_mode & 0o777 == 0o600


def test_two_first_starts_at_once_agree_on_the_key(tmp_path):
    code = "from netcrm import settings; print(settings.SECRET_KEY)"
    environment = bare_environment(tmp_path) | {"SECRET_KEY": ""}
    started = [
        subprocess.Popen([sys.executable, "-c", code], cwd=settings.ROOT, env=environment, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    keys = {process.communicate()[0] for process in started}
    assert len(keys) == 1
    assert len(keys.pop().strip()) >= 50


def test_a_key_from_the_environment_wins(tmp_path):
    assert read(tmp_path, "SECRET_KEY", SECRET_KEY="given")["SECRET_KEY"] == "given"
    assert not (tmp_path / "secret_key").exists()


def test_an_empty_address_is_the_same_as_none(tmp_path):
    told = read(tmp_path, "DATABASES", DATABASE_URL="", REDIS_URL="", EMAIL_URL="")
    assert told["DATABASES"]["default"]["NAME"] == str(tmp_path / "netcrm.sqlite3")


def test_servers_are_taken_from_their_addresses(tmp_path):
    given = {"DATABASE_URL": "postgres://netcrm:pw@postgres:5432/netcrm", "REDIS_URL": "redis://redis:6379/0"}
    told = read(tmp_path, "DATABASES", "CELERY_BROKER_URL", "EMAIL_HOST", **given, EMAIL_URL="smtp://mailpit:1025")
    assert told["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert (told["CELERY_BROKER_URL"], told["EMAIL_HOST"]) == ("redis://redis:6379/0", "mailpit")


@pytest.mark.parametrize(
    ("given", "cache"),
    [
        ("redis://redis:6379/0", "redis://redis:6379/1"),
        ("redis://redis:6379", "redis://redis:6379/1"),
        ("rediss://:pw@redis:6379/3?ssl_cert_reqs=none", "rediss://:pw@redis:6379/4?ssl_cert_reqs=none"),
    ],
)
def test_the_cache_has_a_database_of_its_own_beside_the_brokers(tmp_path, given, cache):
    told = read(tmp_path, "CACHES", "CELERY_BROKER_URL", REDIS_URL=given)
    assert (told["CACHES"]["default"]["LOCATION"], told["CELERY_BROKER_URL"]) == (cache, given)


def test_the_counters_of_a_flood_do_not_push_out_those_before(tmp_path):
    assert read(tmp_path, "CACHES")["CACHES"]["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000


def test_every_answer_passes_the_policy_first(tmp_path):
    assert read(tmp_path, "MIDDLEWARE")["MIDDLEWARE"][0] == "csp.middleware.CSPMiddleware"
