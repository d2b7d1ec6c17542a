"""`manage.py serve` in real processes: it starts, heals, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.netcrm.house import SECONDS_TO_STOP, House, bare_environment, descendants, is_alive, wait_for


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    started = House(tmp_path_factory.mktemp("house"))
    try:
        started.wait_until_well()
        yield started
    finally:
        started.stop()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[House]:
    """A house that the test itself may end."""
    started = House(tmp_path / "data")
    try:
        started.wait_until_well()
        yield started
    finally:
        for pid in started.family():
            if is_alive(pid):
                os.kill(pid, signal.SIGKILL)
        started.process.wait()


@pytest.mark.embedded
def test_it_says_where_it_is_open(house):
    wait_for(lambda: f"NetCRM is open: {house.url}" in house.said(), 20, house)


@pytest.mark.embedded
def test_both_names_of_this_machine_answer(house):
    for host in ("localhost", "127.0.0.1"):
        with urllib.request.urlopen(f"http://{host}:{house.port}/account/login/", timeout=20) as page:
            assert page.status == 200


@pytest.mark.embedded
def test_a_new_mail_is_told_with_its_code(house):
    message = EmailMessage()
    message["To"], message["Subject"] = "claire@morvan.example", "Votre code à usage unique"
    message.set_content("Bonjour,\n\nBCDF-GHJK\n\nà bientôt")
    (house.data / "mail").mkdir(exist_ok=True)
    (house.data / "mail" / "20260101-one.eml").write_bytes(message.as_bytes())
    wait_for(lambda: "claire@morvan.example: Votre code à usage unique  BCDF-GHJK" in house.said(), 10, house)


@pytest.mark.embedded
@pytest.mark.parametrize("word", ["worker", "beat", "granian"])
def test_a_killed_child_is_started_again(house, word):
    before = house.child(word)
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: house.child(word) not in (0, before), 20, house)
    house.wait_until_well()


@pytest.mark.embedded
def test_a_second_house_in_the_same_folder_says_so_and_stops(house):
    command = [sys.executable, "manage.py", "serve"]
    environment = bare_environment(house.data)
    second = subprocess.run(command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert f"already runs on {house.data} (process {house.process.pid})" in second.stderr


@pytest.mark.embedded
def test_a_taken_port_is_said_clearly(house, tmp_path):
    command = [sys.executable, "manage.py", "serve", "--port", str(house.port)]
    environment = bare_environment(tmp_path)
    second = subprocess.run(command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert f"Port {house.port} is taken by another program" in second.stderr


@pytest.mark.embedded
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_signal_stops_all_of_it(fresh, number):
    family = fresh.family()
    assert len(family) >= 5
    assert fresh.stop(number) == 0
    assert not {pid for pid in family if is_alive(pid)}


@pytest.mark.embedded
def test_killing_the_supervisor_leaves_no_orphan(fresh):
    family = fresh.family()
    fresh.process.kill()
    wait_for(lambda: not any(is_alive(pid) for pid in family - {fresh.process.pid}), SECONDS_TO_STOP, fresh)


@pytest.mark.embedded
def test_killing_the_one_who_asked_for_it_stops_the_house_too(tmp_path):
    serve = [sys.executable, str(settings.ROOT / "manage.py"), "serve", "--with-parent"]
    code = f"import subprocess; subprocess.run({serve!r})"
    environment = bare_environment(tmp_path)
    with (tmp_path / "log").open("w") as log:
        parent = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=log, stderr=log)
    told = type("Told", (), {"said": lambda self: (tmp_path / "log").read_text()})()
    wait_for(lambda: "NetCRM is open" in told.said(), 60, told)
    family = descendants(parent.pid)
    parent.kill()
    parent.wait()
    wait_for(lambda: not any(is_alive(pid) for pid in family), SECONDS_TO_STOP, told)


@pytest.mark.embedded
def test_a_web_server_that_cannot_start_stops_everything(tmp_path):
    house = House(tmp_path / "data", GRANIAN_SSL_CERTIFICATE=str(tmp_path / "absent.pem"))
    assert house.process.wait(60) == 1
    assert "The web server could not start" in house.said()


@pytest.mark.embedded
def test_an_address_that_is_not_ours_is_said_clearly(tmp_path):
    house = House(tmp_path / "data", arguments=("--host", "203.0.113.1"))
    assert house.process.wait(60) == 1
    assert "Cannot listen on 203.0.113.1" in house.said()


@pytest.mark.django_db(transaction=True)
def test_the_house_stands_on_the_engine_under_test(tmp_path):
    address = connection.settings_dict
    if connection.vendor == "postgresql":
        login = f"{address['USER']}@{address['HOST']}:{address['PORT']}" if address["HOST"] else ""
        engine = {"DATABASE_URL": f"postgres://{login}/{address['NAME']}"}
        engine |= {"REDIS_URL": f"{settings.REDIS_URL.rpartition('/')[0]}/13"} if settings.REDIS_URL else {}
    else:
        engine = {"DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}"}
    house = House(tmp_path / "data", **engine)
    try:
        house.wait_until_well()
    finally:
        assert house.stop() == 0
