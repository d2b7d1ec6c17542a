"""`manage.py rescore`: one workspace or all, today or as of a day."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from tests import make
from tests.exchanges.standing import follows_from_events, stored


@pytest.fixture
def paul(workspace):
    contact = make.contact(workspace, "Paul Durand")
    make.exchange(contact, on=date(2020, 3, 1))
    return contact


def test_every_workspace_is_scored_and_named(paul, victor, capsys):
    theirs = make.contact(victor.workspace, "Zoé Autre")
    call_command("rescore")
    assert [stored(one).scored_on for one in (paul, theirs)] == [paul.workspace.today(), theirs.workspace.today()]
    told = capsys.readouterr().out
    assert f"{paul.workspace.slug}: 1 relationships and 0 networks scored as of {paul.workspace.today()}" in told
    assert victor.workspace.slug in told


def test_one_workspace_leaves_the_others_alone(paul, victor):
    theirs = make.contact(victor.workspace, "Zoé Autre")
    call_command("rescore", workspace=paul.workspace.slug)
    assert (stored(paul).scored_on, stored(theirs).scored_on) == (paul.workspace.today(), None)


def test_a_day_can_be_named(paul):
    call_command("rescore", "--on", "2020-03-01")
    assert stored(paul).scored_on == date(2020, 3, 1)
    assert (stored(paul).received, follows_from_events(paul)) == (3.0, True)


def test_the_same_day_gives_the_same_digits(paul):
    found = set()
    for _ in range(2):
        call_command("rescore", "--on", "2024-05-06")
        found.add((stored(paul).received, stored(paul).balance, stored(paul).balance_lo))
    assert len(found) == 1


def test_an_unknown_workspace_is_refused(paul):
    with pytest.raises(CommandError, match="no workspace"):
        call_command("rescore", workspace="nowhere")


def test_a_day_that_is_none_is_refused(paul):
    with pytest.raises(CommandError, match="--on"):
        call_command("rescore", "--on", "2020-13-01")
