"""The fictitious workshop as it is written in the CSV files of this folder, told relative to a day. Pure.

Days are written as « days ago », so that the same promises are late whenever the story is told; a minus is the future.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from contacts.keys import fold

Row = dict[str, str]

FOLDER: Final = Path(__file__).parent
SATURDAY: Final = 5
FIRST_ORDINARY_DAY: Final = 20
ORDINARY_DAYS: Final = 500

# Ranges that the French regulator keeps for fiction: nobody answers there.
FICTION: Final = {
    "01": "01 99 00",
    "02": "02 61 91",
    "03": "03 53 01",
    "04": "04 65 71",
    "05": "05 36 49",
    "06": "06 39 98",
}


@cache
def rows(name: str) -> tuple[Row, ...]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=";", strict=True))


def day(today: date, ago: str) -> date | None:
    """The working day that many days ago: a weekend falls on the Friday before, or in the future the Monday after."""
    if not ago:
        return None
    on = today - timedelta(days=int(ago))
    beyond = on.weekday() - SATURDAY
    if beyond < 0 or on == today:
        return on
    return on - timedelta(days=beyond + 1) if on < today else on + timedelta(days=2 - beyond)


def full_name(person: Row) -> str:
    return f"{person['given']} {person['family']}".strip()


def phone(area: str, number: int) -> str:
    """The same number of a fiction range for the same person, different ones for any two."""
    digits = f"{number * 37 % 10_000:04}"
    return f"{FICTION[area]} {digits[:2]} {digits[2:]}"


def email(person: Row, domain: str) -> str:
    words = (fold(person[part]).replace(" ", "-") for part in ("given", "family"))
    return f"{'.'.join(word for word in words if word)}@{domain}.example"


def exchanges() -> tuple[Row, ...]:
    return rows("exchanges") + _ordinary()["exchange"]


def interactions() -> tuple[Row, ...]:
    return rows("interactions") + _ordinary()["interaction"]


def commitments() -> tuple[Row, ...]:
    return rows("commitments") + _ordinary()["promise"]


@cache
def _ordinary() -> dict[str, tuple[Row, ...]]:
    """The lines of the people whose story is not written by hand, in the columns of the files that are."""
    told = defaultdict(list)
    for line, row in _ordinary_lines():
        told[line].append(row)
    return {line: tuple(found) for line, found in told.items()}


def _ordinary_lines() -> Iterator[tuple[str, Row]]:
    by_group = defaultdict(list)
    for row in rows("ordinary"):
        by_group[row["group"]].append(row)
    used = dict.fromkeys(by_group, 0)
    for number, person in enumerate(rows("people")):
        group = person["group"]
        for turn in range(int(person["more"])):
            row = by_group[group][(used[group] + turn) % len(by_group[group])]
            ago = FIRST_ORDINARY_DAY + (number * 53 + turn * 97) % ORDINARY_DAYS
            yield row["line"], _dated(row, who=full_name(person), ago=ago)
        used[group] += int(person["more"])


def _dated(row: Row, *, who: str, ago: int) -> Row:
    common = {"who": who, "weight": row["weight"], "summary": row["summary"], "minutes": row["minutes"]}
    if row["line"] == "exchange":
        blanks = dict.fromkeys(("solidarity", "outcome", "answers", "with"), "")
        return common | blanks | {"ago": f"{ago}", "way": row["way"], "kind": row["kind"], "amount": row["amount"]}
    if row["line"] == "interaction":
        return common | {"ago": f"{ago}", "kind": row["kind"], "by": row["way"]}
    outcome, closed = {"kept": ("kept", ago), "late": ("kept", ago - 9), "broken": ("broken", ago - 15)}[row["kind"]]
    days = {"made": f"{ago + 14}", "due": f"{ago}", "closed": f"{closed}"}
    return common | days | {"side": row["way"], "outcome": outcome, "postponed": "", "warned": ""}
