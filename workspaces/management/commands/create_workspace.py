"""Open a workspace from the command line, with an owner whose address counts as verified."""

import json
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email, validate_slug
from django.db import transaction

from workspaces.models import Member, Role, User, Workspace, fold_email

REFUSED = 2
TAKEN = 3


class Command(BaseCommand):
    help = (
        "Make a workspace and its owner; print one line of JSON. Without --password a new account gets one, which "
        "that line shows. Exit codes: 0 made, or there already with this owner; 2 bad slug or address, or a "
        "curator's address; 3 the slug belongs to someone else."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slug", required=True)
        parser.add_argument("--owner", required=True, metavar="EMAIL")
        parser.add_argument("--password", help="for a new account only; an existing one keeps its own")
        parser.add_argument("--name", help="the company; by default the slug")

    def handle(self, *, slug: str, owner: str, password: str | None, name: str | None, **options: Any) -> None:
        email = fold_email(owner)
        self._check(slug, email)
        with transaction.atomic():
            if workspace := Workspace.objects.filter(slug=slug).first():
                self._expect_owner(workspace, email)
                self._tell(slug, email, created=False)
                return
            user, generated = self._account(email, password)
            Workspace.open(name or slug, owner=user, slug=slug)
        self._tell(slug, email, created=True, **({"password": generated} if generated else {}))

    def _check(self, slug: str, email: str) -> None:
        try:
            validate_slug(slug)
            validate_email(email)
            Workspace._meta.get_field("slug").run_validators(slug)
        except ValidationError as invalid:
            raise CommandError(" ".join(invalid.messages), returncode=REFUSED) from invalid
        if User.objects.filter(email=email, is_staff=True).exists():
            raise CommandError("A curator sits in no workspace: give another address.", returncode=REFUSED)

    def _expect_owner(self, workspace: Workspace, email: str) -> None:
        owners = Member.objects.for_workspace(workspace).filter(role=Role.OWNER, removed_at=None)
        if not owners.filter(user__email=email).exists():
            raise CommandError(f"The slug {workspace.slug} is taken by another owner.", returncode=TAKEN)

    def _account(self, email: str, password: str | None) -> tuple[User, str]:
        """The owner's account, and the password that we made up for it, if we did."""
        if user := User.objects.filter(email=email).first():
            return user, ""
        generated = "" if password else secrets.token_urlsafe(12)
        user = User.objects.create_user(email, password or generated)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return user, generated

    def _tell(self, slug: str, email: str, **facts: Any) -> None:
        self.stdout.write(json.dumps({"workspace": slug, "owner": email} | facts))
