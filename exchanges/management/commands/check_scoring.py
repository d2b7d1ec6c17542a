"""`manage.py check_scoring FILE.json [--only NAME …]`: do our formulas agree with someone else's worked cases?"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchanges.checking import Report, check


class Command(BaseCommand):
    help = "Run a file of worked cases against the formulas; exit 1 when one differs."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--only", nargs="+", action="extend", default=[], metavar="NAME", help="functions to check")

    def handle(self, *, file: Path, only: list[str], **options: Any) -> None:
        try:
            report = check(json.loads(file.read_text(encoding="utf-8")), only)
        except (OSError, ValueError) as problem:
            raise CommandError(f"{file}: {problem}", returncode=2) from problem
        self.tell(report)
        if not report.agrees:
            raise CommandError(f"{len(report.mismatches)} differences, {len(report.refused)} unknown names.")

    def tell(self, report: Report) -> None:
        for line in (*report.mismatches, *report.unread):
            self.stdout.write(line)
        for function, cases in report.missing.items():
            self.stdout.write(f"{function} does not exist yet: {', '.join(cases)}")
        for name in report.refused:
            self.stdout.write(f"{name} is not a function of ours")
        self.stdout.write(f"{len(report.agreed)} cases agree.")
