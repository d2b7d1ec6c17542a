"""Facts side by side, in the words of the page: what was, what is, what is proposed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from networks.models import CatalogueEntry
from networks.models.facts import SEPARATOR, WayIn

LABELS: Final = {"source": _("Source")}  # elsewhere « source » is how one met


@dataclass(frozen=True, kw_only=True)
class Compared:
    name: str
    label: str
    values: tuple[str, ...]


def compared(name: str, *values: Any) -> Compared:
    return Compared(name=name, label=label_of(name), values=tuple(words(name, value) for value in values))


def label_of(name: str) -> str:
    return str(LABELS.get(name) or CatalogueEntry._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def words(name: str, value: Any) -> str:
    """A value as a reader knows it; a dash for none."""
    if not value:
        return "—"
    labels = dict(_choices(name))
    codes: Iterable[str] = str(value).split(SEPARATOR) if name == "ways_in" else [str(value)]
    return ", ".join(str(labels.get(code, code)) for code in codes)


def _choices(name: str) -> Iterable[tuple[str, Any]]:
    field: Any = CatalogueEntry._meta.get_field(name)
    return WayIn.choices if name == "ways_in" else field.choices or ()
