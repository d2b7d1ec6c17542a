"""Whom to get in touch with again: the ties that cool within the time there is, the one worth waking, and what the page
of a contact says and shows of a rhythm.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import DateField, F, Q, Value
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from contacts.models import Contact, Relationship
from exchanges.columns import THRESHOLD_SLACK
from exchanges.masses import DaysBetween
from exchanges.ties import DORMANT_DAYS, FRESH_BELOW
from exchanges.wording import called, rhythm_sentence, stressed
from strategy.models import TimeBudget
from ui.wording import ago, day_in_words, month_letter, months_later, number
from workspaces.models import Workspace

CONSIDERED: Final = 200  # of the strongest ties that are due
SOLID_FROM: Final = 0.5
GROWING_FROM: Final = 0.25
MONTHS: Final = 12  # of the strip


def cooling(workspace: Workspace, *, today: date, limit: int) -> list[Relationship]:
    """Ties whose next contact is due (q ≥ 0.8), what is lost without it first, as many as the week has time for.

    The loss is Force × q, q being the time since the last contact over the rhythm: a strong tie a little late goes
    before a light one that waited twice as long. Who would take more minutes than are left is passed over. Two queries,
    whatever the number of contacts: the strongest ties that are due are weighed. Each has a `reason` and a `loss`.
    """
    due = list(_due(workspace, today)) if workspace.scores_on else []
    for one in due:
        one.loss = one.strength * one.ratio
    budget = TimeBudget.objects.for_workspace(workspace).first() if due else None
    left = float(budget.weekly_minutes) if budget else float("inf")
    chosen: list[Relationship] = []
    for one in sorted(due, key=lambda one: (-one.loss, one.pk)):
        if len(chosen) < limit and one.contact_minutes <= left:
            left -= one.contact_minutes
            one.reason = rhythm_sentence(one, called(one.contact), today)
            chosen.append(one)
    return chosen


def _due(workspace: Workspace, today: date) -> Any:
    age = DaysBetween(Value(today, DateField()), F("last_contact_on"))
    rows = _asked(workspace, today).filter(strength__isnull=False, cadence_days__gt=0)
    rows = rows.filter(last_contact_on__gt=today - timedelta(days=DORMANT_DAYS))
    late = rows.annotate(ratio=age / F("cadence_days")).filter(ratio__gte=FRESH_BELOW - THRESHOLD_SLACK)
    return late.select_related("contact").order_by("-strength")[:CONSIDERED]


def reactivation(workspace: Workspace, today: date) -> Relationship | None:
    """The sleeping tie that is most worth waking, with its `reason`."""
    if not workspace.scores_on:
        return None
    asleep = _asked(workspace, today).filter(reactivation__isnull=False)
    asleep = asleep.filter(last_contact_on__lte=today - timedelta(days=DORMANT_DAYS))
    found: Any = asleep.select_related("contact").order_by("-reactivation").first()
    if found:
        found.reason = rhythm_sentence(found, called(found.contact), today)
    return found


def _asked(workspace: Workspace, today: date) -> Any:
    """Those that the tool may ask for: counted, not put off, not in the bin."""
    rows = Relationship.objects.for_workspace(workspace).filter(uncounted_at=None, contact__deleted_at=None)
    return rows.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=today))


# --- On the page of a contact ---------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class RhythmLine:
    """The rhythm of a tie as its page shows it: days of contact in each of twelve months, the letters of these months
    and of the one after, and the place of the next contact among them (None: none is asked for)."""

    sentence: SafeString
    counts: list[int]
    letters: list[str]
    next_at: float | None
    overdue: bool
    figure: str
    last: str
    strength: str
    described: str
    why_url: str


def rhythm_line(found: Relationship, contact: Contact, today: date) -> RhythmLine:
    """The strip ends with the month of the last scoring; a contact noted since shows in a few seconds."""
    end = found.scored_on or today
    counts = [int(digit, 36) for digit in found.touches] or [0] * MONTHS
    next_on = found.next_contact_on
    total = sum(counts)
    figure = ngettext("%(count)s day of contact", "%(count)s days of contact", total) % {"count": total}
    in_a_year = gettext("%(figure)s in 12 months") % {"figure": figure}
    next_words = gettext("next around %(day)s") % {"day": day_in_words(next_on, today)} if next_on else ""
    strength = "" if found.strength is None else gettext("strength %(n)s") % {"n": number(found.strength, 2)}
    return RhythmLine(
        sentence=rhythm_sentence(found, called(contact), today),
        counts=counts,
        letters=[month_letter(months_later(end, month)) for month in range(1 - MONTHS, 2)],
        next_at=_place(next_on, end) if next_on else None,
        overdue=found.next_contact_on is not None and found.next_contact_on < today,
        figure=figure,
        last=gettext("the last one %(ago)s") % {"ago": ago(found.last_contact_on, today)}
        if found.last_contact_on
        else "",
        strength=strength,
        described=", ".join(part for part in (in_a_year, next_words) if part),
        why_url=reverse("exchanges:why", args=[contact.pk, "rhythm"]),
    )


def _place(day: date, end: date) -> float:
    """Where a day lies on the strip, in months from its left edge."""
    months = (day.year - end.year) * 12 + day.month - end.month
    return MONTHS - 1 + months + (day.day - 1) / 31


def strength_sentence(strength: float | None, years: float) -> SafeString:
    """« Lien solide : vous vous connaissez depuis cinq ans. »"""
    known = round(years)
    if strength is None:
        return stressed(gettext("*Nothing is known* of this tie yet."))
    if strength >= SOLID_FROM:
        tie = gettext("*Solid tie*")
    elif strength >= GROWING_FROM:
        tie = gettext("*Tie in the making*")
    else:
        tie = gettext("*Light tie*")
    if not known:
        return stressed(gettext("{tie}: you have known each other for less than a year."), tie=stressed(tie))
    text = ngettext(
        "{tie}: you have known each other for {years} year.",
        "{tie}: you have known each other for {years} years.",
        known,
    )
    return stressed(text, tie=stressed(tie), years=known)
