"""The rhythm that is stored: a single rescoring says what a full one says, and what the pure formulas say."""

import math
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from contacts.models import Relationship
from exchanges import scoring, ties
from exchanges.models import Interaction, ScoringRun
from exchanges.reciprocity import reciprocity_from_masses
from tests import make
from tests.exchanges.standing import same, stored
from workspaces.models import Workspace

slowly = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def in_full(workspace):
    return scoring.rescore(workspace, on=workspace.today())


def seen(contact, *days, **fields):
    for ago in days:
        make.interaction(contact, on=make.days_ago(ago, contact), **fields)


def rhythm(contact):
    names = ("strength", "contact_minutes", "cadence_days", "next_contact_on", "rhythm", "reactivation", "touches")
    return Relationship.objects.values(*names).get(contact=contact)


def test_force_is_the_formula_over_the_ledger(paul):
    seen(paul, 0, 180, minutes=60)
    make.exchange(paul, "given")
    Relationship.objects.update(closeness=3)
    in_full(paul.workspace)
    again = ties.tie_strength(minutes=60 + 30, years=180 / 365.25, points=3, closeness=3)
    assert stored(paul).strength == pytest.approx(again.strength)


def test_the_day_one_met_counts_when_it_is_earlier_than_the_ledger(paul):
    paul.met_on = make.days_ago(3653, paul)
    paul.save()
    seen(paul, 0)
    in_full(paul.workspace)
    assert stored(paul).strength == pytest.approx(ties.tie_strength(minutes=10, years=3653 / 365.25).strength)


def test_networks_in_common_are_those_of_which_we_are_members_and_that_reveal_nothing(paul, workspace):
    seen(paul, 0)
    for name, fields in (("Club", {}), ("Cercle", {}), ("Cause", {"type": "ideological"}), ("Inconnu", {})):
        make.affiliation(paul, make.network(workspace, name, **fields), reason="dit par lui" if fields else "")
    for network in [one.network for one in paul.affiliations.exclude(network__name="Inconnu")]:
        make.membership(network)
    in_full(workspace)
    assert stored(paul).strength == pytest.approx(ties.tie_strength(minutes=10, common=2).strength)


@pytest.mark.parametrize(("kind", "minutes"), [("call", 10), ("message", 5), ("meeting", 30)])
def test_a_touch_without_minutes_takes_the_usual_ones(paul, kind, minutes):
    make.interaction(paul, kind)
    in_full(paul.workspace)
    assert rhythm(paul)["contact_minutes"] == minutes


def test_of_whom_nothing_is_known_nothing_is_said(paul):
    in_full(paul.workspace)
    blank = {"strength": None, "cadence_days": None, "next_contact_on": None, "reactivation": None}
    assert rhythm(paul) == blank | {"contact_minutes": 15, "rhythm": "never", "touches": "0" * 12}


@pytest.mark.parametrize("days", [(9,), (9, 29), (9, 29, 69), (0, 20, 65, 145), (0, 1, 2, 40, 80, 120, 190, 500)])
def test_the_cadence_is_the_formula_over_the_last_gaps(paul, days):
    seen(paul, *days)
    make.exchange(paul, on=make.days_ago(days[-1], paul))
    in_full(paul.workspace)
    gaps = [then - now for now, then in pairwise(days)][::-1]
    every = ties.cadence(1, gaps)
    assert stored(paul).cadence_days == pytest.approx(every)
    assert stored(paul).next_contact_on == make.days_ago(days[0], paul) + timedelta(days=math.ceil(every))


def test_the_weaker_wait_longer_and_a_circle_replaces_the_rank(workspace):
    people = [make.contact(workspace) for _ in range(17)]
    for minutes, person in enumerate(people):
        seen(person, 0, minutes=200 - minutes)
    Relationship.objects.filter(contact__in=people[15:]).update(circle="core")
    Relationship.objects.filter(contact=people[0]).update(circle="wide")
    in_full(workspace)
    days = [stored(person).cadence_days for person in people]
    assert days == [7] * 5 + [30] * 10 + [30] * 2


def test_the_bin_and_those_off_the_meter_take_nobodys_rank(workspace, claire):
    people = [make.contact(workspace) for _ in range(8)]
    for minutes, person in enumerate(people):
        seen(person, 0, minutes=200 - minutes)
    people[0].bin(by=claire)
    stored(people[1]).uncount(by=claire)
    in_full(workspace)
    days = [stored(person).cadence_days for person in people]
    assert days == [7, None, 7, 7, 7, 7, 7, 30]


def test_all_rhythms_are_stretched_to_the_time_there_is(workspace):
    make.budget(workspace, hours=1)
    people = [make.contact(workspace) for _ in range(5)]
    for person in people:
        seen(person, 0, minutes=60)
    run = in_full(workspace)
    assert run.stretch == pytest.approx(5)
    assert [stored(person).cadence_days for person in people] == pytest.approx([35] * 5)


@pytest.mark.parametrize("hours", [None, 40])
def test_with_time_enough_or_no_budget_nothing_is_stretched(paul, hours):
    if hours:
        make.budget(paul.workspace, hours=hours)
    seen(paul, 0, minutes=60)
    assert (in_full(paul.workspace).stretch, stored(paul).cadence_days) == (1, 7)


def test_without_any_time_no_tie_is_due_before_it_sleeps(paul):
    make.budget(paul.workspace, hours=0)
    seen(paul, 700)
    in_full(paul.workspace)
    assert (stored(paul).cadence_days, stored(paul).rhythm) == (ties.DORMANT_DAYS, "fresh")


def test_what_sleeps_asks_for_no_day_and_may_be_worth_waking(paul, workspace):
    make.budget(workspace, hours=1)
    seen(paul, 1500, 1700, 2600, minutes=90)
    make.exchange(paul, "received", on=make.days_ago(1600, paul))
    in_full(workspace)
    faded = [90 * 2 ** (-days / 180) for days in (0, 200, 1100)]
    points = 3 * 2 ** (-100 / 365)
    then = ties.tie_strength(minutes=sum(faded), years=1100 / 365.25, points=points, balance=level(100)).strength
    found = stored(paul)
    assert (found.rhythm, found.next_contact_on) == ("dormant", None)
    assert found.reactivation == pytest.approx(then * 0.5)  # F before any promise
    assert found.strength < then


def level(days):
    n = 2 ** (-days / 365)
    return reciprocity_from_masses(0, 3 * n, 9 * n).score


def test_off_the_meter_or_without_scores_nothing_is_stored(paul, workspace, claire):
    seen(paul, 0, 20)
    stored(paul).uncount(by=claire)
    scoring.rescore_stale()
    blank = {"strength": None, "cadence_days": None, "next_contact_on": None, "rhythm": "", "contact_minutes": 0}
    assert rhythm(paul) == blank | {"touches": "", "reactivation": None}
    stored(paul).count(by=claire)
    workspace.edit(by=claire, scores_on=False)
    scoring.rescore_stale()
    assert rhythm(paul) == blank | {"touches": "", "reactivation": None}


def test_days_of_contact_are_counted_by_month(paul, monkeypatch):
    monkeypatch.setattr(Workspace, "today", lambda self: date(2026, 3, 31))
    for on in (date(2026, 3, 31), date(2026, 3, 1), date(2026, 2, 28), date(2025, 4, 1), date(2025, 3, 31)):
        make.interaction(paul, on=on)
    make.exchange(paul, on=date(2026, 3, 31))
    in_full(paul.workspace)
    assert stored(paul).touches == "100000000012"


def test_a_planned_touch_counts_from_its_day_on(paul):
    seen(paul, -3)
    in_full(paul.workspace)
    assert (stored(paul).rhythm, stored(paul).touches) == ("never", "0" * 12)


# --- Put off --------------------------------------------------------------------------------------


def test_a_snooze_moves_the_next_contact_and_ends_on_its_day(paul, claire, workspace):
    seen(paul, 30)
    until = workspace.today() + timedelta(days=7)
    stored(paul).snooze(until, by=claire)
    in_full(workspace)
    assert stored(paul).next_contact_on == until
    scoring.rescore(workspace, on=until)
    assert stored(paul).next_contact_on == make.days_ago(23, paul)


@pytest.mark.parametrize("noted", [make.interaction, make.exchange])
def test_a_snooze_ends_with_the_next_real_contact_only(paul, claire, workspace, noted):
    line = make.interaction(paul, on=make.days_ago(30, paul))
    stored(paul).snooze(workspace.today() + timedelta(days=7), by=claire)
    line.correct(by=claire, today=workspace.today(), version=line.version, summary="Autrement")
    noted(paul, on=make.days_ago(40, paul))
    make.commitment(paul)
    assert stored(paul).snoozed_until
    noted(paul)
    assert stored(paul).snoozed_until is None


# --- Incremental and full agree -------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 8, 60])
def test_a_single_rescoring_says_what_a_full_one_says(workspace, count):
    make.budget(workspace, hours=1)
    people = [make.contact(workspace) for _ in range(count)]
    for place, person in enumerate(people):
        seen(person, place % 40, place % 40 + 11 * (place % 3), minutes=(place * 37) % 100)
    in_full(workspace)
    before = {person.pk: rhythm(person) for person in people}
    for person in people[:: max(count // 4, 1)]:
        Relationship.objects.filter(contact=person).mark_stale()
        scoring.rescore_stale()
    assert {person.pk: rhythm(person) for person in people} == before


@slowly
@given(days=some.lists(some.integers(-5, 3000), max_size=8), minutes=some.integers(0, 500))
def test_whatever_was_lived_both_ways_give_the_same_rhythm(workspace, days, minutes):
    contact = make.contact(workspace)
    seen(contact, *days, minutes=minutes)
    Relationship.objects.filter(contact=contact).mark_stale()
    scoring.rescore_stale()
    one_by_one = rhythm(contact)
    in_full(workspace)
    assert same(only_figures(one_by_one), only_figures(rhythm(contact)))


def only_figures(found):
    return {name: found[name] for name in ("strength", "contact_minutes", "reactivation")}


def test_a_single_rescoring_stretches_as_the_last_full_one_did(paul, workspace):
    ScoringRun.objects.create(workspace=workspace, on=workspace.today(), stretch=3)
    seen(paul, 0)
    scoring.rescore_stale()
    assert stored(paul).cadence_days == 21


def test_of_workspaces_neither_ranks_nor_stretches_mix(paul, workspace, victor):
    make.budget(victor.workspace, hours=0)
    strangers = [make.contact(victor.workspace) for _ in range(6)]
    for person in strangers:
        seen(person, 0, minutes=400)
    in_full(victor.workspace)
    seen(paul, 0)
    scoring.rescore_stale()
    assert stored(paul).cadence_days == 7


def test_circles_and_rhythms_have_one_set_of_words():
    assert set(Relationship.Circle.values) == {circle.value for circle in ties.Circle}
    assert set(Relationship.Rhythm.values) == {rhythm.value for rhythm in ties.Rhythm}
    assert set(Interaction.Kind.values) == set(ties.KIND_MINUTES)
