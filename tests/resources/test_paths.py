"""Who can introduce us: what is read around somebody, what their page says, and whom an introduction ties."""

from datetime import timedelta

import pytest
from django.urls import reverse

from contacts.models import Acquaintance, Relationship
from exchanges.beta import Prior, posterior
from exchanges.models import ScoringRun
from exchanges.scoring import rescore
from resources import paths as module
from resources.paths import paths
from tests import make

NEWCOMER_LO = posterior(0.0, 0.0, Prior()).lo


@pytest.fixture
def people(workspace):
    """Paul, whom we do not know but through others."""
    names = ("Paul Durand", "Lucie Martin", "Marc Roy", "Nadia Sow", "Yann Tanguy")
    return {name.split()[0]: make.contact(workspace, name) for name in names}


def known(contact, trust=None):
    """We are in touch with them."""
    day = contact.workspace.today()
    Relationship.objects.filter(contact=contact).update(last_contact_on=day, reliability_lo=trust)


def path_to(contact):
    return paths(contact.workspace, [contact.pk], today=contact.workspace.today()).get(contact.pk)


def names(path):
    return [one.name for one in path.through]


@pytest.mark.parametrize("kind", ["exchange", "interaction", "commitment"])
def test_any_exchange_interaction_or_promise_is_being_in_touch(people, kind):
    assert path_to(people["Paul"]) is None
    getattr(make, kind)(people["Paul"])
    rescore(people["Paul"].workspace, on=people["Paul"].workspace.today())
    path = path_to(people["Paul"])
    assert (path.in_touch, path.through, path.trust) == (True, (), 1.0)


def test_of_two_who_know_them_the_one_whom_we_trust_most(people):
    for name, trust in (("Lucie", 0.6), ("Marc", 0.7)):
        known(people[name], trust)
        make.acquaintance(people["Paul"], people[name])
    path = path_to(people["Paul"])
    assert (names(path), path.trust, path.in_touch) == (["Marc Roy"], pytest.approx(0.7), False)


def test_whoever_has_promised_nothing_is_trusted_as_a_newcomer(people, workspace):
    known(people["Lucie"])
    make.acquaintance(people["Lucie"], people["Paul"])
    assert path_to(people["Paul"]).trust == pytest.approx(NEWCOMER_LO)
    ends = {"on": workspace.today(), "finished_at": workspace.created, "params_version": "1"}
    ScoringRun.objects.create(workspace=workspace, prior_lo=0.57, **ends)
    assert path_to(people["Paul"]).trust == pytest.approx(0.57)


def test_a_circle_of_strangers_and_two_who_lead_there(people):
    circle = ["Paul", "Nadia", "Yann"]
    for one, other in zip(circle, [*circle[1:], "Paul"], strict=True):
        make.acquaintance(people[one], people[other])
    assert path_to(people["Paul"]) is None
    known(people["Lucie"], 0.8)
    make.acquaintance(people["Nadia"], people["Lucie"])
    path = path_to(people["Paul"])
    assert (names(path), path.trust) == (["Lucie Martin", "Nadia Sow"], pytest.approx(0.8 * NEWCOMER_LO))


def test_who_is_in_the_bin_introduces_nobody_and_is_not_reached(people, claire):
    known(people["Lucie"], 0.8)
    make.acquaintance(people["Nadia"], people["Lucie"])
    make.acquaintance(people["Nadia"], people["Paul"])
    people["Nadia"].bin(by=claire)
    assert path_to(people["Paul"]) is None
    assert path_to(people["Nadia"]) is None


def test_another_companys_people_are_not_reached(people, victor):
    known(people["Lucie"])
    assert paths(victor.workspace, [people["Lucie"].pk], today=victor.workspace.today()) == {}


def test_a_network_where_both_are_leads_there_too(people, workspace):
    club, left, league = (make.network(workspace, name) for name in ("Club", "Ancien", "Ligue"))
    for network in (club, league):
        make.membership(network)
    for network in (club, left, league):
        make.affiliation(people["Paul"], network, reason="Il préside")
    type(league).objects.filter(pk=league.pk).update(sensitive="syndicat")
    path = path_to(people["Paul"])
    assert (path.through, path.networks) == ((), ((club.pk, "Club"),))
    people["Paul"].affiliations.update(until=workspace.today() - timedelta(days=1))
    assert path_to(people["Paul"]) is None


def test_three_queries_whatever_their_number(people, django_assert_num_queries, workspace):
    known(people["Lucie"], 0.5)
    make.acquaintance(people["Nadia"], people["Lucie"])
    strangers = [make.contact(workspace, f"Inconnu {number}") for number in range(20)]
    for one in strangers:
        make.acquaintance(people["Nadia"], one)
    with django_assert_num_queries(3):
        found = paths(workspace, [one.pk for one in strangers], today=workspace.today())
    assert [names(path) for path in found.values()] == [["Lucie Martin", "Nadia Sow"]] * 20
    with django_assert_num_queries(1):
        paths(workspace, [people["Lucie"].pk], today=workspace.today())


def test_whom_we_are_in_touch_with_is_followed_before_many_strangers(people, workspace, monkeypatch):
    monkeypatch.setattr(module, "FAN_OUT", 2)
    for number in range(5):
        make.acquaintance(people["Paul"], make.contact(workspace, f"Inconnu {number}"))
    last = make.contact(workspace, "Vincent Chauveau")
    known(last, 0.1)
    make.acquaintance(people["Paul"], last)
    assert names(path_to(people["Paul"])) == ["Vincent Chauveau"]


def panel(client, contact):
    return client.get(reverse("resources:contact_acquaintances", args=[contact.pk])).text


def test_the_page_says_through_whom_and_through_which_network(as_ines, people, workspace):
    assert "ne mène encore à cette personne" in panel(as_ines, people["Paul"])
    known(people["Lucie"], 0.5)
    make.acquaintance(people["Lucie"], people["Paul"])
    club = make.network(workspace, "Club Erdre")
    make.membership(club)
    make.affiliation(people["Paul"], club)
    page = panel(as_ines, people["Paul"])
    assert "Lucie Martin</bdi></a>, qui connaît <bdi>Paul Durand</bdi>." in page
    assert "Club Erdre" in page
    assert "Comment les joindre" not in panel(as_ines, people["Lucie"])


def introduce(one, other, **fields):
    return make.exchange(one, kind="introduction", partners=[other], **fields)


def test_an_introduction_is_one_tap_from_a_tie_on_either_page(as_malik, people):
    introduce(people["Lucie"], people["Paul"])
    for one, other in (("Lucie", "Paul"), ("Paul", "Lucie")):
        page = panel(as_malik, people[one])
        assert f'name="contact" value="{people[other].pk}"' in page
    sent = {"contact": people["Paul"].pk, "contact_name": "Paul Durand", "kind": "knows"}
    sent["desk"] = people["Lucie"].workspace.slug
    as_malik.post(reverse("contacts:acquaintance_create", args=[people["Lucie"].pk]), sent)
    assert Acquaintance.objects.get().kind == "knows"
    assert "désormais" not in panel(as_malik, people["Lucie"])


def test_the_two_latest_are_proposed_and_nobody_in_the_bin(as_malik, as_ines, claire, people):
    for days, name in enumerate(("Marc", "Nadia", "Yann", "Paul")):
        introduce(people["Lucie"], people[name], on=make.days_ago(days, people["Lucie"]))
    people["Marc"].bin(by=claire)
    page = panel(as_malik, people["Lucie"])
    assert [name for name in ("Marc", "Nadia", "Yann", "Paul") if f"avec {name}" in page] == ["Nadia", "Yann"]
    assert "désormais" not in panel(as_ines, people["Lucie"])
    make.exchange(people["Paul"], kind="help", partners=[people["Yann"]])
    assert "avec Yann" not in panel(as_malik, people["Paul"])


def test_a_long_list_has_a_page_of_its_own(as_malik, people, workspace):
    for number in range(30):
        make.acquaintance(people["Paul"], make.contact(workspace, f"Ami {number:02}"))
    part = {"HX-Request": "true", "HX-Target": "contact_acquaintances"}
    address = reverse("resources:contact_acquaintances", args=[people["Paul"].pk])
    assert f'<a class="link" href="{address}"' in as_malik.get(address, headers=part).text
    page = as_malik.get(address)
    assert "Ami 29" not in page.text
    assert "Ami 29" in as_malik.get(f"{address}?page={page.context['page'].next}").text


def test_the_panel_asks_the_same_number_of_queries_for_many(as_malik, people, workspace, django_assert_max_num_queries):
    for number in range(20):
        one = make.contact(workspace, f"Ami {number:02}")
        make.acquaintance(people["Paul"], one)
        introduce(people["Paul"], make.contact(workspace, f"Vu {number:02}"))
    with django_assert_max_num_queries(12):
        panel(as_malik, people["Paul"])
