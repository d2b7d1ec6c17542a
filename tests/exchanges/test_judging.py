"""What the ledger says of a network: each of the thirteen indicators, the rules, and the figures that pages read."""

from datetime import timedelta

import pytest

from contacts.models import Contact, Organisation
from exchanges.judging.facts import Indicator, seen_in
from exchanges.judging.ledger import read
from exchanges.judging.rules import rules_of
from exchanges.judging.scoring import rescore, rescore_stale
from exchanges.trust import Rule
from networks.models import Network
from tests import make
from workspaces.models import Workspace


@pytest.fixture
def club(workspace):
    return make.network(workspace)


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand", firm="Durand SARL")


def ago(days, contact):
    return make.days_ago(days, contact)


def fact(network, indicator):
    workspace = network.workspace
    return seen_in(network.pk, Indicator(indicator), read(workspace, on=workspace.today())).fact


@pytest.mark.parametrize("indicator", list(Indicator))
def test_without_anything_there_is_no_fact(club, indicator):
    found = fact(club, indicator)
    assert (found.x is None, found.n) == (True, 0.0)


def test_a_quicker_network_accelerates(club, paul):
    for days in (30, 40):
        asked = make.request(paul, network=club, asked_on=ago(days, paul))
        make.reply(asked, responder=paul, on=ago(days - 2, paul))
    make.request(paul, asked_on=ago(90, paul))
    found = fact(club, "accelerator")
    assert found.x > 0.8
    assert found.n == pytest.approx(2 ** (-30 / 365) + 2 ** (-40 / 365))


def test_an_amplifier_brings_most_of_what_makes_us_grow(club, paul):
    make.exchange(paul, kind="lead", network=club, weight=5)
    make.exchange(paul, kind="introduction", weight=2)
    assert fact(club, "amplifier").x == pytest.approx((5 + 3) / (5 + 2 + 6))


def test_what_was_given_does_not_amplify(club, paul):
    make.exchange(paul, "given", kind="lead", network=club)
    assert fact(club, "amplifier").x is None


def test_many_sectors_teach_more_than_one(workspace, club, paul):
    zoe = make.contact(workspace, "Zoé Blanc", firm="Blanc SA")
    for one, sector in ((paul, "Métal"), (zoe, "Bois")):
        Organisation.objects.filter(positions__contact=one).update(sector=sector)
        make.exchange(one, kind="expertise", network=club)
    assert fact(club, "fertiliser").x == pytest.approx(0.5 * 2 / (2 + 2))
    Organisation.objects.update(sector="Métal")
    assert fact(club, "fertiliser").x == 0.0


def test_a_problem_solved_in_part_counts_for_one_half(claire, club, paul):
    for outcome in ("solved", "partly", "unsolved", "solved"):
        make.request(paul, network=club).close(outcome, by=claire, on=paul.workspace.today())
    assert (fact(club, "solver").x, fact(club, "solver").n) == (pytest.approx(2.5 / 4), 4.0)


def test_the_first_thing_received_tells_how_soon_one_was_plugged_in(club, paul):
    make.membership(club, since=ago(120, paul))
    assert fact(club, "plug_and_play").x == 0.0
    make.exchange(paul, network=club, on=ago(30, paul))
    assert (fact(club, "plug_and_play").x, fact(club, "plug_and_play").n) == (0.5, 1.0)


def test_know_how_that_goes_both_ways_is_pooled(club, paul):
    for way in ("given", "received") * 3:
        make.exchange(paul, way, kind="knowledge", network=club)
    one_way = make.network(club.workspace, "Cercle")
    for _ in range(6):
        make.exchange(paul, kind="knowledge", network=one_way)
    assert fact(club, "pooling").x > 2 * fact(one_way, "pooling").x


def test_a_deal_of_two_partners_is_a_variable_geometry(workspace, club, paul):
    make.exchange(paul, kind="business", network=club)
    assert fact(club, "geometry").x is None
    make.exchange(paul, kind="business", network=club, partners=[make.contact(workspace, "Zoé Blanc")])
    assert fact(club, "geometry").x > 0.5


def test_fluidity_is_how_soon_requests_are_answered_there(club, paul):
    asked = make.request(paul, network=club, asked_on=ago(10, paul))
    make.reply(asked, responder=paul, on=ago(7, paul))
    assert fact(club, "fluidity").n == pytest.approx(2 ** (-7 / 365))


def test_a_contact_met_there_whom_we_still_see_lasted(workspace, club, paul):
    Contact.objects.filter(pk=paul.pk).update(met_through=club, met_on=ago(400, paul))
    zoe = make.contact(workspace, "Zoé Blanc", met_through=club, met_on=ago(400, paul))
    for days in (300, 100):
        make.exchange(paul, on=ago(days, paul))
    make.exchange(zoe, on=ago(300, paul))
    assert fact(club, "durable").x == pytest.approx(0.5)


def test_two_who_answer_are_a_collective_intelligence(workspace, club, paul):
    asked = make.request(paul, network=club)
    make.reply(asked, responder=paul)
    assert fact(club, "collective").x == 0.0
    make.reply(asked, responder=make.contact(workspace, "Zoé Blanc"))
    assert fact(club, "collective").x == 1.0


@pytest.mark.parametrize("gone", ["binned", "uncounted"])
def test_who_is_in_the_bin_or_off_the_meter_counts_nowhere(claire, club, paul, gone):
    make.exchange(paul, kind="lead", network=club)
    paul.bin(by=claire) if gone == "binned" else paul.relationship.uncount(by=claire)
    assert fact(club, "amplifier").x is None


def test_solidarity_is_told_and_never_counted(club, paul):
    make.exchange(paul, kind="lead", network=club, solidarity=True)
    rescore(club.workspace, on=club.workspace.today())
    club.refresh_from_db()
    assert (club.figures["value"], club.figures["facts"]["amplifier"]) == (0, [None, 0])


def test_another_company_s_ledger_is_not_read(club, paul, victor):
    theirs = make.network(victor.workspace, "Ailleurs")
    make.exchange(make.contact(victor.workspace, "Zoé Autre"), kind="lead", network=theirs)
    assert read(club.workspace, on=club.workspace.today()).passed == []


def rules(network, *contacts):
    ledger = read(network.workspace, on=network.workspace.today())
    return rules_of({one.pk for one in contacts}, ledger, network=network.pk).kept


def test_a_no_in_time_is_open_and_a_silence_is_not(club, paul):
    said_no = make.request(paul, asked_on=ago(60, paul))
    make.reply(said_no, responder=paul, on=ago(50, paul), positive=False)
    assert rules(club, paul)[Rule.TRANSPARENCY].belief.mean > 0.6
    for _ in range(3):
        make.request(paul, asked_on=ago(60, paul))
    assert rules(club, paul)[Rule.TRANSPARENCY].belief.mean < 0.5


def test_a_broken_promise_of_which_we_were_warned_is_open(claire, club, paul):
    warned = make.commitment(paul, "them", made_on=ago(30, paul), due_on=ago(10, paul))
    warned.notify(by=claire, on=ago(12, paul))
    warned.break_(by=claire, on=ago(5, paul))
    found = rules(club, paul)
    assert (found[Rule.TRANSPARENCY].belief.mean > 0.5, found[Rule.RELIABILITY].belief.mean < 0.5) == (True, True)


def test_help_with_a_critical_request_counts_twice(claire, club, paul):
    make.request(paul, critical=True).close("solved", by=claire, on=paul.workspace.today())
    assert rules(club, paul)[Rule.SOLIDARITY].n == 2.0
    assert rules(club, paul)[Rule.SOLIDARITY].belief.mean == pytest.approx(3 / 4)


def test_what_was_asked_for_is_not_shared(club, paul):
    make.exchange(paul, kind="information", request=make.request(paul))
    asked = rules(club, paul)[Rule.SHARING].belief.mean
    make.exchange(paul, kind="information")
    assert rules(club, paul)[Rule.SHARING].belief.mean > asked


@pytest.mark.parametrize(
    ("presence", "n", "mean"),
    [("present", 1, 2 / 3), ("absent", 1, 1 / 3), ("replaced", 1, 1 / 2), ("excused", 0, 1 / 2)],
)
def test_an_excused_absence_is_no_sign(club, paul, presence, n, mean):
    make.attendance(make.meeting(club, in_days=0), paul, presence)
    kept = rules(club, paul)[Rule.PARTICIPATION]
    assert (kept.n, kept.belief.mean) == (n, pytest.approx(mean))


def test_without_meetings_the_initiative_of_calls_tells(club, paul):
    make.interaction(paul, initiated_by="them")
    assert rules(club, paul)[Rule.PARTICIPATION].belief.mean == pytest.approx(2 / 3)


def test_belonging_that_reveals_a_belief_counts_nowhere(workspace, paul):
    lodge = make.network(workspace, "Cercle", type="ideological")
    make.affiliation(paul, lodge, reason="il me l’a dit")
    rescore(workspace, on=workspace.today())
    lodge.refresh_from_db()
    assert lodge.figures["people"] == 0


def test_to_give_to_one_and_receive_from_another_is_said_of_the_network(workspace, club):
    for number in range(4):
        one = make.contact(workspace, f"Contact {number}")
        make.exchange(one, "given" if number % 2 else "received", network=club)
    rescore(workspace, on=workspace.today())
    club.refresh_from_db()
    assert club.figures["returned"][2] < 0
    assert club.figures["balance"][1] == pytest.approx(0.0)


def test_a_line_that_names_a_network_makes_it_stale_and_the_sweep_judges_it(club, paul):
    Network.objects.update(stale_since=None)
    line = make.exchange(paul, kind="lead", network=club, weight=5)
    assert Network.objects.stale().count() == 1
    assert (rescore_stale(), Network.objects.get().figures["value"]) == (1, 5.0)
    line.remove(by=make.owner_of(club.workspace), today=club.workspace.today())
    assert (rescore_stale(), Network.objects.get().figures["value"], rescore_stale()) == (1, 0, 0)


def test_a_promise_of_one_of_its_people_makes_a_network_stale(club, paul):
    make.affiliation(paul, club)
    Network.objects.update(stale_since=None)
    make.commitment(paul, "them")
    assert Network.objects.stale().count() == 1


def test_what_is_written_to_while_it_is_judged_stays_stale(club, paul, monkeypatch):
    from exchanges.judging import scoring

    honest = scoring._figures

    def meanwhile(*args):
        found = honest(*args)
        make.exchange(paul, network=club)
        return found

    monkeypatch.setattr(scoring, "_figures", meanwhile)
    rescore(club.workspace, on=club.workspace.today())
    assert Network.objects.stale().count() == 1


def test_the_same_day_gives_the_same_figures(club, paul):
    make.exchange(paul, kind="lead", network=club)
    found = []
    for _ in range(2):
        rescore(club.workspace, on=club.workspace.today() + timedelta(days=30))
        found.append(Network.objects.get().figures)
    assert found[0] == found[1]


def test_without_scores_nothing_is_kept(club, paul):
    make.exchange(paul, kind="lead", network=club)
    rescore(club.workspace, on=club.workspace.today())
    Workspace.objects.update(scores_on=False)
    club.workspace.refresh_from_db()
    rescore(club.workspace, on=club.workspace.today())
    assert Network.objects.get().figures == {}


@pytest.mark.parametrize("lines", [1, 25])
def test_reading_the_ledger_costs_the_same_whatever_its_length(club, paul, django_assert_max_num_queries, lines):
    for _ in range(lines):
        make.exchange(paul, network=club)
    with django_assert_max_num_queries(13):
        read(club.workspace, on=club.workspace.today())
