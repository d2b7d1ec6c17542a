"""A birthday as stored, « 1970-03-12 » or « --03-12 » when its year is not known, in a field and in words."""

from datetime import date

from ui.wording import day_in_words

LEAP_YEAR = 2000


def as_typed(stored: str | None) -> str:
    """« 12/03/1970 » or « 12/03 », which the form reads back."""
    year, month, day = _parts(stored or "---")
    return "/".join(part for part in (day, month, year) if part)


def in_words(stored: str, today: date) -> str:
    """« 12 mars », with its year when it is known; as stored when no calendar has that day."""
    year, month, day = _parts(stored)
    try:
        born = date(int(year or LEAP_YEAR), int(month), int(day))
    except ValueError:
        return stored
    return day_in_words(born, today if year else born)


def _parts(stored: str) -> list[str]:
    """Year (empty when not known), month, day."""
    return (stored.removeprefix("-") if stored.startswith("--") else stored).split("-")
