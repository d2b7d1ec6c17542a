"""Tool or weapon, the networks before the strategy, and the decisions."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from networks.choosing import cost_within, screen, type_fit
from networks.hours import minutes_of, year_to
from networks.models import Decision, Network, NetworkType
from networks.screening import Term
from tests import make
from workspaces.models import LogEntry

SCREEN = reverse("networks:network_screen")


@pytest.fixture
def network(workspace):
    return make.network(workspace)


def answered(client, network, answers, version=1):
    sent = {f"question_{n}": answer for n, answer in enumerate(answers)}
    sent |= {"desk": network.workspace.slug, "version": version}
    return client.post(reverse("networks:network_role", args=[network.pk]), sent)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (["yes"] * 4 + ["no"], "Une arme"),
        (["yes"] * 3 + ["no", ""], "Un outil"),
        ([""] * 5, "Outil ou arme"),
    ],
)
def test_five_answers_say_tool_or_weapon(as_malik, network, answers, sentence):
    assert answered(as_malik, network, answers).status_code == 302
    assert sentence in as_malik.get(network.get_absolute_url()).content.decode()


def test_the_answers_are_kept_to_be_answered_again(as_malik, network):
    answered(as_malik, network, ["yes", "no", "", "", ""])
    assert Network.objects.get().role_answers == [True, False, None, None, None]
    form = as_malik.get(reverse("networks:network_role", args=[network.pk])).context["form"]
    assert [form[f"question_{n}"].value() for n in range(5)] == ["yes", "no", "", "", ""]
    assert answered(as_malik, network, ["no"] * 5).status_code == 409


def test_an_answer_that_is_none_is_refused(as_malik, network):
    assert answered(as_malik, network, ["peut-être"]).status_code == 422


def judged(client, network, version=1, **marks):
    sent = {"desk": network.workspace.slug, "version": version} | marks
    return client.post(reverse("networks:network_fit", args=[network.pk]), sent)


def test_a_mark_moves_the_network_at_once(as_malik, workspace):
    low, high = make.network(workspace, "Bas"), make.network(workspace, "Haut")
    judged(as_malik, low, objectives=8)
    judged(as_malik, high, objectives=9)
    assert [one.network for one in as_malik.get(SCREEN).context["matching"]] == [high, low]
    judged(as_malik, high, version=2, objectives=1, needs=0)
    page = as_malik.get(SCREEN)
    assert [one.network for one in page.context["matching"]] == [low]
    assert [one.network for one in page.context["others"]] == [high]


@pytest.mark.parametrize("value", ["11", "-1", "beaucoup", "1.5"])
def test_a_mark_out_of_range_is_refused_at_its_field(as_malik, network, value):
    answer = judged(as_malik, network, members=value)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["members"])
    assert Network.objects.get().fit == {}


def test_a_zero_is_an_answer_and_a_blank_is_none(as_malik, network):
    judged(as_malik, network, objectives=0, needs="")
    assert Network.objects.get().fit == {"objectives": 0}


def test_what_nobody_judged_is_not_ranked_and_what_is_unknown_is_said(as_malik, network):
    page = as_malik.get(SCREEN)
    assert [one.network for one in page.context["unjudged"]] == [network]
    assert "On ne sait pas" in page.content.decode()
    judged(as_malik, network, objectives=10)
    (one,) = screen(network.workspace, today=network.workspace.today())
    assert set(one.terms) - {Term.OBJECTIVES, Term.TYPE} == {term for term, x in one.terms.items() if x is None}


def test_the_type_counts_whole_for_the_two_that_the_method_is_about():
    fits = {type_: type_fit(Network(type=type_)) for type_ in NetworkType}
    assert {type_ for type_, fit in fits.items() if fit == 1} == {"operational", "structuring"}
    assert set(fits.values()) == {1.0, 0.5}


def cost(network, minutes=0, budget=None, **fields):
    membership = make.membership(network, **fields)
    return cost_within(network, membership, minutes, budget)


def test_the_cost_is_the_fee_and_the_hours_against_the_whole_budget(workspace, network):
    budget = make.budget(workspace, hours=4, euros=3360)  # 3 360 € and 208 h at 80 €: 20 000 €
    assert cost(network, 60 * 25, budget, fee=Decimal(250), fee_period="quarter") == pytest.approx(1 - 3000 / 20000)


def test_a_cost_beyond_the_budget_is_nought_and_without_a_budget_unknown(workspace, network):
    membership = make.membership(network, fee=Decimal(99_999), fee_period="month")
    assert cost_within(network, membership, 0, None) is None
    assert cost_within(network, membership, 0, make.budget(workspace)) == 0
    assert cost_within(network, None, 0, make.budget(make.workspace("Ailleurs"))) is None


def test_a_budget_of_nothing_says_nothing(workspace, network):
    assert cost(network, 10, make.budget(workspace, hours=0, euros=0)) is None


def test_before_one_joins_the_hours_are_those_of_its_own_rhythm(workspace):
    budget = make.budget(workspace, hours=4, euros=3360)
    rhythm = make.network(workspace, "Tous les dix jours", cadence_days=10)
    assert cost(rhythm, 0, budget, status="aimed_at", fee=Decimal(620), fee_period="year") == pytest.approx(
        1 - (620 + 36.5 * 1.5 * 80) / 20000
    )
    unknown = make.network(workspace, "Rythme inconnu")
    assert cost(unknown, 0, budget, status="aimed_at", fee=Decimal(620), fee_period="year") is None


def test_the_hours_of_twelve_months_come_from_meetings_and_from_what_was_noted(workspace, network):
    today = workspace.today()
    make.time_spent(network, 30)
    make.time_spent(network, 600, on=today - timedelta(days=365))
    make.meeting(network, in_days=-10, presence="present", travel_minutes=15)
    make.meeting(network, in_days=-10, presence="excused")
    make.meeting(network, in_days=-400, presence="present")
    assert minutes_of(workspace, year_to(today), today)[network.pk] == 30 + 120 + 15


def test_a_network_that_was_left_is_no_candidate(as_malik, workspace, network):
    make.membership(make.network(workspace, "Quitté"), status="left", until=workspace.today())
    assert [one.network for one in screen(workspace, today=workspace.today())] == [network]


def test_more_than_three_weapons_are_too_many(as_malik, workspace):
    for number in range(4):
        make.network(workspace, f"Réseau {number}", role_answers=[True] * 5)
    assert "4 réseaux sont dits des armes" in as_malik.get(SCREEN).content.decode()


@pytest.mark.parametrize("rows", [1, 25, 100])
def test_the_screening_costs_the_same_whatever_its_number(as_malik, workspace, django_assert_max_num_queries, rows):
    make.budget(workspace)
    for number in range(rows):
        make.membership(make.network(workspace, f"Réseau {number}", fit={"objectives": 5}))
    with django_assert_max_num_queries(9):
        as_malik.get(SCREEN)


def decided(client, network, **changes):
    sent = {"desk": network.workspace.slug, "verdict": "watch", "reason": "Pas encore sûr"} | changes
    return client.post(reverse("networks:decision_create", args=[network.pk]), sent)


def test_a_decision_has_its_reason_its_day_and_its_review(as_malik, malik, network):
    ahead = network.workspace.today() + timedelta(days=90)
    assert decided(as_malik, network, review_on=ahead.isoformat()).status_code == 302
    decision = Decision.objects.get()
    assert (decision.on, decision.review_on, decision.decided_by) == (network.workspace.today(), ahead, malik)
    page = as_malik.get(network.get_absolute_url()).content.decode()
    assert "Pas encore sûr" in page
    assert "à revoir le" in page
    assert LogEntry.objects.filter(act="networks.decision.added").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "\u200b \x00"}, "reason"),
        ({"verdict": ""}, "verdict"),
        ({"verdict": "burn"}, "verdict"),
        ({"review_on": "2001-01-01"}, "review_on"),
        ({"review_on": "9999-12-31"}, "review_on"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_at_its_field(as_malik, network, changes, field):
    answer = decided(as_malik, network, **changes)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Decision.objects.exists()


def test_today_is_not_ahead(as_malik, network):
    assert decided(as_malik, network, review_on=network.workspace.today().isoformat()).status_code == 422


def test_the_log_comes_latest_first_and_the_latest_stands_on_the_list(as_malik, workspace, network):
    make.decision(network, "test", on=workspace.today() - timedelta(days=60))
    make.decision(network, "join", reason="Deux devis en un mois")
    make.decision(make.network(workspace, "Pôle"), "leave")
    page = as_malik.get(network.get_absolute_url())
    assert [one.verdict for one in page.context["decisions"]] == ["join", "test"]
    listed = as_malik.get(reverse("networks:network_list")).content.decode()
    assert "Rejoindre" in listed
    assert "Quitter" in listed
    assert "Tester" not in listed


def test_no_address_edits_a_decision(as_malik, network):
    from networks.urls import urlpatterns

    assert [one.name for one in urlpatterns if one.name.startswith("decision_")] == ["decision_create"]


@pytest.mark.parametrize("rows", [1, 25, 100])
def test_the_list_costs_the_same_with_its_decisions(as_malik, workspace, django_assert_max_num_queries, rows):
    for number in range(rows):
        make.decision(make.network(workspace, f"Réseau {number}"))
    with django_assert_max_num_queries(14):
        as_malik.get(reverse("networks:network_list"))


def test_the_catalogue_offers_what_the_needs_speak_of(as_malik, workspace):
    make.need(workspace, "Deux soudeurs TIG", criticality=5)
    make.need(workspace, "Un avis juridique", criticality=1)
    school = make.entry("École de soudage", description="Soudeur, chaudronnier")
    make.entry("Ordre des avocats", description="Conseil juridique")
    make.entry("Club de golf")
    make.entry("Syndicat des soudeurs", sensitive="opinion syndicale")
    found = as_malik.get(SCREEN).context["candidates"]
    assert [str(one.entry) for one in found] == ["École de soudage", "Ordre des avocats"]
    assert [str(need) for need in found[0].answers] == ["Deux soudeurs TIG"]
    make.network(workspace, "École de soudage", entry=school)
    assert school not in [one.entry for one in as_malik.get(SCREEN).context["candidates"]]


def test_without_a_need_the_catalogue_offers_nothing(as_malik, workspace):
    make.entry("École de soudage")
    assert as_malik.get(SCREEN).context["candidates"] == []


def test_a_candidate_where_we_work_comes_first(as_malik, workspace):
    make.need(workspace, "Deux soudeurs TIG")
    make.need(workspace, "Un avis juridique")
    make.network(workspace, "Club", territory="Bretagne")
    make.entry("Soudeurs du Sud", territory="Provence")
    make.entry("Soudeurs de l’Ouest", territory="Bretagne;Normandie")
    found = as_malik.get(SCREEN).context["candidates"]
    assert [str(one.entry) for one in found] == ["Soudeurs de l’Ouest", "Soudeurs du Sud"]
