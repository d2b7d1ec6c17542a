"""What the company wants is stated, reworded, closed and withdrawn, each act with its line in the logbook."""

import pytest
from django.db import IntegrityError, transaction

from strategy import stating
from strategy.models import Need, Objective, Stake
from strategy.steps import Step, next_step
from tests import make
from workspaces import keeping
from workspaces.models import LogEntry
from workspaces.owned import EditedMeanwhile


def acts():
    return list(LogEntry.objects.filter(act__startswith="strategy.").order_by("pk").values_list("act", flat=True))


@pytest.mark.parametrize("made", ["stake", "objective", "need", "budget"])
def test_each_statement_leaves_a_line_in_the_logbook(workspace, made):
    row = getattr(make, made)(workspace)
    assert acts() == [f"strategy.{row._meta.model_name}.added"]


def test_of_two_who_reword_the_same_version_one_passes(workspace, claire):
    need = make.need(workspace)
    mine, theirs = Need.objects.get(), Need.objects.get()
    theirs.title = "Un avocat"
    keeping.change(theirs, by=claire, version=need.version)
    mine.title = "Un juriste"
    with pytest.raises(EditedMeanwhile), transaction.atomic():
        keeping.change(mine, by=claire, version=need.version)
    assert Need.objects.get().title == "Un avocat"


@pytest.mark.parametrize("made", ["objective", "need"])
def test_what_is_closed_says_when_and_by_whom(workspace, claire, made):
    row = getattr(make, made)(workspace)
    stating.close(row, by=claire, on=workspace.today())
    row.refresh_from_db()
    assert (row.closed_on, row.closed_by) == (workspace.today(), claire)
    with pytest.raises(stating.ClosedMeanwhile):
        stating.close(row, by=claire, on=workspace.today())
    stating.reopen(row, by=claire)
    row.refresh_from_db()
    assert (row.closed_on, row.closed_by) == (None, None)
    with pytest.raises(stating.OpenMeanwhile):
        stating.reopen(row, by=claire)


def test_what_hung_on_a_stake_outlives_it(workspace, claire):
    stake = make.stake(workspace)
    objective = make.objective(workspace, stake=stake)
    need = make.need(workspace, objective=objective)
    keeping.remove(stake, by=claire)
    keeping.remove(Objective.objects.get(), by=claire)
    need.refresh_from_db()
    assert (Stake.objects.count(), Objective.objects.count(), need.objective) == (0, 0, None)


@pytest.mark.parametrize("criticality", [0, 6])
def test_the_database_keeps_criticality_between_one_and_five(workspace, criticality):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.need(workspace, criticality=criticality)


@pytest.mark.parametrize("made", ["stake", "objective", "need", "budget"])
def test_what_is_written_twice_at_once_stays_once(workspace, made):
    row = getattr(make, made)(workspace)
    with pytest.raises(keeping.AlreadyKept):
        getattr(make, made)(workspace)
    assert (type(row).objects.count(), len(acts())) == (1, 1)


def test_two_companies_may_want_the_same(workspace, victor):
    make.need(workspace)
    make.need(victor.workspace)
    assert Need.objects.for_workspace(workspace).count() == 1


def test_the_next_thing_to_say_follows_the_method(workspace):
    told = {"stakes": [], "objectives": [], "needs": [], "budget": None}
    order = [next_step(**told)]
    told["stakes"] = [make.stake(workspace)]
    order.append(next_step(**told))
    told["stakes"].append(make.stake(workspace, "Livrer à l’heure", kind=Stake.Kind.OPERATIONAL))
    order.append(next_step(**told))
    told["objectives"] = [make.objective(workspace)]
    order.append(next_step(**told))
    told["needs"] = [make.need(workspace)]
    order.append(next_step(**told))
    told["budget"] = make.budget(workspace)
    assert [*order, next_step(**told)] == [*Step, None]
