"""Writes computed columns of many relationships at once: COPY and one UPDATE on PostgreSQL, a prepared one on SQLite.

Nothing is locked while scores are computed. Under the lock that precedes the writing, a row marked stale since it was
read keeps that mark; one that somebody else scored since is left alone and marked stale: nobody knows who read last.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from psycopg import sql

from contacts.models import Relationship
from contacts.models.relationship import RelationshipQuerySet

TABLE: Final = Relationship._meta.db_table


class Read(NamedTuple):
    """What a relationship was when its events were read; `version` counts the scorings."""

    pk: int
    version: int
    stale_since: Any


def store(among: RelationshipQuerySet, read: Sequence[Read], columns: Mapping[str, Sequence[Any]]) -> None:
    """`columns` hold one value a row, in the order of `read`; these rows are `among` those that are locked."""
    names = [*columns, "version", "stale_since"]
    values = zip(*columns.values(), strict=True) if columns else iter(())
    with transaction.atomic():
        now = {one[0]: Read(*one) for one in among.lock()}
        rows = list(_unchanged(read, now, values))
        overtaken = [one.pk for one in read if one.pk in now and now[one.pk].version != one.version]
        if connection.vendor == "postgresql":
            _copy(names, rows)
        else:
            _execute_many(names, rows)
        Relationship.objects.filter(pk__in=overtaken).mark_stale()


def _unchanged(read: Sequence[Read], now: Mapping[int, Read], values: Iterator[Any]) -> Iterator[tuple[Any, ...]]:
    """A row to write, its key last, for each relationship that nobody scored meanwhile."""
    for then, row in zip(read, values, strict=True):
        current = now.get(then.pk)
        if current and current.version == then.version:
            still_stale = current.stale_since if current.stale_since != then.stale_since else None
            yield (*row, then.version + 1, still_stale, then.pk)


def _copy(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    fields, scores = [sql.Identifier(name) for name in names], sql.Identifier("scores")
    every = sql.SQL(", ").join([*fields, sql.Identifier("id")])
    make = sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA")
    update = sql.SQL("UPDATE {table} AS r SET {sets} FROM {scores} AS s WHERE r.id = s.id")
    sets = sql.SQL(", ").join(sql.SQL("{} = s.{}").format(field, field) for field in fields)
    with connection.cursor() as wrapped:
        cursor = wrapped.cursor
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(scores))
        cursor.execute(make.format(scores, every, sql.Identifier(TABLE)))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(scores, every)) as sink:
            for row in rows:
                sink.write_row(row)
        cursor.execute(update.format(table=sql.Identifier(TABLE), sets=sets, scores=scores))


def _execute_many(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Names of columns come from this room's code, never from a user."""
    sets = ", ".join(f'"{name}" = %s' for name in names)
    statement = f'UPDATE "{TABLE}" SET {sets} WHERE "id" = %s'  # noqa: S608
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*row[:-2], adapt(row[-2]), row[-1]) for row in rows])
