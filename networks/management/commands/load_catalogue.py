"""`manage.py load_catalogue [FILE]`: bring the shared catalogue up to date with a file; reports in JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from networks.catalogue import load
from networks.catalogue_file import BYTES_MAX, FileRefused, read

DEFAULT = Path(__file__).resolve().parent.parent.parent / "data" / "catalogue.csv"
REFUSED_WHOLE = 2


class Command(BaseCommand):
    help = (
        "Read the catalogue of networks from a CSV file, by default the one that comes with NetCRM. What a curator "
        "changed stays; reading twice changes nothing. Exit 0: read; 2: refused whole, nothing written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=DEFAULT)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as source:
                data = source.read(BYTES_MAX + 1)
        except OSError as unreadable:
            raise CommandError(f"cannot read {file}: {unreadable.strerror}") from unreadable
        try:
            report = load(read(data)).told()
        except FileRefused as refused:
            self.say({"refused": str(refused.reason), "line": refused.line, "column": refused.column})
            raise SystemExit(REFUSED_WHOLE) from refused
        self.say(report)

    def say(self, report: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
