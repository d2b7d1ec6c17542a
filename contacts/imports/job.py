"""Carries an import from state to state: the row is the truth, whoever holds its lease works, the dead are replaced.

Each chunk is one transaction: its contacts, its lines and the progress of the job, or nothing. So a worker killed at
any point leaves a job that the next one takes up after the last line done.
"""

import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from contacts.imports.admit import CHUNK, Outcome, outcomes
from contacts.imports.draft import Entry
from contacts.imports.matching import Directory
from contacts.imports.reading import Reading, read
from contacts.imports.reasons import Refused
from contacts.imports.writing import write
from contacts.models import Contact, ContactPoint, Import, ImportFile, ImportLine
from contacts.models.importing import ATTEMPTS_ALLOWED, UNCOUNTED
from workspaces.logbook import record
from workspaces.models import Workspace

SECONDS_A_TURN: Final = 10.0
COUNTERS: Final = {"create": "created_count", "update": "updated_count", "skip": "skipped_count"}


class NoLongerHeld(Exception):
    """The user cancelled, or another worker took over: what this transaction did is undone."""


def work() -> int:
    """One turn of the import that has waited longest, unless a worker is at one; how many turns.

    One import at a time, so that with two workers one is always free for the scores, which must follow within seconds;
    and turns, so that a long file lets a short one pass. Two workers that ask at the same moment may each take one.
    """
    job = None if Import.objects.held().exists() else Import.objects.waiting().first()
    if job is None or not job.claim():
        return 0
    carry(job, until=time.monotonic() + SECONDS_A_TURN)
    return 1


def carry(job: Import, *, until: float | None = None) -> None:
    """Do what the job's state asks for, until it is done or the time is over; the lease is then given back."""
    try:
        if job.stalled > ATTEMPTS_ALLOWED:
            fail(job)
        elif job.state == Import.State.READING:
            plan(job)
        else:
            admit(job, until=until)
    except NoLongerHeld:
        return


def fail(job: Import) -> None:
    """Stop for good. What was admitted stays, and can be undone; a preview is forgotten."""
    previewed = UNCOUNTED if job.state == Import.State.READING else {}
    with transaction.atomic():
        if previewed:
            job.lines.all().delete()
        _hold(job, state=Import.State.FAILED, lease_until=None, finished_at=timezone.now(), **previewed)
        ImportFile.objects.filter(job=job).delete()


def open_file(job: Import) -> Reading:
    choices = job.choices | {"mapping": {int(key): value for key, value in job.choices.get("mapping", {}).items()}}
    file = ImportFile.objects.filter(job=job).first()
    if file is None:
        raise NoLongerHeld
    return read(bytes(file.data), job.name, **choices)


def plan(job: Import) -> None:
    """Preview: what each line would become. Short enough to start again from the top after a crash."""
    try:
        reading = open_file(job)
    except Refused as refused:
        refusal = {"code": refused.code, "line": refused.line, "limit": refused.limit}
        _hold(job, state=Import.State.REFUSED, refusal=refusal, lease_until=None, finished_at=timezone.now())
        return
    with transaction.atomic():
        job.lines.all().delete()
        columns = [[column.title, column.field] for column in reading.columns]
        facts = {"format": reading.format, "encoding": reading.encoding, "columns": columns, "total": reading.rows}
        _hold(job, **UNCOUNTED, **facts)
    directory = Directory(job.digest)
    for chunk in chunks(reading):
        with transaction.atomic():
            _note(job, outcomes(chunk, workspace=job.workspace, directory=directory))
        directory.forget()
    notices = [[notice.remark.value, notice.count] for notice in reading.notices]
    _hold(job, state=Import.State.READY, notices=notices, lease_until=None, stalled=0)


def admit(job: Import, *, until: float | None = None) -> None:
    """Write what follows the last line done, chunk by chunk."""
    reading = open_file(job)
    last = job.lines.aggregate(last=Max("number"))["last"] or 0
    for chunk in chunks(reading.after(last)):
        with transaction.atomic():
            # Imports of one company follow each other, so that none creates whom another is creating.
            Workspace.objects.select_for_update(no_key=True).get(pk=job.workspace_id)
            decided = outcomes(chunk, workspace=job.workspace, directory=Directory(job.digest), held=True)
            write(decided, workspace=job.workspace, source=job.name)
            _note(job, decided, stalled=0)
        if (written := job.seen // CHUNK) & (written - 1) == 0:  # each time that the file has doubled the address book
            refresh_statistics()
        if until is not None and time.monotonic() > until:
            _hold(job, lease_until=None)
            return
    with transaction.atomic():
        _hold(job, state=Import.State.DONE, lease_until=None, finished_at=timezone.now())
        job.file.delete()
        counts = {name: getattr(job, f"{name}_count") for name in ("created", "updated", "skipped")}
        record(job.started_by, "contacts.import.finished", job, **counts)


def refresh_statistics() -> None:
    """Tell PostgreSQL how many there are now: it would read a full table as if empty until its own next look."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for written in (Contact, ContactPoint):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(written._meta.db_table)}")


def chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    source = iter(entries)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _note(job: Import, decided: list[Outcome], **columns: Any) -> None:
    """The lines and the progress, in the transaction of what they tell."""
    ImportLine.objects.bulk_create(line_of(one, job) for one in decided)
    counted: dict[str, Any] = {"seen": job.seen + len(decided)}
    for verdict, counter in COUNTERS.items():
        counted[counter] = getattr(job, counter) + sum(one.verdict == verdict for one in decided)
    counted["problem_count"] = job.problem_count + sum(bool(one.problems) for one in decided)
    _hold(job, **counted, **columns)


def line_of(one: Outcome, job: Import) -> ImportLine:
    filled: dict[str, Any] = {}
    if one.verdict == ImportLine.Verdict.UPDATE and one.merge:
        points = [value for _label, value in one.merge.emails + one.merge.phones]
        filled = {"details": one.merge.details, "points": points, "tags": one.merge.tags}
        filled |= {"firm": one.merge.firm, "title": one.merge.title}
    if one.sectors:
        filled["sectors"] = one.sectors
    return ImportLine(
        workspace=job.workspace,
        job=job,
        number=one.line,
        name=one.name[:250],
        verdict=one.verdict,
        problems=[[problem.field, problem.code, problem.excerpt] for problem in one.problems],
        contact_id=one.person.pk if one.person else None,
        filled=filled,
    )


def _hold(job: Import, **columns: Any) -> None:
    if not job.advance(**columns):
        raise NoLongerHeld
