"""What happened with one contact, latest first: the four kinds of the ledger and the answers, in one query."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast

from django.db import connection

from contacts.models import Contact
from exchanges.models import Commitment, Exchange, Interaction, Request

SIZE: Final = 12
LONG_SIZE: Final = 50

# Which kind comes first among lines of one day, latest on top; also the second word of a cursor.
INTERACTION, EXCHANGE, REQUEST, REPLY, COMMITMENT = range(5)
NETWORK_NAME, NEED_TITLE = -1, -2  # what else the second query brings


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A due date that was agreed anew; `by` is empty when the account is gone."""

    old_due_on: date | None
    new_due_on: date
    by: str
    on: date


@dataclass(kw_only=True)
class Event:
    """One line of the timeline. The columns mean what they mean in its own kind; the others are empty."""

    rank: int
    pk: int
    on: date
    kind: str = ""  # of an interaction or an exchange
    side: str  # who called, promised or asked (us, them); the direction of an exchange
    summary: str
    outcome: str = ""
    more: str = ""  # the request that a reply answers
    minutes: int | None = None
    amount: Decimal | None = None
    flag: bool | None = None  # solidarity, critical, or the yes of an answer
    twin: int | None = None
    network: int | None = None
    need: int | None = None
    due_on: date | None = None
    closed_on: date | None = None
    notified_on: date | None = None
    asked_on: date | None = None
    who: str = ""  # whoever answered, when it is not the contact of this page
    due_changes: list[Moved] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    network_name: str = ""
    need_title: str = ""


# Written out, because building these five queries anew takes the ORM longer than everything else on the page.
# Columns come in the order of the fields of Event. The second and third branch of answers: those to the requests put
# to or by this contact, then those that the contact gave to requests of others.
_LINES: Final = """
SELECT * FROM (
    SELECT 0 AS line_rank, id AS line_pk, "on" AS day, kind, initiated_by AS side, summary, '' AS outcome, '' AS more,
        minutes, CAST(NULL AS numeric) AS amount, CAST(NULL AS boolean) AS flag, CAST(NULL AS bigint) AS twin,
        network_id AS network, CAST(NULL AS bigint) AS need, CAST(NULL AS date) AS due_on,
        CAST(NULL AS date) AS closed_on, CAST(NULL AS date) AS notified_on, CAST(NULL AS date) AS asked_on, '' AS who
    FROM exchanges_interaction WHERE contact_id = %(contact)s
    UNION ALL
    SELECT 1, id, "on", kind, direction, summary, outcome, '', minutes, amount, solidarity, twin_id,
        network_id, need_id, NULL, NULL, NULL, NULL, ''
    FROM exchanges_exchange WHERE contact_id = %(contact)s AND (twin_id IS NULL OR direction = 'given')
    UNION ALL
    SELECT 2, id, asked_on, '', asked_by, summary, outcome, '', NULL, NULL, critical, NULL,
        network_id, need_id, NULL, closed_on, NULL, NULL, ''
    FROM exchanges_request WHERE contact_id = %(contact)s
    UNION ALL
    SELECT 3, reply.id, reply."on", '', asked.asked_by, reply.summary, '', asked.summary, NULL, NULL, reply.positive,
        NULL, NULL, NULL, NULL, NULL, NULL, asked.asked_on,
        CASE WHEN reply.contact_id = asked.contact_id OR reply.contact_id IS NULL THEN ''
            ELSE TRIM(person.given_name || ' ' || person.family_name) END
    FROM exchanges_reply reply JOIN exchanges_request asked ON asked.id = reply.request_id
        LEFT JOIN contacts_contact person ON person.id = reply.contact_id
    WHERE asked.contact_id = %(contact)s
    UNION ALL
    SELECT 3, reply.id, reply."on", '', asked.asked_by, reply.summary, '', asked.summary, NULL, NULL, reply.positive,
        NULL, NULL, NULL, NULL, NULL, NULL, asked.asked_on, ''
    FROM exchanges_reply reply JOIN exchanges_request asked ON asked.id = reply.request_id
    WHERE reply.contact_id = %(contact)s AND (asked.contact_id IS NULL OR asked.contact_id <> %(contact)s)
    UNION ALL
    SELECT 4, id, made_on, '', promised_by, summary, outcome, '', NULL, NULL, NULL, NULL,
        NULL, NULL, due_on, closed_on, notified_on, NULL, ''
    FROM exchanges_commitment WHERE contact_id = %(contact)s
) AS line
WHERE (day, line_rank, line_pk) < (%(day)s, %(rank)s, %(pk)s)
ORDER BY day DESC, line_rank DESC, line_pk DESC LIMIT %(limit)s
"""


# Spelled out like the lines themselves: to have it compiled anew for each page took longer than to ask it. A network
# to which belonging may reveal a belief is not named beside people (`Network.objects.open_to_all`).
_EXTRAS: Final = """
SELECT 4 AS line_rank, moved.commitment_id AS line, moved.id AS extra,
    COALESCE(NULLIF(writer.name, ''), writer.email, '') AS who, moved.old_due_on, moved.new_due_on, moved."on"
FROM exchanges_duechange moved LEFT JOIN workspaces_member seat ON seat.id = moved.by_id
    LEFT JOIN workspaces_user writer ON writer.id = seat.user_id
WHERE moved.commitment_id IN ({promises})
UNION ALL
SELECT 1, partner.exchange_id, partner.id, TRIM(person.given_name || ' ' || person.family_name),
    CAST(NULL AS date), CAST(NULL AS date), CAST(NULL AS date)
FROM exchanges_exchange_partners partner JOIN contacts_contact person ON person.id = partner.contact_id
WHERE partner.exchange_id IN ({exchanges})
UNION ALL
SELECT -1, id, id, name, CAST(NULL AS date), CAST(NULL AS date), CAST(NULL AS date)
FROM networks_network WHERE id IN ({networks}) AND sensitive = '' AND type <> 'ideological'
UNION ALL
SELECT -2, id, id, title, CAST(NULL AS date), CAST(NULL AS date), CAST(NULL AS date)
FROM strategy_need WHERE id IN ({needs})
ORDER BY extra
"""


@dataclass(frozen=True, kw_only=True)
class Timeline:
    events: list[Event]
    next: str  # cursor of what follows, empty at the end


def timeline(contact: Contact, *, after: str = "", size: int = SIZE) -> Timeline:
    """Two queries at most: the lines, then what hangs on them."""
    day, rank, pk = _read(after) or (date.max, 0, 0)
    place: dict[str, Any] = {"contact": contact.pk, "limit": size + 1, "rank": rank, "pk": pk}
    place["day"] = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, place)
        events = [_event(row) for row in cursor.fetchall()]
    shown = events[:size]
    attach(shown)
    return Timeline(events=shown, next=_cursor(shown[-1]) if len(events) > size else "")


def _event(row: tuple[Any, ...]) -> Event:
    """SQLite answers with texts and numbers where PostgreSQL has dates, amounts and truths."""
    rank, pk, on, kind, side, summary, outcome, more, minutes, amount, flag, twin, network, need, *days, who = row
    due_on, closed_on, notified_on, asked_on = map(_day, days)
    return Event(
        rank=rank,
        pk=pk,
        on=_day(on) or date.max,
        kind=kind,
        side=side,
        summary=summary,
        outcome=outcome,
        more=more,
        minutes=minutes,
        amount=None if amount is None else Decimal(str(amount)),
        flag=None if flag is None else bool(flag),
        twin=twin,
        network=network,
        need=need,
        due_on=due_on,
        closed_on=closed_on,
        notified_on=notified_on,
        asked_on=asked_on,
        who=who,
    )


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _read(cursor: str) -> tuple[date, int, int] | None:
    """None, hence the first page, for anything that `_cursor` cannot have written."""
    try:
        on, rank, pk = cursor.split(".")
        return date.fromisoformat(on), max(0, min(int(rank), COMMITMENT)), max(0, min(int(pk), 2**62))
    except ValueError:
        return None


def _cursor(event: Event) -> str:
    return f"{event.on.isoformat()}.{event.rank}.{event.pk}"


def attach(events: list[Event]) -> None:
    """Give promises the dates that were moved, exchanges the people who took part, and lines the names of their
    network and need; one query for all."""
    lines = {(event.rank, event.pk): event for event in events}
    promises = [event.pk for event in events if event.rank == COMMITMENT]
    exchanges = [event.pk for event in events if event.rank == EXCHANGE]
    networks = sorted({event.network for event in events if event.network})
    needs = sorted({event.need for event in events if event.need})
    asked = {"promises": promises, "exchanges": exchanges, "networks": networks, "needs": needs}
    if not any(asked.values()):
        return
    names: dict[tuple[int, int | None], str] = {}
    with connection.cursor() as cursor:
        listed = {name: _placeholders(pks) for name, pks in asked.items()}
        cursor.execute(_EXTRAS.format(**listed), [pk for pks in asked.values() for pk in pks])
        for rank, line, _pk, who, *days in cursor.fetchall():
            if rank in (NETWORK_NAME, NEED_TITLE):
                names[rank, line] = who
            elif rank == EXCHANGE:
                lines[rank, line].partners.append(who)
            else:
                old, new, on = cast("tuple[date, date, date]", tuple(map(_day, days)))
                lines[rank, line].due_changes.append(Moved(old_due_on=old, new_due_on=new, by=who, on=on))
    for event in events:
        event.network_name = names.get((NETWORK_NAME, event.network), "")
        event.need_title = names.get((NEED_TITLE, event.need), "")


def _placeholders(pks: list[int]) -> str:
    return ", ".join(["%s"] * len(pks)) or "NULL"


_RANKS: Final = {Interaction: INTERACTION, Exchange: EXCHANGE, Request: REQUEST, Commitment: COMMITMENT}


def event_of(line: Any) -> Event:
    """A row of one of the four kinds, as the timeline shows it."""
    own = {name: getattr(line, name) for name in ("kind", "outcome", "minutes", "amount") if hasattr(line, name)}
    dates = {name: getattr(line, name) for name in ("due_on", "closed_on", "notified_on") if hasattr(line, name)}
    rank = _RANKS[type(line)]
    day = {INTERACTION: "on", EXCHANGE: "on", REQUEST: "asked_on", COMMITMENT: "made_on"}[rank]
    side = {INTERACTION: "initiated_by", EXCHANGE: "direction", REQUEST: "asked_by", COMMITMENT: "promised_by"}[rank]
    flag = {EXCHANGE: "solidarity", REQUEST: "critical"}.get(rank)
    return Event(
        rank=rank,
        pk=line.pk,
        on=getattr(line, day),
        side=getattr(line, side),
        summary=line.summary,
        flag=getattr(line, flag) if flag else None,
        twin=getattr(line, "twin_id", None),
        network=getattr(line, "network_id", None),
        need=getattr(line, "need_id", None),
        **own,
        **dates,
    )
