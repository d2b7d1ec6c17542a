"""`manage.py import_contacts --workspace SLUG FILE [--dry-run]`: bring a file in from the terminal; reports in JSON."""

import json
from argparse import ArgumentParser
from collections import Counter
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
from contacts.imports.reasons import Refused
from contacts.models import Import, ImportLine
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
        self.say(planned(company, reading) if dry_run else admitted(company, file.name, data))

    def say(self, report: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))


def planned(workspace: Workspace, reading: Reading) -> dict[str, Any]:
    directory, report = Directory(), Report()
    for chunk in jobs.chunks(reading):
        for one in outcomes(chunk, workspace=workspace, directory=directory):
            report.add(one.line, one.verdict, ((each.field, each.code, each.excerpt) for each in one.problems))
            if one.person:
                report.met[id(one.person) if one.person.pk is None else -one.person.pk] = one.person.full_name
        directory.forget()
    return report.told()


def admitted(workspace: Workspace, name: str, data: bytes) -> dict[str, Any]:
    job = Import.open_held(name, data, workspace=workspace)
    jobs.carry(job)
    job.refresh_from_db()
    if job.state != Import.State.DONE:
        raise CommandError(f"the import stopped: {job.get_state_display()}")
    report = Report()
    columns = ("number", "verdict", "problems", "contact", "contact__given_name", "contact__family_name")
    for number, verdict, problems, contact, *names in job.lines.order_by("number").values_list(*columns).iterator():
        report.add(number, verdict, problems)
        if contact is not None:
            report.met[contact] = " ".join(filter(None, names))
    return report.told()


@dataclass
class Report:
    """`met`: each person whom a line created or found, once, in the order of the file."""

    verdicts: Counter[str] = field(default_factory=Counter)
    problems: list[dict[str, Any]] = field(default_factory=list)
    met: dict[int, str] = field(default_factory=dict)

    def add(self, number: int, verdict: str, problems: Iterable[Iterable[str]]) -> None:
        self.verdicts[verdict] += 1
        for name, code, excerpt in problems:
            self.problems.append({"line": number, "field": name, "reason": code, "value": excerpt})

    def told(self) -> dict[str, Any]:
        return {
            "created": self.verdicts[ImportLine.Verdict.CREATE],
            "updated": self.verdicts[ImportLine.Verdict.UPDATE],
            "skipped": self.verdicts[ImportLine.Verdict.SKIP],
            "problems": self.problems,
            "contacts": list(self.met.values()),
        }
