"""Network (réseau): our own sheet on one, with its rules, channels, services and what it does for other networks."""

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from networks.models.catalogue import CatalogueEntry
from networks.models.facts import Facts, check_site
from workspaces.folding import comparable
from workspaces.logbook import record
from workspaces.models import Member
from workspaces.owned import Owned, OwnedQuerySet


class NetworkQuerySet(OwnedQuerySet):
    def joined(self) -> Self:
        """Those to which we give time or money now."""
        from networks.models.membership import RUNNING, Membership

        return self.filter(pk__in=Membership.objects.filter(status__in=RUNNING).values("network"))

    def named(self, name: str) -> Self:
        """Those that a reader would take for one another by name: accents and case aside, as no two engines do."""
        wanted = comparable(name)
        return self.filter(pk__in=[pk for pk, known in self.values_list("pk", "name") if comparable(known) == wanted])

    def nearest_first(self) -> Self:
        """Those that we have not left: where we are or mean to be, the running ones first, then the other sheets."""
        from networks.models.membership import RUNNING, Membership

        stays = Membership.objects.filter(network=OuterRef("pk"))
        place = Case(When(Exists(stays.filter(status__in=RUNNING)), then=0), When(Exists(stays), then=1), default=2)
        left = Exists(stays) & ~Exists(stays.current())
        return self.exclude(left).annotate(place=place).order_by("place", "name", "pk")

    def open_to_all(self) -> Self:
        """Those to which belonging reveals nothing that nobody has to tell."""
        return self.filter(sensitive="").exclude(type="ideological")

    def with_decision(self) -> Self:
        """Each with `verdict` and `review_on` of the decision that holds now."""
        from networks.models.choice import Decision

        latest = Decision.objects.filter(network=OuterRef("pk")).latest_first()
        return self.annotate(
            verdict=Subquery(latest.values("verdict")[:1]), review_on=Subquery(latest.values("review_on")[:1])
        )

    def stale(self) -> Self:
        """What a write has made out of date and no sweep has scored yet, oldest first."""
        return self.filter(stale_since__isnull=False).order_by("stale_since", "pk")


class Network(Facts, Owned):
    """The eight things that make a network, and the four by which it exists; `entry` is where its facts come from.

    `exchanges.networking` writes `figures` and what follows it; nobody computes them here.
    """

    class Frame(models.TextChoices):
        PROJECT = "project", _("A project")
        CONVICTION = "conviction", _("A conviction")
        AMBITION = "ambition", _("An ambition")

    class Function(models.TextChoices):
        ACCESS = "access", _("Access to resources")
        WATCH = "watch", _("Watch")
        BUSINESS = "business", _("Business")
        INFLUENCE = "influence", _("Influence")
        MUTUAL_AID = "mutual_aid", _("Mutual aid")
        TRAINING = "training", _("Training")

    class Slot(models.TextChoices):
        MORNING = "morning", _("Morning")
        NOON = "noon", _("Midday")
        AFTERNOON = "afternoon", _("Afternoon")
        EVENING = "evening", _("Evening")

    entry = models.ForeignKey(
        CatalogueEntry, models.SET_NULL, null=True, blank=True, editable=False, related_name="sheets"
    )
    taken = models.JSONField(default=dict, editable=False)  # the entry's facts when they were last looked at

    # What makes it a network.
    bonds = models.TextField(_("what ties its people"), max_length=1000, blank=True)
    admission = models.TextField(_("what it asks of a member"), max_length=1000, blank=True)
    exclusive = models.BooleanField(_("asks its members to belong to no other of its kind"), default=False)
    attendance = models.PositiveSmallIntegerField(
        _("attendance asked for, in %"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    weekday = models.PositiveSmallIntegerField(_("usual day"), choices=list(WEEKDAYS.items()), null=True, blank=True)
    slot = models.CharField(_("usual time"), max_length=9, choices=Slot, blank=True)
    reciprocity = models.TextField(_("what one gives there, and what one may expect"), max_length=1000, blank=True)
    exit = models.TextField(_("how one leaves it"), max_length=1000, blank=True)
    notice_days = models.PositiveSmallIntegerField(
        _("notice, in days"), null=True, blank=True, validators=[MaxValueValidator(730)]
    )
    functions = models.JSONField(_("what it is for"), default=list, blank=True)
    purpose = models.TextField(_("its aim"), max_length=1000, blank=True)
    reliability = models.TextField(_("how it keeps its word"), max_length=1000, blank=True)
    plug_in = models.TextField(_("how a newcomer finds their way in"), max_length=1000, blank=True)

    # By what it exists.
    kinds = models.JSONField(_("what is exchanged there"), default=list, blank=True)
    frame = models.CharField(_("its frame"), max_length=10, choices=Frame, blank=True)
    frame_words = models.CharField(_("in its own words"), max_length=300, blank=True)
    adherence = models.PositiveSmallIntegerField(
        _("how far you share it"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    aims = models.TextField(_("its objectives"), max_length=1000, blank=True)
    cadence_days = models.PositiveSmallIntegerField(
        _("how often it meets, in days"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    host = models.CharField(_("whose turn it is to invite"), max_length=120, blank=True)

    # What we think of it: answers to the questionnaire (0–10 by item) and to the five questions of tool or weapon.
    opinions = models.JSONField(default=dict, editable=False)
    role_answers = models.JSONField(default=list, editable=False)
    # The terms of the strategy's filter that only the owner can judge, 0–10 each (`networks.choosing.JUDGED`).
    fit = models.JSONField(default=dict, editable=False)

    figures = models.JSONField(default=dict, editable=False)
    scored_on = models.DateField(null=True, editable=False)
    stale_since = models.DateTimeField(null=True, editable=False)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        indexes = [models.Index(fields=["stale_since"], name="network_stale", condition=Q(stale_since__isnull=False))]
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="network_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("networks:network_detail", args=[self.pk])

    @classmethod
    def mark_stale(cls, pks: Collection[int]) -> None:
        """Their figures are to be computed again. Taken in order, so that no two writers wait for each other."""
        rows = cls.objects.filter(pk__in=pks)
        if len(pks) > 1:
            list(rows.select_for_update().order_by("pk").values_list("pk"))
        if pks:
            rows.update(stale_since=timezone.now())

    def retype(self, type_: str, *, by: Member) -> None:
        """An informal network becomes a club, a club a branch: the logbook keeps what it was."""
        if type_ == self.type:
            return
        with transaction.atomic():
            before, self.type = self.type, type_
            self.second_type = "" if self.second_type == type_ else self.second_type
            self.version += 1
            self.save(update_fields=["type", "second_type", "version", "updated"])
            record(by, "networks.network.retyped", self, before=before, after=type_)

    @property
    def verdict_words(self) -> str:
        """Of the decision that holds, when `with_decision` has fetched it."""
        from networks.models.choice import Decision

        return str(dict(Decision.Verdict.choices).get(getattr(self, "verdict", None) or "", ""))

    @property
    def asks_reason(self) -> bool:
        """Belonging to it may reveal what nobody has to tell (RGPD art. 9)."""
        return bool(self.sensitive) or self.type == "ideological"


class NetworkRule(Owned):
    """A rule or a code of a network (règle)."""

    class Category(models.TextChoices):
        EXCHANGE = "exchange", _("Exchange")
        CODE = "code", _("Code")
        CONFIDENTIALITY = "confidentiality", _("Confidentiality")
        ATTENDANCE = "attendance", _("Attendance")

    network = models.ForeignKey(Network, models.CASCADE, related_name="rules")
    category = models.CharField(_("what it is about"), max_length=15, choices=Category, default=Category.CODE)
    text = models.CharField(_("the rule"), max_length=300)
    source = models.CharField(_("where it is written"), max_length=200, blank=True)
    mandatory = models.BooleanField(_("it is compulsory"), default=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")

    def __str__(self) -> str:
        return self.text


class Channel(Owned):
    """Where a network's people meet and write to each other (canal): its infrastructure."""

    class Kind(models.TextChoices):
        PLACE = "place", _("Place")
        LIST = "list", _("Mailing list")
        GROUP = "group", _("Messaging group")
        PLATFORM = "platform", _("Platform")
        DIRECTORY = "directory", _("Directory")
        CALENDAR = "calendar", _("Calendar")

    network = models.ForeignKey(Network, models.CASCADE, related_name="channels")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.PLACE)
    title = models.CharField(_("name"), max_length=120)
    url = models.CharField(_("address on the web"), max_length=500, blank=True, validators=[check_site])
    access = models.CharField(_("how one gets in"), max_length=200, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")

    def __str__(self) -> str:
        return self.title


class NetworkService(Owned):
    """A service that a network gives its members (service): made with them or not, open to all or not."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="offers")
    title = models.CharField(_("service"), max_length=200)
    coproduced = models.BooleanField(_("made by the members together"), default=False)
    mutualised = models.BooleanField(_("open to all members"), default=False)
    used_on = models.DateField(_("last used on"), null=True, blank=True)
    uses = models.PositiveIntegerField(_("times used"), default=0)
    contributions = models.PositiveIntegerField(_("times we took part in making it"), default=0)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [models.UniqueConstraint(fields=["network", "title"], name="service_once")]

    def __str__(self) -> str:
        return self.title

    def use(self, *, by: Member, on: date) -> None:
        self._count("used", by=by, uses=F("uses") + 1, used_on=on)

    def contribute(self, *, by: Member) -> None:
        self._count("contributed", by=by, contributions=F("contributions") + 1)

    def _count(self, act: str, *, by: Member, **columns: Any) -> None:
        with transaction.atomic():
            type(self).objects.filter(pk=self.pk).update(version=F("version") + 1, **columns)
            record(by, f"networks.networkservice.{act}", self)


class NetworkLink(Owned):
    """What one network does for another (interopérabilité): feeds it, serves it, completes it, unites it, rivals it."""

    class Kind(models.TextChoices):
        FEEDS = "feeds", _("feeds")
        SERVES = "serves", _("is at the service of")
        COMPLETES = "completes", _("completes")
        UNITES = "unites", _("brings together")
        RIVALS = "rivals", _("competes with")

    source = models.ForeignKey(Network, models.CASCADE, related_name="links_out", verbose_name=_("network"))
    target = models.ForeignKey(Network, models.CASCADE, related_name="links_in", verbose_name=_("other network"))
    kind = models.CharField(_("what it does"), max_length=9, choices=Kind, default=Kind.SERVES)
    note = models.CharField(_("in one line"), max_length=300, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between networks")
        verbose_name_plural = _("links between networks")
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="networklink_once"),
            models.CheckConstraint(
                name="networklink_to_another",
                condition=~Q(source=F("target")),
                violation_error_message=_("A network is not linked to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()} {self.target}"


class TimeSpent(Owned):
    """Time given to a network outside its meetings (temps passé); meetings count by themselves."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="times")
    on = models.DateField(_("date"))
    minutes = models.PositiveIntegerField(_("minutes"), validators=[MinValueValidator(1), MaxValueValidator(10_080)])
    note = models.CharField(_("for what"), max_length=200, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("time spent")
        verbose_name_plural = _("times spent")
        indexes = [models.Index(fields=["network", "-on"], name="timespent_latest")]

    def __str__(self) -> str:
        return self.note or str(self.network)
