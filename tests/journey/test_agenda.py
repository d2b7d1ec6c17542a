"""Today's list: what it holds, in which order, and what it never says."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Relationship
from exchanges import scoring
from journey.agenda import LINES, agenda
from journey.lines.giving import may_ask
from tests import make


def due(contact, days_ago: int, promised_by: str = "us", **fields):
    day = contact.workspace.today() - timedelta(days=days_ago)
    return make.commitment(contact, promised_by, made_on=day - timedelta(days=20), due_on=day, **fields)


def told(workspace) -> list[tuple[str, int]]:
    return [(line.kind, line.pk) for line in agenda(workspace, today=workspace.today())]


def test_my_overdue_promises_stand_before_theirs_the_oldest_first(workspace):
    contact = make.contact(workspace)
    theirs, recent, old = due(contact, 30, "them"), due(contact, 1), due(contact, 9)
    assert told(workspace) == [("mine", old.pk), ("mine", recent.pk), ("theirs", theirs.pk)]


def test_a_promise_of_the_coming_week_is_listed_apart_and_a_later_one_is_not(workspace):
    contact = make.contact(workspace)
    for_today, tomorrow, _later = due(contact, 0), due(contact, -1), due(contact, -8)
    assert told(workspace) == [("mine", for_today.pk), ("coming", tomorrow.pk)]


def test_the_list_never_grows_beyond_its_lines(workspace):
    for _one in range(LINES + 3):
        due(make.contact(workspace), 4)
    assert len(told(workspace)) == LINES


def test_a_settled_promise_leaves_the_list(workspace, claire):
    due(make.contact(workspace), 4).keep(by=claire, on=workspace.today())
    assert told(workspace) == []


def test_a_contact_in_the_bin_leaves_the_list(workspace, claire):
    contact = make.contact(workspace)
    due(contact, 4)
    make.request(contact, "them")
    contact.bin(by=claire)
    assert told(workspace) == []


def test_who_waits_for_an_answer_of_ours_is_listed_until_it_is_noted(workspace):
    asked = make.request(make.contact(workspace), "them")
    assert told(workspace) == [("answer", asked.pk)]
    make.reply(asked)
    assert told(workspace) == []


@pytest.fixture
def leaning(workspace):
    """One who gave us much, one to whom we gave much long ago, both scored."""
    giver, taker = make.contact(workspace, "Paul Durand"), make.contact(workspace, "Inès Caradec")
    for _one in range(4):
        make.exchange(giver, "received")
        make.exchange(taker, "given", on=workspace.today() - timedelta(days=30))
    scoring.rescore_stale()
    return giver, taker


def test_who_gave_more_gets_a_gift_and_who_received_more_may_be_asked(workspace, leaning):
    giver, taker = leaning
    assert [line for line in told(workspace) if line[0] in ("gift", "ask")] == [("gift", giver.pk), ("ask", taker.pk)]


def test_one_gift_a_week_is_enough(workspace, leaning):
    make.exchange(make.contact(workspace), "given")
    assert "gift" not in dict(told(workspace))


def test_a_gift_names_somebody_who_could_be_introduced(workspace, leaning):
    make.resource(make.contact(workspace, "Sophie Le Guen"), "Droit social")
    (gift,) = [line for line in agenda(workspace, today=workspace.today()) if line.kind == "gift"]
    assert "Sophie Le Guen" in gift.title
    assert "Droit social" in gift.reason


def test_a_relationship_off_the_meter_is_never_listed(workspace, claire, leaning):
    Relationship.objects.get(contact=leaning[0]).uncount(by=claire)
    assert "gift" not in dict(told(workspace))


def test_without_scores_nobody_is_to_be_given_or_asked(workspace, leaning):
    workspace.scores_on = False
    assert told(workspace) == []
    assert may_ask(workspace, workspace.today(), LINES) == []


def test_another_workspace_never_shows(workspace, victor):
    due(make.contact(victor.workspace), 4)
    make.need(victor.workspace)
    make.meeting(make.network(victor.workspace), in_days=2)
    assert told(workspace) == []


# --- Needs ---------------------------------------------------------------------------------------------------------


def ask(need, days_ago: int, **fields):
    contact = make.contact(need.workspace)
    return make.request(contact, need=need, asked_on=make.days_ago(days_ago, contact), **fields)


def test_a_need_of_which_nobody_was_asked_is_listed_the_most_critical_first(workspace):
    small = make.need(workspace, criticality=2)
    large = make.need(workspace, "Un galvanisateur", criticality=5)
    assert told(workspace) == [("need", large.pk), ("need", small.pk)]


@pytest.mark.parametrize(("days", "listed"), [(0, False), (6, False), (7, True)])
def test_a_need_that_was_asked_for_comes_back_after_a_week_without_an_answer(workspace, days, listed):
    ask(make.need(workspace), days)
    assert ("need" in dict(told(workspace))) is listed


@pytest.mark.parametrize(("positive", "listed"), [(True, False), (None, False), (False, True)])
def test_an_answer_settles_a_need_unless_it_is_a_no(workspace, positive, listed):
    make.reply(ask(make.need(workspace), 9), positive=positive)
    assert ("need" in dict(told(workspace))) is listed


def test_what_was_received_for_a_need_settles_it(workspace):
    need = make.need(workspace)
    make.exchange(make.contact(workspace), "received", need=need)
    assert told(workspace) == []


def test_a_request_that_solved_nothing_settles_nothing(workspace, claire):
    asked = ask(make.need(workspace), 9)
    make.reply(asked)
    asked.close("unsolved", by=claire, on=workspace.today())
    assert "need" in dict(told(workspace))


# --- Networks ------------------------------------------------------------------------------------------------------


@pytest.fixture
def club(workspace):
    return make.network(workspace)


def renewed_in(club, days: int, **fields):
    return make.membership(club, renewal_on=club.workspace.today() + timedelta(days=days), **fields)


@pytest.mark.parametrize(("days", "listed"), [(14, True), (15, False), (0, True)])
def test_a_term_asks_for_a_decision_two_weeks_ahead(workspace, club, days, listed):
    renewed_in(club, days)
    assert told(workspace) == [("decision", club.pk)] * listed


def test_a_decision_settles_the_term_that_comes(workspace, club):
    renewed_in(club, 9)
    make.decision(club, "keep")
    assert told(workspace) == []


def test_a_term_that_has_passed_asks_for_the_next_one_whatever_was_decided(workspace, club):
    renewed_in(club, -2)
    make.decision(club, "keep")
    assert told(workspace) == [("decision", club.pk)]


def test_the_end_of_a_trial_asks_for_a_decision(workspace, club):
    today = workspace.today()
    make.membership(club, status="on_trial", since=today, trial_until=today + timedelta(days=5))
    assert told(workspace) == [("decision", club.pk)]
    make.decision(club, "join")
    assert told(workspace) == []


def test_a_decision_is_looked_at_again_when_it_said_so(workspace, club):
    first = make.decision(club, "watch", review_on=workspace.today() + timedelta(days=3))
    assert told(workspace) == [("decision", club.pk)]
    make.decision(club, "join", review_on=first.review_on + timedelta(days=200))
    assert told(workspace) == []


def test_one_network_makes_one_line_whatever_comes_due(workspace, club):
    renewed_in(club, 9)
    make.decision(club, "watch", on=workspace.today() - timedelta(days=200), review_on=workspace.today())
    assert told(workspace) == [("decision", club.pk)]


def test_a_meeting_of_the_coming_week_is_listed_with_who_is_expected(workspace, club):
    soon = make.meeting(club, in_days=3)
    make.meeting(club, "Plus tard", in_days=9)
    make.attendance(soon, make.contact(workspace), presence="")
    line = agenda(workspace, today=workspace.today())[0]
    assert (line.kind, line.pk) == ("meeting", soon.pk)
    assert line.reason.startswith("1 ")


def test_a_meeting_where_we_are_excused_needs_nothing(workspace, claire, club):
    make.meeting(club, in_days=3).attend("excused", by=claire, now=timezone.now())
    assert told(workspace) == []


def test_a_past_meeting_asks_once_whether_we_were_there(workspace, claire, club):
    past = make.meeting(club, in_days=-2)
    make.meeting(club, "Oubliée", in_days=-20)
    assert told(workspace) == [("attended", past.pk)]
    past.attend("absent", by=claire, now=timezone.now())
    assert told(workspace) == []


def cools(contact, days: int) -> None:
    """A tie of some strength, seen for the last time so many days ago."""
    for ago in (days + 20, days + 10, days):
        make.interaction(contact, kind="meeting", minutes=90, on=make.days_ago(ago, contact))
    scoring.rescore_stale()


def test_a_tie_that_cools_is_listed_until_it_is_seen_again(workspace):
    contact = make.contact(workspace)
    cools(contact, 60)
    (line,) = [one for one in agenda(workspace, today=workspace.today()) if one.kind == "cooling"]
    assert (line.pk, bool(line.reason)) == (contact.pk, True)
    make.interaction(contact, on=workspace.today())
    scoring.rescore_stale()
    assert "cooling" not in dict(told(workspace))


def test_a_tie_that_was_put_aside_lets_the_next_one_come(workspace, as_claire):
    contacts = [make.contact(workspace) for _one in range(4)]
    for contact in contacts:
        cools(contact, 60)
    first = [pk for kind, pk in told(workspace) if kind == "cooling"]
    as_claire.post(reverse("journey:line_ignore", args=["cooling", first[0]]))
    left = [pk for kind, pk in told(workspace) if kind == "cooling"]
    assert (len(first), len(left), first[0] in left) == (2, 2, False)


def test_the_tie_most_worth_waking_is_listed(workspace):
    contact = make.contact(workspace)
    cools(contact, 1200)
    scoring.rescore(workspace, on=workspace.today())
    assert ("wake", contact.pk) in told(workspace)
