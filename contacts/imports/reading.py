"""The one door of the reading half: a file becomes a Reading, which yields its drafts and its skipped lines."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from contacts.imports import decoding, from_csv, from_vcard, headers, signatures
from contacts.imports.dates import Order
from contacts.imports.draft import Draft, Entry
from contacts.imports.limits import DEFAULT_LIMITS, Limits
from contacts.imports.reasons import Notice, Refusal, Refused, Remark


@dataclass(kw_only=True)
class Reading:
    """A file that was understood. Iterating reads lazily, as often as wished, and cannot refuse any more."""

    format: str  # google, outlook, linkedin, csv or vcard
    encoding: str
    delimiter: str  # empty for one column, and for vCard
    columns: list[headers.Column]  # empty for vCard
    rows: int  # how many entries iterating yields
    entries: Callable[[int], Iterator[Entry]]
    remarks: Counter[Remark] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Entry]:
        return self.after(0)

    def after(self, line: int) -> Iterator[Entry]:
        """What starts below this line of the file, to take up a reading where it was left."""
        del self.remarks[Remark.NAMED_BY_EMAIL], self.remarks[Remark.NAMED_BY_FIRM]
        for entry in self.entries(line):
            if isinstance(entry, Draft) and entry.named_by:
                self.remarks[entry.named_by] += 1
            yield entry

    @property
    def notices(self) -> list[Notice]:
        """What is worth saying of the whole file, as far as it has been read."""
        return [Notice(remark, count) for remark, count in self.remarks.items() if count]


def read(
    file: bytes | BinaryIO,
    filename: str = "",
    *,
    encoding: str = "",
    delimiter: str | None = None,
    mapping: dict[int, str | None] | None = None,
    order: Order = "dmy",
    limits: Limits = DEFAULT_LIMITS,
) -> Reading:
    """Understand a CSV or vCard file, or raise Refused. What the user chose (encoding…) goes before what we detect."""
    data = file if isinstance(file, bytes) else file.read(limits.bytes + 1)
    if len(data) > limits.bytes:
        raise Refused(Refusal.TOO_BIG, limit=limits.megabytes)
    signatures.check(data)
    text = decoding.decode(data, encoding, limits)
    if from_vcard.is_vcard(text) or filename.lower().endswith((".vcf", ".vcard")):
        return _read_cards(text, limits, order)
    return _read_rows(text, limits, order, delimiter, mapping or {})


def _read_rows(
    text: decoding.Text, limits: Limits, order: Order, delimiter: str | None, mapping: dict[int, str | None]
) -> Reading:
    sheet = from_csv.open_sheet(text, limits, order, delimiter).mapped(mapping)
    known = sum(column.field is not None for column in sheet.columns)
    rows = sheet.count()
    untitled = 0 if sheet.has_titles else known
    return Reading(
        format=headers.format_of(column.title for column in sheet.columns),
        encoding=text.encoding,
        delimiter=sheet.delimiter,
        columns=sheet.columns,
        rows=rows,
        entries=sheet.entries,
        remarks=Counter({Remark.PREAMBLE: sheet.preamble, Remark.NO_TITLES: untitled, Remark.NO_LINES: int(not rows)}),
    )


def _read_cards(text: decoding.Text, limits: Limits, order: Order) -> Reading:
    box = from_vcard.Box(text=text, limits=limits, order=order)
    rows, photos = box.count()
    return Reading(
        format="vcard",
        encoding=text.encoding,
        delimiter="",
        columns=[],
        rows=rows,
        entries=box.entries,
        remarks=Counter({Remark.PHOTOS: photos, Remark.NO_LINES: int(not rows)}),
    )
