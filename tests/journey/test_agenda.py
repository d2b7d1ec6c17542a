"""Today's list: what it holds, in which order, and what it never says."""

from datetime import timedelta

import pytest

from contacts.models import Relationship
from exchanges import scoring
from journey.agenda import LINES, agenda
from tests import make


def due(contact, days_ago: int, promised_by: str = "us"):
    day = contact.workspace.today() - timedelta(days=days_ago)
    return make.commitment(contact, promised_by, made_on=day - timedelta(days=5), due_on=day)


def test_my_overdue_promises_stand_before_theirs_the_oldest_first(workspace):
    contact = make.contact(workspace)
    theirs, recent, old = due(contact, 30, "them"), due(contact, 1), due(contact, 9)
    today = agenda(workspace, today=workspace.today())
    assert (today.mine, today.theirs) == ([old, recent], [theirs])


def test_a_promise_due_today_is_listed_and_one_due_tomorrow_is_not(workspace):
    contact = make.contact(workspace)
    for_today, _tomorrow = due(contact, 0), due(contact, -1)
    assert agenda(workspace, today=workspace.today()).mine == [for_today]


def test_the_list_never_grows_beyond_its_lines(workspace):
    for _one in range(LINES + 3):
        due(make.contact(workspace), 4)
    assert len(agenda(workspace, today=workspace.today())) == LINES


def test_a_settled_promise_leaves_the_list(workspace, claire):
    promise = due(make.contact(workspace), 4)
    promise.keep(by=claire, on=workspace.today())
    assert len(agenda(workspace, today=workspace.today())) == 0


def test_a_contact_in_the_bin_leaves_the_list(workspace, claire):
    promise = due(make.contact(workspace), 4)
    promise.contact.bin(by=claire)
    assert agenda(workspace, today=workspace.today()).mine == []


@pytest.fixture
def leaning(workspace):
    """One who gave us much, one to whom we gave much, both scored."""
    giver, taker = make.contact(workspace, "Paul Durand"), make.contact(workspace, "Inès Caradec")
    for _one in range(4):
        make.exchange(giver, "received")
        make.exchange(taker, "given")
    scoring.rescore_stale()
    return giver, taker


def test_who_gave_more_is_to_be_thanked_and_who_received_more_may_be_asked(workspace, leaning):
    giver, taker = leaning
    today = agenda(workspace, today=workspace.today())
    assert [one.contact for one in today.to_return] == [giver]
    assert [one.contact for one in today.may_ask] == [taker]


def test_a_relationship_off_the_meter_is_never_listed(workspace, claire, leaning):
    Relationship.objects.get(contact=leaning[0]).uncount(by=claire)
    assert agenda(workspace, today=workspace.today()).to_return == []


def test_without_scores_only_promises_are_listed(workspace, leaning):
    workspace.scores_on = False
    today = agenda(workspace, today=workspace.today())
    assert (today.to_return, today.may_ask) == ([], [])


def test_another_workspace_never_shows(workspace, victor):
    due(make.contact(victor.workspace), 4)
    assert len(agenda(workspace, today=workspace.today())) == 0
