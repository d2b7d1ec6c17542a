"""Needs × sources: computed by a job, read with its date, and what would be lost if somebody failed."""

import pytest
from django.urls import reverse

from contacts.models import Relationship
from resources import covering, tasks
from resources.covering import ask_for_coverage, table
from resources.models import CoverageRun
from tests import make
from workspaces.models import Workspace

PAGE = reverse("resources:coverage_table")


@pytest.fixture
def need(workspace):
    return make.need(workspace, "Un fournisseur d’inox", resource="supplier", criticality=5)


def supplier(workspace, name: str, lo: float = 0.7, **fields):
    contact = make.contact(workspace, name, **fields)
    make.resource(contact, "Inox 316L", kind="supplier")
    Relationship.objects.filter(contact=contact).update(reliability=0.8, reliability_lo=lo, responsiveness=0.5)
    return contact


def computed(workspace):
    ask_for_coverage(workspace)
    tasks.cover_waiting()
    return table(workspace)


def test_a_need_that_one_firm_answers_hangs_on_it(workspace, need):
    paul, theo = (supplier(workspace, name, firm="Aciers Kervalec") for name in ("Paul Durand", "Théo Durand"))
    (row,) = computed(workspace).rows
    assert {one.holder for one in row.sources} == {paul, theo}
    assert (row.covered.cover, row.covered.access, row.covered.access_without_best) == ("single", 0.4, 0)


def test_a_second_firm_secures_it(workspace, need):
    for name in ("Paul Durand", "Lucie Martin"):
        supplier(workspace, name, firm=f"Aciers {name}")
    found = computed(workspace)
    assert (found.rows[0].covered.cover, found.certainty) == ("secured", pytest.approx(0.4))
    assert found.losses == []


def test_it_says_what_is_lost_if_somebody_fails(workspace, need):
    paul = supplier(workspace, "Paul Durand")
    (loss,) = computed(workspace).losses
    assert (loss.holder, loss.needs, loss.certainty) == (paul, [need], 0)


def test_whoever_does_not_keep_their_word_makes_no_need_sure(workspace, need):
    supplier(workspace, "Paul Durand", lo=0.2)
    (row,) = computed(workspace).rows
    assert (row.covered.cover, len(row.sources)) == ("uncovered", 1)


def test_a_closed_need_and_somebody_in_the_bin_are_left_out_at_once(workspace, claire, need):
    paul = supplier(workspace, "Paul Durand")
    computed(workspace)
    paul.bin(by=claire)
    assert table(workspace).rows[0].sources == []
    type(need).objects.update(closed_on=workspace.today())
    assert (table(workspace).rows, table(workspace).certainty) == ([], None)


def test_the_page_waits_for_the_job_and_then_tells(as_malik, workspace, need):
    supplier(workspace, "Paul Durand")
    assert "Pas encore calculé" in as_malik.get(PAGE).text
    for _twice in range(2):
        as_malik.post(reverse("resources:coverage_refresh"))
    assert CoverageRun.objects.count() == 1
    assert 'hx-trigger="every 3s"' in as_malik.get(PAGE).text
    tasks.cover_waiting()
    page = as_malik.get(PAGE).text
    assert ("Paul Durand" in page, "une seule source" in page, "every 3s" in page) == (True, True, False)


def test_each_night_every_company_is_computed_and_one_run_is_kept(workspace, need, victor):
    for _night in range(2):
        tasks.cover_all()
        tasks.cover_waiting()
    assert CoverageRun.objects.count() == Workspace.objects.count()
    assert not CoverageRun.objects.waiting().exists()


def test_one_company_that_cannot_be_computed_stops_no_other(workspace, need, victor, monkeypatch):
    for company in (victor.workspace, workspace):
        ask_for_coverage(company)
    poisoned = covering.compute
    monkeypatch.setattr(
        covering, "compute", lambda run: 1 / 0 if run.workspace_id == victor.workspace_id else poisoned(run)
    )
    tasks.cover_waiting()
    assert [run.workspace_id for run in CoverageRun.objects.waiting()] == [victor.workspace_id]


def test_each_source_leads_to_the_evidence(workspace, need):
    paul = supplier(workspace, "Paul Durand")
    (source,) = computed(workspace).rows[0].sources
    assert source.url == paul.resources.get().get_absolute_url()
    paul.resources.all().delete()
    assert table(workspace).rows[0].sources[0].url == paul.get_absolute_url()


def test_nobody_of_another_company_answers(workspace, need, victor):
    supplier(victor.workspace, "Zoé Martin")
    assert computed(workspace).rows[0].sources == []


@pytest.mark.parametrize("needs", [1, 12])
def test_the_page_costs_the_same_whatever_it_tells(as_malik, workspace, django_assert_max_num_queries, needs):
    for number in range(needs):
        make.need(workspace, f"Un fournisseur d’inox {number}", resource="supplier")
        supplier(workspace, f"Paul {number}")
    computed(workspace)
    with django_assert_max_num_queries(10):
        as_malik.get(PAGE)
