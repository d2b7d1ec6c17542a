"""Open the demo: the workspace of a fictitious workshop, with its owner and eighteen months of ledger."""

import io
import json
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from journey.demo.loading import AlreadyLoaded, load_demo, remove_demo
from workspaces.models import Member, Role, User, Workspace

SLUG: Final = "demo"
COMPANY: Final = "Ateliers Brivel"
OWNER: Final = "demo@ateliers-brivel.example"
OWNER_NAME: Final = "Hélène Brivel"


class Command(BaseCommand):
    help = (
        "Make the workspace « demo » with its owner and its data, and print how to sign in. Where the demo is there "
        "already it stays as it is: --again tells it anew as of today, --password changes the owner's password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", help="the owner's password; a new account gets one made up without it")
        parser.add_argument("--again", action="store_true", help="take the demo data away first, and load it anew")

    def handle(self, *, password: str | None, again: bool, **options: Any) -> None:
        generated = self._open(password)
        member = Member.objects.select_related("workspace", "user").get(
            workspace__slug=SLUG, user__email=OWNER, role=Role.OWNER
        )
        if again:
            remove_demo(by=member)
        self.stdout.write(self._load(member))
        if password:
            self._set_password(member.user, password)
        shown = password or generated or "(unchanged; --password sets another)"
        self.stdout.write(f"Open {settings.BASE_URL} and sign in as {OWNER}\nPassword: {shown}")

    def _open(self, password: str | None) -> str:
        """Make the workspace where it is missing; returns the password made up for its owner, if one was."""
        known = User.objects.filter(email=OWNER).exists()
        told = io.StringIO()
        call_command("create_workspace", slug=SLUG, owner=OWNER, name=COMPANY, password=password, stdout=told)
        if not known:
            User.objects.filter(email=OWNER).update(name=OWNER_NAME, language=User.Language.FRENCH)
        return str(json.loads(told.getvalue()).get("password", ""))

    def _load(self, member: Member) -> str:
        workspace: Workspace = member.workspace
        try:
            count = load_demo(by=member, today=workspace.today())
        except AlreadyLoaded:
            return "The demo data is already there; --again loads it anew as of today."
        return f"{count} fictitious contacts loaded into « {workspace.name} »."

    def _set_password(self, user: User, password: str) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])
