"""The process (démarche): eleven steps in three parts; whether each is done is read from the data, never ticked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journey import progress
from journey.facts import Facts, read
from journey.models import Skip
from journey.progress import Progress
from workspaces.models import Workspace


class Part(StrEnum):
    CHOOSE = "choose"
    BUILD = "build"
    MANAGE = "manage"


PARTS: Final = {
    Part.CHOOSE: (_("Choose"), _("Start from the company, not from business cards.")),
    Part.BUILD: (_("Build"), _("Your own network, step by step.")),
    Part.MANAGE: (_("Manage"), _("Hold one's place without scattering.")),
}


class State(StrEnum):
    DONE = "done"
    UNDER_WAY = "under_way"
    REVIEW = "review"
    TO_DO = "to_do"
    SKIPPED = "skipped"


STATE_WORDS: Final = {
    State.DONE: _("done"),
    State.UNDER_WAY: _("under way"),
    State.REVIEW: _("to be seen again"),
    State.TO_DO: _("to do"),
    State.SKIPPED: _("left aside"),
}


@dataclass(frozen=True, kw_only=True)
class Act:
    """A place where the work of a step is done."""

    words: Promise
    url_name: str
    query: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """`until` says when it is done, `done` reads it."""

    code: str
    part: Part
    title: Promise
    why: Promise
    how: Promise
    until: Promise
    acts: Sequence[Act]
    minutes: int
    done: Callable[[Facts], Progress]


STEPS: Final[Sequence[Step]] = (
    Step(
        code="tool-or-weapon",
        part=Part.CHOOSE,
        title=_("Tell tools from weapons"),
        why=_(
            "A tool is useful and can be replaced; a weapon is hard to copy and decides where the company goes. They do"
            " not deserve the same time."
        ),
        how=_("Five questions for each network to which you belong or mean to belong; three weapons at most."),
        until=_("Done when each of them is said to be a tool or a weapon."),
        acts=(Act(words=_("Our networks"), url_name="networks:network_list"),),
        minutes=10,
        done=progress.roles,
    ),
    Step(
        code="stakes",
        part=Part.CHOOSE,
        title=_("Start from what is at stake"),
        why=_(
            "No network is good in itself: it is worth its time when it serves what the company wants, in its strategy"
            " or in its daily work. So this comes before any network is looked at."
        ),
        how=_(
            "Three stakes that decide the future, three problems of every day, the objectives that follow, what you"
            " lack to reach them, and what you are ready to spend."
        ),
        until=_("Done when there is a stake of each kind, an objective, a need and a budget."),
        acts=(Act(words=_("Our strategy"), url_name="strategy:strategy"),),
        minutes=30,
        done=progress.stakes,
    ),
    Step(
        code="filter",
        part=Part.CHOOSE,
        title=_("Pass them through the strategy"),
        why=_(
            "The strategy is the filter: a network is weighed by the objectives and needs it serves, what it costs,"
            " where it works, its rules and its members, and not by its name."
        ),
        how=_("Judge each sheet in a minute: the ranking follows at once, and the catalogue offers others to weigh."),
        until=_("Done when each network that is not declined has been judged."),
        acts=(
            Act(words=_("Our networks before the strategy"), url_name="networks:network_screen"),
            Act(words=_("The catalogue"), url_name="networks:entry_list"),
        ),
        minutes=15,
        done=progress.screened,
    ),
    Step(
        code="trial",
        part=Part.CHOOSE,
        title=_("Test how professional they are"),
        why=_(
            "A brochure says little. Up to three visits, twelve points to look at and one real question asked there"
            " show how seriously a network works."
        ),
        how=_(
            "Open a trial on the sheet of a network; then decide to join, keep, test, watch, decline or leave, with the"
            " reason and the day on which to look at it again."
        ),
        until=_("Done when a decision holds for each network."),
        acts=(
            Act(words=_("Our networks"), url_name="networks:network_list"),
            Act(words=_("Coming renewals"), url_name="networks:renewal_list"),
        ),
        minutes=20,
        done=progress.decided,
    ),
    Step(
        code="triage",
        part=Part.BUILD,
        title=_("Link each one to an objective"),
        why=_(
            "Back to the fundamentals: which objective does this person serve? Whoever serves none stays in the address"
            " book, outside the network that you tend."
        ),
        how=_("Card by card, the people met last first: A, B, C or watch. Fifteen are enough to begin."),
        until=_("Done when everyone met within twelve months is sorted, fifteen people at least."),
        acts=(
            Act(words=_("Sort the next card"), url_name="contacts:triage"),
            Act(words=_("Bring in my contacts"), url_name="contacts:import_create"),
        ),
        minutes=10,
        done=progress.triaged,
    ),
    Step(
        code="segments",
        part=Part.BUILD,
        title=_("Select and segment"),
        why=_(
            "Three hundred people cannot be tended alike. Groups let you speak to those whom it concerns, and the"
            " closest stay few: fifteen of rank A, fifty of A and B."
        ),
        how=_("Give a tag or a network to each person of rank A or B; move to C those whom you cannot tend."),
        until=_("Done when each of them belongs to a group and their number can be tended."),
        acts=(Act(words=_("Our contacts"), url_name="contacts:contact_list"),),
        minutes=15,
        done=progress.segmented,
    ),
    Step(
        code="follow-up",
        part=Part.BUILD,
        title=_("Follow up the ties"),
        why=_(
            "A tie that nobody follows fades. What passed, when you last met and what comes next: nothing more is"
            " needed, for each person who counts."
        ),
        how=_("Note exchanges as they happen, and begin each week with those whom you have not met for longest."),
        until=_("Done when each person of rank A or B was met within six months, or has a gesture ahead."),
        acts=(
            Act(words=_("Those not met for longest"), url_name="contacts:contact_list", query="?sort=last"),
            Act(words=_("Note an exchange"), url_name="exchanges:note"),
        ),
        minutes=10,
        done=progress.followed,
    ),
    Step(
        code="who-does-what",
        part=Part.BUILD,
        title=_("Let networks do what they can"),
        why=_(
            "Existing networks have services, lists and meetings that you pay for already. Whatever they can do, you"
            " need not do: keep your own time for what nobody else can do."
        ),
        how=_(
            "For each need, the cheapest level that is up to it: a network, a partner, your own network, yourselves."
        ),
        until=_("Done when one knows, for each open need, who does it."),
        acts=(Act(words=_("Who does what"), url_name="networks:delegation_list"),),
        minutes=10,
        done=progress.delegated,
    ),
    Step(
        code="stages",
        part=Part.BUILD,
        title=_("Build by stages"),
        why=_(
            "A network grows as fast as it can be tended. Fifteen ties held for three months are worth more than a"
            " hundred cards, and each stage opens the next one."
        ),
        how=_("Keep to a few new links a month; enter the next stage once the ties of this one hold."),
        until=_("Done when fifteen ties have been tended for three months, within the new links of the month."),
        acts=(Act(words=_("Our contacts"), url_name="contacts:contact_list"),),
        minutes=5,
        done=progress.staged,
    ),
    Step(
        code="rules",
        part=Part.MANAGE,
        title=_("Exist there positively"),
        why=_(
            "Each network has its rules and codes; seven hold everywhere. One exists there by what one gives before"
            " asking, by keeping one's word and by being there."
        ),
        how=_("One gesture a week is enough: the page proposes it, rule by rule, for you and for each network."),
        until=_("Done when you gave something, within twelve months, in each network to which you belong."),
        acts=(
            Act(words=_("My mirror"), url_name="exchanges:mirror"),
            Act(words=_("Note an exchange"), url_name="exchanges:note"),
        ),
        minutes=10,
        done=progress.present,
    ),
    Step(
        code="ritual",
        part=Part.MANAGE,
        title=_("Avoid scattering"),
        why=_(
            "Networks have become necessary, and they eat time. A ritual of fifteen minutes a week, a review of each"
            " term and few memberships are what keeps them from it."
        ),
        how=_("Five steps, always in the same order; then the networks to leave, if there are any."),
        until=_("Done when something was noted in each of the last four weeks, and no term comes without a decision."),
        acts=(Act(words=_("Today"), url_name="journey:home"),),
        minutes=15,
        done=progress.gathered,
    ),
)
BY_CODE: Final = {step.code: step for step in STEPS}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the company stands with one step; `number` of `of` in its part."""

    step: Step
    progress: Progress
    skip: Skip | None
    number: int
    of: int

    @property
    def state(self) -> State:
        if self.progress.done:
            return State.DONE
        if self.skip:
            return State.SKIPPED
        if self.progress.review:
            return State.REVIEW
        return State.UNDER_WAY if self.progress.count else State.TO_DO

    @property
    def state_words(self) -> Promise:
        return STATE_WORDS[self.state]

    @property
    def is_open(self) -> bool:
        """Something can be done about it now."""
        return self.progress.ready and self.state not in (State.DONE, State.SKIPPED)


def standings(workspace: Workspace, *, today: date) -> list[Standing]:
    """All of them, in order, from one reading of the facts."""
    return judged(read(workspace, today=today), skips_of(workspace))


def skips_of(workspace: Workspace) -> dict[str, Skip]:
    return {skip.step: skip for skip in Skip.objects.for_workspace(workspace).select_related("by__user")}


def judged(facts: Facts, skips: dict[str, Skip]) -> list[Standing]:
    found = []
    for part in Part:
        steps = [step for step in STEPS if step.part == part]
        found += [
            Standing(step=step, progress=step.done(facts), skip=skips.get(step.code), number=number, of=len(steps))
            for number, step in enumerate(steps, start=1)
        ]
    return found


def first_open(found: Sequence[Standing]) -> Standing | None:
    return next((one for one in found if one.is_open), None)


def next_step(workspace: Workspace, *, today: date) -> Standing | None:
    """The first step that is neither done nor left aside and that waits for no other; None when there is none."""
    return first_open(standings(workspace, today=today))
