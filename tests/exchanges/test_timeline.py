"""The timeline: every kind of line, in order, page by page, at a price that does not grow."""

from datetime import timedelta

import pytest

from exchanges.timeline import COMMITMENT, EXCHANGE, INTERACTION, REPLY, REQUEST, timeline
from tests import make


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def one_of_each(contact):
    make.interaction(contact, minutes=12)
    make.exchange(contact, "given", amount=None)
    asked = make.request(contact)
    make.reply(asked, responder=contact, summary="oui, Karim")
    return make.commitment(contact, due_on=make.days_ago(-3, contact))


def test_the_four_kinds_and_the_answers_stand_in_one_list(paul):
    one_of_each(paul)
    assert [event.rank for event in timeline(paul).events] == [COMMITMENT, REPLY, REQUEST, EXCHANGE, INTERACTION]


def test_the_latest_line_comes_first(paul):
    for days in (3, 1, 2):
        make.interaction(paul, on=make.days_ago(days, paul), summary=str(days))
    assert [event.summary for event in timeline(paul).events] == ["1", "2", "3"]


def test_a_mutual_exchange_is_one_line(paul):
    make.exchange(paul, "given", both=True)
    assert [bool(event.twin) for event in timeline(paul).events] == [True]


def test_leafing_shows_every_line_once(paul):
    for _ in range(7):
        one_of_each(paul)
    seen, cursor = [], ""
    while True:
        page = timeline(paul, after=cursor, size=4)
        seen += [(event.rank, event.pk) for event in page.events]
        if not (cursor := page.next):
            break
    assert len(seen) == len(set(seen)) == 35
    assert seen == [(event.rank, event.pk) for event in timeline(paul, size=50).events]


@pytest.mark.parametrize(
    "cursor", ["x", "2026-01-01", "2026-13-01.1.1", "2026-01-01.a.1", "....", "2026-01-01.1.9" + "9" * 30]
)
def test_a_forged_cursor_never_breaks_the_page(paul, cursor):
    one_of_each(paul)
    assert isinstance(timeline(paul, after=cursor).events, list)


def test_lines_of_others_never_show(paul, workspace):
    one_of_each(make.contact(workspace, "Zoé Autre"))
    assert timeline(paul).events == []


def test_whoever_answered_in_the_place_of_the_contact_is_named(paul, workspace):
    asked = make.request(paul)
    make.reply(asked, responder=make.contact(workspace, "Zoé Autre"))
    assert next(event.who for event in timeline(paul).events if event.rank == REPLY) == "Zoé Autre"


def test_a_moved_due_date_keeps_the_old_one_with_who_and_when(paul, claire):
    promise = make.commitment(paul, due_on=make.days_ago(-3, paul))
    old, today = promise.due_on, paul.workspace.today()
    promise.postpone(old + timedelta(days=7), by=claire, on=today)
    (change,) = timeline(paul).events[0].due_changes
    assert (change.old_due_on, change.by, change.on) == (old, str(claire), today)


@pytest.mark.parametrize("lines", [1, 25])
def test_the_timeline_costs_two_queries_at_most(paul, workspace, django_assert_max_num_queries, lines):
    other = make.contact(workspace, "Zoé Autre")
    for _ in range(lines):
        one_of_each(paul).postpone(paul.workspace.today(), by=make.owner_of(workspace), on=paul.workspace.today())
        make.exchange(paul, partners=[other])
    with django_assert_max_num_queries(2):
        timeline(paul, size=50)
