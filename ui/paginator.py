"""Leafing through a long list by its last row: no COUNT, no OFFSET, a deep page costs what the first one does."""

import json
import math
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any, Final, Generic, Literal, TypeVar

from django.core.exceptions import ValidationError
from django.db import connections
from django.db.models import BooleanField, F, Field, Func, QuerySet, Value

PAGE_SIZE: Final = 25
LONGEST_CURSOR: Final = 2000

Row = TypeVar("Row")
Way = Literal["after", "before"]


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Row]):
    """Some rows in order, and the cursors that lead on and back (None at either end)."""

    rows: list[Row]
    next: str | None
    previous: str | None


def keyset_page(queryset: QuerySet[Any], order: Sequence[str], cursor: str = "", size: int = PAGE_SIZE) -> Page[Any]:
    """The `size` rows that `cursor` points to, in the order of `order`.

    `order` names fields or annotations, all upwards or all downwards (« -balance_key », « -pk »), together unique
    and never null: a nullable column comes as an annotation with Coalesce. One query, of size + 1 rows; a cursor
    that is damaged, forged or leads beyond the rows shows the first page.
    """
    keys = _Keys(queryset, order)
    found = keys.read(cursor)
    if found is None:
        return _first_page(keys, size)
    way, values = found
    rows = list(keys.rows(way, values)[: size + 1])
    taken, more = rows[:size], len(rows) > size
    if not taken:
        return _first_page(keys, size)
    if way == "before":
        taken.reverse()
    return Page(
        rows=taken,
        next=keys.cursor("after", taken[-1]) if way == "before" or more else None,
        previous=keys.cursor("before", taken[0]) if way == "after" or more else None,
    )


def _first_page(keys: "_Keys", size: int) -> Page[Any]:
    rows = list(keys.rows("after", None)[: size + 1])
    taken = rows[:size]
    return Page(rows=taken, next=keys.cursor("after", taken[-1]) if len(rows) > size else None, previous=None)


class _Row(Func):
    """A row value: (a, b, …)."""

    template = "(%(expressions)s)"


class _Beyond(Func):
    """One row value against another, as both engines compare them and can answer from an index."""

    template = "%(expressions)s"
    output_field = BooleanField()

    def __init__(self, sign: str, left: _Row, right: _Row) -> None:
        super().__init__(left, right, arg_joiner=f" {sign} ")


class _Keys:
    """What the list is sorted by: compares rows with it, and packs it into cursors."""

    def __init__(self, queryset: QuerySet[Any], order: Sequence[str]) -> None:
        self.names = [name.removeprefix("-") for name in order]
        if len({name.startswith("-") for name in order}) != 1:
            raise ValueError(f"a row is compared as a whole: {list(order)} runs both ways")
        self.down = order[0].startswith("-")
        self.queryset = queryset
        query = queryset.query.clone()
        self.fields: list[Field[Any, Any]] = [F(name).resolve_expression(query).output_field for name in self.names]

    def rows(self, way: Way, values: list[Any] | None) -> QuerySet[Any]:
        down = self.down if way == "after" else not self.down
        queryset = self.queryset.order_by(*(f"-{name}" if down else name for name in self.names))
        if values is None:
            return queryset
        given = (Value(value, output_field=field) for value, field in zip(values, self.fields, strict=True))
        return queryset.filter(_Beyond("<" if down else ">", _Row(*map(F, self.names)), _Row(*given)))

    def cursor(self, way: Way, row: Any) -> str:
        packed = json.dumps([way, *(_value(row, name) for name in self.names)], default=str, separators=(",", ":"))
        return urlsafe_b64encode(packed.encode()).decode().rstrip("=")

    def read(self, cursor: str) -> tuple[Way, list[Any]] | None:
        """None for anything that this list cannot have written."""
        try:
            way, *texts = json.loads(urlsafe_b64decode(cursor[:LONGEST_CURSOR] + "=="))
            values = [self._clean(field, text) for field, text in zip(self.fields, texts, strict=True)]
        except (ValueError, TypeError, ArithmeticError, RecursionError, ValidationError):
            return None
        return (way, values) if way in ("after", "before") else None

    def _clean(self, field: "Field[Any, Any]", text: Any) -> Any:
        value = field.to_python(text)
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            raise ValueError("a key is never null")
        if isinstance(value, datetime) and value.tzinfo is None:
            raise ValueError("a key names its time zone")
        if isinstance(value, str) and b"\0" in value.encode():
            raise ValueError("no engine takes a NUL")
        field.run_validators(value)
        field.get_db_prep_value(value, connections[self.queryset.db])
        return value


def _value(row: Any, name: str) -> Any:
    """From a model instance, or from the dictionary that `.values()` gives."""
    return row[name] if isinstance(row, dict) else reduce(getattr, name.split("__"), row)
