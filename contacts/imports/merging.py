"""What a draft adds to a person who is known already: blanks are filled, a differing value is kept out and told."""

from dataclasses import dataclass, field
from typing import Any

from contacts import keys
from contacts.imports import fields
from contacts.imports.draft import EXCERPT, Draft, Problem
from contacts.imports.matching import DETAILS, NAMES, Person, Signs
from contacts.imports.reasons import Reason
from contacts.models import Tag


@dataclass(kw_only=True)
class Merge:
    """`details` are columns of the contact; `firm` and `title` go to the main position; `sectors` to firms, by key."""

    details: dict[str, Any] = field(default_factory=dict)
    firm: str = ""
    title: str = ""
    sectors: dict[str, str] = field(default_factory=dict)
    emails: list[tuple[str, str]] = field(default_factory=list)
    phones: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def then(self, later: "Merge") -> "Merge":
        """Both at once; a later line only ever fills what the earlier one left blank, or the year of a birthday."""
        full = {name: value for name, value in later.details.items() if name == fields.BIRTHDAY}
        return Merge(
            details=later.details | self.details | full,
            firm=self.firm or later.firm,
            title=self.title or later.title,
            sectors=later.sectors | self.sectors,
            emails=self.emails + later.emails,
            phones=self.phones + later.phones,
            tags=self.tags + later.tags,
        )

    def __bool__(self) -> bool:
        return any((self.details, self.firm, self.title, self.sectors, self.emails, self.phones, self.tags))


def merge(person: Person, draft: Draft, signs: Signs, sectors: dict[str, str]) -> Merge:
    """`sectors` are those that are known already, by the key of their firm."""
    merged = Merge(tags=[tag for tag in draft.tags if Tag.key_of(tag) not in person.tags])
    if not draft.named_by and signs.name != person.name_key:
        _merge_name(person, draft, merged)
    for name in DETAILS:
        if value := getattr(draft, name):
            _merge_detail(name, person.details.get(name), value, merged)
    _merge_work(person, draft, signs, merged)
    _merge_sector(draft, signs, sectors, merged)
    emails = {address: keys.email_key(address) for _label, address in draft.emails}
    phones = {number: keys.phone_key(number) for _label, number in draft.phones}
    merged.emails = _points(fields.EMAIL, person.emails, emails, draft.emails, merged)
    merged.phones = _points(fields.PHONE, person.phones, phones, draft.phones, merged)
    return merged


def _merge_name(person: Person, draft: Draft, merged: Merge) -> None:
    """A half of the name is filled when the other half is the same: « Durand » becomes « Paul Durand »."""
    for blank, other in (NAMES, NAMES[::-1]):
        value = getattr(draft, blank)
        if value and not getattr(person, blank) and same_text(getattr(person, other), getattr(draft, other)):
            merged.details[blank] = value
            return
    for name in NAMES:
        value = getattr(draft, name)
        if value and not same_text(getattr(person, name), value):
            merged.problems.append(_differs(name, value))


def _merge_detail(name: str, known: Any, value: str, merged: Merge) -> None:
    if not known or (name == fields.BIRTHDAY and _adds_year(value, known)):
        merged.details[name] = value
    elif name == fields.BIRTHDAY and _adds_year(known, value):
        return
    elif not same_text(str(known), value):
        merged.problems.append(_differs(name, value))


def _adds_year(full: str, known: str) -> bool:
    """« 1985-05-12 » is « --05-12 » with its year."""
    return known.startswith("--") and not full.startswith("--") and full[4:] == known[1:]


def _merge_work(person: Person, draft: Draft, signs: Signs, merged: Merge) -> None:
    """A role in another firm is kept out with its firm."""
    if signs.firm and person.firms and signs.firm not in person.firms:
        merged.problems.append(_differs(fields.ORGANISATION, draft.organisation))
        if draft.title and not same_text(person.title, draft.title):
            merged.problems.append(_differs(fields.TITLE, draft.title))
        return
    if signs.firm and not person.firms:
        merged.firm = draft.organisation
    if draft.title and not person.title:
        merged.title = draft.title
    elif draft.title and not same_text(person.title, draft.title):
        merged.problems.append(_differs(fields.TITLE, draft.title))


def _merge_sector(draft: Draft, signs: Signs, sectors: dict[str, str], merged: Merge) -> None:
    """The sector is the firm's, not the person's; a firm that did not enter brings none."""
    if not (draft.sector and signs.firm) or any(one.field == fields.ORGANISATION for one in merged.problems):
        return
    known = sectors.get(signs.firm, "")
    if not known:
        merged.sectors[signs.firm] = draft.sector
    elif not same_text(known, draft.sector):
        merged.problems.append(_differs(fields.SECTOR, draft.sector))


def same_text(one: str, other: str) -> bool:
    """But for case, accents and punctuation; « ! » and « ? » are two texts all the same."""
    return one == other or keys.fold(one) == keys.fold(other) != ""


def _points(
    name: str, known: tuple[str, ...], by_key: dict[str, str], drafted: list[tuple[str, str]], merged: Merge
) -> list[tuple[str, str]]:
    """All of them for a person who has none of the kind; else none, and those that differ are told."""
    if not known:
        return drafted
    merged.problems += [_differs(name, value) for value, key in by_key.items() if key not in known]
    return []


def _differs(name: str, value: str) -> Problem:
    return Problem(name, Reason.DIFFERS, value[:EXCERPT])
