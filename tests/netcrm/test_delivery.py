"""What is delivered beside the code: the schedule, the compose file, the image, the locks, the scripts."""

import re

import pytest
import yaml
from celery.schedules import crontab
from django.conf import settings

from netcrm.celery import app

ROOT = settings.ROOT
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


@pytest.mark.parametrize("name", settings.CELERY_BEAT_SCHEDULE)
def test_every_scheduled_name_is_a_task(name):
    app.loader.import_default_modules()
    assert settings.CELERY_BEAT_SCHEDULE[name]["task"] in app.tasks


def test_nothing_is_scheduled_in_the_hour_that_summer_time_moves():
    at_night = [
        line["schedule"] for line in settings.CELERY_BEAT_SCHEDULE.values() if isinstance(line["schedule"], crontab)
    ]
    assert at_night
    assert not [schedule for schedule in at_night if schedule.hour & {2}]


def test_a_short_tick_expires_before_the_next_one():
    ticks = [line for line in settings.CELERY_BEAT_SCHEDULE.values() if isinstance(line["schedule"], int)]
    assert ticks
    assert all(line["options"]["expires"] <= line["schedule"] for line in ticks)


def test_compose_has_the_services_of_a_server():
    assert {"web", "worker", "beat", "postgres", "redis", "mailpit"} <= set(SERVICES)
    assert all("healthcheck" in service for service in SERVICES.values())


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "BASE_URL"])
def test_compose_refuses_to_start_without_its_addresses(name):
    assert SERVICES["web"]["environment"][name].startswith(f"${{{name}:?")
    assert re.search(rf"^{name}=", (ROOT / ".env.example").read_text(), re.MULTILINE)


def test_strangers_cannot_sign_up_on_a_server_unless_asked():
    assert SERVICES["web"]["environment"]["SIGNUP_OPEN"] == "${SIGNUP_OPEN:-0}"


def test_redis_keeps_what_it_accepts():
    command = SERVICES["redis"]["command"]
    assert command[command.index("--appendonly") + 1] == "yes"
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"


def test_only_this_machine_reaches_the_published_ports():
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_the_image_does_not_run_as_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    last_stage = lines[max(i for i, line in enumerate(lines) if line.startswith("FROM")) :]
    assert "USER netcrm" in last_stage


def test_every_file_that_the_image_copies_is_sent_to_it():
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert {name for line in copies for name in line.split()} <= sent
    assert set(settings.ROOMS) <= sent


def test_the_locks_name_no_place_and_hash_everything():
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text()
        assert "://" not in text
        pins = re.findall(r"^[a-z0-9][^\n]*==", text, re.MULTILINE | re.IGNORECASE)
        assert pins
        assert len(re.findall(r"^[a-z0-9][^\n]*==[^\n]* \\\n    --hash=sha256:", text, re.MULTILINE | re.I)) == len(
            pins
        )


def test_what_runs_is_what_is_tested():
    pins = {
        name: set(re.findall(r"^(\S+==\S+)", (ROOT / "requirements" / name).read_text(), re.M))
        for name in ("base.txt", "dev.txt")
    }
    assert pins["base.txt"] <= pins["dev.txt"]
