"""A sketch gathers the raw values of one row or card, and settles into a draft, or into nothing.

Each value is cleaned and checked by itself: a bad one is left out with its reason and the others stay.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from django.utils import timezone

from contacts import keys
from contacts.imports import cells, fields, names, points
from contacts.imports.dates import Order, read_birthday, read_date
from contacts.imports.draft import EXCERPT, Draft, Entry, Problem, Skipped
from contacts.imports.reasons import Reason, Remark

LENGTHS: Final = {
    fields.GIVEN_NAME: 120,
    fields.FAMILY_NAME: 120,
    fields.ORGANISATION: 200,
    fields.SECTOR: 120,
    fields.TITLE: 120,
    fields.ADDRESS: 500,
    fields.NOTES: 10_000,
    fields.TAGS: 60,
}
# Where « - » or « n/a » stands for nothing.
FACTS: Final = frozenset({fields.ORGANISATION, fields.SECTOR, fields.TITLE, fields.EMAIL, fields.PHONE, fields.WEBSITE})
LABEL_MAX: Final = 40
POINTS_MAX: Final = 20  # e-mails, phones or tags of one person
FULL_DATE: Final = 10
TAG_SEPARATORS: Final = re.compile(r" ::: |[;,|\n]")
SYSTEM_TAGS: Final = frozenset({"mycontacts", "my contacts", "other contacts", "starred"})  # of Google's own


class Sketch:
    """`lone_is_family`: a full name of one word is a family name (a French « Nom » column)."""

    __slots__ = ("draft", "lone_is_family", "order", "texts")

    def __init__(self, line: int, *, order: Order = "dmy", lone_is_family: bool = False) -> None:
        self.draft = Draft(line=line)
        self.order = order
        self.lone_is_family = lone_is_family
        self.texts: dict[str, str] = {}

    def put(self, field: str, raw: str, label: str = "") -> None:
        """Take one raw value. The first value of a field that holds only one stays."""
        if "\0" in raw:
            self.report(field, Reason.NUL_REMOVED, raw)
        if field in FACTS and cells.says_nothing(raw):
            return
        if take := TAKERS.get(field):
            take(self, raw, label)
        elif field not in self.texts and (value := cells.clean(raw)):
            self.texts[field] = value

    def report(self, field: str, reason: Reason, raw: str = "") -> None:
        self.draft.problems.append(Problem(field, reason, cells.clean(raw[: 2 * EXCERPT])[:EXCERPT]))

    def settle(self) -> Entry:
        """The draft, with a name: its own, else one spelt by its e-mail address, else its firm's."""
        draft, texts = self.draft, self.texts
        if fields.LINKEDIN in texts and not draft.website:
            self._put_website(texts[fields.LINKEDIN])
        self._name()
        if not (draft.given_name or draft.family_name):
            return Skipped(draft.line, Reason.NO_NAME, draft.phones[0][1] if draft.phones else "")
        draft.organisation = self._fitting(fields.ORGANISATION)
        draft.sector = self._fitting(fields.SECTOR)
        draft.title = self._fitting(fields.TITLE)
        draft.address = self._fitting(fields.ADDRESS)
        draft.notes = self._cut(fields.NOTES, texts.get(fields.NOTES, ""))
        return draft

    def _put_title(self, raw: str, label: str = "") -> None:
        """Of several columns the first that holds a job."""
        if fields.TITLE not in self.texts and (title := cells.clean(raw)) and not names.is_civility(title):
            self.texts[fields.TITLE] = title

    def _put_notes(self, raw: str, label: str = "") -> None:
        if note := cells.clean_text(raw):
            before = self.texts.get(fields.NOTES)
            self.texts[fields.NOTES] = f"{before}\n{note}" if before else note

    def _put_email(self, raw: str, label: str = "") -> None:
        for part in self._parts(fields.EMAIL, raw.split(points.GOOGLE_SEPARATOR)):
            if text := cells.clean_text(part):
                value, reason = points.read_email(text)
                reason = self._keep(self.draft.emails, label, value, keys.email_key) or reason
                if reason:
                    self.report(fields.EMAIL, reason, part)

    def _put_phone(self, raw: str, label: str = "") -> None:
        for part in self._parts(fields.PHONE, points.split_phones(cells.clean_text(raw))):
            value, reason = points.read_phone(part)
            reason = self._keep(self.draft.phones, label, value, keys.phone_key) or reason
            if reason:
                self.report(fields.PHONE, reason, part)

    def _parts(self, field: str, parts: list[str]) -> list[str]:
        """The values of one cell, as many as one person may have."""
        if len(parts) > POINTS_MAX:
            self.report(field, Reason.TOO_MANY, parts[POINTS_MAX])
        return parts[:POINTS_MAX]

    def _keep(self, kept: list[tuple[str, str]], label: str, value: str, key_of: Callable[[str], str]) -> Reason | None:
        """Keep a value that is neither empty nor there already; the reason when there are too many."""
        if value and len(kept) >= POINTS_MAX:
            return Reason.TOO_MANY
        if not value or (kept and key_of(value) in {key_of(other) for _label, other in kept}):
            return None
        kept.append((cells.clean(label)[:LABEL_MAX], value))
        return None

    def _put_tags(self, raw: str, label: str = "") -> None:
        kept = {keys.fold(tag) for tag in self.draft.tags}
        for tag, key in _tags_of(raw):
            if key in kept:
                continue
            if len(kept) >= POINTS_MAX:
                self.report(fields.TAGS, Reason.TOO_MANY, tag)
                return
            kept.add(key)
            if max(len(tag), len(key)) > LENGTHS[fields.TAGS]:
                self.report(fields.TAGS, Reason.TOO_LONG, tag)
            else:
                self.draft.tags.append(tag)

    def _put_birthday(self, raw: str, label: str = "") -> None:
        value, reason = read_birthday(cells.clean(raw), self.order, timezone.localdate())
        self.draft.birthday = self.draft.birthday or value
        if reason:
            self.report(fields.BIRTHDAY, reason, raw)

    def _put_met_on(self, raw: str, label: str = "") -> None:
        value, reason = read_date(cells.clean(raw), self.order)
        if value and len(value) != FULL_DATE:
            value, reason = "", Reason.DATE_UNREADABLE
        if value > timezone.localdate().isoformat():
            value, reason = "", Reason.DATE_FUTURE
        self.draft.met_on = self.draft.met_on or value
        if reason:
            self.report(fields.MET_ON, reason, raw)

    def _put_website(self, raw: str, label: str = "") -> None:
        if address := cells.clean(raw):
            value, reason = points.read_website(address)
            self.draft.website = self.draft.website or value
            if reason:
                self.report(fields.WEBSITE, reason, raw)

    def _name(self) -> None:
        draft = self.draft
        given, family = self._written_name()
        if not (given or family):
            given, family, draft.named_by = self._borrowed_name()
        draft.given_name = self._cut(fields.GIVEN_NAME, given)
        draft.family_name = self._cut(fields.FAMILY_NAME, family)

    def _written_name(self) -> names.Name:
        given, family = self._text(fields.GIVEN_NAME), self._text(fields.FAMILY_NAME)
        if middle := self._text(fields.MIDDLE_NAME):
            given = f"{given} {middle}".strip()
        if not (given or family):
            full = self._text(fields.FULL_NAME) or self._text(fields.NICKNAME)
            given, family = names.split_name(full, self.lone_is_family)
        if "@" in given + family and not points.read_email(given + family)[1]:
            self._put_email(given + family)
            return "", ""
        return given, family

    def _borrowed_name(self) -> tuple[str, str, Remark | None]:
        addresses = [address for _label, address in self.draft.emails]
        for address in addresses:
            given, family = names.name_from_email(address)
            if family:
                return given, family, Remark.NAMED_BY_EMAIL
        if firm := self._text(fields.ORGANISATION):
            return "", firm, Remark.NAMED_BY_FIRM
        return ("", addresses[0], Remark.NAMED_BY_EMAIL) if addresses else ("", "", None)

    def _text(self, field: str) -> str:
        """The text, unless it only stands for nothing (« - », « ? »)."""
        text = self.texts.get(field, "")
        return "" if text and names.is_blank(text) else text

    def _fitting(self, field: str) -> str:
        text = self.texts.get(field, "")
        if len(text) <= LENGTHS[field]:
            return text
        self.report(field, Reason.TOO_LONG, text)
        return ""

    def _cut(self, field: str, text: str) -> str:
        if len(text) <= LENGTHS[field]:
            return text
        self.report(field, Reason.CUT, text)
        return text[: LENGTHS[field]].rstrip()


@lru_cache(maxsize=1024)
def _tags_of(raw: str) -> list[tuple[str, str]]:
    """(tag, folded key) of each tag in a cell; many rows share the same cell."""
    tags = (cells.clean(part).removeprefix("* ").strip("*") for part in TAG_SEPARATORS.split(raw))
    keyed = ((tag, keys.fold(tag)) for tag in tags)
    return [(tag, key) for tag, key in keyed if key and key not in SYSTEM_TAGS]


TAKERS: Final[dict[str, Callable[[Sketch, str, str], None]]] = {
    fields.TITLE: Sketch._put_title,
    fields.NOTES: Sketch._put_notes,
    fields.EMAIL: Sketch._put_email,
    fields.PHONE: Sketch._put_phone,
    fields.TAGS: Sketch._put_tags,
    fields.BIRTHDAY: Sketch._put_birthday,
    fields.MET_ON: Sketch._put_met_on,
    fields.WEBSITE: Sketch._put_website,
}
