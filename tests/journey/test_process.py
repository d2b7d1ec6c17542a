"""The process: eleven steps whose state is read from the data, and the one that comes next."""

from datetime import timedelta

import pytest
from django.urls import reverse

from journey.models import Skip
from journey.stages import Stage, level_of
from journey.steps import STEPS, State, next_step, standings
from tests import make

PAGE = reverse("journey:process")
ENGLISH = {"accept-language": "en"}


def page_of(code):
    return reverse("journey:step", args=[code])


def standing(workspace, code):
    return next(one for one in standings(workspace, today=workspace.today()) if one.step.code == code)


def stated(workspace):
    make.stake(workspace, "Grandir")
    make.stake(workspace, "Livrer à l’heure", kind="operational")
    make.budget(workspace)
    return make.need(workspace, objective=make.objective(workspace))


def test_an_empty_company_begins_with_what_is_at_stake(workspace):
    found = standings(workspace, today=workspace.today())
    assert len(found) == 11
    assert {one.state for one in found} == {State.TO_DO}
    assert next_step(workspace, today=workspace.today()).step.code == "stakes"
    assert [one.step.code for one in found if one.progress.ready] == ["stakes"]


def test_the_strategy_is_done_once_all_five_parts_are_said(workspace):
    make.stake(workspace, "Grandir")
    assert standing(workspace, "stakes").state == State.UNDER_WAY
    assert standing(workspace, "stakes").progress.count == 1
    make.need(workspace, objective=make.objective(workspace))
    make.stake(workspace, "Livrer à l’heure", kind="operational")
    make.budget(workspace)
    assert standing(workspace, "stakes").state == State.DONE
    assert next_step(workspace, today=workspace.today()).step.code == "filter"


def test_tools_and_weapons_are_told_apart_membership_by_membership(workspace):
    club, pole = make.network(workspace, "Club"), make.network(workspace, "Pôle", role_answers=[True] * 5)
    make.membership(club)
    make.membership(pole)
    one = standing(workspace, "tool-or-weapon")
    assert (one.state, one.progress.count, one.progress.of) == (State.UNDER_WAY, 1, 2)
    assert [left.words for left in one.progress.left] == ["Club"]
    club.role_answers = [False] * 5
    club.save()
    assert standing(workspace, "tool-or-weapon").state == State.DONE


def test_a_fourth_weapon_asks_to_be_seen_again(workspace):
    for number in range(4):
        make.membership(make.network(workspace, f"Arme {number}", role_answers=[True] * 5))
    assert standing(workspace, "tool-or-weapon").state == State.REVIEW


def test_each_network_passes_the_filter_but_a_declined_one(workspace):
    stated(workspace)
    make.decision(make.network(workspace, "Non merci"), "decline")
    make.network(workspace, "Club", fit={"needs": 8})
    assert standing(workspace, "filter").state == State.DONE
    make.network(workspace, "Nouveau")
    assert standing(workspace, "filter").state == State.UNDER_WAY


def test_a_decision_holds_until_its_review_day(workspace):
    network = make.network(workspace, "Club")
    assert standing(workspace, "trial").state == State.TO_DO
    make.decision(network, "test", review_on=workspace.today() + timedelta(days=1))
    assert standing(workspace, "trial").state == State.DONE
    make.decision(network, "test", review_on=workspace.today())
    assert standing(workspace, "trial").state == State.REVIEW


def test_contacts_are_sorted_once_all_those_met_this_year_are(workspace, claire):
    paul, _zoe = make.contact(workspace, "Paul Durand"), make.contact(workspace, "Zoé Martin")
    make.interaction(paul)
    assert (standing(workspace, "triage").progress.of, standing(workspace, "triage").progress.count) == (2, 0)
    for one in (paul, _zoe):
        one.relationship.sort("b", None, by=claire, seen="")
    assert standing(workspace, "triage").state == State.DONE


def test_groups_follow_up_and_ties_are_those_of_rank_a_and_b(workspace, claire):
    paul = make.contact(workspace, "Paul Durand", tags=["fournisseur"])
    zoe = make.contact(workspace, "Zoé Martin")
    for one in (paul, zoe):
        one.relationship.sort("a", None, by=claire, seen="")
    make.interaction(paul)
    make.exchange(paul, on=make.days_ago(120, paul))
    assert standing(workspace, "segments").progress.count == 1
    assert standing(workspace, "follow-up").progress.count == 1
    assert standing(workspace, "stages").progress.count == 1
    make.affiliation(zoe, make.network(workspace))
    make.commitment(zoe, due_on=workspace.today() + timedelta(days=9))
    assert standing(workspace, "segments").state == State.DONE


def test_who_does_what_is_known_need_by_need(workspace):
    need = stated(workspace)
    assert standing(workspace, "who-does-what").state == State.TO_DO
    make.delegation(need, "partner")
    assert standing(workspace, "who-does-what").state == State.DONE


def test_one_exists_in_a_network_by_what_one_gives(workspace):
    club = make.network(workspace, "Club")
    make.membership(club)
    paul = make.contact(workspace, "Paul Durand")
    assert standing(workspace, "rules").state == State.TO_DO
    make.exchange(paul, "given", network=club)
    assert standing(workspace, "rules").state == State.DONE


def test_a_belief_is_not_measured(workspace):
    make.membership(make.network(workspace, "Cercle", type="ideological"))
    assert not standing(workspace, "rules").progress.ready


def test_the_ritual_holds_by_weeks_and_by_terms(workspace):
    paul = make.contact(workspace, "Paul Durand")
    for week in range(4):
        make.interaction(paul, on=make.days_ago(7 * week, paul))
    assert standing(workspace, "ritual").state == State.DONE
    club = make.network(workspace, "Club")
    make.membership(club, renewal_on=workspace.today() + timedelta(days=20))
    assert standing(workspace, "ritual").state == State.REVIEW
    make.decision(club, "keep")
    assert standing(workspace, "ritual").state == State.DONE


@pytest.mark.parametrize(
    ("objectives", "needs", "delegated", "tended", "stage"),
    [
        (0, 0, 0, 0, Stage.FOUNDATIONS),
        (1, 0, 0, 40, Stage.FOUNDATIONS),
        (1, 1, 0, 14, Stage.CORE),
        (1, 1, 0, 15, Stage.ACTIVE),
        (1, 2, 1, 50, Stage.ACTIVE),
        (1, 2, 2, 50, Stage.WIDER),
    ],
)
def test_a_stage_is_entered_when_its_conditions_hold(objectives, needs, delegated, tended, stage):
    said = {"objectives": objectives, "needs": needs, "delegated": delegated}
    assert level_of(**said, tended=tended).stage == stage


def test_too_many_new_links_ask_for_a_pause(workspace, claire):
    for number in range(4):
        one = make.contact(workspace, f"Paul Numéro{number}")
        one.relationship.sort("b", None, by=claire, seen="")
        make.interaction(one)
    assert "4 nouveaux liens ce mois-ci, pour 2" in standing(workspace, "stages").progress.sentence


def test_the_page_says_what_is_done_what_is_next_and_why(as_claire, workspace):
    page = as_claire.get(PAGE, headers=ENGLISH).content.decode()
    assert "Next: Start from what is at stake." in page
    assert "No network is good in itself" in page
    assert page.count("step__why") == 1


def test_a_step_is_left_aside_for_a_reason_and_taken_up_again(as_malik, workspace):
    url = reverse("journey:step_skip", args=["stakes"])
    assert as_malik.post(url, {"desk": workspace.slug, "reason": ""}).status_code == 422
    as_malik.post(url, {"desk": workspace.slug, "reason": "Faite en séminaire"})
    assert standing(workspace, "stakes").state == State.SKIPPED
    assert next_step(workspace, today=workspace.today()) is None
    assert "Faite en séminaire" in as_malik.get(page_of("stakes")).content.decode()
    for _tab in range(2):
        as_malik.post(reverse("journey:step_resume", args=["stakes"]), {"desk": workspace.slug})
    assert not Skip.objects.exists()


def test_left_aside_in_two_tabs_it_is_once(as_malik, workspace):
    url = reverse("journey:step_skip", args=["stakes"])
    sent = [as_malik.post(url, {"desk": workspace.slug, "reason": "Plus tard"}).status_code for _tab in range(2)]
    assert sent == [302, 422]
    assert Skip.objects.count() == 1


def test_what_is_done_is_done_though_it_was_left_aside(workspace):
    make.skip(workspace, "stakes")
    stated(workspace)
    assert standing(workspace, "stakes").state == State.DONE


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.code)
def test_each_step_has_its_page_and_its_places(step, as_claire, workspace):
    page = as_claire.get(page_of(step.code), headers=ENGLISH)
    assert str(step.title) in page.content.decode().replace("&#x27;", "'")
    for act in step.acts:
        assert as_claire.get(reverse(act.url_name) + act.query).status_code == 200


def test_an_unknown_step_is_not_found(as_claire, workspace):
    assert as_claire.get(page_of("nowhere")).status_code == 404
    assert as_claire.post(reverse("journey:step_resume", args=["nowhere"])).status_code == 404


def test_nothing_is_taken_up_again_from_another_company(as_malik, workspace):
    make.skip(workspace, "stakes")
    assert as_malik.post(reverse("journey:step_resume", args=["stakes"]), {"desk": "autre"}).status_code == 409
    assert Skip.objects.exists()


def test_a_reader_sees_where_the_company_stands_and_moves_nothing(sign_in, ines):
    page = sign_in(ines).get(page_of("stakes")).content.decode()
    assert reverse("journey:step_skip", args=["stakes"]) not in page


def test_the_page_costs_the_same_for_a_house_that_lives(as_claire, workspace, claire, django_assert_max_num_queries):
    for number in range(6):
        network = make.network(workspace, f"Réseau {number}")
        make.membership(network, renewal_on=workspace.today())
        one = make.contact(workspace, f"Paul Numéro{number}", tags=[f"t{number}"])
        one.relationship.sort("a", None, by=claire, seen="")
        make.exchange(one, "given", network=network)
        make.need(workspace, f"Besoin {number}")
    with django_assert_max_num_queries(17):
        as_claire.get(PAGE)
