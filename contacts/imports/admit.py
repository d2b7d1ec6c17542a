"""What each line of a file becomes: a new contact, a completed one, or nothing and why.

Planning and admitting decide alike: planning remembers the file's own people from chunk to chunk, admitting finds them
stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from contacts import keys
from contacts.imports.draft import EXCERPT, Draft, Entry, Problem
from contacts.imports.matching import NAMES, Directory, Person, Signs, candidates, remembered, stored_sectors
from contacts.imports.merging import Merge, merge
from contacts.imports.reasons import Reason
from contacts.models import ImportLine, Tag
from workspaces.models import Workspace

CHUNK: Final = 500
CREATE, UPDATE, SKIP = ImportLine.Verdict.CREATE, ImportLine.Verdict.UPDATE, ImportLine.Verdict.SKIP


@dataclass(kw_only=True)
class Outcome:
    """What one line becomes. `person` is absent when the line names nobody, or too many."""

    line: int
    name: str
    verdict: str
    problems: list[Problem] = field(default_factory=list)
    person: Person | None = None
    merge: Merge | None = None
    sectors: dict[str, str] = field(default_factory=dict)  # what it gave to firms that stood without one


def outcomes(
    entries: Sequence[Entry], *, workspace: Workspace, directory: Directory, held: bool = False
) -> list[Outcome]:
    """Decide on every line of a chunk; each line knows those above it. `held`: see `candidates`."""
    drafts = [(entry, Signs.of(entry)) for entry in entries if isinstance(entry, Draft)]
    signs = [signs for _draft, signs in drafts]
    directory.remembered = remembered(workspace, directory.digest, entries)
    directory.meet(candidates(workspace, signs, held=held, also=filter(None, directory.remembered.values())))
    directory.sectors = stored_sectors(workspace, signs) | {
        firm: sector for firm, sector in directory.sectors.items() if sector
    }
    known = {draft.line: signs for draft, signs in drafts}
    return [
        _decided(entry, known[entry.line], directory)
        if isinstance(entry, Draft)
        else Outcome(line=entry.line, name="", verdict=SKIP, problems=entry.problems)
        for entry in entries
    ]


def _decided(draft: Draft, signs: Signs, directory: Directory) -> Outcome:
    found = directory.find(signs, draft.line)
    outcome = Outcome(line=draft.line, name=draft.full_name, verdict=SKIP, problems=list(draft.problems))
    if found and found[0].in_bin:
        outcome.problems.append(Problem("", Reason.IN_BIN))
    elif len(found) > 1:
        outcome.problems.append(Problem("", Reason.SEVERAL_MATCHES))
    elif found:
        outcome.person, outcome.merge = found[0], merge(found[0], draft, signs, directory.sectors)
        outcome.problems += outcome.merge.problems
        outcome.verdict = UPDATE if outcome.merge else SKIP
        _taught(outcome.person, outcome.merge, directory)
    else:
        outcome.person = Person(
            given_name=draft.given_name, family_name=draft.family_name, name_key=signs.name, taught=True
        )
        outcome.merge, outcome.verdict = merge(outcome.person, draft, signs, directory.sectors), CREATE
        if alike := directory.alike(signs):
            outcome.problems.append(Problem("", Reason.LOOKS_LIKE, alike.full_name[:EXCERPT]))
        directory.add(outcome.person)
        _taught(outcome.person, outcome.merge, directory)
    return outcome


def _taught(person: Person, merged: Merge, directory: Directory) -> None:
    """Later lines of the file meet the person as this line leaves them."""
    person.taught = person.taught or bool(merged)
    for name, value in merged.details.items():
        if name in NAMES:
            setattr(person, name, value)
            directory.rename(person)
        else:
            person.details[name] = value
    directory.learn_emails(person, (keys.email_key(address) for _label, address in merged.emails))
    person.phones += tuple(keys.phone_key(number) for _label, number in merged.phones)
    person.tags += tuple(Tag.key_of(tag) for tag in merged.tags)
    person.title = person.title or merged.title
    if merged.firm:
        person.firms += (keys.firm_key(merged.firm),)
    directory.sectors |= merged.sectors
