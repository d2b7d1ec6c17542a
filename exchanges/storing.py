"""Writes computed columns of many relationships at once, by a temporary table and one UPDATE on either database.

Nothing is locked while scores are computed. Under the lock that precedes the writing, a row marked stale since it was
read keeps that mark; one that somebody else scored since is left alone and marked stale: nobody knows who read last.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from contacts.models import Relationship

TABLE: Final = f'"{Relationship._meta.db_table}"'
SCORES: Final = '"scores"'


class Read(NamedTuple):
    """What a relationship was when its events were read; `version` counts the scorings."""

    pk: int
    version: int
    stale_since: Any


def store(read: Sequence[Read], columns: Mapping[str, Sequence[Any]]) -> None:
    """`columns` hold one value a row, in the order of `read`; no user ever names a column."""
    names = ["id", "version", "stale_since", *columns]
    sets = ", ".join(f'"{name}" = s."{name}"' for name in columns)
    stale = "stale_since = CASE WHEN r.stale_since = s.stale_since THEN NULL ELSE r.stale_since END"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {SCORES}")
        fields = ", ".join(f'"{name}"' for name in names)
        cursor.execute(f"CREATE TEMPORARY TABLE {SCORES} AS SELECT {fields} FROM {TABLE} LIMIT 0")  # noqa: S608
        _fill(cursor, names, zip(*zip(*read, strict=True), *columns.values(), strict=True))
        if connection.vendor == "postgresql":  # SQLite has one writer at a time
            held = f"SELECT 1 FROM {TABLE} AS r JOIN {SCORES} AS s ON r.id = s.id ORDER BY r.id FOR UPDATE OF r"  # noqa: S608
            cursor.execute(f"SELECT count(*) FROM ({held}) AS held")  # noqa: S608
        among = f"FROM {SCORES} AS s WHERE r.id = s.id AND r.version"
        overtaken = f"UPDATE {TABLE} AS r SET stale_since = %s {among} <> s.version"  # noqa: S608
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        cursor.execute(overtaken, [now])
        cursor.execute(f"UPDATE {TABLE} AS r SET {sets}, version = s.version + 1, {stale} {among} = s.version")  # noqa: S608
        cursor.execute(f"DROP TABLE {SCORES}")


def _fill(cursor: Any, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    if connection.vendor == "postgresql":
        _copy(cursor.cursor, names, rows)
    else:
        marks = ", ".join(["%s"] * len(names))
        adapt = connection.ops.adapt_datetimefield_value
        adapted = ((pk, version, adapt(stale), *values) for pk, version, stale, *values in rows)
        cursor.executemany(f"INSERT INTO {SCORES} VALUES ({marks})", adapted)  # noqa: S608


def _copy(cursor: Any, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """In binary: neither side spells out or reads millions of decimals."""
    types = [Relationship._meta.get_field(name).db_type(connection) or "" for name in names]
    with cursor.copy(f"COPY {SCORES} FROM STDIN (FORMAT BINARY)") as sink:
        sink.set_types([kind.partition("(")[0] for kind in types])
        for row in rows:
            sink.write_row(row)
