"""Cleaning what a person typed or a program exported, without changing what a reader sees.

Everything is linear: a cell of 10,000 hostile characters costs no more than one of 10,000 letters.
"""

import re
import unicodedata
from functools import cache
from typing import Final

MARKS_PER_BASE: Final = 8
SHORT: Final = 20  # characters
BASIC_PLANES: Final = 0x20000

# Bidirectional controls, zero-width and filler characters, interlinear and object marks, the byte order mark, NUL.
INVISIBLE: Final = re.compile(
    "[\0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff]"
)
# Joiners glue emoji and shape Arabic or Indic letters; after a Latin, Greek or Cyrillic one they only hide.
IDLE_JOINERS: Final = re.compile("(?:^|(?<=[\0-\u058f\u200c\u200d]))[\u200c\u200d]+")
# Tag letters spell the flags of England, Scotland and Wales after a black flag; anywhere else they hide text.
IDLE_TAGS: Final = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+")
CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
CONTROLS_IN_TEXT: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
BLANK_LINES: Final = re.compile("\n\n\n+")
# Latin letters and usual signs, composed: most cells, told without looking at each kind of character.
EUROPEAN: Final = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2015\u2018-\u201f\u2026\u20ac]*")
NOTHING: Final = re.compile(
    r"[-–—?./_*\s]+|#?n/a|n\.a\.|n[ée]ant|aucune?|none|null|non renseign[ée]e?", re.IGNORECASE
)  # what people write where there is nothing to write
FORMULA_MARKS: Final = frozenset("=+-@\t\0＝＋－＠")


def is_plain(cell: str) -> bool:
    """Nothing to clean but spaces. Printable text holds no control, format or line-end character."""
    if cell.isascii():
        return cell.isprintable()
    if EUROPEAN.fullmatch(cell):
        return True
    return cell.isprintable() and not _marks().search(cell) and unicodedata.is_normalized("NFC", cell)


def clean(cell: str) -> str:
    """One line of text, in NFC: controls become spaces, invisible characters go, spaces collapse."""
    if not is_plain(cell):
        cell = CONTROLS.sub(" ", _visible(cell))
    return " ".join(cell.split())


def clean_text(cell: str) -> str:
    """Several lines of text: as `clean`, but line ends and inner spaces stay."""
    if is_plain(cell):
        return cell.strip()
    cell = _visible(cell.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (line.rstrip() for line in CONTROLS_IN_TEXT.sub(" ", cell).split("\n"))
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def says_nothing(cell: str) -> bool:
    """« - », « ? », « n/a », « néant »…: the cell was filled so as not to stay empty."""
    return len(cell) < SHORT and NOTHING.fullmatch(unicodedata.normalize("NFC", cell).strip()) is not None


def unquote_formula(cell: str) -> str:
    """Without the apostrophe that our own export puts before a cell which a spreadsheet would compute."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_MARKS else cell


def _visible(cell: str) -> str:
    if cell.isascii():
        return cell.replace("\0", "")
    cell = IDLE_TAGS.sub("", IDLE_JOINERS.sub("", INVISIBLE.sub("", cell)))
    return unicodedata.normalize("NFC", _mark_floods().sub(r"\1", cell))


@cache
def _mark_floods() -> re.Pattern[str]:
    """More than MARKS_PER_BASE combining marks in a row (« Zalgo »)."""
    return re.compile(f"([{_mark_ranges()}]{{{MARKS_PER_BASE}}})[{_mark_ranges()}]+")


@cache
def _marks() -> re.Pattern[str]:
    """A combining mark or a printable filler: the cell needs a closer look."""
    return re.compile(f"[{_mark_ranges()}\u115f\u1160\u3164\uffa0]")


@cache
def _mark_ranges() -> str:
    codes = [*range(BASIC_PLANES), *range(0xE0100, 0xE01F0)]
    return _ranges([chr(code) for code in codes if unicodedata.category(chr(code))[0] == "M"])


def _ranges(chars: list[str]) -> str:
    """The inside of a character class, in as few ranges as possible."""
    spans: list[list[int]] = []
    for code in map(ord, chars):
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in spans)
