"""Relationship (relation): how we stand with one contact, as seen from this workspace."""

from datetime import date, datetime
from typing import Any, Final, Self

from django.db import models, transaction
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.models import Network
from strategy.models import Objective
from workspaces.logbook import record
from workspaces.models import Member, Workspace
from workspaces.owned import Owned, OwnedQuerySet

NEVER = date(1, 1, 1)
BELOW_ALL = -2.0


def _or_else(column: str, fallback: str, kind: "models.Field[Any, Any]") -> Func:
    """COALESCE with its fallback in the text of the query: SQLite uses an index on an expression only when both are
    spelled alike, and never recognises a parameter."""
    return Func(F(column), template=f"COALESCE(%(expressions)s, {fallback})", output_field=kind)


# What the list sorts by: never contacted is before any date, not scored below any score. So they come last where the
# latest or the best lead, and the never contacted lead where the longest not met do.
LAST_CONTACT = _or_else("last_contact_on", "'0001-01-01'", models.DateField())
BALANCE = _or_else("balance", "-2.0", models.FloatField())
RELIABLE = _or_else("reliability_lo", "-2.0", models.FloatField())
NEXT_CONTACT = _or_else("next_contact_on", "'9999-12-31'", models.DateField())


class Rank(models.TextChoices):
    """What a contact is to the company once it has asked which objective they serve (tri)."""

    A = "a", _("A: we get ahead together")
    B = "b", _("B: useful now and then")
    C = "c", _("C: good to know")
    WATCH = "watch", _("Watch: to be seen later")


# Those that one keeps up: the active network.
CLOSE: Final = (Rank.A, Rank.B)


class SortedMeanwhile(Exception):
    """Somebody sorted this contact after the card was drawn; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("This person was sorted meanwhile, in another tab or by somebody else."))


class RelationshipQuerySet(OwnedQuerySet):
    def stale(self) -> Self:
        """What a write has made out of date and no sweep has rescored yet, oldest first."""
        return self.filter(stale_since__isnull=False).order_by("stale_since", "pk")

    def any_to_score(self) -> bool:
        """Whether any relation or network is stale, or a whole workspace waits: one query, which indexes answer."""
        waiting = [Workspace.objects.wanting_scores().values("pk"), Network.objects.stale().order_by().values("pk")]
        return self.filter(stale_since__isnull=False).values("pk").union(*waiting, all=True).exists()

    def present(self) -> Self:
        """Those whose contact is not in the bin."""
        return self.filter(contact__deleted_at=None)

    def sorted(self) -> Self:
        return self.exclude(rank="")

    def unsorted(self) -> Self:
        return self.filter(rank="")

    def counted(self) -> Self:
        return self.filter(uncounted_at=None, workspace__scores_on=True)

    def lock(self) -> "list[tuple[Any, ...]]":
        """Hold these rows until the end of the transaction: (pk, version, stale_since) of each, as they are now.

        Whoever writes several takes them in this order first, so that no two writers wait for each other.
        """
        held = self.select_for_update().order_by("pk")
        return list(held.values_list("pk", "version", "stale_since"))

    def mark_stale(self) -> int:
        return self.update(stale_since=timezone.now())


class Relationship(Owned):
    """One row per contact. `exchanges.scoring` writes every column below `stale_since`; nobody computes them here.

    Columns that hold None have too little evidence to be shown; the sort by score, best first, puts them last.
    """

    # A night's scores move every row of a company, in each of its indexes: these two are not worth theirs.
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+", db_index=False)
    contact = models.OneToOneField("contacts.Contact", models.CASCADE, related_name="relationship")
    last_contact_on = models.DateField(null=True, blank=True)
    uncounted_at = models.DateTimeField(null=True, blank=True)
    uncounted_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    stale_since = models.DateTimeField(null=True, blank=True)

    class Circle(models.TextChoices):
        CORE = "core", _("Core")
        ACTIVE = "active", _("Active")
        WIDE = "wide", _("Wide")

    class Rhythm(models.TextChoices):
        FRESH = "fresh", _("Up to date")
        DUE = "due", _("To call again")
        LATE = "late", _("Late")
        DORMANT = "dormant", _("Asleep")
        NEVER = "never", _("Never in touch")

    class Closeness(models.IntegerChoices):
        DISTANT = 1, _("Distant")
        CORDIAL = 2, _("Cordial")
        GOOD = 3, _("Good")
        CLOSE = 4, _("Near")
        VERY_CLOSE = 5, _("Very near")

    # What the owner said when sorting their contacts: blank until then. `version` counts the scorings, not these.
    rank = models.CharField(_("rank"), max_length=5, choices=Rank, blank=True)
    objective = models.ForeignKey(
        Objective,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="relationships",
        verbose_name=_("which objective they serve"),
    )

    # Decayed sums as of `scored_on`, each read at a later date by one multiplication (docs/scoring.md#state).
    given = models.FloatField(default=0)
    received = models.FloatField(default=0)
    squares = models.FloatField(default=0)
    kept = models.FloatField(default=0)
    broken = models.FloatField(default=0)

    # What the lists show of promises: one letter each, oldest first (k kept, l late, b broken, o overdue, p pending),
    # and the open one that comes first, mine before theirs.
    promise_marks = models.CharField(max_length=12, blank=True)
    next_summary = models.CharField(max_length=300, blank=True)
    next_by = models.CharField(max_length=4, blank=True)
    next_due_on = models.DateField(null=True, blank=True)

    # What the screens show, dated `scored_on`.
    scored_on = models.DateField(null=True, blank=True)
    params_version = models.CharField(max_length=16, blank=True)
    reciprocity = models.FloatField(null=True, blank=True)
    balance = models.FloatField(null=True, blank=True)
    balance_lo = models.FloatField(null=True, blank=True)
    balance_hi = models.FloatField(null=True, blank=True)
    exchange_evidence = models.FloatField(default=0)
    balance_label = models.CharField(max_length=20, blank=True)
    balance_firmness = models.CharField(max_length=20, blank=True)
    reliability = models.FloatField(null=True, blank=True)
    reliability_lo = models.FloatField(null=True, blank=True)
    reliability_hi = models.FloatField(null=True, blank=True)
    commitment_evidence = models.FloatField(default=0)
    reliability_label = models.CharField(max_length=20, blank=True)
    responsiveness = models.FloatField(null=True, blank=True)
    responsiveness_lo = models.FloatField(null=True, blank=True)
    responsiveness_hi = models.FloatField(null=True, blank=True)
    request_evidence = models.FloatField(default=0)
    median_delay = models.FloatField(null=True, blank=True)
    answered_share = models.FloatField(null=True, blank=True)

    # What the owner says of the tie: how close one feels, in which circle it is kept, until when it waits.
    closeness = models.PositiveSmallIntegerField(_("closeness"), null=True, blank=True, choices=Closeness)
    circle = models.CharField(_("circle"), max_length=6, blank=True, choices=Circle)
    snoozed_until = models.DateField(null=True, blank=True)

    # Its rhythm, dated `scored_on` as well: how strong it is, the minutes that one contact takes, every how many days
    # it wants one within the time there is, when the next is due (None while it sleeps), where it stands, what waking
    # it promises, and the days of contact in each of the last twelve months, a digit in base 36 each.
    strength = models.FloatField(null=True, blank=True)
    contact_minutes = models.FloatField(default=0)
    cadence_days = models.FloatField(null=True, blank=True)
    next_contact_on = models.DateField(null=True, blank=True)
    rhythm = models.CharField(max_length=7, blank=True, choices=Rhythm)
    reactivation = models.FloatField(null=True, blank=True)
    touches = models.CharField(max_length=12, blank=True)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("relationship")
        verbose_name_plural = _("relationships")
        indexes = [
            models.Index(fields=["stale_since"], name="relationship_stale", condition=Q(stale_since__isnull=False)),
            models.Index(fields=["workspace", "rank"], name="relationship_sorted", condition=~Q(rank="")),
            models.Index(F("workspace"), LAST_CONTACT.desc(), F("contact").desc(), name="relationship_last"),
            models.Index(F("workspace"), BALANCE.desc(), F("contact").desc(), name="relationship_balance"),
            models.Index(F("workspace"), RELIABLE.desc(), F("contact").desc(), name="relationship_reliable"),
            models.Index(F("workspace"), NEXT_CONTACT, F("contact"), name="relationship_next"),
            models.Index(
                fields=["workspace", "-strength"], name="relationship_strong", condition=Q(strength__isnull=False)
            ),
            models.Index(
                fields=["workspace", "-reactivation"],
                name="relationship_asleep",
                condition=Q(reactivation__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="relationship_closeness", condition=Q(closeness=None) | Q(closeness__gte=1, closeness__lte=5)
            )
        ]

    def __str__(self) -> str:
        return str(self.contact)

    @property
    def is_counted(self) -> bool:
        return self.uncounted_at is None and self.workspace.scores_on

    def is_snoozed(self, today: date) -> bool:
        return self.snoozed_until is not None and self.snoozed_until > today

    def describe(self, *, by: Member, closeness: int | None, circle: str) -> None:
        """What the owner says of the tie. `version` counts the scorings here, so the last of two savers wins."""
        with transaction.atomic():
            self.closeness, self.circle, self.stale_since = closeness, circle, timezone.now()
            self.save(update_fields=["closeness", "circle", "stale_since", "updated"])
            record(by, "contacts.relationship.edited", self.contact)

    def snooze(self, until: date, *, by: Member) -> None:
        """Not to be asked for before that day, unless one is in touch earlier: the ledger ends it then."""
        self._wait(until, by, "contacts.relationship.snoozed")

    def resume(self, *, by: Member) -> None:
        self._wait(None, by, "contacts.relationship.resumed")

    def _wait(self, until: date | None, by: Member, act: str) -> None:
        with transaction.atomic():
            self.snoozed_until, self.stale_since = until, timezone.now()
            self.save(update_fields=["snoozed_until", "stale_since", "updated"])
            record(by, act, self.contact)

    def sort(self, rank: str, objective: Objective | None, *, by: Member, seen: str) -> None:
        """`seen` is the rank that the card showed; blank takes the contact back among those to sort."""
        with transaction.atomic():
            rows = type(self).objects.filter(pk=self.pk, rank=seen)
            if not rows.update(rank=rank, objective=objective, updated=timezone.now()):
                raise SortedMeanwhile
            self.rank, self.objective = rank, objective
            record(by, "contacts.relationship.sorted", self.contact, rank=rank)

    def uncount(self, *, by: Member) -> None:
        """Keep the relationship « hors compteur »: its scores are wiped and no longer computed."""
        self._set_counting(timezone.now(), by, "contacts.relationship.uncounted")

    def count(self, *, by: Member) -> None:
        self._set_counting(None, by, "contacts.relationship.counted")

    def _set_counting(self, uncounted_at: datetime | None, by: Member, act: str) -> None:
        with transaction.atomic():
            self.uncounted_at = uncounted_at
            self.uncounted_by = by if uncounted_at else None
            self.stale_since = timezone.now()
            self.save(update_fields=["uncounted_at", "uncounted_by", "stale_since", "updated"])
            record(by, act, self.contact)
