"""The shared catalogue of networks: its entries, what owners suggest about them, and who changed what.

These rows belong to the instance. Curators write them; no owner's sheet is ever read from here.
"""

from datetime import date, timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from networks.models.facts import Facts
from workspaces.folding import fold
from workspaces.models import Workspace

STALE_AFTER: Final = timedelta(days=365)


class CatalogueQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        return self.filter(retired_on=None)

    def stale(self, today: date) -> Self:
        """Published, and never verified or too long ago."""
        return self.published().filter(Q(verified_on=None) | Q(verified_on__lt=today - STALE_AFTER))

    def matching(self, text: str) -> Self:
        """Those whose name, kind, words, audience, services or territory hold every word, accents ignored."""
        found = self
        for word in fold(text).split():
            found = found.filter(search__contains=word)
        return found


class CatalogueEntry(Facts):
    """One network that anybody may join (réseau), or a family of them to be cloned (famille)."""

    class Nature(models.TextChoices):
        NETWORK = "network", _("Network")
        FAMILY = "family", _("Family to be cloned")

    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    nature = models.CharField(_("nature"), max_length=7, choices=Nature, default=Nature.NETWORK)
    source = models.CharField(_("source"), max_length=300, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    # What the file said at its last reading: a fact that differs from it was written by a curator and stays.
    loaded = models.JSONField(default=dict, editable=False)
    search = models.TextField(editable=False)
    sort_key = models.CharField(max_length=200, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("network of the catalogue")
        verbose_name_plural = _("networks of the catalogue")
        indexes = [models.Index(fields=["sort_key", "id"], name="catalogue_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("networks:entry_detail", args=[self.slug])

    @property
    def is_family(self) -> bool:
        return self.nature == self.Nature.FAMILY

    def is_stale(self, today: date) -> bool:
        return self.verified_on is None or self.verified_on < today - STALE_AFTER

    def index(self) -> None:
        """What the search looks into, and what the list is sorted by."""
        words = (self.name, self.subtype, self.description, self.audience, self.services, self.territory)
        self.search, self.sort_key = fold(" ".join(words)), fold(self.name)[:200]

    def save(self, **kwargs: Any) -> None:
        self.index()
        super().save(**kwargs)


class SuggestionQuerySet(models.QuerySet[Any]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def waiting(self) -> Self:
        return self.filter(state="waiting")


class Suggestion(models.Model):
    """What an owner proposes to the curators: a new entry, or a correction of one. They see the facts, not the company.

    `facts` holds only what should change, or all of a new entry.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        PUBLISHED = "published", _("Published")
        REFUSED = "refused", _("Not taken up")

    entry = models.ForeignKey(CatalogueEntry, models.CASCADE, null=True, blank=True, related_name="suggestions")
    facts = models.JSONField(default=dict)
    reason = models.CharField(_("where you have it from"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    answer = models.CharField(_("answer to the owner"), max_length=300, blank=True)
    # For its own company's page; no curator's page shows it.
    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["state", "created"]

    def __str__(self) -> str:
        return str(self.facts.get("name") or self.entry or "")


class CurationEntry(models.Model):
    """One act of a curator, with what it changed. Never edited."""

    class Act(models.TextChoices):
        LOADED = "loaded", _("read from a file")
        CREATED = "created", _("created")
        EDITED = "edited", _("edited")
        VERIFIED = "verified", _("verified")
        PUBLISHED = "published", _("published a suggestion on")
        REFUSED = "refused", _("refused a suggestion on")
        MERGED = "merged", _("merged")
        RETIRED = "retired", _("retired")
        RESTORED = "restored", _("restored")

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    act = models.CharField(_("act"), max_length=9, choices=Act)
    entry = models.ForeignKey(CatalogueEntry, models.SET_NULL, null=True, related_name="log")
    name = models.CharField(_("network"), max_length=200)
    changes = models.JSONField(_("changes"), default=dict)

    class Meta:
        verbose_name = _("act of a curator")
        verbose_name_plural = _("acts of the curators")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.name}"
