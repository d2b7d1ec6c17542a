"""`manage.py import_contacts --workspace SLUG FILE [--dry-run]`: bring a file in from the terminal; reports in JSON."""

import json
from argparse import ArgumentParser
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.imports import job as jobs
from contacts.imports.admit import outcomes
from contacts.imports.limits import DEFAULT_LIMITS
from contacts.imports.matching import Directory
from contacts.imports.reading import Reading, read
from contacts.imports.reasons import Notice, Refused, Remark
from contacts.models import Import, ImportLine
from contacts.models.importing import digest_of
from workspaces.models import Workspace

REFUSED_WHOLE = 2


class Command(BaseCommand):
    help = "Bring contacts in from a CSV or vCard file. Exit 0: understood; 2: refused whole, nothing written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--workspace", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")

    def handle(self, *args: Any, file: Path, workspace: str, dry_run: bool, **options: Any) -> None:
        company = Workspace.objects.filter(slug=workspace).first()
        if company is None:
            raise CommandError(f"no workspace has the slug {workspace!r}")
        try:
            with file.open("rb") as source:
                data = source.read(DEFAULT_LIMITS.bytes + 1)
        except OSError as unreadable:
            raise CommandError(f"cannot read {file}: {unreadable.strerror}") from unreadable
        try:
            reading = read(data, file.name)
        except Refused as refused:
            self.say(Report().told() | {"refused": refused.code, "line": refused.line, "message": str(refused)})
            raise SystemExit(REFUSED_WHOLE) from refused
        report = planned(company, reading, digest_of(data)) if dry_run else admitted(company, file.name, data, reading)
        self.say(report.told())

    def say(self, report: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))


def planned(workspace: Workspace, reading: Reading, digest: str) -> "Report":
    directory, report = Directory(digest), Report(reading=reading)
    for chunk in jobs.chunks(reading):
        for one in outcomes(chunk, workspace=workspace, directory=directory):
            report.add(one.line, one.verdict, ((each.field, each.code, each.excerpt) for each in one.problems))
            if one.person:
                report.met[id(one.person) if one.person.pk is None else -one.person.pk] = one.person.full_name
        directory.forget()
    return report


def admitted(workspace: Workspace, name: str, data: bytes, reading: Reading) -> "Report":
    job = Import.open_held(name, data, workspace=workspace)
    jobs.carry(job)
    job.refresh_from_db()
    if job.state != Import.State.DONE:
        raise CommandError(f"the import stopped: {job.get_state_display()}")
    deque(reading, maxlen=0)  # its notices count what it read
    report = Report(reading=reading)
    columns = ("number", "verdict", "problems", "contact", "contact__given_name", "contact__family_name")
    for number, verdict, problems, contact, *names in job.lines.order_by("number").values_list(*columns).iterator():
        report.add(number, verdict, problems)
        if contact is not None:
            report.met[contact] = " ".join(filter(None, names))
    return report


@dataclass
class Report:
    """`met`: each person whom a line created or found, once, in the order of the file; `known`: lines without news."""

    reading: Reading | None = None
    known: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    problems: list[dict[str, Any]] = field(default_factory=list)
    met: dict[int, str] = field(default_factory=dict)

    def add(self, number: int, verdict: str, problems: Iterable[Iterable[str]]) -> None:
        self.verdicts[verdict] += 1
        before = len(self.problems)
        for name, code, excerpt in problems:
            self.problems.append({"line": number, "field": name, "reason": code, "value": excerpt})
        self.known += verdict == ImportLine.Verdict.SKIP and len(self.problems) == before

    def told(self) -> dict[str, Any]:
        return {
            "created": self.verdicts[ImportLine.Verdict.CREATE],
            "updated": self.verdicts[ImportLine.Verdict.UPDATE],
            "skipped": self.verdicts[ImportLine.Verdict.SKIP],
            "problems": self.problems,
            "contacts": list(self.met.values()),
            "notices": self.notices(),
            "columns_left_out": self.columns_left_out(),
        }

    def notices(self) -> list[str]:
        """What is worth saying of the whole file."""
        known = [Notice(Remark.KNOWN, self.known)] if self.known else []
        return [str(notice) for notice in [*(self.reading.notices if self.reading else []), *known]]

    def columns_left_out(self) -> list[str]:
        columns = self.reading.columns if self.reading else []
        return [column.title for column in columns if column.field is None and column.title]
