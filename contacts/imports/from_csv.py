"""Rows become drafts: find the delimiter and the titles, then read each row through its columns."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from contacts import keys
from contacts.imports import fields, headers, points
from contacts.imports.addresses import Parts, postal_address
from contacts.imports.cells import clean, unquote_formula
from contacts.imports.dates import Order
from contacts.imports.decoding import Text, is_unreadable, legible
from contacts.imports.draft import EXCERPT, Entry, Skipped
from contacts.imports.headers import Column
from contacts.imports.limits import Limits
from contacts.imports.reasons import Reason, Refusal, Refused
from contacts.imports.records import DELIMITERS, Record, declared_delimiter, records
from contacts.imports.sketch import Sketch

PREAMBLE_MAX: Final = 10
SAMPLE_ROWS: Final = 50
SAMPLE_RECORDS: Final = 1_000  # blank ones included, in which the sample is looked for
BLANK_START: Final = re.compile(rb"[ \t,;|\0\n]*\n")
LONG_FIELDS: Final = frozenset({fields.NOTES, fields.ADDRESS})  # whose cells hold several lines
LIST_FIELDS: Final = frozenset({fields.EMAIL, fields.PHONE, fields.TAGS})  # and several values
MAJORITY: Final = 0.5
LEAST_DIGITS: Final = 8
ADDRESS_ORDER: Final = (headers.WORK, "1", "", headers.HOME, headers.OTHER)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A delimited text whose columns are known. `first_line` is that of the first row of data."""

    text: Text
    limits: Limits
    delimiter: str
    order: Order
    columns: list[Column] = field(default_factory=list)
    first_line: int = 1
    preamble: int = 0
    has_titles: bool = True

    def data(self, after: int = 0) -> Iterator[Record]:
        """The rows below the titles that hold something, from the first one after line `after`."""
        for record in records(self.text, self.delimiter, self.limits):
            if record.line >= self.first_line and record.line > after and not record.is_blank:
                yield record

    def count(self) -> int:
        """Read all rows once, so that a bad row far below refuses the file before anything is written."""
        rows = 0
        for record in self.data():
            rows += 1
            self._check_quotes(record)
            if rows > self.limits.rows:
                raise Refused(Refusal.TOO_MANY_ROWS, limit=self.limits.rows)
        if rows and not self.columns:
            raise Refused(Refusal.NO_TITLES)
        return rows

    def _check_quotes(self, record: Record) -> None:
        """Two unbalanced quotes of two rows balance each other: the rows between them are then in one cell."""
        for column, cell in zip(self.columns, record.cells, strict=False):
            if "\n" in cell and column.field not in LONG_FIELDS and self._holds_rows(cell, column.field):
                raise Refused(Refusal.UNBALANCED_QUOTE, line=record.line)

    def _holds_rows(self, cell: str, what: str | None) -> bool:
        """In a column of one value, a delimiter or an address; in any other, a line as wide as a row."""
        if what is None or what in LIST_FIELDS:
            wide = len(self.columns) - 1
            return wide > 0 and any(line.count(self.delimiter) >= wide for line in cell.split("\n"))
        return (self.delimiter != "" and self.delimiter in cell) or any(map(headers.holds_email, cell.split()))

    def mapped(self, mapping: dict[int, str | None]) -> "Sheet":
        """The same with the columns that the user chose, by index."""
        columns = [
            _given(column, mapping[column.index]) if column.index in mapping else column for column in self.columns
        ]
        return replace(self, columns=columns)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        plan = Plan(self)
        return map(plan.entry, self.data(after))


def _given(column: Column, what: str | None) -> Column:
    """The column with another meaning; one that is not known to be part of an address holds all of it."""
    return replace(column, field=what, part=column.part or "full" if what == fields.ADDRESS else "")


def open_sheet(text: Text, limits: Limits, order: Order, delimiter: str | None = None) -> Sheet:
    """Find the delimiter, unless it is given, and the titles."""
    if delimiter is None:
        delimiter = declared_delimiter(text)
    if delimiter is None:
        delimiter = _likeliest_delimiter(text, limits)
    sheet = Sheet(text=text, limits=limits, delimiter=delimiter, order=order)
    filled, _refused = _sample(text, delimiter, limits)
    if not filled:
        return sheet
    titles = max(filled[: PREAMBLE_MAX + 1], key=lambda record: headers.score(record.cells))
    if headers.score(titles.cells):
        columns = headers.columns_of([clean(legible(cell)) for cell in titles.cells])
        return replace(sheet, columns=columns, first_line=titles.line + 1, preamble=filled.index(titles))
    for likely in (delimiter, *DELIMITERS):
        _filled, refused = _sample(text, likely, limits)
        if refused:
            raise refused
    return _without_titles(sheet, filled)


def _sample(text: Text, delimiter: str, limits: Limits) -> tuple[list[Record], Refused | None]:
    """The first rows that hold something, as this delimiter cuts them, up to one that cannot be read."""
    filled: list[Record] = []
    above, text = _below_blanks(text)
    try:
        for record in islice(records(text, delimiter, limits), SAMPLE_RECORDS):
            if not record.is_blank:
                filled.append(record._replace(line=record.line + above))
            if len(filled) == SAMPLE_ROWS:
                break
    except Refused as refused:
        line = refused.line and refused.line + above
        return filled, Refused(refused.refusal, line=line, limit=refused.limit)
    return filled, None


def _below_blanks(text: Text) -> tuple[int, Text]:
    """(blank lines at the start of the file, what is below them)"""
    start = found.end() if (found := BLANK_START.match(text.data)) else 0
    return text.data.count(b"\n", 0, start), replace(text, data=text.data[start:])


def _likeliest_delimiter(text: Text, limits: Limits) -> str:
    """The one under which most titles are known, else the most even rows; empty for a file of one column."""
    best = max(DELIMITERS, key=lambda delimiter: _fitness(text, delimiter, limits))
    score, even, _width = _fitness(text, best, limits)
    if score == 1 and _fitness(text, "", limits)[0] == 1:
        return ""
    return best if score or even else ""


def _fitness(text: Text, delimiter: str, limits: Limits) -> tuple[int, int, int]:
    """(titles known, rows of the commonest width if above 1, that width)"""
    filled, _refused = _sample(text, delimiter, limits)
    widths = Counter(len(record.cells) for record in filled)
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    score = max((headers.score(record.cells) for record in filled[: PREAMBLE_MAX + 1]), default=0)
    return score, rows if width > 1 else 0, width


def _without_titles(sheet: Sheet, filled: list[Record]) -> Sheet:
    """Columns told by their contents. Without an e-mail or a phone column there is nothing sure enough to read."""
    width = max(len(record.cells) for record in filled)
    samples = [[cell for record in filled for cell in record.cells[index : index + 1]] for index in range(width)]
    found = {index: known for index in range(width) if (known := _field_of_contents(samples[index]))}
    if not {fields.EMAIL, fields.PHONE} & set(found.values()):
        raise Refused(Refusal.NO_TITLES)
    words = [index for index in range(width) if index not in found and _share(samples[index], _is_words) >= MAJORITY]
    found |= _names_of(words, samples, next((samples[i] for i, f in found.items() if f == fields.EMAIL), []))
    columns = [Column(index=index, title="", field=found.get(index)) for index in range(width)]
    return replace(sheet, columns=columns, has_titles=False, first_line=_first_data(filled, found))


def _first_data(filled: list[Record], found: dict[int, str]) -> int:
    """Below a first row of titles that we do not know, when it has words where the others have addresses."""
    first = "".join(filled[0].cells)
    told = any(_field_of_contents(filled[0].cells[index : index + 1]) for index in found)
    are_titles = len(filled) > 1 and not told and _is_words(first)
    return filled[1 if are_titles else 0].line


def _field_of_contents(cells: list[str]) -> str | None:
    if _share(cells, headers.holds_email) >= MAJORITY:
        return fields.EMAIL
    if _share(cells, _is_phone) >= MAJORITY:
        return fields.PHONE
    if _share(cells, lambda cell: cell.strip().startswith(("http://", "https://", "www."))) >= MAJORITY:
        return fields.WEBSITE
    return None


def _names_of(words: list[int], samples: list[list[str]], addresses: list[str]) -> dict[int, str]:
    """One column of words is the full name; two are given and family name, in the order that the addresses show."""
    if len(words) < 2 or _share(samples[words[0]], lambda cell: " " in cell.strip()) >= MAJORITY:
        return dict(zip(words, (fields.FULL_NAME, fields.ORGANISATION), strict=False))

    def ends_addresses(index: int) -> int:
        families = (keys.fold(cell).replace(" ", "") for cell in samples[index])
        locals_ = (keys.fold(address.partition("@")[0]).replace(" ", "") for address in addresses)
        return sum(bool(family) and local.endswith(family) for family, local in zip(families, locals_, strict=False))

    first, second = fields.GIVEN_NAME, fields.FAMILY_NAME
    if ends_addresses(words[0]) > ends_addresses(words[1]):
        first, second = second, first
    return dict(zip(words, (first, second, fields.ORGANISATION), strict=False))


def _share(cells: list[str], test: Callable[[str], bool]) -> float:
    filled = [cell for cell in cells if cell.strip()]
    return sum(map(test, filled)) / len(filled) if filled else 0


def _is_phone(cell: str) -> bool:
    return sum(char.isdigit() for char in cell) >= LEAST_DIGITS and points.read_phone(cell)[1] is None


def _is_words(cell: str) -> bool:
    return any(char.isalpha() for char in cell)


class Plan:
    """How the rows of one sheet are read: each known column, and how its cells are taken."""

    def __init__(self, sheet: Sheet) -> None:
        known = [(column, column.field) for column in sheet.columns if column.field]
        self.addresses = [column for column, what in known if what == fields.ADDRESS]
        self.plain = [(c.index, what, c.label, c.label_index) for c, what in known if what != fields.ADDRESS]
        self.width = len(sheet.columns)
        self.is_sure = sheet.text.is_sure
        self.cell_limit = sheet.limits.cell
        self.order = sheet.order
        self.lone_is_family = any(what == fields.FULL_NAME and keys.fold(c.title) == "nom" for c, what in known)

    def entry(self, record: Record) -> Entry:
        line, cells, size, remark = record
        if not self.is_sure and any(map(is_unreadable, cells)):
            return Skipped(line, Reason.UNREADABLE, _excerpt(cells))
        if size > self.cell_limit and len(max(cells, key=len)) > self.cell_limit:
            return Skipped(line, Reason.CELL_TOO_LONG, _excerpt(cells))
        sketch = Sketch(line, order=self.order, lone_is_family=self.lone_is_family)
        self._put_cells(sketch, cells)
        if self.addresses:
            self._put_address(sketch, cells)
        if len(cells) > self.width and any(map(str.strip, cells[self.width :])):
            sketch.report("", Reason.EXTRA_CELLS, " ".join(cells[self.width :]))
        if remark:
            sketch.report("", remark, _excerpt(cells))
        return sketch.settle()

    def _put_cells(self, sketch: Sketch, cells: list[str]) -> None:
        width = len(cells)
        for index, what, label, label_index in self.plain:
            if index < width and (raw := cells[index]):
                if label_index is not None and label_index < width:
                    label = headers.label_of(cells[label_index])
                sketch.put(what, unquote_formula(raw) if raw[0] == "'" else raw, label)

    def _put_address(self, sketch: Sketch, cells: list[str]) -> None:
        """The first address that holds anything: at work, Google's first, the only one, at home."""
        groups: dict[str, Parts] = {}
        for column in self.addresses:
            raw = cells[column.index] if column.index < len(cells) else ""
            if raw.strip():
                group = groups.setdefault(column.label, {})
                group.setdefault(column.part, []).append(unquote_formula(raw))
        for name in sorted(groups, key=lambda name: ADDRESS_ORDER.index(name) if name in ADDRESS_ORDER else 9):
            sketch.put(fields.ADDRESS, postal_address(groups[name]))


def _excerpt(cells: list[str]) -> str:
    return clean(legible(" ".join(filter(None, cells))[: 2 * EXCERPT]))[:EXCERPT]
