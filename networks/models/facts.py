"""What anybody may know of a network: the columns that the catalogue and a company's own sheet have in common."""

from collections.abc import Iterable
from typing import Any, Final

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

SEPARATOR: Final = ";"  # between several territories, services or ways in, as in the catalogue's file
check_site = URLValidator(schemes=["http", "https"])


def joined(parts: Iterable[str]) -> str:
    """Several values in one column, each once."""
    return SEPARATOR.join(dict.fromkeys(part for each in parts if (part := each.strip())))


class NetworkType(models.TextChoices):
    """The six types of the method: what holds a network together."""

    IDENTITY = "identity", _("Identity")
    IDEOLOGICAL = "ideological", _("Ideological")
    OPERATIONAL = "operational", _("Operational")
    STRUCTURING = "structuring", _("Structuring")
    INFORMAL = "informal", _("Informal")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")


class Reach(models.TextChoices):
    LOCAL = "local", _("Local")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    INTERNATIONAL = "international", _("International")


class WayIn(models.TextChoices):
    """How one becomes a member; a network may combine several."""

    FEE = "fee", _("Fee")
    SELECTION = "selection", _("Selection")
    COOPTATION = "cooptation", _("Co-optation")
    FREE = "free", _("Free")
    BY_RIGHT = "by_right", _("By right")


class Members(models.TextChoices):
    COMPANIES = "companies", _("Companies")
    PEOPLE = "people", _("People")
    BOTH = "both", _("Companies and people")


class ExchangeKind(models.TextChoices):
    """What passes between people: the ten kinds of the ledger, and what a network says it exchanges."""

    INTRODUCTION = "introduction", _("Introduction")
    INFORMATION = "information", _("Information")
    EXPERTISE = "expertise", _("Advice")
    RECOMMENDATION = "recommendation", _("Recommendation")
    BUSINESS = "business", _("Business done")
    HELP = "help", _("Helping hand")
    LEAD = "lead", _("Lead")
    LOAN = "loan", _("Loan")
    INVITATION = "invitation", _("Invitation")
    KNOWLEDGE = "knowledge", _("Know-how")


class Facts(models.Model):
    """Both the catalogue's entry and our sheet have these; « add to my networks » copies them by name."""

    name = models.CharField(_("name"), max_length=200)
    type = models.CharField(_("type"), max_length=14, choices=NetworkType)
    second_type = models.CharField(_("second type"), max_length=14, choices=NetworkType, blank=True)
    subtype = models.CharField(_("what kind"), max_length=80, blank=True)
    reach = models.CharField(_("reach"), max_length=13, choices=Reach, blank=True)
    territory = models.CharField(_("territory"), max_length=200, blank=True)
    description = models.TextField(_("in a few words"), max_length=2000, blank=True)
    audience = models.CharField(_("who is there"), max_length=200, blank=True)
    services = models.TextField(_("what it offers"), max_length=1000, blank=True)
    ways_in = models.CharField(_("how one joins"), max_length=60, blank=True)
    members = models.CharField(_("who joins"), max_length=9, choices=Members, blank=True)
    site = models.CharField(_("website"), max_length=300, blank=True, validators=[check_site])
    sensitive = models.CharField(_("what belonging reveals"), max_length=80, blank=True)

    class Meta:
        abstract = True

    def facts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in FACTS}

    def split(self, name: str) -> list[str]:
        """The values of a column that holds several."""
        return [part for part in getattr(self, name).split(SEPARATOR) if part]

    @property
    def territory_words(self) -> str:
        return ", ".join(self.split("territory"))

    @property
    def audience_words(self) -> str:
        return ", ".join(self.split("audience"))

    @property
    def ways_in_words(self) -> str:
        labels = dict(WayIn.choices)
        return ", ".join(str(labels.get(way, way)).lower() for way in self.split("ways_in"))


FACTS: Final = tuple(field.name for field in Facts._meta.local_fields)
