"""Dates, durations and amounts as a careful person writes them, in the reader's language.

Nothing here reads the clock: `today` is always given. French takes U+202F inside numbers and U+00A0 before
a month, €, % and h; the minus sign is U+2212 in both languages.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from babel.dates import format_date
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

NBSP: Final = "\u00a0"
THIN: Final = "\u202f"
MINUS: Final = "\u2212"
DAYS_IN_WORDS: Final = 27  # from 28 on, four weeks
WEEKS_IN_WORDS_DAYS: Final = 60
MONTHS_IN_WORDS: Final = 24


def _french() -> bool:
    return (get_language() or "").startswith("fr")


def ago(day: date, today: date) -> str:
    """Days up to four weeks, weeks up to two months, months up to two years; then years. Coming days too."""
    days = (today - day).days
    if days < 0:
        return _ahead(day, today)
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    if days <= DAYS_IN_WORDS:
        return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}
    if days < WEEKS_IN_WORDS_DAYS:
        return ngettext("%(count)s week ago", "%(count)s weeks ago", days // 7) % {"count": days // 7}
    months = months_between(day, today)
    if months < MONTHS_IN_WORDS:
        return ngettext("%(count)s month ago", "%(count)s months ago", months) % {"count": months}
    return ngettext("%(count)s year ago", "%(count)s years ago", months // 12) % {"count": months // 12}


def _ahead(day: date, today: date) -> str:
    days = (day - today).days
    if days == 1:
        return gettext("tomorrow")
    if days <= DAYS_IN_WORDS:
        return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}
    if days < WEEKS_IN_WORDS_DAYS:
        return ngettext("in %(count)s week", "in %(count)s weeks", days // 7) % {"count": days // 7}
    months = months_between(today, day)
    if months < MONTHS_IN_WORDS:
        return ngettext("in %(count)s month", "in %(count)s months", months) % {"count": months}
    return ngettext("in %(count)s year", "in %(count)s years", months // 12) % {"count": months // 12}


def months_between(start: date, end: date) -> int:
    """Whole calendar months, at least one."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return max(months, 1)


def day_in_words(day: date, today: date) -> str:
    """« 12 mars », with its year when it is another one."""
    return _dated(day, today, "MMMM")


def short_day(day: date, today: date) -> str:
    """« 12 févr. », for margins and narrow columns."""
    return _dated(day, today, "MMM")


def month_letter(day: date) -> str:
    """« M » for mars, under a narrow column."""
    return format_date(day, "LLLLL", locale=_locale())


def months_later(day: date, months: int) -> date:
    """The first day of the month that comes so many months after, or before."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def weekday(day: date, today: date) -> str:
    """« mardi 10 mars »."""
    return f"{format_date(day, 'EEEE', locale=_locale())} {day_in_words(day, today)}"


def short_weekday(day: date, today: date) -> str:
    """« ven. 13 mars »."""
    return f"{format_date(day, 'EEE', locale=_locale())} {day_in_words(day, today)}"


def _locale() -> str:
    return "fr" if _french() else "en_GB"


def _dated(day: date, today: date, month: str) -> str:
    return _day_and_month(day, month) + (f" {day.year}" if day.year != today.year else "")


def _day_and_month(day: date, month: str) -> str:
    number = "1ᵉʳ" if day.day == 1 and _french() else str(day.day)
    return f"{number}{NBSP}{format_date(day, month, locale=_locale())}"


def full_day(moment: datetime) -> str:
    """« 12 mars 2026 », the day that it is where the reader works."""
    day = localtime(moment).date()
    return f"{_day_and_month(day, 'MMMM')} {day.year}"


def clock(moment: datetime) -> str:
    """« 7 h 05 », « 07:05 » in English, where the reader works."""
    at = localtime(moment)
    return f"{at.hour}{NBSP}h{NBSP}{at.minute:02d}" if _french() else f"{at:%H:%M}"


def number(value: Decimal | float | int, places: int = 0) -> str:
    """« 1 250 », « −0,30 ». Rounded half away from zero, never « −0 »."""
    exact = Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}"
    if _french():
        text = text.replace(",", THIN).replace(".", ",")
    return MINUS + text if rounded < 0 else text


def percent(share: Decimal | float) -> str:
    """« 81 % » from 0.81."""
    space = NBSP if _french() else ""
    return f"{number(Decimal(repr(float(share))) * 100 if isinstance(share, float) else share * 100)}{space}%"


def euros(amount: Decimal | float | int) -> str:
    """« 6 200 € »; cents only when there are any."""
    exact = Decimal(repr(float(amount))) if isinstance(amount, float) else Decimal(amount)
    places = 0 if exact == exact.to_integral_value() else 2
    if _french():
        return f"{number(exact, places)}{NBSP}€"
    text = number(abs(exact), places)
    return f"{MINUS if exact < 0 else ''}€{text}"


def duration(minutes: int) -> str:
    """« 12 min », « 1 h 05 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{hours}{NBSP}h"


def initials(name: str) -> str:
    """« CM » for Claire Morvan; first and last word, whatever the script."""
    words = [word for word in name.split() if word[0].isalnum()]
    picked = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in picked).upper()
