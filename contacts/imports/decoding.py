"""From the bytes of a file to its lines of text. What cannot be read for sure is marked, never guessed.

A line that does not decode comes out with each of its bytes ≥ 128 as a lone surrogate: its cells, quotes and
line number stay right, and `is_unreadable` tells the reader to skip the record that it belongs to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from itertools import islice
from typing import Final

from contacts.imports.limits import DEFAULT_LIMITS, Limits
from contacts.imports.reasons import Refusal, Refused

WIDE: Final = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
GUESSABLE: Final = ("cp1252", "iso-8859-15", "mac-roman")
ENCODINGS: Final = ("utf-8", *WIDE, *GUESSABLE, "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256")
BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
SAMPLE_BYTES: Final = 256
SAMPLE_LINES: Final = 20_000
SAMPLE_LINE: Final = 4_000  # bytes
WIDE_SHARE: Final = 0.3  # of the code units at the start, at least, have a zero high byte when text is UTF-16
LONG_LINE: Final = 16_384  # bytes
LEAST_ZEROS: Final = 3

SURROGATE: Final = re.compile("[\ud800-\udfff]")
RUNS: Final = re.compile(rb"[\x80-\xff]{1,8}")
LONE_SURROGATE: Final = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")  # half an emoji, as careless programs write it
UTF8_PAIR: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
SIGNS: Final = frozenset("€‚„…“”•–—™«»°©®§£¡¿ºª²³±×µ")
FRACTIONS: Final = frozenset("¼½¾")  # what Œ, œ and Ÿ of ISO-8859-15 look like in cp1252
INSIDE_WORDS: Final = frozenset("’‘·´")
SMALL: Final = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüýßðþšž")
# Over the classes of `_classes`: what no French, English or German text holds in the right encoding.
NONSENSE: Final = re.compile(
    rb"x"  # a byte without meaning
    rb"|(?<=[vleEUy])s(?=[vleEUy])"  # a sign between two letters
    rb"|f(?=[vleEUy])"  # a fraction before a letter
    rb"|(?<=[vley])E"  # a capital after a small letter
    rb"|(?<=[UE])[ey](?=[UE])"  # a small letter between two capitals
    rb"|[eEyisf]{3}"  # three accented letters or signs in a row
    rb"|(?<![ve])y"  # « ÿ » not after a vowel
)


def is_unreadable(text: str) -> bool:
    return not text.isascii() and SURROGATE.search(text) is not None


def legible(text: str) -> str:
    """The same with « � » where a byte could not be read, fit for a report."""
    return SURROGATE.sub("\ufffd", text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A file as lines. `data` has only LF line ends and is in `codec`, where ASCII bytes mean ASCII."""

    data: bytes
    encoding: str  # as shown to the user; differs from `codec` for UTF-16 and UTF-32
    codec: str
    is_sure: bool = False  # every line is known to decode
    is_guessed: bool = False  # any byte decodes, so each line must also look like writing

    def lines(self, limits: Limits | None = None) -> Iterator[tuple[int, str]]:
        """(number from 1, text without its line end); a line that is too long refuses the file."""
        stream = BytesIO(self.data)
        size = limits.line + 2 if limits else -1
        for number, raw in enumerate(iter(lambda: stream.readline(size), b""), start=1):
            raw = raw.removesuffix(b"\n")
            if limits and len(raw) > limits.line:
                raise _too_long(raw, number, limits)
            yield number, self.decode(raw)

    def decode(self, raw: bytes) -> str:
        if self.is_sure or raw.isascii():
            return raw.decode(self.codec)
        try:
            text = raw.decode(self.codec)
        except UnicodeDecodeError:
            return raw.decode("ascii", "surrogateescape")
        if self.is_guessed and (nonsense(raw, self.codec) or _looks_utf8(raw)):
            return raw.decode("ascii", "surrogateescape")
        return text


def _too_long(raw: bytes, number: int, limits: Limits) -> Refused:
    if max(raw.count(separator) for separator in (b",", b";", b"\t", b"|")) >= limits.columns:
        return Refused(Refusal.TOO_MANY_COLUMNS, line=number, limit=limits.columns)
    return Refused(Refusal.LINE_TOO_LONG, line=number, limit=limits.line)


def decode(data: bytes, encoding: str = "", limits: Limits = DEFAULT_LIMITS) -> Text:
    """Text in the encoding asked for, else: its BOM, zero bytes (UTF-16, UTF-32), strict UTF-8, then a guess."""
    encoding = encoding or _marked_or_wide(data)
    for bom, name in BOMS:
        if encoding == name:
            data = data.removeprefix(bom)
    if encoding in WIDE:
        data = _utf8_from(data, encoding)
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if data.count(b"\n") > limits.lines:
        raise Refused(Refusal.TOO_MANY_ROWS, limit=limits.rows)
    if _is_utf8(data) and encoding in ("", "utf-8", *WIDE):
        return Text(data=data, encoding=encoding or "utf-8", codec="utf-8", is_sure=True)
    if encoding:
        return Text(data=data, encoding=encoding, codec="utf-8" if encoding in WIDE else encoding)
    return _guess(data)


def _marked_or_wide(data: bytes) -> str:
    """The encoding that a BOM or the rhythm of zero bytes gives away; empty when there is neither."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return name
    sample = data[:SAMPLE_BYTES]
    zeros = [sample[place::4].count(0) for place in range(4)]
    quarter = len(sample) // 4
    if quarter and len(data) % 4 == 0 and sum(zeros) > 2.5 * quarter:
        return "utf-32-le" if zeros[3] == quarter else "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if max(even, odd) < max(LEAST_ZEROS, WIDE_SHARE * len(sample) / 2, 10 * min(even, odd)):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _utf8_from(data: bytes, encoding: str) -> bytes:
    """The same text in UTF-8. Lone surrogates come out as the invalid UTF-8 that marks their line as unreadable."""
    unit = 4 if encoding.startswith("utf-32") else 2
    text = data[: len(data) - len(data) % unit].decode(encoding, "surrogatepass" if unit == 2 else "replace")
    return text.encode("utf-8", "surrogatepass")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _looks_utf8(raw: bytes) -> bool:
    return UTF8_PAIR.search(raw) is not None and _is_utf8(raw)


def _guess(data: bytes) -> Text:
    """UTF-8 with some bad lines when most accented lines are UTF-8, else the single-byte encoding that reads best."""
    accented = list(islice((raw for raw in BytesIO(data) if not raw.isascii()), SAMPLE_LINES))
    good = sum(_is_utf8(LONE_SURROGATE.sub(b"", raw)) for raw in accented)
    if 2 * good >= len(accented):
        return Text(data=data, encoding="utf-8", codec="utf-8")
    codec = min(GUESSABLE, key=lambda name: sum(nonsense(raw[:SAMPLE_LINE], name) for raw in accented))
    text = Text(data=data, encoding=codec, codec=codec, is_guessed=True)
    if _is_mostly_unreadable(text, accented):
        raise Refused(Refusal.ENCODING_UNKNOWN)
    return text


def _is_mostly_unreadable(text: Text, accented: list[bytes]) -> bool:
    """The guess fails when the titles cannot be read, or half of the lines."""
    unreadable = [raw for raw in accented if is_unreadable(text.decode(raw[:SAMPLE_LINE]))]
    if unreadable and text.data.lstrip().startswith(unreadable[0]):
        return True
    return len(unreadable) > 1 and 2 * len(unreadable) >= sum(not raw.isspace() for raw in BytesIO(text.data))


def nonsense(raw: bytes, codec: str) -> int:
    """How many places of a line (of its first LONG_LINE bytes) no writer would have written in this encoding."""
    runs = RUNS.finditer(raw, 0, LONG_LINE)
    return sum(_nonsense_around(raw[max(run.start() - 1, 0) : run.end() + 1], codec) for run in runs)


@lru_cache(maxsize=16_384)
def _nonsense_around(run: bytes, codec: str) -> int:
    """The same for some bytes ≥ 128 with their neighbours: a language has few of them, so most are found here."""
    return len(NONSENSE.findall(run.translate(_classes(codec))))


@cache
def _classes(codec: str) -> bytes:
    """One class letter for each byte value, for the NONSENSE pattern."""
    return bytes(ord(_class(bytes([value]), codec)) for value in range(256))


def _class(byte: bytes, codec: str) -> str:
    char = byte.decode(codec, "replace")
    if byte.isascii():
        return ("v" if char in "aeiouy" else "l") if char.islower() else "U" if char.isupper() else "."
    if char in INSIDE_WORDS:
        return "i"
    if char in SIGNS:
        return "s"
    if char in FRACTIONS:
        return "f"
    if char == "ÿ":
        return "y"
    if char == "\u00a0":
        return "."
    return "e" if char in SMALL else "E" if char.lower() in SMALL or char == "Ÿ" else "x"
