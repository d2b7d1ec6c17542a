"""Which type of network is it? Nine questions, each answer a word for some types; the proposal says its reasons."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.models import NetworkType

ID, BELIEF, WORK = NetworkType.IDENTITY, NetworkType.IDEOLOGICAL, NetworkType.OPERATIONAL
BUILD, LOOSE, BASE = NetworkType.STRUCTURING, NetworkType.INFORMAL, NetworkType.INFRASTRUCTURE


@dataclass(frozen=True)
class Answer:
    words: Promise
    speaks_for: tuple[NetworkType, ...]


@dataclass(frozen=True)
class Question:
    key: str
    words: Promise
    answers: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The type that most answers speak for, the next one if it comes close, and the answers that made it."""

    type: NetworkType
    second: NetworkType | None
    reasons: tuple[Promise, ...]


QUESTIONS: Final = (
    Question(
        "members",
        _("What do its people have in common first of all?"),
        (
            Answer(_("Where they come from: school, trade, place, family"), (ID,)),
            Answer(_("What they believe or stand for"), (BELIEF,)),
            Answer(_("Problems to solve and business to do"), (WORK,)),
            Answer(_("A project or a trade to build over years"), (BUILD,)),
            Answer(_("They like each other"), (LOOSE,)),
            Answer(_("They use the same place or platform"), (BASE,)),
        ),
    ),
    Question(
        "joins",
        _("How does one get in?"),
        (
            Answer(_("By what one is: former pupil, of the trade, of the place"), (ID,)),
            Answer(_("By sharing its values"), (BELIEF,)),
            Answer(_("By a seat, a fee and a commitment to come"), (WORK,)),
            Answer(_("By a file or a project that is examined"), (BUILD,)),
            Answer(_("One is simply invited"), (LOOSE,)),
            Answer(_("By signing up or paying for a place"), (BASE,)),
        ),
    ),
    Question(
        "passes",
        _("What passes there most?"),
        (
            Answer(_("Introductions and mutual aid"), (ID, LOOSE)),
            Answer(_("Ideas and positions"), (BELIEF,)),
            Answer(_("Leads, orders, recommendations"), (WORK,)),
            Answer(_("Know-how, studies, shared projects"), (BUILD,)),
            Answer(_("News and good company"), (LOOSE,)),
            Answer(_("Rooms, tools, listings"), (BASE,)),
        ),
    ),
    Question(
        "rhythm",
        _("How often do you see each other?"),
        (
            Answer(_("Every week or two, and it is noted who is missing"), (WORK,)),
            Answer(_("Every month or two, in working groups"), (BUILD,)),
            Answer(_("A few times a year, for an event"), (ID, BELIEF)),
            Answer(_("When somebody calls the others"), (LOOSE,)),
            Answer(_("There is no meeting: one goes there when one needs it"), (BASE,)),
        ),
    ),
    Question(
        "horizon",
        _("After how long does it bear fruit?"),
        (
            Answer(_("Weeks or months"), (WORK,)),
            Answer(_("Two to five years"), (BUILD,)),
            Answer(_("A whole life"), (ID,)),
            Answer(_("That is not what one asks of it"), (LOOSE, BELIEF)),
            Answer(_("At once, each time it is used"), (BASE,)),
        ),
    ),
    Question(
        "rules",
        _("What are its rules?"),
        (
            Answer(_("Written, with attendance and exclusivity"), (WORK,)),
            Answer(_("Statutes, a board, a roadmap"), (BUILD,)),
            Answer(_("A charter of values"), (BELIEF,)),
            Answer(_("Customs that everybody knows"), (ID, LOOSE)),
            Answer(_("Conditions of use"), (BASE,)),
        ),
    ),
    Question(
        "leaves",
        _("What would you lose by leaving?"),
        (
            Answer(_("Turnover"), (WORK,)),
            Answer(_("A place in my trade and its projects"), (BUILD,)),
            Answer(_("A part of who I am"), (ID, BELIEF)),
            Answer(_("Pleasant evenings"), (LOOSE,)),
            Answer(_("A convenience, to be found elsewhere"), (BASE,)),
        ),
    ),
    Question(
        "speaks",
        _("In whose name does it speak?"),
        (
            Answer(_("A cause, or company owners as such"), (BELIEF,)),
            Answer(_("A trade or a territory before the authorities"), (BUILD, ID)),
            Answer(_("Each member speaks for their own company"), (WORK,)),
            Answer(_("Nobody's"), (LOOSE,)),
            Answer(_("Its own: it is an institution or a company"), (BASE,)),
        ),
    ),
    Question(
        "pays",
        _("What does it cost?"),
        (
            Answer(_("A fee, and much time"), (WORK,)),
            Answer(_("A fee by size of company, and work on its projects"), (BUILD,)),
            Answer(_("A small subscription"), (ID, BELIEF)),
            Answer(_("One's share of the bill"), (LOOSE,)),
            Answer(_("Rent, a subscription, or nothing"), (BASE,)),
        ),
    ),
)


def propose(answers: Mapping[str, int]) -> Proposal | None:
    """None without any answer. An answer that speaks for two types counts half for each."""
    votes: Counter[NetworkType] = Counter()
    given = []
    for question in QUESTIONS:
        if (chosen := answers.get(question.key)) is not None:
            answer = question.answers[chosen]
            given.append(answer)
            for spoken in answer.speaks_for:
                votes[spoken] += 2 // len(answer.speaks_for)
    if not votes:
        return None
    order = {type_: place for place, type_ in enumerate(NetworkType)}
    ranked = sorted(votes, key=lambda type_: (-votes[type_], order[type_]))
    first, second = ranked[0], ranked[1] if len(ranked) > 1 and votes[ranked[1]] * 2 >= votes[ranked[0]] else None
    reasons = tuple(answer.words for answer in given if first in answer.speaks_for)
    return Proposal(type=first, second=second, reasons=reasons)
