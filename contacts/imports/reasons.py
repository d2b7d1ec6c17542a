"""Why a file, a line or a field was not taken: stable codes, and words fit for the user.

The words start in lower case and carry no full stop: they follow « Line 3, e-mail: » in a report.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Refusal(TextChoices):
    """Why a whole file is refused; nothing of it is written."""

    TOO_BIG = "too_big", _("the file is larger than %(limit)s MB")
    LINE_TOO_LONG = "line_too_long", _("this line is longer than %(limit)s characters")
    TOO_MANY_ROWS = "too_many_rows", _("the file holds more than %(limit)s rows")
    TOO_MANY_COLUMNS = "too_many_columns", _("the file holds more than %(limit)s columns")
    UNBALANCED_QUOTE = "unbalanced_quote", _("the quotation marks opened on this line are never closed")
    NO_TITLES = (
        "no_titles",
        _("no column title was recognised: write « Name », « E-mail » or « Phone » above the columns"),
    )
    NOT_A_CARD = "not_a_card", _("the file holds no contact card (vCard)")
    ENCODING_UNKNOWN = "encoding_unknown", _("the encoding of the file was not recognised: choose it")
    WORKBOOK = "workbook", _("this is a spreadsheet workbook: save it as CSV, then bring in that file")
    ARCHIVE = "archive", _("this is a compressed archive: unpack it, then bring in the file it holds")
    PICTURE = "picture", _("this is a picture, not a list of contacts")
    DOCUMENT = "document", _("this is a document (PDF, Word, RTF), not a list of contacts")
    WEB_PAGE = "web_page", _("this is a web page, not a list of contacts")
    DATA_FILE = "data_file", _("this is a JSON or XML file: bring in a CSV or vCard file")
    BINARY = "binary", _("this is not a text file")


class Refused(Exception):
    """The whole file is refused, before anything was read into drafts."""

    def __init__(self, refusal: Refusal, *, line: int | None = None, limit: int = 0) -> None:
        super().__init__(refusal, line, limit)
        self.refusal, self.line, self.limit = refusal, line, limit

    @property
    def code(self) -> str:
        return self.refusal.value

    def __str__(self) -> str:
        """The reason as a sentence in the active language, led by its line when there is one."""
        reason = str(self.refusal.label) % {"limit": number_format(self.limit, force_grouping=True)}
        if self.line is None:
            return f"{capfirst(reason)}."
        return gettext("Line %(line)s: %(reason)s.") % {"line": self.line, "reason": reason}


class Reason(TextChoices):
    """Why one line was skipped, or one of its fields left out or worth a look."""

    # the line is skipped
    UNREADABLE = "unreadable", _("some characters cannot be read in this encoding")
    CELL_TOO_LONG = "cell_too_long", _("a cell is longer than 10,000 characters")
    CARD_LINE_TOO_LONG = "card_line_too_long", _("a line of the card is too long")
    CARD_UNFINISHED = "card_unfinished", _("the card has no end")
    CARD_OF_GROUP = "card_of_group", _("this card is a list of contacts, not a person")
    NO_NAME = "no_name", _("neither name, e-mail nor firm")
    SEVERAL_MATCHES = "several_matches", _("several contacts match: nothing was changed")
    IN_BIN = "in_bin", _("this person is in the bin: restore them first")
    # the field is left out, the line kept
    DIFFERS = "differs", _("the contact already has another value, which stays")
    EMAIL_INVALID = "email_invalid", _("not a valid e-mail address")
    EMAIL_SEVERAL = "email_several", _("several e-mail addresses in one cell")
    PHONE_INVALID = "phone_invalid", _("not a phone number")
    PHONE_ROUNDED = "phone_rounded", _("phone number rounded by a spreadsheet, its digits are lost")
    DATE_UNREADABLE = "date_unreadable", _("not a date")
    DATE_IMPOSSIBLE = "date_impossible", _("this date does not exist")
    DATE_OUT_OF_RANGE = "date_out_of_range", _("the year is not plausible")
    DATE_FUTURE = "date_future", _("this date is in the future")
    WEBSITE_REFUSED = "website_refused", _("not a web address in http or https")
    TOO_LONG = "too_long", _("too long")
    TOO_MANY = "too_many", _("more than 20 values")
    EXTRA_CELLS = "extra_cells", _("more cells than columns: the extra ones are left out")
    # kept, worth a look
    LOOKS_LIKE = "looks_like", _("looks like another contact, with letters of another alphabet")
    PHONE_KEPT = "phone_kept", _("number not recognised, kept as written")
    CUT = "cut", pgettext_lazy("field", "too long, cut")
    NUL_REMOVED = "nul_removed", _("NUL characters removed")
    BACKSLASH_QUOTE = "backslash_quote", _("quotation marks escaped by a backslash: check this line")
    STRAY_QUOTE = "stray_quote", _("quotation marks not doubled: check this line")


class Remark(StrEnum):
    """What is worth saying once of a whole file."""

    PREAMBLE = "preamble"
    NO_TITLES = "no_titles"
    NAMED_BY_EMAIL = "named_by_email"
    NAMED_BY_FIRM = "named_by_firm"
    PHOTOS = "photos"
    NO_LINES = "no_lines"
    KNOWN = "known"


REMARKS: Final = {
    Remark.PREAMBLE: ngettext_lazy(
        "%(count)s line above the titles was left out.", "%(count)s lines above the titles were left out.", "count"
    ),
    Remark.NO_TITLES: ngettext_lazy(
        "The columns have no titles: %(count)s was recognised by its contents, check it.",
        "The columns have no titles: %(count)s were recognised by their contents, check them.",
        "count",
    ),
    Remark.NAMED_BY_EMAIL: ngettext_lazy(
        "%(count)s person without a name is named after the e-mail address.",
        "%(count)s people without a name are named after their e-mail address.",
        "count",
    ),
    Remark.NAMED_BY_FIRM: ngettext_lazy(
        "%(count)s contact without a person is named after the firm.",
        "%(count)s contacts without a person are named after the firm.",
        "count",
    ),
    Remark.PHOTOS: ngettext_lazy("%(count)s photo was left out.", "%(count)s photos were left out.", "count"),
    Remark.NO_LINES: _("The file holds no line to bring in."),
    Remark.KNOWN: ngettext_lazy(
        "%(count)s line was known already: nothing to add.",
        "%(count)s lines were known already: nothing to add.",
        "count",
    ),
}


@dataclass(frozen=True, slots=True)
class Notice:
    remark: Remark
    count: int

    def __str__(self) -> str:
        return str(REMARKS[self.remark] % {"count": self.count})
