"""Contact (a person), the firms they work in, how to reach them, and their tags."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final, Self

from django.core.validators import RegexValidator, URLValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts import keys
from networks.models import Network
from workspaces.folding import comparable
from workspaces.logbook import record
from workspaces.models import Member
from workspaces.owned import Owned, OwnedQuerySet

BIN_DAYS: Final = 30
check_birthday = RegexValidator(r"^(\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", _("Write a date."))
check_web = URLValidator(schemes=["http", "https"])


class Organisation(Owned):
    """A firm (organisation), unique by its folded name within the workspace."""

    name = models.CharField(_("firm"), max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    sector = models.CharField(_("sector"), max_length=120, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [models.UniqueConstraint(fields=["workspace", "name_key"], name="organisation_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        self.name_key = keys.firm_key(self.name)
        super().save(**kwargs)


class Tag(Owned):
    """A word that the owner puts on contacts (étiquette)."""

    name = models.CharField(_("tag"), max_length=60)
    name_key = models.CharField(max_length=60, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [models.UniqueConstraint(fields=["workspace", "name_key"], name="tag_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        self.name_key = self.key_of(self.name)
        super().save(**kwargs)

    @staticmethod
    def key_of(name: str) -> str:
        return comparable(name)[:60]


class ContactQuerySet(OwnedQuerySet):
    def present(self) -> Self:
        """Not in the bin."""
        return self.filter(deleted_at=None)

    def binned(self) -> Self:
        return self.filter(deleted_at__isnull=False)

    def past_bin(self) -> Self:
        """In the bin for so long that the nightly job may erase them."""
        return self.filter(deleted_at__lt=timezone.now() - timedelta(days=BIN_DAYS))

    def matching(self, text: str) -> Self:
        """Those whose name, firm, role, tags, e-mails or phones hold every word of `text`, accents ignored."""
        words = keys.fold(text).split()
        if text.strip() and not words:
            return self.none()
        found = self
        for word in words:
            found = found.filter(search__contains=word)
        return found


class Contact(Owned):
    """A person we know. `search` and `headline` are derived, by `derive` alone."""

    given_name = models.CharField(_("given name"), max_length=120, blank=True)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    name_key = models.CharField(max_length=250, editable=False)
    sort_key = models.CharField(max_length=250, editable=False)
    search = models.TextField(editable=False)
    headline = models.CharField(max_length=330, blank=True, editable=False)
    birthday = models.CharField(_("birthday"), max_length=10, blank=True, validators=[check_birthday])
    website = models.CharField(_("website"), max_length=500, blank=True, validators=[check_web])
    address = models.TextField(_("postal address"), max_length=500, blank=True)
    notes = models.TextField(_("notes"), max_length=10_000, blank=True)
    met_on = models.DateField(_("met on"), null=True, blank=True)
    met_through = models.ForeignKey(
        Network, models.SET_NULL, null=True, blank=True, related_name="met", verbose_name=_("met through")
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="contacts")
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_by = models.ForeignKey(Member, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [
            models.Index(fields=["workspace", "sort_key", "id"], name="contact_by_name"),
            models.Index(fields=["workspace", "name_key"], name="contact_same_name"),
            models.Index(fields=["deleted_at"], name="contact_binned", condition=models.Q(deleted_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="contact_has_a_name",
                condition=~models.Q(given_name="") | ~models.Q(family_name=""),
                violation_error_message=_("Give at least a given name or a family name."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def initials(self) -> str:
        return (self.given_name[:1] + self.family_name[:1]).upper()

    def get_absolute_url(self) -> str:
        return reverse("contacts:contact_detail", args=[self.pk])

    def name_keys(self) -> None:
        """Derive the keys that the name alone decides, before any save."""
        self.name_key = keys.name_key(self.full_name)[:250]
        self.sort_key = keys.fold(f"{self.family_name} {self.given_name}")[:250]

    def save(self, **kwargs: Any) -> None:
        self.name_keys()
        super().save(**kwargs)

    def derive(self, title: str, firm: str, points: Iterable["ContactPoint"], tags: Iterable[str]) -> None:
        """Set what search and lists read, from the main position, the points and the tags. Asks and saves nothing."""
        self.name_keys()
        self.headline = headline(title, firm)
        spellings = (text for point in points for text in point.spellings)
        self.search = search_text(self.full_name, self.headline, *spellings, *sorted(set(tags)))

    def index(self) -> None:
        """`derive` from what is stored now, and save it."""
        derive_all([self])
        self.save(update_fields=["headline", "search", "name_key", "sort_key", "updated"])

    def bin(self, *, by: Member) -> None:
        with transaction.atomic():
            self.deleted_at, self.deleted_by = timezone.now(), by
            self.save(update_fields=["deleted_at", "deleted_by", "updated"])
            record(by, "contacts.contact.binned", self)

    def restore(self, *, by: Member) -> None:
        with transaction.atomic():
            self.deleted_at = self.deleted_by = None
            self.save(update_fields=["deleted_at", "deleted_by", "updated"])
            record(by, "contacts.contact.restored", self)


class ContactPoint(Owned):
    """One way to reach a contact: an e-mail address or a phone number."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="points")
    kind = models.CharField(max_length=5, choices=Kind)
    label = models.CharField(_("label"), max_length=40, blank=True)
    value = models.CharField(_("value"), max_length=254)
    key = models.CharField(max_length=254, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail or phone")
        verbose_name_plural = _("e-mails and phones")
        indexes = [models.Index(fields=["workspace", "kind", "key"], name="contactpoint_key")]
        constraints = [models.UniqueConstraint(fields=["contact", "kind", "key"], name="contactpoint_once")]

    def __str__(self) -> str:
        return self.value

    @property
    def spellings(self) -> tuple[str, ...]:
        """What search finds it by: as typed, as keyed, and for a French phone as it is dialled at home."""
        return (self.value, self.key, f"0{self.key[3:]}") if self.key.startswith("+33") else (self.value, self.key)

    def save(self, **kwargs: Any) -> None:
        self.key = self.key_of(self.kind, self.value)
        super().save(**kwargs)

    @classmethod
    def key_of(cls, kind: str, value: str) -> str:
        return keys.email_key(value) if kind == cls.Kind.EMAIL else keys.phone_key(value)


class Position(Owned):
    """What a person does in a firm (fonction), or on their own; several are allowed, with dates."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="positions")
    title = models.CharField(_("job title"), max_length=120, blank=True)
    started_on = models.DateField(_("since"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    is_main = models.BooleanField(_("main"), default=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            models.UniqueConstraint(fields=["contact"], condition=models.Q(is_main=True), name="position_one_main")
        ]

    def __str__(self) -> str:
        return headline(self.title, self.organisation.name if self.organisation else "")


def headline(title: str, firm: str) -> str:
    """What the lists show under a name: « Gérant, Durand Thermolaquage »."""
    return ", ".join(part for part in (title, firm) if part)


def search_text(*parts: str) -> str:
    return keys.fold(" ".join(part for part in parts if part))


def derive_all(contacts: Iterable[Contact]) -> None:
    """`Contact.derive` for each from what is stored now: three queries, whatever their number. Saves nothing."""
    people = list(contacts)
    pks = [one.pk for one in people]
    main: dict[int, Position] = {}
    for position in Position.objects.filter(contact__in=pks).select_related("organisation").order_by("-is_main", "pk"):
        main.setdefault(position.contact_id, position)
    points: dict[int, list[ContactPoint]] = defaultdict(list)
    for point in ContactPoint.objects.filter(contact__in=pks).order_by("pk"):
        points[point.contact_id].append(point)
    tags: dict[int, list[str]] = defaultdict(list)
    for pk, name in Contact.tags.through.objects.filter(contact__in=pks).values_list("contact", "tag__name"):
        tags[pk].append(name)
    for one in people:
        work = main.get(one.pk)
        firm = work.organisation.name if work and work.organisation else ""
        one.derive(work.title if work else "", firm, points[one.pk], tags[one.pk])
