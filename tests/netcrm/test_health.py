import json
import shutil
import socket
from datetime import timedelta

import pytest
from celery import Celery
from django.db import DatabaseError, connection
from django.test import override_settings
from django.utils import timezone

from netcrm import health
from workspaces.models import Heartbeat

pytestmark = pytest.mark.django_db
WELL = {"database": True, "broker": True, "worker": True}


@pytest.fixture
def beaten():
    Heartbeat.beat("worker")


def test_all_well_is_200_and_nobody_need_sign_in(client, beaten):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, WELL)


def test_a_worker_silent_for_too_long_is_503(client, beaten):
    Heartbeat.objects.update(at=timezone.now() - timedelta(seconds=health.CANARY_SECONDS + 1))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, WELL | {"worker": False})


def test_a_canary_just_young_enough_is_well(client, beaten):
    Heartbeat.objects.update(at=timezone.now() - timedelta(seconds=health.CANARY_SECONDS - 10))
    assert client.get("/healthz").status_code == 200


def test_a_worker_that_never_ran_is_503(client):
    assert client.get("/healthz").json() == WELL | {"worker": False}


def test_a_broken_database_is_503(client):
    def broken(execute, sql, params, many, context):
        raise DatabaseError("gone: password=secret")

    with connection.execute_wrapper(broken):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": False, "broker": True, "worker": False})
    assert "secret" not in answer.content.decode()


def test_an_absent_redis_is_503(client, beaten, monkeypatch):
    with socket.socket() as deaf:  # held but not listening, so that no other test's server can take the port
        deaf.bind(("127.0.0.1", 0))
        absent = f"redis://:secret@127.0.0.1:{deaf.getsockname()[1]}/0"
        monkeypatch.setattr(health, "app", Celery(broker=absent))
        with override_settings(REDIS_URL=absent):
            answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, WELL | {"broker": False})
    assert "secret" not in answer.content.decode()


def test_an_absent_broker_folder_is_503(client, beaten, settings, tmp_path):
    settings.REDIS_URL = ""
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path / "broker")}
    assert client.get("/healthz").json() == WELL | {"broker": False}
    (tmp_path / "broker").mkdir()
    assert client.get("/healthz").json() == WELL
    shutil.rmtree(tmp_path / "broker")


def test_only_reading_is_allowed(client, beaten):
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200


def test_a_probe_over_plain_http_is_not_sent_to_https(client, beaten, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["netcrm.example.com"]
    assert client.get("/healthz", headers={"host": "netcrm.example.com"}).status_code == 200
    assert client.get("/healthz", headers={"host": "web:8000"}).status_code == 400


def test_the_answer_holds_three_booleans_and_nothing_else(client, beaten):
    assert json.loads(client.get("/healthz").content) == WELL
