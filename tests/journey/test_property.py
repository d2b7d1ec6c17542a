"""Whatever a company has noted: seven lines at most, each with its reason, in the order of what is lost, and a line
that was dealt with is gone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchanges import scoring
from exchanges.models import Commitment, Request
from journey.agenda import BY_NAME, KINDS, LINES, agenda
from networks.models import Meeting
from strategy.models import Need
from tests import make
from tests.world import undone

DAYS = st.integers(-30, 20)
PROMISE = st.tuples(st.just("promise"), st.sampled_from(["us", "them"]), DAYS)
ASKED = st.tuples(st.just("asked"), st.integers(0, 40), st.booleans())
NEED = st.tuples(st.just("need"), st.integers(1, 5), st.one_of(st.none(), st.integers(0, 20)))
MEETING = st.tuples(st.just("meeting"), DAYS, st.booleans())
TERM = st.tuples(st.just("term"), DAYS, st.booleans())
GIVEN = st.tuples(st.just("given"), st.sampled_from(["given", "received"]), st.integers(29, 60))
NOTED = st.lists(st.one_of(PROMISE, ASKED, NEED, MEETING, TERM, GIVEN), max_size=10)


def note(workspace, number: int, what: str, first, second) -> None:
    day = workspace.today() + timedelta(days=1) * (second if what == "promise" else 0)
    contact = make.contact(workspace)
    if what == "promise":
        make.commitment(contact, first, made_on=day - timedelta(days=40), due_on=day)
    elif what == "asked":
        asked = make.request(contact, "them", asked_on=make.days_ago(first, contact))
        make.reply(asked) if second else None
    elif what == "need":
        need = make.need(workspace, f"Besoin {number}", criticality=first)
        make.request(contact, need=need, asked_on=make.days_ago(second, contact)) if second is not None else None
    elif what == "given":
        for _one in range(4):
            make.exchange(contact, first, on=make.days_ago(second, contact))
    else:
        belong(make.network(workspace, f"Club {number}"), what, first, second)


def belong(club, what: str, days: int, more: bool) -> None:
    if what == "meeting":
        make.meeting(club, in_days=days, presence="excused" if more else "")
        return
    make.membership(club, renewal_on=club.workspace.today() + timedelta(days=days))
    make.decision(club) if more else None


def settle(line, workspace, by, client) -> None:
    """What its buttons do: put it off, or deal with it."""
    if line.promise:
        line.promise.keep(by=by, on=workspace.today())
        return
    for verb in ("done", "postpone") if BY_NAME[line.kind].do else ("postpone", "ignore"):
        with undone():
            assert client.post(reverse(f"journey:line_{verb}", args=[line.kind, line.pk])).status_code == 302
            assert (line.kind, line.pk) not in told(workspace)
    client.post(reverse("journey:line_ignore", args=[line.kind, line.pk]))


def told(workspace) -> list[tuple[str, int]]:
    return [(line.kind, line.pk) for line in agenda(workspace, today=workspace.today())]


def lost(line) -> tuple:
    """The order within a kind, looked up anew; what is not said here is not ordered."""
    by_kind = {
        "mine": lambda: Commitment.objects.get(pk=line.pk).due_on,
        "theirs": lambda: Commitment.objects.get(pk=line.pk).due_on,
        "coming": lambda: Commitment.objects.get(pk=line.pk).due_on,
        "answer": lambda: Request.objects.get(pk=line.pk).asked_on,
        "need": lambda: -Need.objects.get(pk=line.pk).criticality,
        "meeting": lambda: Meeting.objects.get(pk=line.pk).starts_at,
    }
    names = [kind.name for kind in KINDS]
    return (names.index(line.kind), *([by_kind[line.kind]()] if line.kind in by_kind else []))


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noted=NOTED)
def test_the_list_keeps_its_word_whatever_was_noted(workspace, claire, as_claire, noted):
    with undone():
        for number, (what, first, second) in enumerate(noted):
            note(workspace, number, what, first, second)
        scoring.rescore_stale()
        lines = agenda(workspace, today=workspace.today())
        assert len(lines) <= LINES
        assert [line for line in lines if not line.reason.strip() or not line.title.strip()] == []
        assert [lost(line) for line in lines] == sorted(lost(line) for line in lines)
        for line in lines:
            settle(line, workspace, claire, as_claire)
            assert (line.kind, line.pk) not in told(workspace)
