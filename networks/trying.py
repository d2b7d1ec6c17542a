"""A trial: twelve points to look at, up to three visits, and what they propose. The test request's clock is the
ledger's (`exchanges`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.models import VISITS_MAX, Decision, Meeting, Network, Trial
from workspaces.logbook import record
from workspaces.models import Member

POINTS: Final[Mapping[str, Promise]] = {
    "services": _("It offers services that are of use to you"),
    "animation": _("Somebody leads the meetings, and well"),
    "punctuality": _("It starts and ends on time"),
    "rules": _("Its rules are written, and kept"),
    "transparency": _("One knows who decides, and how one is admitted"),
    "follow_up": _("What is decided is followed up"),
    "welcome": _("A newcomer is welcomed and introduced"),
    "results": _("It measures what it brings"),
    "members": _("Its members are people you would work with"),
    "mutual_aid": _("You saw members help each other"),
    "costs": _("The whole cost is said from the start"),
    "freedom": _("One may leave it easily"),
}
YES: Final = 2
SEEN_FROM: Final = 6  # points below which nothing is proposed
JOIN_FROM: Final = 0.7
WATCH_FROM: Final = 0.4


class TrialOpen(Exception):
    """A trial of this network goes on already."""

    def __init__(self) -> None:
        super().__init__(_("A trial of this network is going on already."))


class TrialClosed(Exception):
    def __init__(self) -> None:
        super().__init__(_("This trial is closed already."))


class VisitsSpent(Exception):
    def __init__(self) -> None:
        super().__init__(_("Three visits are made already: it is time to decide."))


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`share` is what the points seen say, 0 … 1; both are None when too few were seen."""

    seen: int
    good: int
    share: float | None
    proposes: str


def verdict(points: Mapping[str, int]) -> Verdict:
    """What the twelve points propose.
    Formula     share = Σp/(2·seen); join from 0.7, watch from 0.4, else decline
    Inputs      p: 2 yes, 1 partly, 0 no for each point that was looked at
    Range       share 0 … 1, and one of three decisions
    Constants   6 points at least; 0.7 and 0.4
    Edge cases  fewer than 6 points seen -> share None, nothing proposed; a key that is no point counts for nothing
    Source      our choice; seed §D "tester le professionnalisme"
    Example     verdict({"services": 2, "rules": 2, "members": 2, "costs": 1, "freedom": 1, "welcome": 1}).share -> 0.75
    """
    given = [value for key, value in points.items() if key in POINTS]
    good = sum(value == YES for value in given)
    if len(given) < SEEN_FROM:
        return Verdict(seen=len(given), good=good, share=None, proposes="")
    share = sum(given) / (YES * len(given))
    proposes = Decision.Verdict.JOIN if share >= JOIN_FROM else Decision.Verdict.WATCH
    return Verdict(
        seen=len(given),
        good=good,
        share=share,
        proposes=proposes if share >= WATCH_FROM else Decision.Verdict.DECLINE,
    )


def open_trial(network: Network, *, by: Member, on: date) -> Trial:
    """One trial at a time: of two clicks the second finds the first one's."""
    with transaction.atomic():
        Network.objects.filter(pk=network.pk).update(name=F("name"))  # the second waits here for the first
        if Trial.objects.for_workspace(by.workspace).open().filter(network=network).exists():
            raise TrialOpen
        trial = Trial.objects.create(workspace=by.workspace, network=network, opened_on=on)
        record(by, "networks.trial.opened", trial)
    return trial


def visit(trial: Trial, meeting: Meeting, *, by: Member) -> None:
    """Up to three: the trial's row is written first, so that visits noted at the same moment are counted in turn."""
    with transaction.atomic():
        if not _open(trial).update(version=F("version") + 1):
            raise TrialClosed
        if Meeting.objects.for_workspace(by.workspace).filter(trial=trial, cancelled=False).count() >= VISITS_MAX:
            raise VisitsSpent
        meeting.network, meeting.trial = trial.network, trial
        meeting.save()
        record(by, "networks.trial.visited", trial)


def close(trial: Trial, *, by: Member, on: date) -> None:
    with transaction.atomic():
        if not _open(trial).update(closed_on=on, closed_by=by, version=F("version") + 1):
            raise TrialClosed
        record(by, "networks.trial.closed", trial)


def _open(trial: Trial) -> Any:
    return Trial.objects.for_workspace(trial.workspace).open().filter(pk=trial.pk)
