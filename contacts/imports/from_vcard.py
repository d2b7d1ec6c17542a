"""Cards become drafts. Photos are left out, and nothing that a card points to is ever fetched."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from contacts import keys
from contacts.imports import fields, headers
from contacts.imports.addresses import postal_address
from contacts.imports.cards import BEGIN, Card, Property, Unreadable, cards, properties
from contacts.imports.dates import Order
from contacts.imports.decoding import Text
from contacts.imports.draft import Entry, Skipped
from contacts.imports.limits import Limits
from contacts.imports.reasons import Reason, Refusal, Refused
from contacts.imports.sketch import Sketch

HEAD_BYTES: Final = 4096
TYPE_LABELS: Final = {
    "fax": headers.FAX,
    "cell": headers.MOBILE,
    "mobile": headers.MOBILE,
    "iphone": headers.MOBILE,
    "work": headers.WORK,
    "home": headers.HOME,
    "main": headers.MAIN,
}
SIMPLE: Final = {
    "NICKNAME": fields.NICKNAME,
    "TITLE": fields.TITLE,
    "NOTE": fields.NOTES,
    "CATEGORIES": fields.TAGS,
    "BDAY": fields.BIRTHDAY,
    "URL": fields.WEBSITE,
    "X-LINKEDIN": fields.LINKEDIN,
}
KINDS: Final = ("KIND", "X-ADDRESSBOOKSERVER-KIND")


def is_vcard(text: Text) -> bool:
    return text.data[:HEAD_BYTES].lstrip()[: len(BEGIN)].upper() == BEGIN.encode()


@dataclass(frozen=True, kw_only=True)
class Box:
    """All the cards of one file."""

    text: Text
    limits: Limits
    order: Order

    def count(self) -> tuple[int, int]:
        """(cards, photos), after which nothing in the file can refuse it."""
        rows = photos = 0
        for card in cards(self.text, self.limits.line):
            rows += 1
            photos += card.photos
            if rows > self.limits.rows:
                raise Refused(Refusal.TOO_MANY_ROWS, limit=self.limits.rows)
        if not rows and not self.text.data.isspace() and self.text.data:
            raise Refused(Refusal.NOT_A_CARD)
        return rows, photos

    def entries(self, after: int = 0) -> Iterator[Entry]:
        for card in cards(self.text, self.limits.line):
            if card.line > after:
                yield self._entry(card)

    def _entry(self, card: Card) -> Entry:
        if card.flaw:
            return Skipped(card.line, card.flaw)
        known = list(properties(card, self.text))
        if any(len(one.raw) > self.limits.cell for one in known):
            return Skipped(card.line, Reason.CELL_TOO_LONG)
        if any(one.name in KINDS and one.raw.strip().lower() == "group" for one in known):
            return Skipped(card.line, Reason.CARD_OF_GROUP)
        try:
            return _draft(Sketch(card.line, order=self.order), known)
        except Unreadable:
            return Skipped(card.line, Reason.UNREADABLE)


def _draft(sketch: Sketch, known: list[Property]) -> Entry:
    labels = {one.group: one.value for one in known if one.name == "X-ABLABEL"}
    _put_name(sketch, known)
    for one in known:
        if one.name in SIMPLE:
            sketch.put(SIMPLE[one.name], one.value)
        elif one.name in TAKERS:
            TAKERS[one.name](sketch, one, labels.get(one.group, ""))
    for one in known:
        if one.name == "ROLE":
            sketch.put(fields.TITLE, one.value)
    _put_address(sketch, [one for one in known if one.name == "ADR"])
    return sketch.settle()


def _put_name(sketch: Sketch, known: list[Property]) -> None:
    """N, else FN; a card whose FN is its firm has no person: `settle` names it after the firm."""
    firms = {keys.firm_key(one.components()[0]) for one in known if one.name == "ORG"}
    for one in known:
        if one.name == "N":
            family, given, middle, *_rest = [*one.components(), "", "", ""]
            sketch.put(fields.FAMILY_NAME, family)
            sketch.put(fields.GIVEN_NAME, given)
            sketch.put(fields.MIDDLE_NAME, middle)
        elif one.name == "FN" and keys.firm_key(one.value) not in firms:
            sketch.put(fields.FULL_NAME, one.value)


def _put_firm(sketch: Sketch, one: Property, label: str) -> None:
    """The firm is the first component that is filled; the units below it are left out."""
    sketch.put(fields.ORGANISATION, next((part for part in one.components() if part.strip()), ""))


def _put_email(sketch: Sketch, one: Property, label: str) -> None:
    sketch.put(fields.EMAIL, one.value, _label(one, label))


def _put_phone(sketch: Sketch, one: Property, label: str) -> None:
    sketch.put(fields.PHONE, one.value, _label(one, label))


def _put_profile(sketch: Sketch, one: Property, label: str) -> None:
    if "linkedin" in one.types or "linkedin.com/" in one.value:
        sketch.put(fields.LINKEDIN, one.value)


def _put_address(sketch: Sketch, addresses: list[Property]) -> None:
    for one in sorted(addresses, key=lambda one: "work" not in one.types):
        names = ("box", "street", "street", "city", "region", "postcode", "country")
        parts: dict[str, list[str]] = {}
        for name, value in zip(names, one.components(), strict=False):
            if value.strip():
                parts.setdefault(name, []).append(" ".join(value.split()))
        sketch.put(fields.ADDRESS, postal_address(parts))


def _label(one: Property, apple: str) -> str:
    """The label that Apple sets beside the property, else the first of its types that we know."""
    if apple:
        return headers.label_of(apple.removeprefix("_$!<").removesuffix(">!$_"))
    return next((label for kind, label in TYPE_LABELS.items() if kind in one.types), "")


TAKERS: Final[dict[str, Callable[[Sketch, Property, str], None]]] = {
    "ORG": _put_firm,
    "EMAIL": _put_email,
    "TEL": _put_phone,
    "X-SOCIALPROFILE": _put_profile,
}
