"""Putting a line aside, dealing with it in a tap, and the way back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from journey.agenda import agenda
from journey.demo.loading import load_demo, remove_demo
from journey.models import Postponed
from strategy.models import Need
from tests import make

HOME = reverse("journey:home")
ASIDE = reverse("journey:postponed_list")


@pytest.fixture
def need(workspace):
    return make.need(workspace)


def act(client, verb: str, row, kind: str = "need", **data):
    url = reverse(f"journey:line_{verb}", args=[kind, row.pk])
    return client.post(url, data, headers=data.pop("headers", {}))


def in_place(client, verb: str, row, kind: str = "need", **data):
    target = {"HX-Request": "true", "HX-Target": f"line_{kind}_{row.pk}"}
    return client.post(reverse(f"journey:line_{verb}", args=[kind, row.pk]), data, headers=target)


def kinds(workspace, in_days: int = 0) -> list[str]:
    return [line.kind for line in agenda(workspace, today=workspace.today() + timedelta(days=in_days))]


@pytest.mark.parametrize(("delay", "days"), [("day", 1), ("week", 7), ("month", 30), ("", 7), ("<b>", 7)])
def test_a_line_that_is_put_off_comes_back_on_its_day(as_malik, workspace, need, delay, days):
    act(as_malik, "postpone", need, **{"for": delay})
    assert (kinds(workspace), kinds(workspace, days - 1), kinds(workspace, days)) == ([], [], ["need"])


def test_a_line_that_is_ignored_stays_away_until_it_is_put_back(as_malik, workspace, need):
    act(as_malik, "ignore", need)
    assert kinds(workspace, 400) == []
    act(as_malik, "restore", need)
    assert kinds(workspace) == ["need"]


def test_the_last_word_holds_and_makes_one_row(as_malik, workspace, need):
    for verb in ("postpone", "ignore", "postpone"):
        act(as_malik, verb, need, **{"for": "day"})
    assert [one.until for one in Postponed.objects.for_workspace(workspace)] == [workspace.today() + timedelta(days=1)]


def test_each_line_offers_all_that_can_be_done_about_it(as_malik, workspace, need):
    page = as_malik.get(HOME).content.decode()
    verbs = ("postpone", "ignore", "done")
    assert [verb for verb in verbs if reverse(f"journey:line_{verb}", args=["need", need.pk]) not in page] == []
    assert reverse("exchanges:request_create") + f"?need={need.pk}" in page


def test_one_tap_deals_with_it_and_another_takes_that_back(as_malik, workspace, need):
    act(as_malik, "done", need)
    need.refresh_from_db()
    assert (need.closed_on, kinds(workspace)) == (workspace.today(), [])
    act(as_malik, "undo", need)
    assert kinds(workspace) == ["need"]


def test_one_tap_says_that_we_were_there(as_malik, workspace):
    meeting = make.meeting(make.network(workspace), in_days=-2)
    act(as_malik, "done", meeting, "attended")
    meeting.refresh_from_db()
    assert (meeting.presence, kinds(workspace)) == ("present", [])
    act(as_malik, "undo", meeting, "attended")
    assert kinds(workspace) == ["attended"]


def test_to_be_prepared_and_to_be_noted_are_put_aside_apart(as_malik, workspace):
    meeting = make.meeting(make.network(workspace), in_days=-2)
    act(as_malik, "ignore", meeting, "meeting")
    assert kinds(workspace) == ["attended"]


def test_in_place_the_line_says_what_became_of_it_and_undo_draws_it_again(as_malik, need):
    gone = in_place(as_malik, "ignore", need)
    assert "line--done" in gone.content.decode()
    assert reverse("journey:line_restore", args=["need", need.pk]) in gone.content.decode()
    back = in_place(as_malik, "restore", need).content.decode()
    assert "line--done" not in back
    assert need.title in back


def test_a_second_tap_is_told_that_it_came_second(as_malik, need):
    act(as_malik, "done", need)
    answer = act(as_malik, "done", need)
    assert "entre-temps" in as_malik.get(answer.url).content.decode()


@pytest.mark.parametrize(("kind", "verb"), [("mine", "ignore"), ("nothing", "ignore"), ("answer", "done")])
def test_what_cannot_be_put_aside_or_done_here_is_no_page(as_malik, workspace, kind, verb):
    row = (
        make.request(make.contact(workspace), "them") if kind == "answer" else make.commitment(make.contact(workspace))
    )
    assert act(as_malik, verb, row, kind).status_code == 404


def test_what_was_put_aside_is_listed_with_the_way_back(as_malik, need):
    make.postponed(need, until=need.workspace.today() + timedelta(days=7))
    assert need.title in as_malik.get(ASIDE).content.decode()
    assert act(as_malik, "restore", need, then="aside").url == ASIDE
    assert need.title not in as_malik.get(ASIDE).content.decode()


def test_what_is_gone_is_listed_no_more(as_malik, need):
    make.postponed(need)
    need.delete()
    assert as_malik.get(ASIDE).context["aside"] == []


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_of_what_was_put_aside_asks_little(as_malik, workspace, rows, django_assert_max_num_queries):
    for number in range(rows):
        make.postponed(make.need(workspace, f"Besoin {number}"))
        make.postponed(make.contact(workspace), "gift")
        make.postponed(make.request(make.contact(workspace), "them"), "answer")
    with django_assert_max_num_queries(7):
        as_malik.get(ASIDE)


def test_the_demo_takes_along_what_was_put_aside_of_it(claire, workspace):
    own = make.postponed(make.need(workspace, "À nous"))
    load_demo(by=claire, today=workspace.today())
    make.postponed(Need.objects.for_workspace(workspace).exclude(pk=own.object_pk).first())
    remove_demo(by=claire)
    assert list(Postponed.objects.for_workspace(workspace)) == [own]


def test_the_words_of_the_logbook_are_there(as_claire, need):
    for verb in ("postpone", "restore", "ignore"):
        act(as_claire, verb, need)
    assert need.title in as_claire.get(reverse("workspaces:logbook")).content.decode()
