"""Sorting contacts card by card: the last met first, an objective for A and B, and a way back."""

import pytest
from django.urls import reverse

from contacts.models import Relationship, SortedMeanwhile
from tests import make
from workspaces.logbook import words_for
from workspaces.models import LogEntry

PAGE = reverse("contacts:triage")


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def sort(client, contact, rank, **more):
    return client.post(reverse("contacts:contact_sort", args=[contact.pk]), {"rank": rank, "seen": "", **more})


def test_the_last_met_comes_first_and_whoever_was_sorted_no_more(as_malik, workspace, paul):
    zoe = make.contact(workspace, "Zoé Martin")
    make.interaction(zoe)
    assert as_malik.get(PAGE).context["card"].contact == zoe
    sort(as_malik, zoe, "c", queue="1")
    assert as_malik.get(PAGE).context["card"].contact == paul
    sort(as_malik, paul, "watch")
    assert "Everyone is sorted" in as_malik.get(PAGE, headers={"accept-language": "en"}).content.decode()


def test_a_card_is_sorted_with_the_objective_it_serves(as_malik, workspace, paul):
    objective = make.objective(workspace)
    answer = sort(as_malik, paul, "a", objective=objective.pk, queue="1")
    assert answer.url == f"{PAGE}?last={paul.pk}"
    kept = Relationship.objects.get(contact=paul)
    assert (kept.rank, kept.objective) == ("a", objective)
    assert LogEntry.objects.filter(act="contacts.relationship.sorted", subject_pk=paul.pk).count() == 1
    assert words_for("contacts.relationship.sorted") != "contacts.relationship.sorted"


def test_who_serves_no_objective_is_neither_a_nor_b(as_malik, workspace, paul):
    assert sort(as_malik, paul, "c").status_code == 302
    make.objective(workspace)
    assert sort(as_malik, paul, "a", seen="c").status_code == 422
    assert Relationship.objects.get(contact=paul).rank == "c"


def test_before_any_objective_is_said_a_and_b_are_open_to_all(as_malik, paul):
    assert sort(as_malik, paul, "a").status_code == 302


def test_the_last_card_is_taken_back(as_malik, paul):
    sort(as_malik, paul, "b", queue="1")
    assert "Paul Durand" in as_malik.get(PAGE, {"last": paul.pk}).content.decode()
    as_malik.post(reverse("contacts:contact_unsort", args=[paul.pk]), {"seen": "b"})
    assert Relationship.objects.get(contact=paul).rank == ""


def test_what_another_tab_said_meanwhile_stands(as_malik, claire, paul):
    sort(as_malik, paul, "b")
    sort(as_malik, paul, "c")
    assert Relationship.objects.get(contact=paul).rank == "b"
    Relationship.objects.get(contact=paul).sort("a", None, by=claire, seen="b")
    as_malik.post(reverse("contacts:contact_unsort", args=[paul.pk]), {"seen": "b"})
    assert Relationship.objects.get(contact=paul).rank == "a"
    with pytest.raises(SortedMeanwhile):
        Relationship.objects.get(contact=paul).sort("c", None, by=claire, seen="b")


@pytest.mark.parametrize("sent", [{"rank": "z"}, {"objective": "9" * 30}, {"objective": "x"}, {"seen": "<b>"}])
def test_bad_input_is_told_and_nothing_kept(as_malik, paul, sent):
    assert sort(as_malik, paul, **{"rank": "c"} | sent).status_code == 422
    assert Relationship.objects.get(contact=paul).rank == ""


def test_an_objective_of_another_company_is_no_choice(as_malik, paul, victor):
    foreign = make.objective(victor.workspace, "Chez Victor")
    assert sort(as_malik, paul, "a", objective=foreign.pk).status_code == 422


def test_a_card_may_wait_and_its_neighbour_come_first(as_malik, workspace, paul):
    make.interaction(make.contact(workspace, "Zoé Martin"))
    following = as_malik.get(PAGE).context["page"].next
    assert as_malik.get(PAGE, {"page": following}).context["card"].contact == paul


def test_a_card_costs_the_same_however_many_wait(as_malik, workspace, paul, django_assert_max_num_queries):
    for number in range(30):
        make.contact(workspace, f"Contact {number}")
    with django_assert_max_num_queries(8):
        as_malik.get(PAGE)


def test_the_scores_come_and_go_without_undoing_the_sorting(as_malik, workspace, paul):
    from exchanges.scoring import rescore

    sort(as_malik, paul, "b")
    make.exchange(paul)
    rescore(workspace, on=workspace.today())
    kept = Relationship.objects.get(contact=paul)
    assert (kept.rank, kept.exchange_evidence > 0) == ("b", True)


def test_the_page_of_a_contact_says_where_they_stand(as_malik, workspace, paul):
    sort(as_malik, paul, "a", objective=make.objective(workspace, "Deux clients en Allemagne").pk)
    assert "Deux clients en Allemagne" in as_malik.get(paul.get_absolute_url()).content.decode()


def test_a_reader_sees_the_card_and_no_button(sign_in, ines, paul):
    page = sign_in(ines).get(PAGE).content.decode()
    assert "Paul Durand" in page
    assert 'name="rank"' not in page
