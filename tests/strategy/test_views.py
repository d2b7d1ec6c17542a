"""The pages of the strategy, as the owner, a colleague and a reader meet them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from strategy.forms import StatementForm
from strategy.models import Need, Objective, Stake, TimeBudget
from tests import make

PAGE = reverse("strategy:strategy")
NEED = {"title": "Un juriste en droit social", "resource": "expertise", "criticality": "4", "span": "lasting"}


def typed(workspace, **changes):
    return {"desk": workspace.slug, **changes}


def test_a_stake_an_objective_and_a_need_are_told_in_turn(as_malik, workspace):
    as_malik.post(reverse("strategy:stake_create"), typed(workspace, title="Grandir à l’export", kind="strategic"))
    stake = Stake.objects.get()
    sent = typed(workspace, title="Deux clients en Allemagne", measure="deux contrats", stake=stake.pk)
    as_malik.post(reverse("strategy:objective_create"), sent)
    objective = Objective.objects.get()
    as_malik.post(reverse("strategy:need_create"), typed(workspace, **NEED, strategic="on", objective=objective.pk))
    need = Need.objects.get()
    assert (need.objective.stake, need.strategic, need.criticality) == (stake, True, 4)
    page = as_malik.get(PAGE).content.decode()
    for said in ("Grandir à l’export", "deux contrats", "Un juriste en droit social"):
        assert said in page


def test_one_may_go_on_to_the_next_at_once(as_malik, workspace):
    sent = typed(workspace, title="Grandir", kind="strategic", another="1")
    assert as_malik.post(reverse("strategy:stake_create"), sent).url == reverse("strategy:stake_create")


def test_the_kind_follows_the_button_that_was_pressed(as_malik):
    form = as_malik.get(reverse("strategy:stake_create"), {"kind": "operational"}).context["form"]
    assert form["kind"].value() == "operational"
    form = as_malik.get(reverse("strategy:stake_create"), {"kind": "<script>"}).context["form"]
    assert form["kind"].value() == "strategic"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("resource", "miracle"),
        ("criticality", "6"),
        ("span", ""),
        ("due_on", "2026-02-30"),
        ("due_on", "2001-01-01"),
        ("due_on", "2999-01-01"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_kept(as_malik, workspace, field, value):
    response = as_malik.post(reverse("strategy:need_create"), typed(workspace, **NEED | {field: value}))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Need.objects.exists()


def test_the_same_need_is_not_written_twice(as_malik, workspace):
    make.need(workspace, NEED["title"])
    response = as_malik.post(
        reverse("strategy:need_create"), typed(workspace, **NEED | {"title": NEED["title"].upper()})
    )
    assert (response.status_code, Need.objects.count()) == (422, 1)


def test_a_need_of_another_company_s_objective_is_refused(as_malik, workspace, victor):
    elsewhere = make.objective(victor.workspace)
    response = as_malik.post(reverse("strategy:need_create"), typed(workspace, **NEED, objective=elsewhere.pk))
    assert (response.status_code, Need.objects.count()) == (422, 0)


def test_a_form_opened_in_another_company_writes_nothing_here(as_malik, workspace):
    response = as_malik.post(reverse("strategy:need_create"), {"desk": "ailleurs", **NEED})
    assert (response.status_code, Need.objects.count()) == (409, 0)
    assert NEED["title"] in response.content.decode()


def test_a_lost_update_shows_both_and_keeps_what_was_typed(as_malik, workspace):
    need = make.need(workspace)
    Need.objects.update(title="Un avocat", version=2)
    response = as_malik.post(
        reverse("strategy:need_edit", args=[need.pk]), NEED | {"version": "1", "title": "Un juriste"}
    )
    assert response.status_code == 409
    told = response.context["differences"][0]
    assert (told.mine, told.theirs) == ("Un juriste", "Un avocat")
    again = as_malik.post(reverse("strategy:need_edit", args=[need.pk]), NEED | {"version": "2", "title": "Un juriste"})
    assert (again.status_code, Need.objects.get().title) == (302, "Un juriste")


def test_a_past_date_that_was_set_before_may_stay(as_malik, workspace):
    past = workspace.today() - timedelta(days=9)
    need = make.need(workspace, due_on=past)
    sent = NEED | {"version": need.version, "due_on": past.isoformat(), "title": "Un avocat"}
    assert as_malik.post(reverse("strategy:need_edit", args=[need.pk]), sent).status_code == 302


def test_a_reached_objective_still_shows_on_the_need_that_serves_it(as_malik, workspace, claire):
    objective = make.objective(workspace)
    need = make.need(workspace, objective=objective)
    as_malik.post(reverse("strategy:objective_close", args=[objective.pk]))
    form = as_malik.get(reverse("strategy:need_edit", args=[need.pk])).context["form"]
    assert list(form.fields["objective"].queryset) == [objective]


def test_closing_twice_says_so(as_malik, workspace):
    need = make.need(workspace)
    for _ in range(2):
        response = as_malik.post(reverse("strategy:need_close", args=[need.pk]), follow=True)
    assert "entre-temps" in response.content.decode()


def test_a_statement_is_deleted_after_a_question(as_malik, workspace):
    stake = make.stake(workspace)
    address = reverse("strategy:stake_delete", args=[stake.pk])
    assert str(stake) in as_malik.get(address).content.decode()
    as_malik.post(address)
    assert not Stake.objects.exists()


def test_the_budget_is_the_owner_s_and_there_is_one(as_claire, as_malik, workspace):
    sent = typed(workspace, weekly_hours="4", yearly_euros="3500", hourly_cost="80")
    assert as_malik.post(reverse("strategy:budget_edit"), sent).status_code == 403
    as_claire.post(reverse("strategy:budget_edit"), sent)
    as_claire.post(reverse("strategy:budget_edit"), sent | {"weekly_hours": "2.5", "version": "1"})
    budget = TimeBudget.objects.get()
    assert (budget.weekly_minutes, budget.yearly_euros) == (150, 3500)
    assert "2\u00a0h\u00a030" in as_malik.get(PAGE).content.decode()


BUDGET = {"weekly_hours": "4", "yearly_euros": "3500", "hourly_cost": "80"}


def test_the_budget_of_a_tab_left_in_another_company_is_not_written_here(as_claire, workspace):
    make.budget(workspace, hours=2)
    response = as_claire.post(reverse("strategy:budget_edit"), BUDGET | {"desk": "ailleurs", "version": "1"})
    assert (response.status_code, TimeBudget.objects.get().weekly_hours) == (409, 2)


def test_a_first_budget_written_in_two_tabs_shows_both(as_claire, workspace):
    make.budget(workspace, hours=2)
    response = as_claire.post(reverse("strategy:budget_edit"), typed(workspace, **BUDGET))
    assert response.status_code == 409
    again = as_claire.post(reverse("strategy:budget_edit"), typed(workspace, **BUDGET, version="1"))
    assert (again.status_code, TimeBudget.objects.get().weekly_hours) == (302, 4)


@pytest.mark.parametrize("address", ["need_create", "need_edit"])
def test_the_same_words_at_the_same_moment_are_told_and_not_an_error(as_malik, workspace, monkeypatch, address):
    make.need(workspace, NEED["title"])
    other = make.need(workspace, "Un avocat")
    monkeypatch.setattr(StatementForm, "clean_title", lambda form: form.cleaned_data["title"])
    at = reverse(f"strategy:{address}", args=[other.pk] if address == "need_edit" else [])
    response = as_malik.post(at, typed(workspace, **NEED, version=other.version))
    assert (response.status_code, Need.objects.filter(title=NEED["title"]).count()) == (422, 1)


@pytest.mark.parametrize("field", ["weekly_hours", "yearly_euros", "hourly_cost"])
@pytest.mark.parametrize("value", ["-1", "1e9", "abc", "9999999999"])
def test_a_budget_that_makes_no_sense_is_refused(as_claire, workspace, field, value):
    sent = typed(workspace, weekly_hours="4", yearly_euros="3500", hourly_cost="80") | {field: value}
    response = as_claire.post(reverse("strategy:budget_edit"), sent)
    assert (response.status_code, TimeBudget.objects.count()) == (422, 0)


def test_a_reader_sees_the_strategy_and_no_button(sign_in, ines, workspace):
    make.need(workspace)
    page = sign_in(ines).get(PAGE).content.decode()
    assert "Un juriste en droit social" in page
    assert reverse("strategy:need_create") not in page


@pytest.mark.parametrize("lines", [1, 25, 100])
def test_the_page_costs_the_same_whatever_is_told(as_malik, workspace, django_assert_max_num_queries, lines):
    stake = make.stake(workspace)
    objective = make.objective(workspace, stake=stake)
    for number in range(lines):
        make.need(workspace, f"Besoin {number}", objective=objective)
        make.objective(workspace, f"Objectif {number}", stake=stake)
    with django_assert_max_num_queries(9):
        as_malik.get(PAGE)


def test_other_hours_make_other_rhythms(as_claire, workspace):
    make.budget(workspace, hours=4)
    budget = TimeBudget.objects.get()
    data = {"weekly_hours": 2, "yearly_euros": 100, "hourly_cost": 80, "version": budget.version}
    as_claire.post(reverse("strategy:budget_edit"), data | {"desk": workspace.slug})
    workspace.refresh_from_db()
    assert workspace.rescoring_wanted
