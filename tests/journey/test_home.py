"""The home: what it shows first, to whom, and at what cost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from exchanges import scoring
from tests import make

HOME = reverse("journey:home")
FIGURES = reverse("journey:figures")
QUERIES = 21  # session, seat and first days included; a list that is full asks for less
FIGURES_TAKE = 32  # they come after the list, with the next step of the process


def test_a_new_workspace_is_told_how_to_begin(as_claire):
    page = as_claire.get(HOME).content.decode()
    doors = ("contacts:contact_create", "contacts:import_create", "strategy:need_create", "networks:entry_list")
    assert [door for door in (*doors, "journey:demo_create") if reverse(door) not in page] == []


def test_the_first_days_are_read_from_what_is_there(as_claire, workspace):
    for _one in range(14):
        make.contact(workspace)
    make.need(workspace)
    start = as_claire.get(HOME).context["start"]
    assert (start.people, start.need, start.network, start.done) == (14, True, False, 1)
    make.contact(workspace)
    make.network(workspace)
    assert as_claire.get(HOME).context["start"].is_over


def test_a_reader_is_offered_nothing_to_write(as_ines, workspace):
    make.need(workspace)
    page = as_ines.get(HOME).content.decode()
    written = ("contacts:import_create", "strategy:need_create", "journey:demo_create", "exchanges:request_create")
    assert [door for door in written if f'"{reverse(door)}' in page] == []


def test_a_line_says_what_why_and_how_late(as_claire, workspace):
    today = workspace.today()
    contact = make.contact(workspace, "Paul Durand")
    make.commitment(contact, made_on=today - timedelta(days=9), due_on=today - timedelta(days=3), summary="Les cotes")
    page = as_claire.get(HOME).content.decode()
    assert "Les cotes" in page
    assert "Paul Durand" in page
    assert "3 jours" in page


def test_done_from_the_home_comes_back_to_the_home_without_the_line(as_claire, workspace):
    promise = make.commitment(make.contact(workspace), due_on=workspace.today(), summary="Les cotes")
    answer = as_claire.post(reverse("exchanges:commitment_keep", args=[promise.pk]), {"next": HOME}, follow=True)
    assert answer.redirect_chain[-1][0] == HOME
    assert "Les cotes" not in answer.content.decode()


def furnish(workspace, rows: int) -> None:
    """Some of everything that is shown when no promise presses."""
    for number in range(rows):
        giver, taker = make.contact(workspace), make.contact(workspace)
        for _one in range(4):
            make.exchange(giver, "received")
            make.exchange(taker, "given", on=make.days_ago(30, taker))
        make.resource(taker, f"Droit social {number}")
        club = make.network(workspace, f"Club {number}")
        make.membership(club, renewal_on=workspace.today() + timedelta(days=200))
        make.attendance(make.meeting(club, in_days=20), giver, presence="")
    scoring.rescore_stale()


@pytest.mark.parametrize("rows", [1, 8])
@pytest.mark.parametrize(("url", "queries"), [(HOME, QUERIES), (FIGURES, FIGURES_TAKE)])
def test_it_asks_the_database_as_little_whatever_it_holds(
    as_claire, workspace, rows, url, queries, django_assert_max_num_queries
):
    furnish(workspace, rows)
    with django_assert_max_num_queries(queries):
        as_claire.get(url)


def test_a_full_list_asks_for_less(as_claire, workspace, django_assert_max_num_queries):
    for _one in range(25):
        make.commitment(make.contact(workspace), due_on=workspace.today())
    with django_assert_max_num_queries(5):
        as_claire.get(HOME)


# --- Beside the list -----------------------------------------------------------------------------------------------


def test_the_time_of_the_week_is_told_against_what_one_gives(as_claire, workspace):
    make.budget(workspace, hours=4)
    make.time_spent(make.network(workspace), 130)
    time = as_claire.get(FIGURES, {"planned": "45"}).context["time"]
    assert (time.week, time.week_budget, time.planned, time.free, time.over) == (130, 240, 45, 65, 0)


def test_three_numbers_are_counted(as_claire, workspace):
    contact = make.contact(workspace)
    make.commitment(contact, due_on=workspace.today() - timedelta(days=2), made_on=make.days_ago(9, contact))
    make.commitment(contact, "them")
    make.reply(make.request(contact, need=make.need(workspace)))
    make.need(workspace, "Un galvanisateur")
    found = as_claire.get(FIGURES).context["figures"]
    assert (found.mine, found.late, found.theirs, found.needs, found.helped) == (1, 1, 1, 2, 1)


@pytest.mark.parametrize("planned", ["-1", "x", "999999999"])
def test_an_address_made_up_for_the_figures_does_no_harm(as_claire, planned):
    assert as_claire.get(FIGURES, {"planned": planned}).context["time"].planned in (0, 1440)


def test_the_page_does_not_say_that_scores_ran_before_they_did(as_claire, workspace):
    assert as_claire.get(FIGURES).context["last_run"] is None
    scoring.rescore(workspace, on=workspace.today())
    assert as_claire.get(FIGURES).context["last_run"].on == workspace.today()
