"""« Qui peut m'aider ? »: who is found, in which order and why, and what to do when nobody is."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from contacts.models import Organisation, Relationship
from exchanges.models import Request, ScoringRun
from journey.demo.loading import load_demo
from networks.models import Network
from resources.matching import who_can_help
from resources.models import Mention, Resource
from tests import make

PAGE = reverse("resources:help_find")
WRITTEN = (Path(__file__).parents[1] / "files" / "help_queries.csv").read_text(encoding="utf-8")
QUERIES = list(csv.DictReader(WRITTEN.splitlines(), delimiter=";"))


def found(workspace, text, **options):
    return [one.contact.full_name for one in who_can_help(workspace, text, today=workspace.today(), **options).people]


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand", firm="Durand Thermolaquage")


def test_the_people_whom_the_demo_questions_ask_for_come_in_the_first_three(claire):
    load_demo(by=claire, today=claire.workspace.today())
    missed = [
        row["query"]
        for row in QUERIES
        if not set(found(claire.workspace, row["query"])[:3]) & set(row["expected"].split(", "))
    ]
    assert len(QUERIES) >= 60
    assert len(missed) <= len(QUERIES) / 10, missed


def test_whoever_keeps_their_word_comes_first_and_whoever_was_asked_often_later(workspace, paul):
    lucie = make.contact(workspace, "Lucie Martin")
    for contact, lo in ((paul, 0.4), (lucie, 0.7)):
        make.resource(contact, "Droit social")
        Relationship.objects.filter(contact=contact).update(reliability_lo=lo)
    assert found(workspace, "droit social") == ["Lucie Martin", "Paul Durand"]
    for _ in range(3):
        make.request(lucie, asked_on=workspace.today() - timedelta(days=80))
    assert found(workspace, "droit social") == ["Paul Durand", "Lucie Martin"]
    Request.objects.update(asked_on=workspace.today() - timedelta(days=90))
    assert found(workspace, "droit social") == ["Lucie Martin", "Paul Durand"]


def test_without_promises_one_takes_the_least_that_our_people_keep(workspace, paul):
    make.resource(paul, "Droit social")
    run = ScoringRun.objects.create(workspace=workspace, on=workspace.today(), prior_lo=0.31, params_version="x")
    assert who_can_help(workspace, "droit", today=run.on).people[0].lo == 0.31


def test_of_two_suppliers_the_one_with_the_thing_comes_first(workspace, paul):
    lucie = make.contact(workspace, "Lucie Martin")
    make.resource(paul, "Acier et inox", kind="supplier")
    make.resource(lucie, "Boulons", kind="supplier")
    assert found(workspace, "un fournisseur d’inox")[0] == "Paul Durand"
    assert set(found(workspace, "fournisseur")) == {"Paul Durand", "Lucie Martin"}


def test_a_need_prefers_its_own_kind(workspace, paul):
    lucie = make.contact(workspace, "Lucie Martin")
    make.resource(paul, "Inox", kind="supplier")
    make.resource(lucie, "Inox", kind="expertise")
    assert found(workspace, "inox", kind="expertise")[0] == "Lucie Martin"
    assert found(workspace, "inox", kind="supplier")[0] == "Paul Durand"


def test_what_a_firm_has_is_asked_of_somebody_who_works_there_now(workspace, paul):
    make.resource(Organisation.objects.get(), "Une cabine de 12 m", kind="premises")
    assert found(workspace, "cabine") == ["Paul Durand"]
    paul.positions.update(ended_on=workspace.today())
    assert found(workspace, "cabine") == []


def test_a_line_of_work_answers_where_nothing_was_noted(workspace):
    make.contact(workspace, "Étienne du Quai", title="Notaire")
    make.contact(workspace, "Jean Notaire", title="Menuisier")
    assert found(workspace, "un notaire") == ["Étienne du Quai"]


def test_the_network_whose_service_answers_is_found(workspace):
    network = make.network(workspace, "Groupement 44")
    make.service(network, "Achats groupés d’inox")
    (helper,) = who_can_help(workspace, "achat groupé", today=workspace.today()).networks
    assert (helper.network, helper.service, helper.joined) == (network, "Achats groupés d’inox", False)
    make.membership(network)
    (helper,) = who_can_help(workspace, "achat groupé", today=workspace.today()).networks
    assert (helper.joined, helper.force) == (True, 1.0)


def test_nobody_in_the_bin_and_nobody_of_another_company_is_found(workspace, paul, victor):
    make.resource(paul, "Droit social")
    make.resource(make.contact(victor.workspace, "Zoé Martin"), "Droit social")
    assert found(workspace, "droit social") == ["Paul Durand"]
    paul.bin(by=make.owner_of(workspace))
    assert found(workspace, "droit social") == []


def test_the_words_of_a_resource_follow_it(workspace, paul):
    resource = make.resource(paul, "Droit social")
    resource.words = "Baux commerciaux"
    resource.save()
    assert (found(workspace, "prudhommes"), found(workspace, "bail")) == ([], ["Paul Durand"])
    resource.delete()
    assert not Mention.objects.exists()


@pytest.mark.parametrize("typed", ["jurste", "jurist", "JURISTES", "affair"])
def test_a_slip_and_a_beginning_are_read(workspace, paul, typed):
    make.resource(paul, "Un juriste d’affaires")
    assert found(workspace, typed) == ["Paul Durand"]


@pytest.mark.parametrize(
    "typed", ["inox " * 2000, "'; DROP TABLE x; --", "a & b | !c :*", "\x00", "%", "\u202e", "((((", "1" * 300]
)
def test_whatever_is_typed_gets_an_answer(as_malik, paul, typed):
    make.resource(paul, "Inox 316L")
    answer = as_malik.get(PAGE, {"q": typed})
    assert answer.status_code == 200
    assert Resource.objects.count() == 1


def test_the_page_says_why_and_the_request_leads_to_the_message(as_malik, paul, workspace):
    make.resource(paul, "Inox 316L", kind="supplier")
    page = as_malik.get(PAGE, {"q": "inox"})
    assert "Inox 316L. Vérifié" in page.text
    ask = page.context["people"][0].ask_url
    form = as_malik.get(ask)
    assert (form.context["form"].initial["contact"], form.context["form"].initial["summary"]) == (paul.pk, "inox")
    message = as_malik.get(form.context["next"])
    assert "Bonjour Paul," in message.context["message"]
    assert "inox" in message.context["mailto"]


def test_somebody_with_whom_we_are_not_in_touch_comes_with_who_leads_there(as_malik, paul, workspace):
    lucie = make.contact(workspace, "Lucie Martin")
    make.interaction(lucie)
    make.acquaintance(lucie, paul)
    make.resource(paul, "Inox 316L")
    (line,) = as_malik.get(PAGE, {"q": "inox"}).context["people"]
    assert [one.name for one in line.path.through] == ["Lucie Martin"]
    assert "qui connaît" in as_malik.get(PAGE, {"q": "inox"}).text


def test_a_need_is_asked_by_its_title(as_malik, paul, workspace):
    make.resource(paul, "Inox 316L", kind="supplier")
    need = make.need(workspace, "Un fournisseur d’inox", resource="supplier")
    page = as_malik.get(PAGE, {"need": need.pk})
    assert "Paul Durand" in page.text
    assert f"need={need.pk}" in page.context["people"][0].ask_url


def test_when_nobody_is_found_the_page_says_what_to_do(as_malik, workspace):
    network = make.network(workspace, "Club de l’Erdre")
    make.membership(network)
    page = as_malik.get(PAGE, {"q": "hélicoptère"}).text
    assert "Demander à Club de l’Erdre" in page
    assert reverse("networks:entry_list") in page
    Network.objects.update(sensitive="religion")
    assert "Demander à" not in as_malik.get(PAGE, {"q": "hélicoptère"}).text


def test_too_long_a_question_is_said_to_be_cut(as_malik):
    assert "200 premiers" in as_malik.get(PAGE, {"q": "inox " * 50}).text


@pytest.mark.parametrize("people", [1, 30, 90])
def test_the_page_costs_the_same_whatever_is_found(as_malik, workspace, django_assert_max_num_queries, people):
    for number in range(people):
        make.resource(make.contact(workspace, f"Paul {number}", title="Notaire"), f"Inox {number}")
    with django_assert_max_num_queries(21):
        assert as_malik.get(PAGE, {"q": "inox, notaire"}).status_code == 200
