"""The seven rules hold for us first, and each asks for one gesture; the ritual has five turns and a stop-list."""

import pytest
from django.urls import reverse

from journey.facts import read
from journey.ritual import to_leave, turns
from journey.rules import RULES, held, there
from tests import make

RULES_PAGE, RITUAL_PAGE = (reverse("journey:step", args=[code]) for code in ("rules", "ritual"))


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def rule(workspace, code):
    return next(one for one in held(workspace, today=workspace.today()) if one.rule.code == code)


def test_each_of_the_seven_has_its_words_and_its_gesture_even_with_nothing(workspace):
    found = held(workspace, today=workspace.today())
    assert [one.rule for one in found] == list(RULES)
    assert len(found) == 7
    assert all(one.sentence and one.gesture and one.url for one in found)


def test_the_first_promise_is_the_gesture_of_reliability(workspace, paul):
    make.commitment(paul, summary="Envoyer les cotes.", due_on=make.days_ago(3, paul))
    make.commitment(paul, summary="Plus tard", due_on=make.days_ago(-30, paul))
    assert rule(workspace, "reliability").gesture == "Tenir ou reporter\u00a0: Envoyer les cotes."


def test_a_request_without_an_answer_is_the_gesture_of_transparency(workspace, paul):
    make.request(paul, "them", summary="Un devis")
    assert rule(workspace, "transparency").sentence == "1 demande attend votre réponse."
    assert "Un devis" in rule(workspace, "transparency").gesture


def test_what_we_gave_is_counted_rule_by_rule(workspace, paul):
    make.exchange(paul, "given", kind="recommendation")
    make.exchange(paul, "given", kind="help", solidarity=True)
    make.exchange(paul, "given", kind="information")
    make.exchange(paul, "given", kind="information", on=make.days_ago(500, paul))
    assert all(" 1 fois" in rule(workspace, code).sentence for code in ("trust", "solidarity", "sharing"))


def test_one_gives_back_to_whom_one_owes_most(workspace, paul):
    relation = paul.relationship
    relation.balance_label, relation.balance = "to_give", -0.7
    relation.save()
    one = rule(workspace, "reciprocity")
    assert "Paul Durand" in one.gesture
    assert one.url.endswith(f"?contact={paul.pk}")


def test_without_scores_nothing_is_believed(workspace, paul):
    workspace.scores_on = False
    workspace.save()
    assert rule(workspace, "reciprocity").sentence == "Les scores sont coupés dans cet espace."
    assert rule(workspace, "reliability").sentence


def test_presence_counts_what_was_noted_but_not_an_excuse(workspace):
    club = make.network(workspace)
    for presence in ("present", "absent", "excused", ""):
        make.meeting(club, f"Le {presence}", in_days=-9, presence=presence)
    make.meeting(club, "Petit-déjeuner", in_days=4)
    one = rule(workspace, "participation")
    assert one.sentence == "Vous êtes venus à 1 réunion sur 2 en un an."
    assert "Petit-déjeuner" in one.gesture


def test_in_each_network_one_reads_how_one_exists_there(workspace, paul):
    club = make.network(workspace, "Club", opinions={"sharing": 3, "trust": 8})
    make.membership(club)
    make.membership(make.network(workspace, "Cercle", type="ideological"))
    one = there(workspace, read(workspace, today=workspace.today()))
    assert [str(line.network) for line in one] == ["Club"]
    assert one[0].sentence == "Vous n’y avez rien donné depuis un an."
    assert one[0].weakest.figure.startswith("30")
    make.exchange(paul, "received", network=club, on=make.days_ago(9, paul))
    make.exchange(paul, "given", network=club)
    assert "donné depuis" in there(workspace, read(workspace, today=workspace.today()))[0].sentence


def test_the_ritual_has_five_turns(workspace, paul):
    make.commitment(paul, due_on=make.days_ago(-3, paul))
    make.need(workspace)
    found = turns(workspace, read(workspace, today=workspace.today()))
    assert [turn.sentence[0] for turn in found] == ["1", "0", "1", "0", "D"]


def test_the_stop_list_holds_what_was_decided(as_claire, workspace):
    club = make.network(workspace, "Club des anciens")
    make.membership(club)
    make.decision(club, "leave", reason="Rien en deux ans")
    assert [one.network for one in to_leave(workspace, today=workspace.today())] == [club]
    assert "Rien en deux ans" in as_claire.get(RITUAL_PAGE).content.decode()


def test_too_many_memberships_are_said(as_claire, workspace):
    for number in range(6):
        make.membership(make.network(workspace, f"Club {number}"))
    page = as_claire.get(RITUAL_PAGE, headers={"accept-language": "en"}).content.decode()
    assert "6 active memberships; 5 at most are advised." in page


@pytest.mark.parametrize(("page", "most"), [(RULES_PAGE, 32), (RITUAL_PAGE, 27)])
def test_both_pages_cost_the_same_in_a_house_that_lives(
    page, most, as_claire, workspace, paul, django_assert_max_num_queries
):
    for number in range(6):
        club = make.network(workspace, f"Club {number}")
        make.membership(club)
        make.exchange(paul, "given", network=club)
        make.meeting(club, in_days=-3, presence="present")
    with django_assert_max_num_queries(most):
        as_claire.get(page)
