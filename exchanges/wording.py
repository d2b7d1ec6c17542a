"""What the screens say of a score: one sentence, then the figure, then how much it rests on. Never a bare number."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from contacts.models import Contact, Relationship
from exchanges.beta import Solidity, solidity
from exchanges.models import Commitment
from exchanges.reciprocity import Direction, Firmness
from exchanges.ties import DORMANT_DAYS, Rhythm, contact_status
from ui.wording import ago, day_in_words, months_between, number, percent

_STRESSED: Final = re.compile(r"\*(.+?)\*")


@dataclass(frozen=True, kw_only=True)
class ScoreLine:
    """One score as a page shows it. `known` is false when there is too little to say a figure."""

    name: str
    title: str
    sentence: SafeString
    known: bool
    value: float | None = None
    lo: float | None = None
    hi: float | None = None
    figure: str = ""
    between: str = ""
    level: str = ""
    evidence: str = ""
    marks: list[str]
    described: str
    why_url: str = ""

    @property
    def why_id(self) -> str:
        return f"why_{self.name}"


def stressed(text: str, **values: Any) -> SafeString:
    """A sentence of the catalogue, its *stressed words* in bold and its {values} escaped."""
    # The empty argument is for sentences without values, which `format_html` no longer takes.
    return format_html(_STRESSED.sub(r"<strong>\1</strong>", text), "", **values)


def called(contact: Contact) -> str:
    """How sentences name someone: by the given name, so that they need no « il » and no « elle »."""
    return contact.given_name or contact.family_name


def evidence_in_words(n: float) -> str:
    words = {
        Solidity.INSUFFICIENT: gettext("too little evidence"),
        Solidity.WEAK: gettext("little evidence"),
        Solidity.MODERATE: gettext("some evidence"),
        Solidity.SOLID: gettext("solid evidence"),
    }
    return gettext("%(words)s (n = %(n)s)") % {"words": words[solidity(n)], "n": number(n, 1)}


def times_in_ten(share: float) -> int:
    return int((Decimal(repr(float(share))) * 10).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def too_little() -> str:
    return gettext("too little evidence")


def between(low: str, high: str) -> str:
    return gettext("between %(low)s and %(high)s") % {"low": low, "high": high}


# --- Réciprocité ----------------------------------------------------------------------------------


def reciprocity_sentence(label: str, firmness: str, name: str) -> SafeString:
    seems = firmness == Firmness.TENDENCY
    if label == Direction.TO_GIVE:
        text = (
            gettext("You seem to have *received more than given* with {name}: your turn to give.")
            if seems
            else gettext("You have *received more than given* with {name}: your turn to give.")
        )
    elif label == Direction.OWED:
        text = (
            gettext("You seem to have *given more than received* with {name}: you may ask without hesitation.")
            if seems
            else gettext("You have *given more than received* with {name}: you may ask without hesitation.")
        )
    elif label == Direction.BALANCED:
        text = (
            gettext("Your exchanges with {name} seem to *balance out*.")
            if seems
            else gettext("Your exchanges with {name} *balance out*.")
        )
    elif firmness == Firmness.UNCERTAIN:
        text = gettext("With {name}, nothing leans *clearly* one way or the other.")
    else:
        text = gettext("Too few recent exchanges with {name}: we do not know yet.")
    return stressed(text, name=name)


def my_reciprocity_sentence(label: str, firmness: str) -> SafeString:
    """Over all contacts: one gives to some and receives from others, which is no fault."""
    seems = firmness == Firmness.TENDENCY
    if label == Direction.TO_GIVE:
        text = (
            gettext("Over all your contacts, you seem to *receive more than you give*.")
            if seems
            else gettext("Over all your contacts, you *receive more than you give*.")
        )
    elif label == Direction.OWED:
        text = (
            gettext("Over all your contacts, you seem to *give more than you receive*.")
            if seems
            else gettext("Over all your contacts, you *give more than you receive*.")
        )
    elif label == Direction.BALANCED:
        text = gettext("Over all your contacts, what you give and what you receive *balance out*.")
    elif firmness == Firmness.UNCERTAIN:
        text = gettext("Over all your contacts, nothing leans *clearly* one way or the other.")
    else:
        text = gettext("Too few recent exchanges: we do not know yet.")
    return stressed(text)


def balance_meaning(label: str, firmness: str) -> str:
    seems = firmness == Firmness.TENDENCY
    if label == Direction.TO_GIVE:
        given_less = gettext("you have received more than given")
        return gettext("you seem to have received more than given") if seems else given_less
    if label == Direction.OWED:
        given_more = gettext("you have given more than received")
        return gettext("you seem to have given more than received") if seems else given_more
    if label == Direction.BALANCED:
        return gettext("your exchanges seem to balance out") if seems else gettext("your exchanges balance out")
    return gettext("nothing leans clearly")


def reciprocity_line(found: Any, *, sentence: SafeString) -> ScoreLine:
    """`found` has the columns of a relationship: reciprocity, balance and its bounds, evidence, label."""
    title = gettext("Reciprocity")
    if found.balance is None or found.reciprocity is None:
        described = gettext("Balance: %(words)s") % {"words": too_little()}
        return ScoreLine(name="reciprocity", title=title, sentence=sentence, known=False, marks=[], described=described)
    figure = number(found.balance, 2)
    bounds = between(number(found.balance_lo, 2), number(found.balance_hi, 2))
    return ScoreLine(
        name="reciprocity",
        title=title,
        sentence=sentence,
        known=True,
        value=found.balance,
        lo=found.balance_lo,
        hi=found.balance_hi,
        figure=figure,
        between=bounds,
        level=gettext("level %(score)s") % {"score": number(found.reciprocity, 2)},
        evidence=evidence_in_words(found.exchange_evidence),
        marks=[],
        described=gettext("Balance %(figure)s, %(bounds)s: %(meaning)s")
        % {"figure": figure, "bounds": bounds, "meaning": balance_meaning(found.balance_label, found.balance_firmness)},
    )


# --- Fiabilité ------------------------------------------------------------------------------------

MARKS: Final = {"k": "kept", "l": "late", "b": "broken", "o": "overdue", "p": "open"}


def dots(marks: str) -> list[str]:
    """The letters of `Relationship.promise_marks` as the picture names them, oldest first."""
    return [MARKS[mark] for mark in marks]


def marks_in_words(kinds: list[str]) -> str:
    """« huit promesses : sept tenues, une en retard », for whoever does not see the dots."""
    if not kinds:
        return gettext("no promise yet")
    counts = {kind: kinds.count(kind) for kind in ("kept", "late", "broken", "overdue", "open")}
    words = {
        "kept": ngettext("%(count)s kept", "%(count)s kept", counts["kept"]),
        "late": ngettext("%(count)s kept late", "%(count)s kept late", counts["late"]),
        "broken": ngettext("%(count)s broken", "%(count)s broken", counts["broken"]),
        "overdue": ngettext("%(count)s overdue", "%(count)s overdue", counts["overdue"]),
        "open": ngettext("%(count)s to come", "%(count)s to come", counts["open"]),
    }
    told = ", ".join(words[kind] % {"count": count} for kind, count in counts.items() if count)
    last = ngettext("last promise: %(told)s", "last %(count)s promises: %(told)s", len(kinds))
    return last % {"count": len(kinds), "told": told}


def reliability_sentence(mean: float | None, lo: float | None, name: str) -> SafeString:
    if mean is None or lo is None:
        return stressed(gettext("Too few promises from {name}: we do not know yet."), name=name)
    text = gettext("{name} keeps promises *about {times} times in 10*, at least {least} in 10.")
    return stressed(text, name=name, times=times_in_ten(mean), least=min(times_in_ten(lo), times_in_ten(mean)))


def my_reliability_sentence(mean: float | None, late: int) -> SafeString:
    if mean is None:
        kept = gettext("Too few promises of yours: we do not know yet.")
    else:
        kept = gettext("You keep *about {times} promises in 10*.")
    if late:
        kept += " " + ngettext("{late} is overdue today.", "{late} are overdue today.", late)
    return stressed(kept, times=times_in_ten(mean or 0), late=late)


def overdue_sentence(days: int) -> str:
    return ngettext(
        "One promise is %(days)s day past its due date: ask about it before concluding.",
        "One promise is %(days)s days past its due date: ask about it before concluding.",
        days,
    ) % {"days": days}


def reliability_line(found: Any, *, sentence: SafeString, marks: str) -> ScoreLine:
    """`found` has reliability with its bounds and commitment_evidence."""
    return _share_line(
        "reliability",
        gettext("Reliability"),
        sentence,
        (found.reliability, found.reliability_lo, found.reliability_hi),
        found.commitment_evidence,
        dots(marks),
    )


# --- Réactivité -----------------------------------------------------------------------------------


def responsiveness_sentence(mean: float | None, median_days: float | None, name: str) -> SafeString:
    if mean is None:
        return stressed(gettext("Too few requests to {name}: we do not know yet."), name=name)
    if median_days is None:
        return stressed(gettext("{name} *has not answered* your requests so far."), name=name)
    if median_days < 1:
        return stressed(gettext("{name} usually answers you *the same day*."), name=name)
    days = max(1, round(median_days))
    text = ngettext("{name} usually answers you *in {days} day*.", "{name} usually answers you *in {days} days*.", days)
    return stressed(text, name=name, days=days)


def my_responsiveness_sentence(mean: float | None, median_days: float | None) -> SafeString:
    if mean is None:
        return stressed(gettext("Too few requests were put to you: we do not know yet."))
    if median_days is None:
        return stressed(gettext("You *have not answered* yet."))
    if median_days < 1:
        return stressed(gettext("You usually answer *the same day*."))
    days = max(1, round(median_days))
    return stressed(
        ngettext("You usually answer *in {days} day*.", "You usually answer *in {days} days*.", days), days=days
    )


def responsiveness_line(found: Any, *, sentence: SafeString) -> ScoreLine:
    """`found` has responsiveness with its bounds, request_evidence and answered_share."""
    line = _share_line(
        "responsiveness",
        gettext("Answers"),
        sentence,
        (found.responsiveness, found.responsiveness_lo, found.responsiveness_hi),
        found.request_evidence,
        [],
    )
    if not line.known or found.answered_share is None:
        return line
    answered = gettext("%(share)s of requests answered") % {"share": percent(found.answered_share)}
    return replace(line, level=answered)


def _share_line(
    name: str,
    title: str,
    sentence: SafeString,
    belief: tuple[float | None, float | None, float | None],
    n: float,
    marks: list[str],
) -> ScoreLine:
    value, lo, hi = belief
    told = marks_in_words(marks) if marks else ""
    if value is None or lo is None or hi is None:
        described = "; ".join(part for part in (f"{title}: {too_little()}", told) if part)
        return ScoreLine(name=name, title=title, sentence=sentence, known=False, marks=marks, described=described)
    bounds = between(percent(lo), percent(hi))
    described = "; ".join(part for part in (f"{title}: {percent(value)}, {bounds}", told) if part)
    return ScoreLine(
        name=name,
        title=title,
        sentence=sentence,
        known=True,
        value=value,
        lo=lo,
        hi=hi,
        figure=percent(value),
        between=bounds,
        evidence=evidence_in_words(n),
        marks=marks,
        described=described,
    )


# --- Rythme ---------------------------------------------------------------------------------------

EASY_TO_WAKE: Final = 0.25  # reactivation


def rhythm_sentence(found: Relationship, name: str, today: date) -> SafeString:
    """Where a tie stands against its rhythm, today."""
    last = found.last_contact_on
    if last is None:
        return stressed(gettext("*No contact* with {name} is noted yet."), name=name)
    if found.cadence_days is None:
        return stressed(gettext("The rhythm with {name} is being computed."), name=name)
    standing = contact_status(last, today, found.cadence_days)
    if standing.rhythm == Rhythm.DORMANT:
        return _asleep(found, last, today)
    if found.is_snoozed(today) and found.snoozed_until:
        return stressed(gettext("*Put off*: to be asked again on {day}."), day=day_in_words(found.snoozed_until, today))
    day = day_in_words(standing.next_on or today, today)
    if standing.rhythm == Rhythm.FRESH:
        return stressed(gettext("*Up to date*: next contact around {day}."), day=day)
    since = {"ago": ago(last, today), "day": day}
    if standing.rhythm == Rhythm.DUE:
        return stressed(gettext("It is *time to get in touch again*: last contact {ago}."), **since)
    return stressed(
        gettext("It is *time to get in touch again*: last contact {ago}, the next one was due around {day}."), **since
    )


def _asleep(found: Relationship, last: date, today: date) -> SafeString:
    years = max(months_between(last, today) // 12, DORMANT_DAYS // 365)
    if (found.reactivation or 0) >= EASY_TO_WAKE:
        text = ngettext(
            "Tie *asleep for {years} year*, easy to wake: a message is often enough.",
            "Tie *asleep for {years} years*, easy to wake: a message is often enough.",
            years,
        )
    else:
        text = ngettext("Tie *asleep for {years} year*.", "Tie *asleep for {years} years*.", years)
    return stressed(text, years=years)


def gesture_reason(promise: Commitment, name: str, today: date) -> str:
    """Why an open promise comes first: who promised it, and for when."""
    day = day_in_words(promise.due_on, today) if promise.due_on else ""
    if promise.is_mine:
        return gettext("Promised for %(day)s") % {"day": day} if day else gettext("Promised without a date")
    if day:
        return gettext("%(name)s promised it for %(day)s") % {"name": name, "day": day}
    return gettext("%(name)s promised it without a date") % {"name": name}


def lines_of(relationship: Relationship, contact: Contact, *, late_days: int = 0) -> list[ScoreLine]:
    """The three scores of one relationship, in the order of the page, each with the address of its why."""
    name = called(contact)
    reliable = reliability_sentence(relationship.reliability, relationship.reliability_lo, name)
    if late_days:
        reliable = format_html("{} {}", reliable, overdue_sentence(late_days))
    balance = reciprocity_sentence(relationship.balance_label, relationship.balance_firmness, name)
    speed = responsiveness_sentence(relationship.responsiveness, relationship.median_delay, name)
    lines = [
        reciprocity_line(relationship, sentence=balance),
        reliability_line(relationship, sentence=reliable, marks=relationship.promise_marks),
        responsiveness_line(relationship, sentence=speed),
    ]
    return [replace(line, why_url=reverse("exchanges:why", args=[contact.pk, line.name])) for line in lines]
