"""Workspace (espace), its members and invitations, the users who enter, and the logbook (journal)."""

import hashlib
import secrets
import unicodedata
import zoneinfo
from datetime import date, timedelta
from typing import Any, Final, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from workspaces.logbook import record, words_for
from workspaces.owned import Owned, OwnedQuerySet

INVITATION_DAYS: Final = 14
INVITATIONS_PER_HOUR: Final = 3
INVITATIONS_PER_DAY: Final = 30
# `manage.py demo` opens its workspace under this one.
RESERVED_SLUGS: Final = frozenset({"demo"})


def fold_email(address: str) -> str:
    """The one form under which an address is stored and compared (NFKC, case folded, trimmed)."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def check_timezone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Unknown time zone."))


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=fold_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **fields, is_staff=True, is_superuser=True)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=fold_email(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in, by e-mail address. `current_member` is the seat they last took."""

    class Language(models.TextChoices):
        FRENCH = "fr", "Français"
        ENGLISH = "en", "English"

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)
    is_staff = models.BooleanField(_("curator"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    current_member = models.ForeignKey("Member", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = fold_email(self.email)

    def get_short_name(self) -> str:
        return str(self)

    def seats(self) -> models.QuerySet["Member"]:
        """The workspaces that this user may open now."""
        return self.member_set.filter(removed_at=None).select_related("workspace").order_by("workspace__name", "pk")

    def take_seat(self, member: "Member | None") -> None:
        self.current_member = member
        self.save(update_fields=["current_member"])


class Role(models.TextChoices):
    """What a member may do (rôle): read, write, or also decide who enters."""

    OWNER = "owner", _("Owner")
    MEMBER = "member", _("Member")
    READER = "reader", _("Reader")

    @property
    def rank(self) -> int:
        return {Role.READER: 1, Role.MEMBER: 2, Role.OWNER: 3}[self]


class WorkspaceQuerySet(models.QuerySet["Workspace"]):
    def wanting_scores(self) -> Self:
        """Those whose scores must all be computed again, soon."""
        return self.filter(rescoring_wanted=True)


class Workspace(models.Model):
    """One company (espace, entreprise): everything else belongs to exactly one of them."""

    name = models.CharField(_("company"), max_length=120)
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    timezone = models.CharField(_("time zone"), max_length=60, default="Europe/Paris", validators=[check_timezone])
    scores_on = models.BooleanField(_("compute and show scores"), default=True)
    rescoring_wanted = models.BooleanField(default=False, editable=False)
    scores_noticed = models.BooleanField(default=False, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def open(cls, name: str, *, owner: User, slug: str = "") -> "Workspace":
        """Create a company with its first owner, who sits down in it."""
        with transaction.atomic():
            workspace = cls.objects.create(name=name, slug=slug or cls._free_slug(name))
            member = Member.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
            owner.take_seat(member)
            record(member, "workspaces.workspace.created", workspace)
        return workspace

    def edit(self, *, by: "Member", **fields: Any) -> None:
        with transaction.atomic():
            for name, value in fields.items():
                setattr(self, name, value)
            # Whether scores are shown, and the clock that ages them, may have changed.
            self.rescoring_wanted = True
            self.save(update_fields=[*fields, "rescoring_wanted"])
            record(by, "workspaces.workspace.edited", self)

    @classmethod
    def _free_slug(cls, name: str) -> str:
        stem = slugify(name)[:40] or "workspace"
        taken = stem in RESERVED_SLUGS or cls.objects.filter(slug=stem).exists()
        return f"{stem}-{secrets.token_hex(4)}" if taken else stem

    def close_scores_notice(self) -> None:
        """Someone has read what scores are: the notice need not come back."""
        self.scores_noticed = True
        self.save(update_fields=["scores_noticed"])

    def today(self) -> date:
        """The civil date in the time zone of the workspace, from which every age is counted."""
        return timezone.now().astimezone(zoneinfo.ZoneInfo(self.timezone)).date()


class LastOwner(Exception):
    def __init__(self) -> None:
        super().__init__(_("A workspace keeps at least one owner."))


class Member(Owned):
    """A user's seat in a workspace (membre), with a role; a removed seat stays for the logbook."""

    user = models.ForeignKey(User, models.CASCADE)
    role = models.CharField(_("role"), max_length=8, choices=Role)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [models.UniqueConstraint(fields=["workspace", "user"], name="member_once_per_workspace")]

    def __str__(self) -> str:
        return str(self.user)

    def may(self, role: Role) -> bool:
        return Role(self.role).rank >= role.rank

    @property
    def writes(self) -> bool:
        return self.may(Role.MEMBER)

    def change_role(self, role: Role, *, by: "Member") -> None:
        with transaction.atomic():
            self._keep_an_owner(leaving=role != Role.OWNER)
            self.role = role
            self.save(update_fields=["role", "updated"])
            if role != Role.OWNER:
                self._withdraw_invitations()
            record(by, "workspaces.member.role_changed", self, role=role.value)

    def remove(self, *, by: "Member") -> None:
        """Close the seat at once: the next request of this user in this workspace is a stranger's."""
        with transaction.atomic():
            self._keep_an_owner(leaving=True)
            self.removed_at = timezone.now()
            self.save(update_fields=["removed_at", "updated"])
            User.objects.filter(current_member=self).update(current_member=None)
            self._withdraw_invitations()
            # One that waits in their mailbox would let them back in.
            Invitation.objects.filter(workspace=self.workspace_id, email=self.user.email).pending().revoke()
            record(by, "workspaces.member.removed", self)

    def _withdraw_invitations(self) -> None:
        # Else an owner who loses the key could come back through an invitation sent before.
        Invitation.objects.filter(workspace=self.workspace_id, invited_by=self).pending().revoke()

    def _keep_an_owner(self, *, leaving: bool) -> None:
        # The lock on the workspace makes two owners who leave at once wait for each other.
        Workspace.objects.select_for_update().get(pk=self.workspace_id)
        owners = Member.objects.filter(workspace=self.workspace_id, role=Role.OWNER, removed_at=None)
        if leaving and not owners.exclude(pk=self.pk).exists():
            raise LastOwner


class InvitationSpent(Exception):
    def __init__(self) -> None:
        super().__init__(_("This invitation is no longer valid. Ask for a new one."))


class TooManyInvitations(Exception):
    def __init__(self) -> None:
        super().__init__(_("This address has received several invitations within an hour. Try again later."))


class TooManyInvitationsToday(Exception):
    def __init__(self) -> None:
        super().__init__(_("Your company has sent many invitations within a day. Try again tomorrow."))


class CuratorSitsNowhere(Exception):
    def __init__(self) -> None:
        super().__init__(_("A curator keeps the instance and enters no workspace. Accept with another account."))


class InvitationQuerySet(OwnedQuerySet):
    def pending(self) -> Self:
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=Now())

    def for_token(self, token: str) -> Self:
        return self.pending().filter(token_hash=Invitation.hash(token))

    def revoke(self) -> int:
        return self.update(revoked_at=timezone.now())


class Invitation(Owned):
    """A single-use key to one workspace in one role, sent to one address; only its hash is kept."""

    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.MEMBER)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(Member, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.email

    @staticmethod
    def hash(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    @classmethod
    def send_to(cls, email: str, *, role: Role, by: Member) -> tuple["Invitation", str]:
        """Make an invitation; returns it with the token that only the mail will carry."""
        token = secrets.token_urlsafe(32)
        address = fold_email(email)
        with transaction.atomic():
            cls._check_pace(address, by.workspace)
            cls.objects.filter(workspace=by.workspace, email=address).pending().revoke()
            invitation = cls.objects.create(
                workspace=by.workspace,
                email=address,
                role=role,
                token_hash=cls.hash(token),
                invited_by=by,
                expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
            )
            record(by, "workspaces.invitation.sent", invitation, role=role.value)
        return invitation, token

    @classmethod
    def _check_pace(cls, address: str, workspace: Workspace) -> None:
        now = timezone.now()
        if cls.objects.filter(email=address, created__gt=now - timedelta(hours=1)).count() >= INVITATIONS_PER_HOUR:
            raise TooManyInvitations
        today = cls.objects.for_workspace(workspace).filter(created__gt=now - timedelta(days=1))
        if today.count() >= INVITATIONS_PER_DAY:
            raise TooManyInvitationsToday

    def revoke(self, *, by: Member) -> None:
        with transaction.atomic():
            if not type(self).objects.filter(pk=self.pk).pending().revoke():
                raise InvitationSpent
            record(by, "workspaces.invitation.revoked", self)

    def accept(self, *, user: User) -> Member:
        """Seat `user`. Of any number of simultaneous accepts exactly one passes.

        A member who follows it keeps their role and leaves the key to whom it was meant for; so does a curator.
        """
        if user.is_staff:
            raise CuratorSitsNowhere
        if seated := user.seats().filter(workspace=self.workspace).first():
            user.take_seat(seated)
            return seated
        with transaction.atomic():
            if not type(self).objects.filter(pk=self.pk).pending().update(accepted_at=timezone.now()):
                raise InvitationSpent
            member, _created = Member.objects.update_or_create(
                workspace=self.workspace, user=user, defaults={"role": self.role, "removed_at": None}
            )
            user.take_seat(member)
            record(member, "workspaces.member.joined", member, role=self.role)
        return member


class LogEntry(models.Model):
    """One line of the workspace's logbook (journal): who did what to which record, and when."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    act = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_pk = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=200)
    details = models.JSONField(default=dict)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("logbook entry")
        verbose_name_plural = _("logbook entries")
        indexes = [
            models.Index(fields=["workspace", "-at", "-id"], name="logentry_latest"),
            models.Index(fields=["workspace", "subject_kind", "subject_pk"], name="logentry_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.act} {self.subject}"

    @property
    def words(self) -> str:
        return words_for(self.act)


class Heartbeat(models.Model):
    """When a background process last proved, by writing here, that it works. Belongs to the instance."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})
