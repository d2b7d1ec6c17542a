"""Dates as people and programs write them. French order first: 03/04/2025 is the third of April. Pure."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from contacts import keys
from contacts.imports.reasons import Reason

Order = Literal["dmy", "mdy"]
Found = tuple[str, Reason | None]  # (ISO date, or --MM-DD without a year, or empty; why it is empty)

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2099
YEAR_LEFT_OUT: Final = 1604  # what Apple writes for a birthday without a year
PIVOT: Final = 30  # as Excel: 29 is 2029, 30 is 1930
LEAP_YEAR: Final = 2000
SERIAL_ORIGIN: Final = date(1899, 12, 30)
LONGEST: Final = 60

TIME: Final = re.compile(r"(?:T| +)[0-9]{1,2}:[0-9]{2}[^/]*$")
YEAR_FIRST: Final = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{2})([0-9]{2}))")
YEAR_LAST: Final = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{4}|[0-9]{2}))?")
NO_YEAR: Final = re.compile(r"--([0-9]{2})-?([0-9]{2})")
NUMBER: Final = re.compile(r"([0-9]{5}|[0-9]{10}|[0-9]{12,13})(?:[.,]0+)?")
PLACEHOLDERS: Final = re.compile(r"[0/.\- ]+")
WORDS: Final = re.compile(r"[0-9]+|[^\W\d_]+")

MONTHS: Final = {
    name: month
    for month, names in enumerate(
        (
            *("jan janv janvier january januar janner", "fev fevr fevrier feb february februar"),
            *("mar mars march marz maerz mrz", "apr april avr avril", "mai may", "jun juin june juni"),
            *("jul juil juillet july juli", "aug aout august", "sep sept septembre september"),
            *("okt oct octobre october oktober", "nov novembre november", "dez dec decembre december dezember"),
        ),
        start=1,
    )
    for name in names.split()
}
DAYS: Final = (
    "er le the of st nd rd th den de lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday "
    "thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag"
)
IDLE_WORDS: Final = frozenset(DAYS.split())


def read_date(text: str, order: Order = "dmy") -> Found:
    """« 03/04/2025 », « 2025-04-03 », « 3 avr. 2025 », « --05-12 », a spreadsheet serial or a Unix time."""
    text = text.strip()
    if len(text) > LONGEST:
        return "", Reason.DATE_UNREADABLE
    if ":" in text:
        text = TIME.sub("", text)
    if PLACEHOLDERS.fullmatch(text):
        return "", None
    if bare := NO_YEAR.fullmatch(text):
        return _without_year(int(bare[1]), int(bare[2]))
    if number := NUMBER.fullmatch(text):
        return _from_number(int(number[1]))
    if parts := YEAR_FIRST.fullmatch(text):
        return _dated(int(parts[1]), int(parts[2] or parts[4]), int(parts[3] or parts[5]))
    if parts := YEAR_LAST.fullmatch(text):
        first, second = int(parts[1]), int(parts[2])
        day, month = (first, second) if order == "dmy" else (second, first)
        return _dated(_full_year(parts[3]), month, day) if parts[3] else _without_year(month, day)
    return _from_words(WORDS.findall(keys.fold(text)))


def read_birthday(text: str, order: Order, today: date) -> Found:
    """Nobody is born tomorrow: the two digits of « 12/05/29 » are then those of the century before."""
    value, reason = read_date(text, order)
    if value.startswith("--") or value <= today.isoformat():
        return value, reason
    is_short = value[:4] not in text and value[2:4] in text and not NUMBER.fullmatch(text.strip())
    return (f"{int(value[:4]) - 100}{value[4:]}", None) if is_short else ("", Reason.DATE_FUTURE)


def _from_words(words: list[str]) -> Found:
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = sorted((word for word in words if word.isdecimal()), key=lambda digits: len(digits) > 2)
    idle = sum(word in IDLE_WORDS for word in words)
    if len(months) != 1 or len(months) + len(numbers) + idle < len(words) or not numbers or len(numbers[0]) > 2:
        return "", Reason.DATE_UNREADABLE
    if len(numbers) == 1:
        return _without_year(months[0], int(numbers[0]))
    if len(numbers) > 2 or len(numbers[1]) not in (2, 4):
        return "", Reason.DATE_UNREADABLE
    return _dated(_full_year(numbers[1]), months[0], int(numbers[0]))


def _from_number(number: int) -> Found:
    """Days since 1899-12-30 (spreadsheets), else seconds or milliseconds since 1970."""
    if number < 100_000:
        day = SERIAL_ORIGIN + timedelta(days=number)
    else:
        seconds = number if number < 100_000_000_000 else number // 1000
        day = datetime.fromtimestamp(seconds, UTC).date()
    return _dated(day.year, day.month, day.day)


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < PIVOT else 1900)


def _dated(year: int, month: int, day: int) -> Found:
    if year == YEAR_LEFT_OUT:
        return _without_year(month, day)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return "", Reason.DATE_OUT_OF_RANGE
    try:
        return date(year, month, day).isoformat(), None
    except ValueError:
        return "", Reason.DATE_IMPOSSIBLE


def _without_year(month: int, day: int) -> Found:
    try:
        return date(LEAP_YEAR, month, day).strftime("--%m-%d"), None
    except ValueError:
        return "", Reason.DATE_IMPOSSIBLE
