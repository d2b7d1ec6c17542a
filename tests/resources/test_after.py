"""« Et après ? »: who had a part in the answer, and what is left to do for them."""

import pytest
from django.urls import reverse

from resources.after import Part, chain
from resources.models import Use
from tests import make


@pytest.fixture
def need(workspace):
    return make.need(workspace, "Un fournisseur d’inox", resource="supplier")


@pytest.fixture
def people(workspace):
    return {name: make.contact(workspace, f"{name} Durand") for name in ("Paul", "Lucie", "Marc", "Nadia")}


def told(need):
    return {link.contact.given_name: link.parts for link in chain(need, today=need.workspace.today())}


def test_every_link_is_named_whoever_gave_first(need, people):
    asked = make.request(people["Marc"], need=need)
    make.reply(asked, responder=people["Nadia"])
    make.exchange(people["Lucie"], "received", kind="introduction", need=need, partners=[people["Paul"]])
    assert told(need) == {
        "Lucie": [Part.INTRODUCED],
        "Paul": [Part.JOINED],
        "Nadia": [Part.ANSWERED],
        "Marc": [Part.ASKED],
    }
    assert list(told(need))[:2] == ["Lucie", "Paul"]


def test_what_they_can_bring_is_rated_once(need, people):
    resource = make.resource(people["Paul"], "Inox 316L", kind="supplier")
    make.exchange(people["Paul"], "received", need=need)
    (link,) = chain(need, today=need.workspace.today())
    assert (link.gave, link.unrated) == (True, [resource])
    make.use(resource, need=need)
    (link,) = chain(need, today=need.workspace.today())
    assert (link.unrated, Part.CALLED_UPON in link.parts) == ([], True)


def test_nobody_in_the_bin_is_thanked(need, people, claire):
    make.exchange(people["Paul"], "received", need=need, partners=[people["Lucie"]])
    for name in ("Paul", "Lucie"):
        people[name].bin(by=claire)
    assert told(need) == {}


def test_closing_a_need_leads_to_what_comes_after(as_malik, need, people):
    make.exchange(people["Paul"], "received", need=need)
    page = as_malik.post(reverse("strategy:need_close", args=[need.pk]), follow=True)
    assert page.redirect_chain[0][0] == reverse("resources:need_after", args=[need.pk])
    assert "Paul Durand" in page.text
    message = as_malik.get(reverse("resources:help_message"), {"contact": people["Paul"].pk, "thanks": need.pk})
    assert "inox" in message.context["message"]
    assert "remercier" in message.context["message"]


def test_rating_from_there_names_the_need(as_malik, need, people):
    resource = make.resource(people["Paul"], "Inox 316L", kind="supplier")
    form = as_malik.get(reverse("resources:use_create", args=[resource.pk]), {"need": need.pk}).context["form"]
    assert form["need"].value() == need.pk
    assert not Use.objects.exists()


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_costs_the_same_whatever_the_chain(as_malik, workspace, need, django_assert_max_num_queries, count):
    for number in range(count):
        contact = make.contact(workspace, f"Paul {number}")
        make.exchange(contact, "received", need=need)
        make.resource(contact, "Inox", kind="supplier")
    with django_assert_max_num_queries(12):
        as_malik.get(reverse("resources:need_after", args=[need.pk]))
