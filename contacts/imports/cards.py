"""The cards of a vCard file (2.1, 3.0, 4.0) and their properties, whatever their line breaks.

Not vobject: it stops at one bad line, joins a card without END to the next one, and cuts the photos of 4.0.
"""

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from contacts.imports.decoding import Text, is_unreadable, nonsense
from contacts.imports.reasons import Reason

BEGIN, END = "BEGIN:VCARD", "END:VCARD"
PROPERTIES_MAX: Final = 2_000
SHORT: Final = 100  # characters, which no BEGIN nor END exceeds
PARAMS_MAX: Final = 1_000  # characters before the colon
BINARY: Final = ("PHOTO", "LOGO", "SOUND", "KEY")
ENCODINGS: Final = ("QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT")
CHARSETS: Final = ("utf-8", "iso8859", "cp125", "mac-roman", "koi8", "shift_jis", "euc_", "gb", "big5")
CHARSET_NAME: Final = re.compile(r"[A-Z0-9_-]{1,40}")
# A line of a photo that was not folded; it may look like a property (« N:4AAQSk… »), but no name is like this.
PHOTO_LINE: Final = re.compile(r"[A-Za-z0-9+/]+={0,2}|[A-Za-z]+:[A-Za-z0-9+/]{32,}={0,2}")
ESCAPED: Final = re.compile(r"\\([nN,;:\\])")


class Unreadable(Exception):
    """A value whose bytes are in no encoding that we can tell."""

    def __init__(self) -> None:
        super().__init__(Reason.UNREADABLE.label)


@dataclass(slots=True)
class Card:
    """One card: the line of its BEGIN, and its properties, each as the parts to join."""

    line: int
    limit: int  # characters of one line
    properties: list[list[str]] = field(default_factory=list)
    photos: int = 0
    is_in_photo: bool = False
    flaw: Reason | None = None

    def take(self, line: str) -> None:
        """One physical line: a new property, or more of the last one (folded, or after a soft break)."""
        if self.flaw:
            return
        if line[:1] in (" ", "\t"):
            if self.properties and not self.is_in_photo:
                self.properties[-1].append(line[1:])
        elif self._is_soft_broken():
            self.properties[-1][-1] = self.properties[-1][-1][:-1]
            self.properties[-1].append(line)
        elif not (self.is_in_photo and PHOTO_LINE.fullmatch(line)):
            self._open(line)

    def _is_soft_broken(self) -> bool:
        """The last property is quoted-printable and its line ends with « = »."""
        last = self.properties[-1] if self.properties and not self.is_in_photo else None
        return bool(last and last[-1].endswith("=") and "QUOTED-PRINTABLE" in last[0][:PARAMS_MAX].upper())

    def _open(self, line: str) -> None:
        name = line[:PARAMS_MAX].partition(":")[0].partition(";")[0].rpartition(".")[2].upper()
        self.is_in_photo = name in BINARY
        self.photos += name == "PHOTO"
        if self.is_in_photo or ":" not in line:
            return
        if len(line) > self.limit or len(self.properties) >= PROPERTIES_MAX:
            self.flaw = Reason.CARD_LINE_TOO_LONG
        else:
            self.properties.append([line])


def cards(text: Text, limit: int) -> Iterator[Card]:
    """Every card. One without END, cut short by the next BEGIN or by the end of the file, has this flaw."""
    card: Card | None = None
    depth = 0  # inside the card of an agent, which belongs to the card around it
    previous = ""
    for number, line in text.lines():
        bare = line.strip("\ufeff\r\t ").upper() if len(line) < SHORT and line[:1] not in (" ", "\t") else ""
        if bare == BEGIN and card and previous.startswith("AGENT") and previous.endswith(":"):
            depth += 1
        elif bare == BEGIN:
            yield from _unfinished(card)
            card, depth = Card(number, limit), 0
        elif card and bare == END and not depth:
            yield card
            card = None
        elif card and (bare == END or bare == f"AGENT:{BEGIN}"):
            depth += 1 if bare != END else -1
        elif card and not depth:
            card.take(line)
        previous = bare or previous
    yield from _unfinished(card)


def _unfinished(card: Card | None) -> Iterator[Card]:
    if card:
        card.flaw = Reason.CARD_UNFINISHED
        yield card


@dataclass(frozen=True, kw_only=True, slots=True)
class Property:
    """`item1.TEL;TYPE=CELL:06…`: group « item1 », name « TEL », types {« cell »}, and its value still encoded."""

    name: str
    group: str
    types: frozenset[str]
    params: dict[str, str]
    raw: str
    text: Text

    @property
    def value(self) -> str:
        return ESCAPED.sub(_unescape, self._decode(self.raw))

    def components(self, separator: str = ";") -> list[str]:
        """The parts of a structured value (N, ORG, ADR), cut before they are decoded."""
        return [ESCAPED.sub(_unescape, self._decode(part)) for part in _cut(self.raw, separator)]

    def _decode(self, raw: str) -> str:
        if "QUOTED-PRINTABLE" in self.params.get("ENCODING", ""):
            if raw.isascii() and "=" not in raw:
                return raw
            return self._from_bytes(binascii.a2b_qp(self._bytes(raw)), "cp1252")
        if raw.isascii():
            return raw
        if is_unreadable(raw) or (self.text.codec != "utf-8" and "CHARSET" in self.params):
            return self._from_bytes(self._bytes(raw), "")
        return raw

    def _bytes(self, raw: str) -> bytes:
        return raw.encode(self.text.codec, "surrogateescape")

    def _from_bytes(self, data: bytes, fallback: str) -> str:
        """In the charset that the property declares, else UTF-8, else `fallback` (what old phones write)."""
        declared = _charset(self.params.get("CHARSET", ""))
        try:
            return data.decode(declared or "utf-8")
        except UnicodeDecodeError:
            if declared or not fallback or nonsense(data, fallback):
                raise Unreadable from None
        return data.decode(fallback, "replace")


def _charset(name: str) -> str:
    """A charset that is more than ASCII and that we trust; empty for the others."""
    try:
        found = codecs.lookup(name).name if CHARSET_NAME.fullmatch(name) else ""
    except LookupError:
        return ""
    return found if found.startswith(CHARSETS) else ""


def properties(card: Card, text: Text) -> Iterator[Property]:
    for parts in card.properties:
        head, value = _split_head("".join(parts))
        name, *settings = head.split(";")
        group, _dot, name = name.rpartition(".")
        params: dict[str, str] = {}
        types: set[str] = set()
        for setting in settings:
            key, equals, worth = setting.upper().partition("=")
            if not equals and key.strip() in ENCODINGS:
                key, worth = "ENCODING", key.strip()
            if key == "TYPE" or not (equals or key == "ENCODING"):
                types.update((worth if equals else key).replace('"', "").lower().split(","))
            params[key.strip()] = worth.strip('" ')
        yield Property(
            name=name.strip().upper(), group=group, types=frozenset(types), params=params, raw=value, text=text
        )


def _split_head(line: str) -> tuple[str, str]:
    """Before and after the first colon that no quotation marks hold."""
    head, _colon, value = line.partition(":")
    while head.count('"') % 2 and value and len(head) < PARAMS_MAX:
        more, _colon, value = value.partition(":")
        head += f":{more}"
    return head, value


def _cut(raw: str, separator: str) -> list[str]:
    """Cut at each separator that no backslash escapes."""
    if "\\" not in raw:
        return raw.split(separator)
    parts: list[list[str]] = []
    is_open = False
    for part in raw.split(separator):
        if is_open:
            parts[-1].append(part)
        else:
            parts.append([part])
        is_open = (len(part) - len(part.rstrip("\\"))) % 2 == 1
    return [separator.join(pieces) for pieces in parts]


def _unescape(escaped: re.Match[str]) -> str:
    return "\n" if escaped[1] in "nN" else escaped[1]
