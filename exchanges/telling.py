"""One line of the ledger in words: an icon, a title, what more there is to say, and a tag for the exception."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext

from contacts.models import Contact
from exchanges.models import Exchange, Interaction, Request, Side
from exchanges.timeline import COMMITMENT, EXCHANGE, INTERACTION, REPLY, REQUEST, Event, attach, event_of
from exchanges.wording import called
from ui.wording import day_in_words, duration, euros, short_day

ROOTS: Final = {
    INTERACTION: "interaction",
    EXCHANGE: "exchange",
    REQUEST: "request",
    REPLY: "reply",
    COMMITMENT: "commitment",
}


@dataclass(frozen=True, kw_only=True)
class Tag:
    words: str
    look: str = ""


@dataclass(frozen=True, kw_only=True)
class Act:
    """A verb of a line's menu; one that `opens` asks something first, on a page of its own."""

    label: str
    icon: str
    url: str
    opens: bool = False


@dataclass(frozen=True, kw_only=True)
class Told:
    """`acts` are the verbs that the page offers at once; the others wait in the form that corrects the line."""

    event: Event
    when: str = ""
    icon: str
    title: str
    more: tuple[str, ...]
    tags: tuple[Tag, ...]
    acts: tuple[Act, ...] = ()

    @property
    def menu_label(self) -> str:
        return gettext("What to do with “%(title)s”") % {"title": self.title}

    @property
    def edit_label(self) -> str:
        return gettext("Correct: %(title)s") % {"title": self.title}

    @property
    def edit_url(self) -> str:
        return _address(self.event, "edit")

    @property
    def delete_url(self) -> str:
        return _address(self.event, "delete")


def tell_all(lines: Iterable[Any], today: date) -> list[tuple[Contact | None, Told]]:
    """Rows of the ledger, each beside its contact if it has one; one query for all that hangs on them."""
    rows = list(lines)
    events = [event_of(row) for row in rows]
    attach(events)
    people = [row.contact for row in rows]
    pairs = zip(people, events, strict=True)
    return [(person, tell(event, called(person) if person else "", today)) for person, event in pairs]


def tell(event: Event, name: str, today: date) -> Told:
    """`name` is what the sentences call the contact."""
    teller = {
        INTERACTION: _interaction,
        EXCHANGE: _exchange,
        REQUEST: _request,
        REPLY: _reply,
        COMMITMENT: _commitment,
    }[event.rank]
    return replace(teller(event, name, today), when=short_day(event.on, today))


def _interaction(event: Event, name: str, today: date) -> Told:
    titles = {
        Interaction.Kind.CALL: {
            Side.US: gettext("Call to %(name)s"),
            Side.THEM: gettext("Call from %(name)s"),
            "": gettext("Call with %(name)s"),
        },
        Interaction.Kind.MESSAGE: {
            Side.US: gettext("Message to %(name)s"),
            Side.THEM: gettext("Message from %(name)s"),
            "": gettext("Messages with %(name)s"),
        },
        Interaction.Kind.MEETING: {
            Side.US: gettext("Meeting with %(name)s, on my initiative"),
            Side.THEM: gettext("Meeting with %(name)s, at their request"),
            "": gettext("Meeting with %(name)s"),
        },
    }
    title = titles[Interaction.Kind(event.kind)][event.side] % {"name": name}
    if event.minutes:
        title = f"{title}, {duration(event.minutes)}"
    icons = {"call": "phone", "message": "message", "meeting": "users"}
    return Told(event=event, icon=icons[event.kind], title=title, more=_said(event.summary), tags=())


def _exchange(event: Event, name: str, today: date) -> Told:
    kind = Exchange.Kind(event.kind).label
    words = {"kind": kind[:1].lower() + kind[1:]}
    if event.flag:
        icon, title = "heart-handshake", gettext("Out of solidarity: %(kind)s") % words
    elif event.twin:
        icon, title = "arrows-left-right", gettext("Both ways: %(kind)s") % words
    elif event.side == Exchange.Direction.GIVEN:
        icon, title = "arrow-up-right", gettext("Given: %(kind)s") % words
    else:
        icon, title = "arrow-down-left", gettext("Received: %(kind)s") % words
    if event.amount:
        title = f"{title}, {euros(event.amount)}"
    if event.minutes:
        title = f"{title}, {duration(event.minutes)}"
    partners = ", ".join(event.partners)
    more = _said(
        event.summary,
        gettext("With %(names)s.") % {"names": partners} if partners else "",
        gettext("Outside the balance.") if event.flag else "",
    )
    planned = [Tag(words=gettext("Planned"))] if event.on > today else []
    result = [Tag(words=gettext("Result: %(what)s") % {"what": event.outcome}, look="ok")] if event.outcome else []
    return Told(event=event, icon=icon, title=title, more=more, tags=(*planned, *result))


def _request(event: Event, name: str, today: date) -> Told:
    by_us = event.side == Side.US
    if not name:
        title = gettext("You asked around")
    else:
        title = (gettext("You asked %(name)s") if by_us else gettext("%(name)s asked you")) % {"name": name}
    tags = [Tag(words=pgettext("request", "Critical"), look="warn")] if event.flag else []
    if event.outcome:
        looks = {Request.Outcome.SOLVED: "ok", Request.Outcome.UNSOLVED: "late"}
        label = Request.Outcome(event.outcome).label
        tags.append(Tag(words=str(label), look=looks.get(Request.Outcome(event.outcome), "")))
    acts = (
        ()
        if event.closed_on
        else (
            _act(event, gettext("Note an answer"), "answer", icon="arrow-back-up", opens=True),
            _act(event, pgettext("request", "Close"), "close", icon="circle-check", opens=True),
        )
    )
    return Told(event=event, icon="help-circle", title=title, more=_said(event.summary), tags=tuple(tags), acts=acts)


def _reply(event: Event, name: str, today: date) -> Told:
    if event.side == Side.THEM:
        titles = {True: gettext("You answered yes"), False: gettext("You answered no"), None: gettext("You answered")}
    else:
        titles = {
            True: gettext("%(name)s answered yes"),
            False: gettext("%(name)s answered no"),
            None: gettext("%(name)s answered"),
        }
    days = max(0, (event.on - event.asked_on).days) if event.asked_on else 0
    delay = ngettext("%(days)s day after: %(what)s", "%(days)s days after: %(what)s", days)
    same_day = gettext("The same day: %(what)s")
    asked = (delay if days else same_day) % {"days": days, "what": event.more}
    title = titles[event.flag] % {"name": event.who or name}
    return Told(event=event, icon="arrow-back-up", title=title, more=_said(event.summary, asked), tags=())


def _commitment(event: Event, name: str, today: date) -> Told:
    mine = event.side == Side.US
    title = gettext("You promised") if mine else gettext("%(name)s promised") % {"name": name}
    moved = [
        gettext("Due %(old)s, moved to %(new)s by %(who)s on %(day)s.")
        % {
            "old": day_in_words(change.old_due_on, today) if change.old_due_on else gettext("without a date"),
            "new": day_in_words(change.new_due_on, today),
            "who": change.by or gettext("someone who left"),
            "day": day_in_words(change.on, today),
        }
        for change in event.due_changes
    ]
    warned = ""
    if event.notified_on:
        warned = gettext("Warned on %(day)s.") % {"day": day_in_words(event.notified_on, today)}
    icons = {"": "circle-dashed", "kept": "circle-check", "broken": "circle-x", "cancelled": "circle-x"}
    return Told(
        event=event,
        icon=icons[event.outcome],
        title=title,
        more=_said(event.summary, *moved, warned),
        tags=(promise_tag(event.outcome, event.due_on, event.closed_on, today),),
        acts=_promise_acts(event),
    )


def _promise_acts(event: Event) -> tuple[Act, ...]:
    if event.outcome:
        return ()
    warned = () if event.notified_on else (_act(event, gettext("Warned of a delay"), "notify", icon="message"),)
    return (
        _act(event, gettext("It is done"), "keep", icon="check"),
        _act(event, gettext("Postpone"), "postpone", icon="calendar-due", opens=True),
        *warned,
        _act(event, gettext("Not kept"), "break", icon="circle-x"),
        _act(event, gettext("Cancel the promise"), "cancel", icon="minus"),
    )


def _act(event: Event, label: str, verb: str, *, icon: str, opens: bool = False) -> Act:
    return Act(label=label, icon=icon, url=_address(event, verb), opens=opens)


def _address(event: Event, verb: str) -> str:
    return _pattern(f"exchanges:{ROOTS[event.rank]}_{verb}").replace("/0/", f"/{event.pk}/", 1)


@cache
def _pattern(name: str) -> str:
    """A page of lines holds dozens of addresses that differ by their number only."""
    return reverse(name, args=[0])


def promise_tag(outcome: str, due_on: date | None, closed_on: date | None, today: date) -> Tag:
    """What became of a promise, or how far off its day is."""
    end = closed_on or today
    late = max(0, (end - due_on).days) if due_on else 0
    closed = {"day": short_day(closed_on, today) if closed_on else ""}
    if outcome == "kept":
        if late:
            return Tag(words=gettext("Kept late, %(day)s") % closed, look="warn")
        return Tag(words=gettext("Kept, %(day)s") % closed, look="ok")
    if outcome == "broken":
        return Tag(words=gettext("Not kept"), look="late")
    if outcome == "cancelled":
        return Tag(words=gettext("Cancelled, %(day)s") % closed)
    if late:
        words = ngettext("Promise %(days)s day overdue", "Promise %(days)s days overdue", late)
        return Tag(words=words % {"days": late}, look="late")
    if due_on:
        return Tag(words=gettext("Due %(day)s") % {"day": short_day(due_on, today)})
    return Tag(words=gettext("No due date"))


def _said(*parts: str) -> tuple[str, ...]:
    return tuple(part for part in parts if part)
