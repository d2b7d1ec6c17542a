"""Resource (ressource): what somebody can bring; Use (usage): each time that it was called upon."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, Organisation
from networks.hours import year_to
from networks.models import NetworkService
from resources.words import TERM_MAX, indexed
from strategy.models import Need
from workspaces.logbook import record
from workspaces.models import Member, Workspace
from workspaces.owned import Owned, OwnedQuerySet

HOLDERS = ("contact", "organisation", "service")


class ResourceQuerySet(OwnedQuerySet):
    def with_present(self) -> Self:
        """Leave out what contacts in the bin could bring."""
        return self.filter(Q(contact=None) | Q(contact__deleted_at=None))

    def with_holder(self) -> Self:
        return self.select_related("contact", "organisation", "service__network")

    def of_contact(self, contact: Contact) -> Self:
        """Theirs, and their firm's, where they work now."""
        firms = contact.positions.filter(ended_on=None, organisation__isnull=False).values("organisation")
        return self.filter(Q(contact=contact) | Q(organisation__in=firms))

    def stale(self, today: date) -> Self:
        """What nobody has verified for twelve months."""
        return self.filter(Q(verified_on=None) | Q(verified_on__lt=year_to(today)))

    def with_uses(self) -> Self:
        """Each with `used`, how often it was called upon, and `helped`, how often it did help."""
        return self.annotate(used=Count("uses"), helped=Count("uses", filter=Q(uses__helped=True)))


class Resource(Owned):
    """What one contact, one firm or one service of a network can bring: exactly one of the three holds it."""

    contact = models.ForeignKey(
        Contact, models.CASCADE, null=True, blank=True, editable=False, related_name="resources"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, editable=False, related_name="resources"
    )
    service = models.ForeignKey(
        NetworkService, models.CASCADE, null=True, blank=True, editable=False, related_name="resources"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Need.Resource)
    words = models.CharField(_("in a few words"), max_length=200)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        indexes = [models.Index(fields=["workspace", "kind"], name="resource_kind")]
        constraints = [
            models.UniqueConstraint(fields=[holder, "kind", "words"], name=f"resource_once_{holder}")
            for holder in HOLDERS
        ] + [
            models.CheckConstraint(
                name="resource_one_holder",
                condition=Q(contact__isnull=False, organisation=None, service=None)
                | Q(contact=None, organisation__isnull=False, service=None)
                | Q(contact=None, organisation=None, service__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return reverse("resources:resource_detail", args=[self.pk])

    @property
    def holder(self) -> Any:
        return self.contact or self.organisation or self.service

    @property
    def holder_url(self) -> str:
        """The page on which it is told; a firm has none."""
        if self.contact:
            return self.contact.get_absolute_url()
        return self.service.network.get_absolute_url() if self.service else ""

    def save(self, **kwargs: Any) -> None:
        """With the words under which it is found."""
        with transaction.atomic():
            super().save(**kwargs)
            if kwargs.get("update_fields") is None:
                mention([self])

    def is_stale(self, today: date) -> bool:
        return not self.verified_on or self.verified_on < year_to(today)

    def verify(self, *, by: Member, on: date) -> None:
        with transaction.atomic():
            rows = type(self).objects.filter(pk=self.pk).exclude(verified_on__gte=on)
            if rows.update(verified_on=on, version=F("version") + 1):
                record(by, "resources.resource.verified", self)


class Mention(Owned):
    """One term of one resource, derived from its words by `mention` alone: « qui peut m’aider ? » looks it up here."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+", db_index=False)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="mentions", db_index=False)
    term = models.CharField(max_length=TERM_MAX)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of a resource")
        verbose_name_plural = _("words of resources")
        indexes = [models.Index(fields=["workspace", "term", "resource"], name="mention_found")]
        constraints = [models.UniqueConstraint(fields=["resource", "term"], name="mention_once")]

    def __str__(self) -> str:
        return self.term


def mention(resources: Iterable[Resource]) -> None:
    """Write the terms of each anew, inside the caller's transaction."""
    rows = list(resources)
    Mention.objects.filter(resource__in=rows).delete()
    Mention.objects.bulk_create(
        Mention(workspace_id=row.workspace_id, resource=row, term=term) for row in rows for term in indexed(row.words)
    )


class CoverageRunQuerySet(OwnedQuerySet):
    def waiting(self) -> Self:
        return self.filter(finished_at=None)


class CoverageRun(Owned):
    """One computation of who answers which need: `offers` holds, by need, what `resources.covering` found. A row that
    is not finished waits for the job."""

    on = models.DateField()
    finished_at = models.DateTimeField(null=True)
    offers = models.JSONField(default=dict)

    objects = CoverageRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("computation of the coverage")
        verbose_name_plural = _("computations of the coverage")
        indexes = [models.Index(fields=["finished_at"], name="coverage_waiting", condition=Q(finished_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["workspace"], name="coverage_waits_once", condition=Q(finished_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.on}"


class Use(Owned):
    """One time that a resource was called upon, and whether it helped."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="uses")
    need = models.ForeignKey(
        Need, models.SET_NULL, null=True, blank=True, related_name="uses", verbose_name=_("for which need")
    )
    on = models.DateField(_("date"))
    helped = models.BooleanField(_("it helped"), default=True)
    note = models.CharField(_("in one line"), max_length=200, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a resource")
        verbose_name_plural = _("uses of resources")
        indexes = [models.Index(fields=["resource", "-on"], name="use_latest")]

    def __str__(self) -> str:
        return self.note or str(self.resource)

    def get_absolute_url(self) -> str:
        return self.resource.get_absolute_url()
