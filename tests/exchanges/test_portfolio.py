"""What each network costs and brings, side by side; the panels of the page of networks and of a sheet."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from exchanges.judging.scoring import rescore
from exchanges.portfolio import weigh
from networks.models import Membership, Network
from tests import make

PAGE = reverse("networks:network_list")


@pytest.fixture
def club(workspace):
    return make.network(workspace)


def found(workspace):
    return weigh(workspace, on=workspace.today())


def test_the_full_cost_is_the_fee_and_the_hours(workspace, club):
    make.budget(workspace)
    make.membership(club, fee=Decimal(300), fee_period="quarter")
    make.time_spent(club, 120)
    position = found(workspace).positions[0]
    assert (position.fee, position.minutes, position.cost) == (1200, 120, 1200 + 2 * 80)


def test_time_of_more_than_a_year_ago_is_no_cost_of_this_year(workspace, club):
    make.membership(club)
    make.time_spent(club, 120, on=workspace.today() - timedelta(days=365))
    position = found(workspace).positions[0]
    assert (position.minutes, position.time_share) == (0, 1.0)


@pytest.mark.parametrize("status", ["aimed_at", "invited", "candidate", "suspended", "left"])
def test_only_those_that_cost_now_are_weighed(workspace, club, status):
    make.membership(club, status=status)
    assert found(workspace).positions == []


def test_time_and_value_part_ways(workspace, club):
    other = make.network(workspace, "Cercle")
    paul = make.contact(workspace, "Paul Durand")
    for network in (club, other):
        make.membership(network)
    make.time_spent(club, 600)
    for _ in range(6):
        make.exchange(paul, kind="lead", network=other, weight=5)
    rescore(workspace, on=workspace.today())
    positions = {one.network.pk: one for one in found(workspace).positions}
    assert (positions[club.pk].time_share, positions[other.pk].time_share) == (1.0, 0.0)
    assert (positions[club.pk].overspent, positions[other.pk].overspent) == (True, False)
    assert (positions[club.pk].leave, positions[other.pk].leave) == (True, False)


def test_nobody_is_accused_before_anything_came_back(workspace, club):
    make.membership(club)
    make.time_spent(club, 600)
    profile = found(workspace).profile
    assert (profile.dispersion, found(workspace).is_scattered) == (0.0, False)


def test_the_time_of_a_support_is_that_of_what_it_serves(workspace, club):
    hall = make.network(workspace, "La Halle", type="infrastructure")
    other = make.network(workspace, "Cercle")
    for network in (club, hall, other):
        make.membership(network)
    for target in (club, other):
        make.network_link(hall, target)
    make.time_spent(hall, 120)
    minutes = {one.network.name: one.minutes for one in found(workspace).positions}
    assert minutes == {"La Halle": 0, "Cercle": 60, club.name: 60}


def test_four_yes_of_five_make_a_weapon(workspace, club):
    make.membership(club)
    Network.objects.update(role_answers=[True, True, True, True, False])
    position = found(workspace).positions[0]
    assert (position.role, position.strategic_value) == ("weapon", 0.8)


def test_the_declared_role_stands_while_resources_are_unknown(workspace, club):
    make.membership(club)
    paul = make.contact(workspace, "Paul Durand")
    Network.objects.update(role_answers=[True] * 5)
    make.exchange(paul, network=club)
    rescore(workspace, on=workspace.today())
    position = found(workspace).positions[0]
    assert (position.role, position.computed.role, position.computed.irreplaceable) == ("weapon", "tool", None)


def test_more_than_half_on_support_is_said(workspace, club):
    hall = make.network(workspace, "La Halle", type="informal")
    for network in (club, hall):
        make.membership(network)
    make.time_spent(club, 60)
    make.time_spent(hall, 61)
    assert (found(workspace).core_share < 0.5, found(workspace).too_much_support) == (True, True)


def test_what_goes_over_the_budget_is_said(as_claire, workspace, club):
    make.budget(workspace, hours=1, euros=100)
    make.membership(club, fee=Decimal(101), fee_period="year")
    make.time_spent(club, 60 * 53)
    portfolio = found(workspace)
    assert (portfolio.over_hours, portfolio.over_euros) == (True, True)
    assert "100\u00a0€" in as_claire.get(PAGE).content.decode()


def test_an_empty_portfolio_teaches(as_claire):
    response = as_claire.get(PAGE)
    assert "Pas encore d’adhésion" in response.content.decode()


def test_the_figures_behind_the_shares_are_fetched_when_asked_for(as_ines, workspace, club):
    why = reverse("exchanges:portfolio_why")
    assert "Notez le temps" in as_ines.get(why).content.decode()
    make.membership(club, fee=Decimal(800), fee_period="year")
    make.time_spent(club, 600)
    assert f'hx-get="{why}"' in as_ines.get(PAGE).content.decode()
    told = as_ines.get(why).content.decode()
    assert "HHI" in told
    assert "Club Erdre" in told


def test_whoever_has_no_role_yet_is_no_tool(as_ines, workspace, club):
    make.membership(club)
    assert as_ines.get(PAGE).content.decode().count("0 outil") == 1


def test_a_decision_to_leave_an_earlier_stay_says_nothing_of_this_one(workspace, club):
    today = workspace.today()
    make.decision(club, "leave", on=today - timedelta(days=30))
    make.membership(club, since=today - timedelta(days=60))
    assert found(workspace).positions[0].decision.verdict == "leave"
    Membership.objects.update(since=today - timedelta(days=3))
    assert found(workspace).positions[0].decision is None


@pytest.mark.parametrize("networks", [1, 8, 30])
def test_the_page_costs_the_same_whatever_the_networks(as_claire, workspace, django_assert_max_num_queries, networks):
    for number in range(networks):
        network = make.network(workspace, f"Réseau {number} au nom très long de la région des Pays de la Loire")
        make.membership(network)
        make.time_spent(network)
        make.decision(network)
    with django_assert_max_num_queries(13):
        assert as_claire.get(PAGE).status_code == 200


def test_a_sheet_shows_each_bar_and_says_what_is_not_known(as_claire, workspace, club):
    Network.objects.update(opinions={"concentrator": 8})
    page = as_claire.get(club.get_absolute_url()).content.decode()
    assert "votre avis seulement" in page
    assert reverse("exchanges:network_why", args=[club.pk, "concentrator"]) in page
    assert reverse("exchanges:network_why", args=[club.pk, "solver"]) not in page


def test_why_shows_the_lines_and_the_same_digits(as_claire, workspace, club):
    paul = make.contact(workspace, "Paul <b>Durand</b>")
    make.exchange(paul, kind="lead", network=club, summary="Un chantier à Clisson")
    rescore(workspace, on=workspace.today())
    response = as_claire.get(reverse("exchanges:network_why", args=[club.pk, "amplifier"]))
    assert (response.context["agrees"], "Un chantier à Clisson" in response.content.decode()) == (True, True)
    assert "<b>Durand" not in response.content.decode()
    Network.objects.update(figures={"facts": {"amplifier": [0.1, 3.0]}})
    assert not as_claire.get(reverse("exchanges:network_why", args=[club.pk, "amplifier"])).context["agrees"]


@pytest.mark.parametrize("indicator", ["nothing", "constructor"])
def test_an_indicator_that_does_not_exist_is_a_page_that_does_not(as_claire, club, indicator):
    assert as_claire.get(reverse("exchanges:network_why", args=[club.pk, indicator])).status_code == 404


def test_the_seven_rules_of_a_contact_are_read_from_the_ledger(as_claire, workspace):
    paul = make.contact(workspace, "Paul Durand")
    page = reverse("exchanges:contact_rules", args=[paul.pk])
    assert "Trop peu" in as_claire.get(page).content.decode()
    make.interaction(paul, initiated_by="them")
    make.exchange(paul, kind="information")
    assert "50\u00a0%" in as_claire.get(page).content.decode()


def test_off_the_meter_there_are_no_rules(as_claire, workspace, claire):
    paul = make.contact(workspace, "Paul Durand")
    paul.relationship.uncount(by=claire)
    assert as_claire.get(reverse("exchanges:contact_rules", args=[paul.pk])).status_code == 404


@pytest.mark.parametrize(("value", "status"), [("8", 302), ("", 302), ("11", 422), ("-1", 422), ("beaucoup", 422)])
def test_an_opinion_goes_from_nought_to_ten(as_claire, club, value, status):
    sent = {"solver": value, "version": club.version}
    response = as_claire.post(reverse("networks:network_opinions", args=[club.pk]), sent)
    kept = Network.objects.get().opinions.get("solver")
    assert (response.status_code, kept) == (status, 8 if value == "8" else None)
