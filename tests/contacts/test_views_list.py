"""The list: what it shows, in which order, at what cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.affiliating import join
from contacts.models import Contact, Relationship, Tag
from contacts.models.contact import search_text
from tests import make

LIST = reverse("contacts:contact_list")


def fill(workspace, count, *, last=None):
    """`count` contacts at once, all last met on the same day, or never."""
    contacts = [
        Contact(
            workspace=workspace,
            given_name="Ana",
            family_name=f"Nom{place:03}",
            search=search_text(f"ana nom{place:03}"),
        )
        for place in range(count)
    ]
    for contact in contacts:
        contact.name_keys()
    made = Contact.objects.bulk_create(contacts)
    Relationship.objects.bulk_create(
        [Relationship(workspace=workspace, contact=one, last_contact_on=last) for one in made]
    )


def names(response):
    return re.findall(r'class="who__name"[^>]*><bdi>([^<]*)</bdi>', response.content.decode())


def walk(client, url):
    """Every name of every page, by « Show what follows »."""
    seen = []
    while url:
        response = client.get(url)
        seen += names(response)
        onward = re.search(r'rel="next" href="([^"]*)"', response.content.decode())
        url = LIST + onward[1].replace("&amp;", "&") if onward else ""
    return seen


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?sort=name",
        "?sort=-balance",
        "?q=ana",
        "?tag=1",
        "?network=1",
        "?bridges=1",
        "?sort=next&rhythm=never",
        "?network=1&bridges=1&select=1",
    ],
)
def test_a_list_asks_as_few_questions_for_a_hundred_as_for_one(as_claire, workspace, query):
    tag = make.tag(workspace, "Client")
    clubs = [make.network(workspace, name) for name in ("Club Erdre", "Pôle Métal")]
    query = query.replace("tag=1", f"tag={tag.pk}").replace("network=1", f"network={clubs[0].pk}")
    counts = []
    for more in (1, 24, 75):
        fill(workspace, more)
        tag.contacts.set(Contact.objects.all())
        for club in clubs:
            join(club, Contact.objects.all(), by=make.owner_of(workspace), on=workspace.today())
        with CaptureQueriesContext(connection) as queries:
            as_claire.get(LIST + query)
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= (6 if "q=" in query else 5)


@pytest.mark.parametrize("sort", ["-last", "last", "name", "-name", "-balance", "-reliability", "next"])
def test_pages_meet_everyone_once_over_ties_and_blanks(as_claire, workspace, sort):
    fill(workspace, 30)
    fill(workspace, 30, last=workspace.today())
    seen = walk(as_claire, f"{LIST}?sort={sort}")
    assert len(seen) == 60
    assert sorted(seen) == sorted(str(one) for one in Contact.objects.all())


def test_the_last_met_come_first_and_the_never_met_last(as_claire, workspace):
    for name, days in (("Vu Avant", 40), ("Jamais Vu", None), ("Vu Hier", 1)):
        contact = make.contact(workspace, name)
        day = days and workspace.today() - timedelta(days=days)
        Relationship.objects.filter(contact=contact).update(last_contact_on=day)
    assert names(as_claire.get(LIST)) == ["Vu Hier", "Vu Avant", "Jamais Vu"]


@pytest.mark.parametrize(("sort", "column"), [("-balance", "balance"), ("-reliability", "reliability_lo")])
def test_a_score_sorts_on_demand_the_unscored_last_and_shows_no_rank(as_claire, workspace, sort, column):
    for name, score in (("Sans Rien", None), ("Bas Score", -0.9 if column == "balance" else 0.1), ("Haut Score", 0.8)):
        contact = make.contact(workspace, name)
        Relationship.objects.filter(contact=contact).update(**{column: score})
    page = as_claire.get(f"{LIST}?sort={sort}")
    assert names(page) == ["Haut Score", "Bas Score", "Sans Rien"]
    rows = page.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    assert not re.search(r">\s*#?[1-3][.°)]?\s*<|<ol|rank", rows)


def test_a_workspace_without_scores_neither_shows_nor_sorts_by_them(as_claire, workspace):
    workspace.scores_on = False
    workspace.save()
    fill(workspace, 1)
    page = as_claire.get(f"{LIST}?sort=-balance").content.decode()
    assert 'value="-balance"' not in page
    assert 'aria-sort="descending"' in page
    assert "sort=-reliability" not in page


def test_too_little_evidence_is_said_in_words(as_claire, workspace, claire):
    fill(workspace, 1)
    claire.user.language = "en"
    claire.user.save()
    assert "<title>too little evidence</title>" in as_claire.get(LIST).content.decode()


def test_names_sort_without_accents(as_claire, workspace):
    for name in ("Zoé Élan", "Paul Eclair", "Anne Étoile"):
        make.contact(workspace, name)
    assert names(as_claire.get(f"{LIST}?sort=name")) == ["Paul Eclair", "Zoé Élan", "Anne Étoile"]


@pytest.mark.parametrize("text", ["PAUL", "durand", "pau dur", "Dûrand"])
def test_search_answers_in_the_rows_alone(as_claire, workspace, text):
    make.contact(workspace, "Paul Durand")
    make.contact(workspace, "Claire Morvan")
    page = as_claire.get(LIST, {"q": text}, headers={"HX-Request": "true", "HX-Target": "rows"})
    assert names(page) == ["Paul Durand"]
    assert "<html" not in page.content.decode()


def test_many_matches_and_few_come_in_the_same_order(as_claire, workspace, monkeypatch):
    fill(workspace, 40, last=workspace.today())
    few = walk(as_claire, f"{LIST}?q=ana&sort=name")
    monkeypatch.setattr("contacts.listing.RARE", 3)
    assert walk(as_claire, f"{LIST}?q=ana&sort=name") == few
    assert len(few) == 40


def test_a_tag_filters_and_one_of_another_workspace_does_not_exist(as_claire, workspace, victor):
    make.contact(workspace, "Paul Durand", tags=["Client"])
    make.contact(workspace, "Claire Morvan")
    foreign = make.tag(victor.workspace, "Client")
    mine = Tag.objects.get(workspace=workspace)
    assert names(as_claire.get(LIST, {"tag": mine.pk})) == ["Paul Durand"]
    assert [as_claire.get(LIST, {"tag": tag}).status_code for tag in (foreign.pk, 10**12, "x")] == [404] * 3


def test_the_search_keeps_the_filter_and_the_order(as_claire, workspace):
    make.contact(workspace, "Paul Durand", tags=["Client"])
    tag = Tag.objects.get()
    page = as_claire.get(LIST, {"tag": tag.pk, "sort": "name", "q": "paul"}).content.decode()
    assert '<input type="hidden" name="sort" value="name" form="list-search">' in page
    assert f'<input type="hidden" name="tag" value="{tag.pk}" form="list-search">' in page


def test_others_and_the_binned_are_absent(as_claire, workspace, claire, victor):
    make.contact(victor.workspace, "Pas Ici")
    make.contact(workspace, "Mise Corbeille").bin(by=claire)
    make.contact(workspace, "Bien Ici")
    for query in ("", "?q=i", "?sort=name", "?sort=-balance"):
        assert names(as_claire.get(LIST + query)) == ["Bien Ici"]


def test_an_empty_workspace_is_told_how_to_begin(as_claire):
    page = as_claire.get(LIST).content.decode()
    assert reverse("contacts:import_create") in page
    assert reverse("contacts:contact_create") in page
    assert 'id="rows"' not in page


def test_nobody_found_offers_to_add_the_person(as_claire, workspace):
    make.contact(workspace, "Paul Durand")
    page = as_claire.get(LIST, {"q": "Zoé <b>&"}).content.decode()
    assert "?name=Zo%C3%A9%20%3Cb%3E%26" in page
    assert "Zoé <b>" not in page


def test_names_are_text(as_claire, workspace):
    Contact.objects.filter(pk=make.contact(workspace, "Paul Durand").pk).update(given_name="<script>alert(1)</script>")
    page = as_claire.get(LIST).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_a_page_of_long_names_stays_light(as_claire, workspace):
    fill(workspace, 30, last=workspace.today())
    Contact.objects.update(given_name="Jean-Baptiste Maximilien", headline="Directrice générale déléguée, " + "x" * 60)
    Relationship.objects.update(
        balance=0.1, balance_lo=-0.2, balance_hi=0.4, promise_marks="klbopkkk", next_summary="y" * 60
    )
    assert len(as_claire.get(LIST).content) <= 40_000


@pytest.mark.parametrize("query", ["sort=zz", "page=zz", "sort=-given_name", "page=" + "A" * 5000])
def test_an_address_that_says_nothing_shows_the_usual_page(as_claire, workspace, query):
    make.contact(workspace, "Paul Durand")
    page = as_claire.get(f"{LIST}?{query}")
    assert (page.status_code, names(page)) == (200, ["Paul Durand"])
