"""`manage.py rescore [--workspace SLUG] [--on DATE]`: compute all scores now, of one workspace or of all."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchanges import scoring
from exchanges.judging import scoring as judging
from workspaces.models import Workspace


class Command(BaseCommand):
    help = "Compute every score of a workspace, or of all, as of a day (today by default)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workspace", metavar="SLUG")
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD")

    def handle(self, *args: Any, workspace: str | None, on: date | None, **options: Any) -> None:
        workspaces = Workspace.objects.filter(slug=workspace) if workspace else Workspace.objects.all()
        if workspace and not workspaces.exists():
            raise CommandError(f"no workspace has the slug {workspace!r}")
        for one in workspaces.order_by("pk"):
            run = scoring.rescore(one, on=on or one.today())
            networks = judging.rescore(one, on=run.on)
            scored = f"{run.relationships} relationships and {networks} networks"
            self.stdout.write(f"{one.slug}: {scored} scored as of {run.on}")
