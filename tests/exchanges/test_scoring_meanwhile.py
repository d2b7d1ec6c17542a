"""Scoring while time passes and others write: nothing is lost, nothing waits for ever."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from contacts.models import Relationship
from exchanges import scoring
from tests import make
from tests.exchanges.standing import follows_from_events, stored
from workspaces.models import Workspace


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def rescored(contact):
    scoring.rescore_stale()
    return stored(contact)


def in_full(contact):
    return scoring.rescore(contact.workspace, on=contact.workspace.today())


@pytest.mark.parametrize("noted", [make.interaction, make.exchange])
def test_a_planned_touch_is_the_last_contact_from_its_day_on(paul, noted, monkeypatch):
    day = make.days_ago(-4, paul)
    noted(paul, on=day)
    in_full(paul)
    assert stored(paul).last_contact_on is None
    monkeypatch.setattr(Workspace, "today", lambda self: day)
    in_full(paul)
    assert stored(paul).last_contact_on == day


def test_scoring_another_day_moves_no_last_contact(paul):
    make.interaction(paul, on=make.days_ago(3, paul))
    make.interaction(paul, on=make.days_ago(-9, paul))
    for days in (-20, 20):
        scoring.rescore(paul.workspace, on=make.days_ago(days, paul))
        assert stored(paul).last_contact_on == make.days_ago(3, paul)


def test_an_act_dated_back_forgets_no_later_contact(paul, claire):
    make.interaction(paul)
    promise = make.commitment(paul, "them", made_on=make.days_ago(30, paul))
    promise.keep(by=claire, on=make.days_ago(9, paul))
    make.reply(make.request(paul), on=make.days_ago(9, paul), responder=paul)
    assert stored(paul).last_contact_on == paul.workspace.today()


def test_a_write_during_the_computation_keeps_the_relationship_stale(paul, monkeypatch):
    make.exchange(paul, "given")
    computing = scoring.masses

    def with_a_write_meanwhile(*lines, **how):
        found = list(computing(*lines, **how))
        make.exchange(paul, "given")
        return found

    with monkeypatch.context() as crossing:
        crossing.setattr(scoring, "masses", with_a_write_meanwhile)
        assert (rescored(paul).given, stored(paul).stale_since is None) == (3.0, False)
    assert rescored(paul).given == 6.0


def test_a_slow_full_computation_never_covers_a_newer_single_one(paul, monkeypatch):
    computing = scoring.masses

    def slowly_while_a_sweep_passes(*lines, **how):
        found = list(computing(*lines, **how))
        crossing.undo()
        make.exchange(paul, "given")
        scoring.rescore_stale()
        return found

    with monkeypatch.context() as crossing:
        crossing.setattr(scoring, "masses", slowly_while_a_sweep_passes)
        in_full(paul)
    assert stored(paul).given == 3.0
    assert rescored(paul).stale_since is None
    assert follows_from_events(paul)


# --- Side by side, for real -----------------------------------------------------------------------


def side_by_side(*jobs):
    """Runs each in a thread with a connection of its own, and lets the first failure through."""

    def alone(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(alone, jobs))


@pytest.fixture
def crowd(transactional_db, workspace):
    contacts = [make.contact(workspace) for _ in range(12)]
    for contact in contacts:
        make.exchange(contact, "given")
    return contacts


def times(count, job):
    return lambda: [job() for _ in range(count)]


def moves_to_and_fro(line, contacts, by):
    for contact in contacts * 5:
        line.refresh_from_db()
        line.correct(by=by, today=line.workspace.today(), version=line.version, contact=contact)


def test_sweeps_full_runs_and_verbs_pass_each_other(crowd, claire):
    there, back = crowd[0], crowd[-1]
    line = make.request(there)
    full = times(5, lambda: in_full(there))
    sweeps = times(10, scoring.rescore_stale)

    def moves():
        moves_to_and_fro(line, (back, there), claire)

    def notes():
        for contact in crowd:
            make.exchange(contact, "received", by=claire)

    side_by_side(full, sweeps, sweeps, moves, notes)
    while Relationship.objects.any_to_score():
        scoring.rescore_stale()
    assert all(follows_from_events(contact) for contact in crowd)


def test_two_full_runs_at_once_agree_with_one(crowd):
    side_by_side(*(lambda: in_full(crowd[0]) for _ in range(3)))
    while Relationship.objects.any_to_score():
        scoring.rescore_stale()
    assert all(follows_from_events(contact) for contact in crowd)
