"""The catalogue as a file: French columns and words. Read whole or refused whole, and written back without loss."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.models.catalogue import CatalogueEntry
from networks.models.facts import SEPARATOR, joined
from workspaces.folding import fold
from workspaces.forms import CONTROLS, HIDDEN

COLUMNS: Final = {
    "slug": "slug",
    "nom": "name",
    "nature": "nature",
    "type": "type",
    "sous_type": "subtype",
    "type_secondaire": "second_type",
    "portee": "reach",
    "territoire": "territory",
    "description": "description",
    "publics": "audience",
    "services": "services",
    "modele_adhesion": "ways_in",
    "adherents": "members",
    "site": "site",
    "donnee_sensible": "sensitive",
    "source": "source",
    "verifie_le": "verified_on",
}
NEEDED: Final = ("slug", "nom", "type")
TYPES: Final = {
    "identitaire": "identity",
    "ideologique": "ideological",
    "operationnel": "operational",
    "structurant": "structuring",
    "informel": "informal",
    "infrastructure": "infrastructure",
}
WORDS: Final = {
    "nature": {"reseau": "network", "famille": "family"},
    "type": TYPES,
    "second_type": TYPES,
    "reach": {"local": "local", "régional": "regional", "national": "national", "international": "international"},
    "ways_in": {
        "cotisation": "fee",
        "selection": "selection",
        "cooptation": "cooptation",
        "gratuit": "free",
        "de_droit": "by_right",
    },
    "members": {"entreprise": "companies", "individuel": "people", "mixte": "both"},
}
SEVERAL: Final = frozenset({"ways_in", "services", "territory"})
DELIMITERS: Final = ",;\t"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\0")  # what a spreadsheet would compute
BYTES_MAX: Final = 5 * 1024 * 1024
ROWS_MAX: Final = 20_000


class FileRefused(Exception):
    """Nothing of the file was taken: where it is wrong, and why."""

    def __init__(self, line: int, column: str, reason: str | Promise) -> None:
        where = _("Line %(line)s, column “%(column)s”: %(reason)s") if column else _("Line %(line)s: %(reason)s")
        super().__init__(where % {"line": line, "column": column, "reason": reason})
        self.line, self.column, self.reason = line, column, reason


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row: the facts of those columns that the file has."""

    number: int
    slug: str
    facts: dict[str, Any]


def read(data: bytes) -> list[Line]:
    """Every row, or the first thing that is wrong with the file."""
    rows = _rows(_decoded(data))
    number, titles = next(rows, (1, []))
    titles = [title.strip() for title in titles]
    _check_titles(titles, number)
    lines: list[Line] = []
    known: set[str] = set()
    for number, cells in rows:
        line = _line(number, titles, cells)
        if line.slug in known:
            raise FileRefused(number, "slug", _("“%(word)s” comes twice.") % {"word": line.slug})
        if len(lines) == ROWS_MAX:
            raise FileRefused(number, "", _("more than %(limit)s rows.") % {"limit": ROWS_MAX})
        known.add(line.slug)
        lines.append(line)
    return lines


def write(entries: Iterable[CatalogueEntry]) -> str:
    """The same columns and words, as a French spreadsheet opens them; a cell that it would compute is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_quoted(_told(name, getattr(entry, name))) for name in COLUMNS.values()])
    return out.getvalue()


def _decoded(data: bytes) -> str:
    if len(data) > BYTES_MAX:
        raise FileRefused(1, "", _("the file is larger than %(limit)s MB.") % {"limit": BYTES_MAX // 1024**2})
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise FileRefused(line, "", _("the file is not in UTF-8; save it again as “CSV UTF-8”.")) from wrong


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(number of its first line, cells) of each row that holds something."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise FileRefused(start, "", _("a quotation mark is never closed, or closed too early.")) from wrong
        if any(map(str.strip, cells)):
            yield start, cells


def _check_titles(titles: list[str], number: int) -> None:
    for title in titles:
        if title not in COLUMNS:
            raise FileRefused(number, title, _("this column is unknown."))
        if titles.count(title) > 1:
            raise FileRefused(number, title, _("this column comes twice."))
    for needed in NEEDED:
        if needed not in titles:
            raise FileRefused(number, needed, _("this column is missing."))


def _line(number: int, titles: list[str], cells: list[str]) -> Line:
    if len(cells) != len(titles):
        counts = {"cells": len(cells), "titles": len(titles)}
        raise FileRefused(number, "", _("%(cells)s cells for %(titles)s columns.") % counts)
    facts: dict[str, Any] = {}
    for title, cell in zip(titles, cells, strict=True):
        try:
            facts[COLUMNS[title]] = _fact(COLUMNS[title], cell)
        except ValidationError as wrong:
            raise FileRefused(number, title, " ".join(wrong.messages)) from wrong
    if facts["type"] == facts.get("second_type"):
        raise FileRefused(number, "type_secondaire", _("The second type is another one than the first."))
    return Line(number=number, slug=facts.pop("slug"), facts=facts)


def _fact(name: str, cell: str) -> Any:
    """The cell as the column keeps it, once it has passed the checks of that column."""
    field: Any = CatalogueEntry._meta.get_field(name)
    text = _cleaned(cell, keeps_lines=field.get_internal_type() == "TextField")
    if name in WORDS:
        return _of_words(name, text, blank=field.blank)
    if name == "verified_on":
        return _day(text)
    if name in SEVERAL:
        text = joined(text.split(SEPARATOR))
    if name == "site" and text and "://" not in text:
        text = f"https://{text}"
    if not (text or field.blank):
        raise ValidationError(_("this must be filled in."))
    if len(text) > field.max_length:
        raise ValidationError(_("longer than %(limit)s characters."), params={"limit": field.max_length})
    if text:
        field.run_validators(text)
    return text


def _of_words(name: str, text: str, *, blank: bool) -> str:
    """Codes for the file's words, in the order of the method; case and accents do not matter."""
    known = {fold(word): code for word, code in WORDS[name].items()}
    given = text.split(SEPARATOR) if name in SEVERAL else [text]
    found = []
    for word in filter(None, map(str.strip, given)):
        if fold(word) not in known:
            told = {"word": word[:80], "words": ", ".join(WORDS[name])}
            raise ValidationError(_("“%(word)s” is none of: %(words)s."), params=told)
        found.append(known[fold(word)])
    if not (found or blank):
        raise ValidationError(_("this must be filled in."))
    return joined(code for code in WORDS[name].values() if code in found)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise ValidationError(_("“%(word)s” is no date such as 2026-03-31."), params={"word": text[:80]}) from wrong


def _cleaned(cell: str, *, keeps_lines: bool) -> str:
    """Without the marks that no eye sees, nor our own quote before a formula."""
    cell = HIDDEN.sub("", cell[1:] if _is_quoted(cell) else cell)
    if not keeps_lines:
        return " ".join(CONTROLS.sub(" ", cell).split())
    return "\n".join(CONTROLS.sub(" ", line).rstrip() for line in cell.splitlines()).strip()


def _told(name: str, value: Any) -> str:
    if name in WORDS:
        words = {code: word for word, code in WORDS[name].items()}
        return SEPARATOR.join(words[code] for code in value.split(SEPARATOR) if code)
    return str(value or "")


def _quoted(cell: str) -> str:
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def _is_quoted(cell: str) -> bool:
    return cell.startswith("'") and cell.lstrip("'").startswith(FORMULA)
