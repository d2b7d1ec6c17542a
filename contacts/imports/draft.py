"""What a file says of one person, cleaned; and what of a line was not taken."""

from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from contacts.imports.fields import LABELS
from contacts.imports.reasons import Reason, Remark

EXCERPT: Final = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing of a line that was left out, or kept and is worth a look. `field` is empty for the whole line."""

    field: str
    reason: Reason
    excerpt: str = ""

    @property
    def code(self) -> str:
        return self.reason.value

    def __str__(self) -> str:
        """« e-mail: not a valid e-mail address (paul@) » in the active language."""
        parts = {"field": LABELS.get(self.field, ""), "reason": self.reason.label, "excerpt": self.excerpt}
        words = _("%(field)s: %(reason)s") % parts if self.field else str(self.reason.label)
        return _("%(words)s (%(excerpt)s)") % {"words": words, "excerpt": self.excerpt} if self.excerpt else words


@dataclass(kw_only=True, slots=True)
class Draft:
    """One person of the file, ready to be matched. Values are clean and fit their columns; keys are not computed."""

    line: int
    given_name: str = ""
    family_name: str = ""
    emails: list[tuple[str, str]] = field(default_factory=list)  # (label, address)
    phones: list[tuple[str, str]] = field(default_factory=list)  # (label, E.164 or as written)
    organisation: str = ""
    sector: str = ""
    title: str = ""
    notes: str = ""
    tags: list[str] = field(default_factory=list)
    birthday: str = ""  # YYYY-MM-DD, or --MM-DD when the year is unknown
    website: str = ""
    address: str = ""
    met_on: str = ""  # YYYY-MM-DD
    named_by: Remark | None = None  # set when the file holds no name: it comes from the e-mail or the firm
    problems: list[Problem] = field(default_factory=list)

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Skipped:
    """One row or card that becomes nothing, and why."""

    line: int
    reason: Reason
    excerpt: str = ""

    @property
    def problems(self) -> list[Problem]:
        return [Problem("", self.reason, self.excerpt)]


Entry = Draft | Skipped
