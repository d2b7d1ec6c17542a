"""Finding one's way in the catalogue: search, filters, the words that the filters offer."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from django.core.cache import cache
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat

from networks.models import CatalogueEntry, CurationEntry
from networks.models.catalogue import CatalogueQuerySet
from networks.models.facts import SEPARATOR
from ui.paginator import Page, keyset_page
from workspaces.folding import fold

SHOWN: Final = (
    *("slug", "name", "sort_key", "type", "subtype", "reach", "territory", "nature"),
    *("description", "verified_on", "sensitive"),
)
SERVICES_OFFERED: Final = 60  # the commonest ones; the search finds the others
KEPT_SECONDS: Final = 3600
HOLDS: Final = {"territory": "territory", "service": "services", "way": "ways_in"}  # filter: column of several values


def page_of(chosen: Mapping[str, str], cursor: str = "") -> Page[CatalogueEntry]:
    return keyset_page(found(chosen).only(*SHOWN), ["sort_key", "pk"], cursor)


def found(chosen: Mapping[str, str]) -> CatalogueQuerySet:
    rows = CatalogueEntry.objects.published().matching(chosen.get("q", ""))
    rows = rows.filter(**{name: chosen[name] for name in ("type", "reach", "nature") if name in chosen})
    for name, column in HOLDS.items():
        if name in chosen:
            whole = Concat(Value(SEPARATOR), F(column), Value(SEPARATOR), output_field=TextField())
            rows = rows.alias(**{f"{name}_whole": whole})
            rows = rows.filter(**{f"{name}_whole__contains": f"{SEPARATOR}{chosen[name]}{SEPARATOR}"})
    return rows


def words_offered() -> tuple[list[str], list[str]]:
    """(territories, services) of the published entries. Read from all of them once after each act of a curator."""
    last = CurationEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    newest = CatalogueEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return cache.get_or_set(f"catalogue-{last}-{newest}", _words, KEPT_SECONDS) or ([], [])


def _words() -> tuple[list[str], list[str]]:
    territories: Counter[str] = Counter()
    services: Counter[str] = Counter()
    for territory, service in CatalogueEntry.objects.published().values_list("territory", "services").iterator():
        territories.update(filter(None, territory.split(SEPARATOR)))
        services.update(filter(None, service.split(SEPARATOR)))
    commonest = [word for word, _times in services.most_common(SERVICES_OFFERED)]
    return sorted(territories, key=fold), sorted(commonest, key=fold)
