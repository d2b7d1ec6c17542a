"""What happens to the shared catalogue: it is read from a file, corrected, suggested to, merged, verified, retired.

Each act of a curator writes one line of the log with the facts that it changed, old and new. None reads a sheet of a
company; `merge` alone moves their key, unseen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from networks.catalogue_file import COLUMNS, Line
from networks.models import CatalogueEntry, CurationEntry, Network, Suggestion
from networks.models.facts import FACTS
from workspaces.logbook import record
from workspaces.models import Member, User, Workspace

Act = CurationEntry.Act
DAILY_SUGGESTIONS: Final = 20  # of one company


class TooManySuggestions(Exception):
    """So that one company cannot bury the curators."""

    def __init__(self) -> None:
        told = _("Your company has made %(count)s suggestions in the last day. The curators read those first.")
        super().__init__(told % {"count": DAILY_SUGGESTIONS})


class AlreadySuggested(Exception):
    """The same facts of the same network wait already."""

    def __init__(self) -> None:
        super().__init__(_("You have suggested this already; the curators have not read it yet."))


class AlreadySettled(Exception):
    """Another curator answered first."""

    def __init__(self) -> None:
        super().__init__(_("Another curator has answered this suggestion already."))


class NotMergeable(Exception):
    """One entry cannot follow itself, nor one that left the catalogue."""

    def __init__(self) -> None:
        super().__init__(_("Keep a network that is in the catalogue, and merge others into it."))


@dataclass
class Report:
    """`kept`: where a curator and the file disagree."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[dict[str, str]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        return asdict(self)


# --- From a file ----------------------------------------------------------------------------------


def load(lines: Iterable[Line]) -> Report:
    """What comes with the program. A fact that a curator changed since the last reading stays; the others follow."""
    report = Report()
    with transaction.atomic():
        for line, entry in _paired(lines):
            if entry is None:
                create(line.facts, by=None, slug=line.slug, act=Act.LOADED, loaded=_plain(line.facts))
                report.created += 1
            else:
                _follow(entry, line.facts, report)
    return report


def bring_in(lines: Iterable[Line], *, by: User) -> Report:
    """A curator's own file: what it says is that curator's edit."""
    report = Report()
    with transaction.atomic():
        for line, entry in _paired(lines):
            if entry is None:
                create(line.facts, by=by, slug=line.slug)
                report.created += 1
            elif edit(entry, line.facts, by=by):
                report.updated += 1
            else:
                report.unchanged += 1
    return report


def _paired(lines: Iterable[Line]) -> list[tuple[Line, CatalogueEntry | None]]:
    wanted = list(lines)
    rows = CatalogueEntry.objects.select_for_update().in_bulk([line.slug for line in wanted], field_name="slug")
    return [(line, rows.get(line.slug)) for line in wanted]


def _follow(entry: CatalogueEntry, facts: Mapping[str, Any], report: Report) -> None:
    said, stored = _plain(facts), _plain({name: getattr(entry, name) for name in facts})
    differing = {name for name in said if said[name] != stored[name]}
    free = {name for name in differing if name in entry.loaded and entry.loaded[name] == stored[name]}
    titles = {name: title for title, name in COLUMNS.items()}
    report.kept += [{"slug": entry.slug, "column": titles[name]} for name in sorted(differing - free)]
    loaded, entry.loaded = entry.loaded, entry.loaded | said
    changed = edit(entry, {name: facts[name] for name in free}, by=None, act=Act.LOADED)
    if entry.loaded != loaded:
        entry.save(update_fields=["loaded"])
    report.updated += bool(changed)
    report.unchanged += not changed


# --- By hand --------------------------------------------------------------------------------------


def create(facts: Mapping[str, Any], *, by: User | None, act: Act = Act.CREATED, **more: Any) -> CatalogueEntry:
    with transaction.atomic():
        slug = more.pop("slug", "") or free_slug(facts["name"])
        entry = CatalogueEntry(slug=slug, **facts, **more)
        entry.save()
        _log(act, entry, by, {name: ["", value] for name, value in _plain(facts).items() if value})
    return entry


def edit(entry: CatalogueEntry, facts: Mapping[str, Any], *, by: User | None, act: Act = Act.EDITED) -> dict[str, Any]:
    """The facts that differ from what is stored, as the log keeps them; nothing differs, nothing is written.

    `entry` may hold the new facts already, as a form leaves it.
    """
    with transaction.atomic():
        stored = CatalogueEntry.objects.select_for_update().get(pk=entry.pk)
        if facts.get("type", stored.type) == facts.get("second_type", stored.second_type):
            facts = {**facts, "second_type": ""}
        changes = _changes(stored, facts)
        if changes:
            for name in changes:
                setattr(entry, name, facts[name])
            entry.save(update_fields=[*changes, "search", "sort_key", "updated"])
            _log(act, entry, by, changes)
    return changes


def verify(entry: CatalogueEntry, *, by: User, on: date, source: str = "") -> None:
    """Somebody looked: at this source, or at the site if none is named."""
    source = source or entry.source or entry.site
    with transaction.atomic():
        changes = _changes(entry, {"verified_on": on, "source": source})
        entry.verified_on, entry.source = on, source
        entry.save(update_fields=["verified_on", "source", "updated"])
        _log(Act.VERIFIED, entry, by, changes)


def retire(entry: CatalogueEntry, *, by: User, on: date) -> bool:
    """Nobody finds it any more; the sheets that came from it stay. False: it was retired already."""
    return _leave(entry, by, Act.RETIRED, retired_on=on)


def restore(entry: CatalogueEntry, *, by: User) -> bool:
    return _leave(entry, by, Act.RESTORED, retired_on=None, merged_into=None)


def _leave(entry: CatalogueEntry, by: User, act: Act, **columns: Any) -> bool:
    with transaction.atomic():
        rows = CatalogueEntry.objects.filter(pk=entry.pk, retired_on__isnull=act == Act.RETIRED)
        done = bool(rows.update(**columns))
        if done:
            _log(act, entry, by, {})
    entry.refresh_from_db()
    return done


def merge(entry: CatalogueEntry, *, into: CatalogueEntry, by: User, on: date) -> None:
    """`into` stays, its blanks filled with what the other one knows: the sheets of all companies and the suggestions
    follow, the other's address leads there."""
    with transaction.atomic():
        rows = CatalogueEntry.objects.select_for_update().in_bulk([entry.pk, into.pk])
        if len(rows) < 2 or rows[into.pk].retired_on or rows[entry.pk].merged_into_id:
            raise NotMergeable
        Network.objects.filter(entry=entry).update(entry=into)
        Suggestion.objects.filter(entry=entry).update(entry=into)
        CatalogueEntry.objects.filter(merged_into=entry).update(merged_into=into)
        entry.merged_into, entry.retired_on = into, rows[entry.pk].retired_on or on
        entry.save(update_fields=["merged_into", "retired_on", "updated"])
        _log(Act.MERGED, entry, by, {"merged_into": ["", into.name]})
        known = {name: getattr(entry, name) for name in FACTS if getattr(entry, name) and not getattr(into, name)}
        edit(into, known, by=by)


def merge_all(entries: Iterable[CatalogueEntry], *, into: CatalogueEntry, by: User, on: date) -> None:
    """All of them or, if one cannot, none."""
    with transaction.atomic():
        for entry in entries:
            if entry.pk != into.pk:
                merge(entry, into=into, by=by, on=on)


# --- From an owner --------------------------------------------------------------------------------


def submit(
    facts: Mapping[str, Any], *, by: Member, at: datetime, entry: CatalogueEntry | None = None, reason: str = ""
) -> Suggestion:
    """Only facts leave the company; its name stays with the row for its own page and shows nowhere else."""
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=by.workspace_id)
        own = Suggestion.objects.for_workspace(by.workspace)
        if own.filter(created__gt=at - timedelta(days=1)).count() >= DAILY_SUGGESTIONS:
            raise TooManySuggestions
        if any(same.facts == dict(facts) for same in own.waiting().filter(entry=entry)):
            raise AlreadySuggested
        suggestion = Suggestion.objects.create(workspace=by.workspace, entry=entry, facts=dict(facts), reason=reason)
        record(by, "networks.suggestion.sent", suggestion)
    return suggestion


def publish(suggestion: Suggestion, *, by: User, at: datetime, answer: str = "") -> CatalogueEntry:
    with transaction.atomic():
        _settle(suggestion, Suggestion.State.PUBLISHED, by=by, at=at, answer=answer)
        if suggestion.entry is None:
            suggestion.entry = create(suggestion.facts, by=by, act=Act.PUBLISHED)
            suggestion.save(update_fields=["entry"])
        elif not edit(suggestion.entry, suggestion.facts, by=by, act=Act.PUBLISHED):
            _log(Act.PUBLISHED, suggestion.entry, by, {})
    return suggestion.entry


def refuse(suggestion: Suggestion, *, by: User, at: datetime, answer: str) -> None:
    with transaction.atomic():
        _settle(suggestion, Suggestion.State.REFUSED, by=by, at=at, answer=answer)
        _log(Act.REFUSED, suggestion.entry, by, {}, name=str(suggestion))


def _settle(suggestion: Suggestion, state: str, *, by: User, at: datetime, answer: str) -> None:
    """One conditional UPDATE: of two curators who answer at once only the first does."""
    columns = {"state": state, "answer": answer, "settled_by": by, "settled_at": at}
    if not Suggestion.objects.waiting().filter(pk=suggestion.pk).update(**columns):
        raise AlreadySettled
    suggestion.refresh_from_db()


# --- What they share ------------------------------------------------------------------------------


def free_slug(name: str) -> str:
    """An address that no entry has."""
    stem = slugify(name)[:70] or "reseau"
    taken = set(CatalogueEntry.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in count(1) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


def _changes(stored: CatalogueEntry, facts: Mapping[str, Any]) -> dict[str, Any]:
    new = _plain(facts)
    old = _plain({name: getattr(stored, name) for name in facts})
    return {name: [old[name], new[name]] for name in new if new[name] != old[name]}


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON keeps them."""
    return {name: value.isoformat() if isinstance(value, date) else value or "" for name, value in facts.items()}


def _log(act: Act, entry: CatalogueEntry | None, by: User | None, changes: dict[str, Any], *, name: str = "") -> None:
    CurationEntry.objects.create(act=act, entry=entry, by=by, name=(name or str(entry))[:200], changes=changes)
