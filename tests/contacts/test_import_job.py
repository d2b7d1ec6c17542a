"""The row of an import is the truth: workers that die, stall or are overtaken lose nothing and double nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from contacts.imports import job as jobs
from contacts.models import Contact, ContactPoint, Import, Relationship
from contacts.models.importing import ATTEMPTS_ALLOWED
from tests import make
from tests.contacts.corpus import PAUL, ROW, people
from tests.contacts.importing import bring_in, interrupted, names, previewed, started

ROWS = 3_000
SECONDS_TO_RESUME = 120
LEASE = "3"


class Crash(Exception):
    """Stands for whatever ends a worker."""


@pytest.fixture
def crashing(monkeypatch):
    """Chunks of one line; storing fails from the given line on."""

    def from_line(number: int, name: str = "write") -> None:
        real = getattr(jobs, name)

        def failing(entries, **arguments):
            if max(one.line for one in entries) >= number:
                raise Crash
            return real(entries, **arguments)

        monkeypatch.setattr(jobs, name, failing)

    monkeypatch.setattr(jobs, "CHUNK", 1)
    return from_line


def again(job: Import) -> Import:
    return Import.objects.get(pk=job.pk)


def test_a_crash_keeps_the_chunks_before_it_and_the_next_worker_goes_on(workspace, crashing, monkeypatch):
    job = started(workspace, ROW, PAUL, "Zoé;Petit;;;\n")
    with monkeypatch.context():
        crashing(3)
        interrupted(job, Crash)
    monkeypatch.undo()
    assert names(workspace) == ["Hélène Lefèvre"]
    assert (again(job).seen, again(job).lines.count()) == (1, 1)
    jobs.work()
    assert again(job).state == Import.State.DONE
    assert (again(job).seen, again(job).created_count, again(job).lines.count()) == (3, 3, 3)


def test_a_place_that_always_crashes_stops_the_import_with_words(workspace, crashing, as_claire):
    job = started(workspace, ROW, PAUL)
    crashing(3)
    for _attempt in range(ATTEMPTS_ALLOWED + 1):
        assert again(job).state == Import.State.ADMITTING
        interrupted(job, Crash)
    jobs.work()
    assert again(job).state == Import.State.FAILED
    assert names(workspace) == ["Hélène Lefèvre"]
    page = as_claire.get(job.get_absolute_url()).content.decode()
    assert 'role="alert"' in page
    assert reverse("contacts:import_undo", args=[job.pk]) in page


def test_a_preview_that_always_crashes_stops_too(workspace, claire, crashing):
    crashing(3, "outcomes")
    job = Import.open("c.csv", f"Prénom;Nom\n{ROW}{PAUL}".encode(), by=claire, workspace=workspace)
    for _attempt in range(ATTEMPTS_ALLOWED + 1):
        interrupted(job, Crash)
    jobs.work()
    assert again(job).state == Import.State.FAILED


def test_an_import_that_advances_may_be_taken_up_any_number_of_times(workspace, monkeypatch):
    monkeypatch.setattr(jobs, "CHUNK", 1)
    monkeypatch.setattr(jobs, "SECONDS_A_TURN", -1.0)
    job = started(workspace, *(f"Paul;Durand{number};;;\n" for number in range(ATTEMPTS_ALLOWED * 3)))
    for turn in range(ATTEMPTS_ALLOWED * 3):
        jobs.work()
        assert again(job).seen == turn + 1
    jobs.work()
    assert again(job).state == Import.State.DONE


def test_one_of_two_claims_wins(workspace):
    job = started(workspace, ROW)
    mine, theirs = again(job), again(job)
    assert mine.claim()
    assert not theirs.claim()


def test_a_lease_that_ran_out_may_be_claimed(workspace):
    job = started(workspace, ROW)
    again(job).claim()
    assert not Import.objects.waiting().exists()
    Import.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert again(job).claim()


def all_started(*imports: Import) -> tuple[Import, ...]:
    for job in imports:
        job.start(by=job.started_by)
    return imports


def test_no_turn_starts_while_another_import_is_held(workspace):
    held, waiting = all_started(previewed(workspace, ROW), previewed(workspace, PAUL))
    again(held).claim()
    assert jobs.work() == 0
    Import.objects.filter(pk=held.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert (jobs.work(), jobs.work()) == (1, 1)
    assert [again(held).state, again(waiting).state] == ["done", "done"]


def test_a_short_import_does_not_wait_for_the_end_of_a_long_one(workspace, monkeypatch):
    monkeypatch.setattr(jobs, "CHUNK", 1)
    monkeypatch.setattr(jobs, "SECONDS_A_TURN", -1.0)
    rows = (f"Paul;Durand{number};;;\n" for number in range(9))
    long, short = all_started(previewed(workspace, *rows), previewed(workspace, PAUL))
    for _turn in range(4):
        jobs.work()
    assert (again(long).state, again(short).state) == ("admitting", "done")


def test_a_worker_that_was_overtaken_writes_nothing_more(workspace):
    job = started(workspace, ROW, PAUL)
    slow = again(job)
    slow.claim()
    Import.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    quick = again(job)
    quick.claim()
    jobs.carry(slow)
    assert (Contact.objects.count(), again(job).seen) == (0, 0)
    jobs.carry(quick)
    assert (Contact.objects.count(), again(job).seen, again(job).state) == (2, 2, "done")


def test_a_cancelled_import_stops_before_its_next_chunk(workspace, claire, monkeypatch):
    monkeypatch.setattr(jobs, "CHUNK", 1)
    job = started(workspace, ROW, PAUL)
    real = jobs.chunks

    def cancelled_between(entries):
        first, second = real(entries)
        yield first
        again(job).cancel(by=claire)
        yield second

    monkeypatch.setattr(jobs, "chunks", cancelled_between)
    jobs.work()
    assert again(job).state == Import.State.CANCELLED
    assert (names(workspace), again(job).lines.count()) == (["Hélène Lefèvre"], 1)


def test_an_import_whose_file_is_gone_is_left_alone(workspace, claire):
    job = started(workspace, ROW)
    held = again(job)
    held.claim()
    again(job).cancel(by=claire)
    jobs.carry(held)
    assert (again(job).state, Contact.objects.count()) == (Import.State.CANCELLED, 0)


def test_the_file_is_dropped_when_it_is_done_with(workspace):
    job = bring_in(workspace, ROW)
    assert job.state == Import.State.DONE
    assert not hasattr(job, "file")


def test_a_preview_keeps_the_file_for_the_import(workspace):
    assert previewed(workspace, ROW).file.data


# --- Real workers, killed ---------------------------------------------------------------------------


def worker_environment(data: Path) -> dict[str, str]:
    """A worker of its own on the engine under test: the local broker, or the Redis that the run was given."""
    database = connection.settings_dict["NAME"]
    given = os.environ.get("DATABASE_URL", "")
    url = f"sqlite:///{database}" if connection.vendor == "sqlite" else f"{given.rpartition('/')[0]}/{database}"
    own = {"DATA_DIR": str(data), "DATABASE_URL": url, "JOB_LEASE_SECONDS": LEASE}
    return os.environ | own | {"DJANGO_SETTINGS_MODULE": "netcrm.settings"}


def start_worker(data: Path) -> subprocess.Popen[bytes]:
    """The worker that `manage.py serve` starts, and its beat within it."""
    command = [sys.executable, "-m", "celery", "--quiet", "--app", "netcrm", "worker", "--beat", "--pool", "threads"]
    command += ["--concurrency", "2", "--loglevel", "ERROR", "--schedule", str(data / "beat")]
    return subprocess.Popen(command, cwd=settings.ROOT, env=worker_environment(data), start_new_session=True)


def kill(worker: subprocess.Popen[bytes]) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def wait_until(seen: int, job: Import, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not (again(job).seen >= seen or again(job).state == Import.State.DONE):
        assert time.monotonic() < until, f"{again(job).seen} lines of {again(job).total} within {seconds} s"
        time.sleep(0.02)


def killed_and_resumed(tmp_path: Path, points: list[int]) -> Import:
    """Brings ROWS contacts in with a worker that is killed at each of these lines."""
    workspace = make.workspace("Atelier Morvan")
    with transaction.atomic():
        job = Import.open("c.csv", people(ROWS), by=make.owner_of(workspace), workspace=workspace)
        jobs.plan(job)
        again(job).start(by=make.owner_of(workspace))
    for point in points:
        worker = start_worker(tmp_path)
        try:
            wait_until(point, job, SECONDS_TO_RESUME)
        finally:
            kill(worker)
        assert again(job).state == Import.State.ADMITTING, "killed too late to show anything"
    worker = start_worker(tmp_path)
    try:
        wait_until(ROWS + 1, job, SECONDS_TO_RESUME)
    finally:
        kill(worker)
    return again(job)


def assert_exact(job: Import) -> None:
    assert (job.state, job.seen, job.created_count, job.skipped_count) == (Import.State.DONE, ROWS, ROWS, 0)
    assert job.lines.count() == Contact.objects.count() == Relationship.objects.count() == ROWS
    assert Contact.objects.values("name_key").distinct().count() == ROWS
    assert ContactPoint.objects.count() == 2 * ROWS


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_three_points_brings_in_the_exact_count(tmp_path):
    dice = random.Random(2026)
    points = sorted(dice.randrange(0, ROWS * 2 // 3) for _point in range(3))
    assert_exact(killed_and_resumed(tmp_path, points))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(20))
def test_a_worker_killed_anywhere_brings_in_the_exact_count(tmp_path, seed):
    dice = random.Random(seed)
    assert_exact(killed_and_resumed(tmp_path, [dice.randrange(0, ROWS * 3 // 4)]))
