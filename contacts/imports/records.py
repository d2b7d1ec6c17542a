"""Rows of a delimited text, as RFC 4180 reads them, with the line where each row starts.

Python's csv module is not used: it swallows a whole file after one unbalanced quote, stops at cells of 131,072
characters and loses line numbers.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from contacts.imports.decoding import Text
from contacts.imports.limits import Limits
from contacts.imports.reasons import Reason, Refusal, Refused

DELIMITERS: Final = (",", ";", "\t", "|")
PADDING: Final = ' \t,;|"\0'  # what a row of nothing is made of, under any delimiter
DECLARED: Final = "sep="  # what a spreadsheet writes on the first line for another spreadsheet

Lines = Iterator[tuple[int, str]]


class Record(NamedTuple):
    line: int
    cells: list[str]
    size: int  # characters, at least
    remark: Reason | None = None

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip(PADDING) for cell in self.cells)


def declared_delimiter(text: Text) -> str | None:
    """The delimiter named by a first line « sep=; »; None without such a line."""
    first = text.data[:16].split(b"\n")[0].decode("ascii", "replace").strip().strip('"')
    known = first[:4].lower() == DECLARED and (first[4:] in DELIMITERS or not first[4:])
    return (first[4:] or "\t") if known else None


def records(text: Text, delimiter: str, limits: Limits) -> Iterator[Record]:
    """Every row, blank ones too. With an empty delimiter each line is one cell."""
    lines = text.lines(limits)
    if declared_delimiter(text):
        next(lines)
    for number, line in lines:
        if '"' not in line:
            record = Record(number, line.split(delimiter) if delimiter else [line], len(line))
        elif cells := _all_quoted(line, delimiter):
            record = Record(number, cells, len(line))
        else:
            record = _Quoted(number, line, lines, delimiter, limits).record()
        if len(record.cells) > limits.columns:
            raise Refused(Refusal.TOO_MANY_COLUMNS, line=number, limit=limits.columns)
        yield record


def _all_quoted(line: str, delimiter: str) -> list[str]:
    """The cells of a line such as « "a";"b";"" », the common case; empty when it is not so simple."""
    if len(line) < 2 or line[0] != '"' or line[-1] != '"':
        return []
    cells = line[1:-1].split(f'"{delimiter}"') if delimiter else [line[1:-1]]
    return [] if any('"' in cell for cell in cells) else cells


class _Quoted:
    """One row that holds quotation marks; it takes more lines while a quoted cell is open."""

    def __init__(self, number: int, line: str, lines: Lines, delimiter: str, limits: Limits) -> None:
        self.number, self.line, self.lines = number, line, lines
        self.delimiter, self.limits = delimiter, limits
        self.place = 0
        self.size = len(line)
        self.remark: Reason | None = None

    def record(self) -> Record:
        cells = []
        while True:
            cells.append(self._cell())
            if self.place >= len(self.line) or len(cells) > self.limits.columns:
                return Record(self.number, cells, self.size, self.remark)
            self.place += 1
            if self.place == len(self.line):
                cells.append("")
                return Record(self.number, cells, self.size, self.remark)

    def _cell(self) -> str:
        start = self.place
        while self.line.startswith(" ", start):
            start += 1
        if self.line.startswith('"', start):
            self.place = start + 1
            return self._quoted_cell()
        start, self.place = self.place, self._end_of_cell(self.place)
        return self.line[start : self.place]

    def _end_of_cell(self, place: int) -> int:
        end = self.line.find(self.delimiter, place) if self.delimiter else -1
        return end if end >= 0 else len(self.line)

    def _quoted_cell(self) -> str:
        """From after its opening quote; a doubled quote is one, a quote before the delimiter closes."""
        parts: list[str] = []
        is_long = False
        while True:
            quote = self.line.find('"', self.place)
            if quote < 0:
                parts.append(self.line[self.place :] + "\n")
                self._take_line()
                is_long = True
            elif self.line.startswith('"', quote + 1):
                parts.append(self.line[self.place : quote + 1])
                self.place = quote + 2
            elif self._closes(quote):
                parts.append(self.line[self.place : quote])
                self.place = self._end_of_cell(quote + 1)
                return "".join(parts)
            elif self.line.startswith("\\", quote - 1):
                self.remark = Reason.BACKSLASH_QUOTE
                parts.append(self.line[self.place : quote - 1] + '"')
                self.place = quote + 1
            elif is_long:
                raise self._unbalanced()
            else:
                return self._stray(parts, quote)

    def _closes(self, quote: int) -> bool:
        after = quote + 1
        while self.line.startswith(" ", after):
            after += 1
        return after == len(self.line) or (self.delimiter != "" and self.line.startswith(self.delimiter, after))

    def _stray(self, parts: list[str], quote: int) -> str:
        """A quote amid a quoted cell: « "Paul "Paulo" Durand" » keeps it, « "Bistrot" SARL » is taken as written."""
        if self.line.count('"') % 2:
            raise self._unbalanced()
        self.remark = Reason.STRAY_QUOTE
        start, self.place = self.place, self._end_of_cell(quote + 1)
        cell = "".join(parts) + self.line[start : self.place]
        return cell[:-1].replace('""', '"') if cell.endswith('"') else f'"{cell}'

    def _take_line(self) -> None:
        _number, self.line = next(self.lines, (0, ""))
        self.place = 0
        self.size += len(self.line) + 1
        if not _number or self.size > self.limits.line:
            raise self._unbalanced()

    def _unbalanced(self) -> Refused:
        return Refused(Refusal.UNBALANCED_QUOTE, line=self.number)
