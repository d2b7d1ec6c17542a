"""The sweep: one cheap query when nothing is to do, and everything done when there is."""

import pytest
from django.db import connection

from contacts.models import Relationship
from exchanges import scoring, tasks
from exchanges.models import ScoringRun
from tests import make
from tests.exchanges.standing import follows_from_events, stored
from workspaces.models import Workspace


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def test_an_idle_sweep_asks_one_question(paul, django_assert_num_queries):
    with django_assert_num_queries(1):
        tasks.rescore_stale()


def test_that_question_is_answered_by_an_index(paul, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        Relationship.objects.any_to_score()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(("EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + asked[0]["sql"])
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "relationship_stale" in plan


def test_a_sweep_scores_what_a_write_made_stale(paul):
    make.exchange(paul, "given")
    assert stored(paul).stale_since is not None
    tasks.rescore_stale()
    assert stored(paul).stale_since is None
    assert follows_from_events(paul)


def test_a_sweep_takes_up_a_workspace_that_waits(paul, workspace):
    make.exchange(paul, "given")
    Workspace.objects.filter(pk=workspace.pk).update(rescoring_wanted=True)
    tasks.rescore_stale()
    assert ScoringRun.objects.for_workspace(workspace).finished().count() == 1
    assert not Relationship.objects.any_to_score()


def test_the_night_scores_every_workspace(paul, victor):
    theirs = make.contact(victor.workspace, "Zoé Autre")
    tasks.rescore_all()
    tasks.rescore_stale()
    assert [stored(one).scored_on for one in (paul, theirs)] == [one.workspace.today() for one in (paul, theirs)]


def test_a_full_computation_that_breaks_leaves_the_rest_to_the_sweep(paul, workspace, monkeypatch):
    Workspace.objects.filter(pk=workspace.pk).update(rescoring_wanted=True)
    with monkeypatch.context() as broken:
        broken.setattr("exchanges.scoring._write", lambda *all_of_it: 1 / 0)
        tasks.rescore_stale()
    assert stored(paul).stale_since is not None
    tasks.rescore_stale()
    assert stored(paul).scored_on == workspace.today()


def test_a_company_that_cannot_be_scored_holds_up_no_other(paul, victor, monkeypatch, caplog):
    theirs, read = make.contact(victor.workspace, "Zoé Autre"), scoring._read
    make.exchange(paul, "given")
    make.exchange(theirs, "given")
    sick = paul.workspace_id
    monkeypatch.setattr(scoring, "_read", lambda scope: 1 / 0 if scope.workspace.pk == sick else read(scope))
    tasks.rescore_stale()
    assert (stored(paul).stale_since is None, stored(theirs).stale_since) == (False, None)
    assert "could not be computed" in caplog.text


def test_one_sweep_runs_at_a_time(paul, monkeypatch):
    make.exchange(paul, "given")
    inside = []
    monkeypatch.setattr(scoring, "rescore_stale", lambda: inside.append(tasks.rescore_stale()))
    tasks.rescore_stale()
    tasks.rescore_stale()
    assert len(inside) == 2
