"""How far each step of the process is, in figures and in one sentence. Pure: facts in, progress out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from journey.facts import FEW, WEEKS, Facts, Sheet
from journey.stages import ACTIVE_TIES, CORE_TIES, LEVELS, level_of
from networks.choosing import WEAPONS_ADVISED
from strategy.models import Stake

MEMBERSHIPS_ADVISED: Final = 5
LEFT_SHOWN: Final = 6


@dataclass(frozen=True, kw_only=True)
class Left:
    """Something that remains, and where to do it."""

    words: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Progress:
    """`count` out of `of`; `ready` unless another step comes first; `review` when something asks to be seen again."""

    done: bool
    count: int
    of: int
    sentence: str
    ready: bool = True
    review: bool = False
    left: list[Left] = field(default_factory=list)


def _waits(sentence: str) -> Progress:
    return Progress(done=False, count=0, of=0, sentence=sentence, ready=False)


def _left(sheets: Iterable[Sheet]) -> list[Left]:
    return [Left(words=one.network.name, url=one.network.get_absolute_url()) for one in sheets][:LEFT_SHOWN]


def roles(facts: Facts) -> Progress:
    ours, weapons = facts.weighed, facts.weapons
    if not ours:
        return _waits(gettext("Possible once a membership is noted; begin with what is at stake."))
    unsaid = [sheet for sheet in ours if sheet.role is None]
    count, many = len(ours) - len(unsaid), weapons > WEAPONS_ADVISED
    words = {"count": count, "of": len(ours), "weapons": weapons}
    said = ngettext("%(count)s network of %(of)s weighed", "%(count)s networks of %(of)s weighed", count) % words
    told = ngettext("%(weapons)s weapon.", "%(weapons)s weapons.", weapons) % words
    return Progress(
        done=not unsaid and not many,
        count=count,
        of=len(ours),
        sentence=f"{said}, {told}",
        review=many,
        left=_left(unsaid),
    )


def stakes(facts: Facts) -> Progress:
    url = reverse("strategy:strategy")
    wanted = {
        gettext("What decides where the company goes"): facts.stakes.get(Stake.Kind.STRATEGIC, 0),
        gettext("What holds us up every day"): facts.stakes.get(Stake.Kind.OPERATIONAL, 0),
        gettext("An objective"): facts.objectives,
        gettext("A need"): facts.needs,
        gettext("What we are ready to spend on networks"): int(facts.has_budget),
    }
    left = [Left(words=words, url=url) for words, count in wanted.items() if not count]
    number = sum(facts.stakes.values())
    parts = [
        ngettext("%(count)s stake", "%(count)s stakes", number) % {"count": number},
        ngettext("%(count)s objective", "%(count)s objectives", facts.objectives) % {"count": facts.objectives},
        ngettext("%(count)s open need", "%(count)s open needs", facts.needs) % {"count": facts.needs},
    ]
    count = len(wanted) - len(left)
    sentence = ", ".join(parts) + "." if count else gettext("Nothing is said yet.")
    return Progress(done=not left, count=count, of=len(wanted), sentence=sentence, left=left)


def screened(facts: Facts) -> Progress:
    if not facts.needs:
        return _waits(gettext("Possible once a need is said."))
    sheets = facts.candidates
    unjudged = [sheet for sheet in sheets if not sheet.network.fit]
    count = len(sheets) - len(unjudged)
    words = {"count": count, "of": len(sheets)}
    said = ngettext("%(count)s network of %(of)s judged.", "%(count)s networks of %(of)s judged.", count) % words
    return Progress(
        done=bool(sheets) and not unjudged,
        count=count,
        of=len(sheets),
        sentence=said if sheets else gettext("No network to judge yet: take some from the catalogue."),
        left=_left(unjudged),
    )


def decided(facts: Facts) -> Progress:
    sheets = facts.candidates
    if not facts.sheets:
        return _waits(gettext("Possible once a network is described."))
    due = [sheet for sheet in sheets if sheet.verdict and facts.is_due(sheet)]
    open_ = [sheet for sheet in sheets if not sheet.verdict]
    count, of = len(facts.sheets) - len(open_) - len(due), len(facts.sheets)
    words = {"count": count, "of": of}
    said = [
        ngettext("%(count)s network of %(of)s decided on", "%(count)s networks of %(of)s decided on", count) % words
    ]
    if due:
        said.append(ngettext("%(n)s to be seen again", "%(n)s to be seen again", len(due)) % {"n": len(due)})
    if facts.trials:
        said.append(ngettext("%(n)s trial going on", "%(n)s trials going on", facts.trials) % {"n": facts.trials})
    return Progress(
        done=not due and not open_,
        count=count,
        of=of,
        sentence=", ".join(said) + ".",
        review=bool(due),
        left=_left([*due, *open_]),
    )


def triaged(facts: Facts) -> Progress:
    people = facts.people
    if not people.few:
        return _waits(gettext("Possible once there are contacts."))
    of = max(people.sorted + people.waiting, min(people.few, FEW))
    words = {"count": people.sorted, "left": people.waiting}
    said = ngettext("%(count)s person sorted", "%(count)s people sorted", people.sorted) % words
    rest = ngettext("%(left)s met this year remains.", "%(left)s met this year remain.", people.waiting) % words
    return Progress(
        done=people.sorted >= of,
        count=people.sorted,
        of=of,
        sentence=f"{said}, {rest}" if people.waiting else f"{said}.",
    )


def segmented(facts: Facts) -> Progress:
    people = facts.people
    if not people.close:
        return _waits(gettext("Possible once people are of rank A or B."))
    crowded = people.inner > CORE_TIES or people.close > ACTIVE_TIES
    words = {"count": people.grouped, "of": people.close, "inner": people.inner, "core": CORE_TIES}
    said = gettext("%(count)s of %(of)s belong to a group.") % words
    if crowded:
        said += " " + gettext("%(inner)s of rank A and %(of)s of A or B: more than one person can tend.") % words
    return Progress(
        done=people.grouped >= people.close and not crowded,
        count=people.grouped,
        of=people.close,
        sentence=said,
        review=crowded,
    )


def followed(facts: Facts) -> Progress:
    people = facts.people
    if not people.close:
        return _waits(gettext("Possible once people are of rank A or B."))
    words = {"count": people.followed, "of": people.close}
    said = gettext("%(count)s of %(of)s met within six months, or with a gesture ahead.") % words
    return Progress(done=people.followed >= people.close, count=people.followed, of=people.close, sentence=said)


def delegated(facts: Facts) -> Progress:
    if not facts.needs:
        return _waits(gettext("Possible once a need is said."))
    words = {"count": facts.delegated, "of": facts.needs}
    said = gettext("One knows who does it for %(count)s needs of %(of)s.") % words
    return Progress(done=facts.delegated >= facts.needs, count=facts.delegated, of=facts.needs, sentence=said)


def staged(facts: Facts) -> Progress:
    people = facts.people
    level = level_of(objectives=facts.objectives, needs=facts.needs, delegated=facts.delegated, tended=people.tended)
    over = people.new > level.quota
    words = {
        "stage": level.title,
        "number": LEVELS.index(level) + 1,
        "tended": people.tended,
        "new": people.new,
        "quota": level.quota,
    }
    said = gettext("Stage %(number)s of 4, %(stage)s: ties tended for three months: %(tended)s.") % words
    if over:
        said += " " + gettext("%(new)s new links this month, for %(quota)s that can be tended.") % words
    held = people.tended >= CORE_TIES
    return Progress(
        done=held and not over,
        count=min(people.tended, CORE_TIES),
        of=CORE_TIES,
        sentence=said,
        ready=bool(people.close),
        review=held and over,
    )


def present(facts: Facts) -> Progress:
    """A network that no line of the ledger may name cannot be measured: it is left out."""
    ours = [sheet for sheet in facts.running if not sheet.network.asks_reason]
    if not ours:
        return _waits(gettext("Possible once you belong to a network."))
    silent = [sheet for sheet in ours if not sheet.gave_lately]
    first = sum(sheet.gave_first for sheet in ours)
    words = {"count": len(ours) - len(silent), "of": len(ours), "first": first}
    said = (
        gettext("Something given within a year in %(count)s networks of %(of)s; before asking, in %(first)s.") % words
    )
    return Progress(done=not silent, count=len(ours) - len(silent), of=len(ours), sentence=said, left=_left(silent))


def gathered(facts: Facts) -> Progress:
    number = len(facts.running)
    words = {"weeks": facts.weeks, "of": WEEKS, "n": number, "advised": MEMBERSHIPS_ADVISED}
    said = [gettext("Something noted in %(weeks)s of the last %(of)s weeks.") % words]
    if facts.undecided:
        count = len(facts.undecided)
        told = ngettext("%(count)s term comes without a decision.", "%(count)s terms come without a decision.", count)
        said.append(told % {"count": count})
    if number > MEMBERSHIPS_ADVISED:
        said.append(gettext("%(n)s active memberships: %(advised)s at most are advised.") % words)
    left = [Left(words=str(one.network), url=one.network.get_absolute_url()) for one in facts.undecided][:LEFT_SHOWN]
    return Progress(
        done=facts.weeks >= WEEKS and not facts.undecided,
        count=facts.weeks,
        of=WEEKS,
        sentence=" ".join(said),
        ready=bool(facts.people.few or facts.sheets),
        review=bool(facts.undecided),
        left=left,
    )
