"""The catalogue as a company sees it: found by words and filters, one entry, what we suggested."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from networks import catalogue
from networks.models import Suggestion
from tests import make

LIST, OURS = reverse("networks:entry_list"), reverse("networks:suggestion_list")
NEW = reverse("networks:suggestion_create")


@pytest.fixture
def shelf(db):
    make.entry("Pôle Métal", territory="Bretagne;Normandie", services="veille;formation", ways_in="fee;selection")
    make.entry("Cercle des fondeurs", type="identity", reach="local", services="veille juridique", ways_in="free")
    make.entry("Clubs de dirigeants", type="operational", reach="national", nature="family", description="Entraide")


def shown(client, **query: str) -> list[str]:
    page = client.get(LIST, query).content.decode()
    return re.findall(r'class="who__name"[^>]*><bdi>([^<]+)</bdi>', page)


def test_all_are_there_by_name(as_ines, shelf):
    assert shown(as_ines) == ["Cercle des fondeurs", "Clubs de dirigeants", "Pôle Métal"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "pole METAL"}, ["Pôle Métal"]),
        ({"q": "entraide"}, ["Clubs de dirigeants"]),
        ({"q": "veille"}, ["Cercle des fondeurs", "Pôle Métal"]),
        ({"type": "identity"}, ["Cercle des fondeurs"]),
        ({"reach": "national"}, ["Clubs de dirigeants"]),
        ({"territory": "Normandie"}, ["Pôle Métal"]),
        ({"service": "veille"}, ["Pôle Métal"]),
        ({"way": "selection"}, ["Pôle Métal"]),
        ({"nature": "family"}, ["Clubs de dirigeants"]),
        ({"q": "veille", "type": "structuring", "way": "fee"}, ["Pôle Métal"]),
        ({"q": "veille", "reach": "national"}, []),
        ({"type": "festive", "way": "'--", "page": "%%"}, ["Cercle des fondeurs", "Clubs de dirigeants", "Pôle Métal"]),
    ],
)
def test_words_and_filters_narrow_the_list(as_ines, shelf, query, found):
    assert shown(as_ines, **query) == found


def test_filters_stay_in_the_address_of_the_next_page(as_ines):
    for number in range(30):
        make.entry(f"Pôle {number:02}")
    page = as_ines.get(LIST, {"type": "structuring"}).content.decode()
    link = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert "type=structuring" in link
    assert re.findall(r"<bdi>(Pôle \d\d)", as_ines.get(LIST + link).content.decode()) == [
        f"Pôle {number}" for number in range(25, 30)
    ]


def test_a_retired_one_is_not_found_but_its_page_says_so(as_ines, shelf, cora, workspace):
    entry = make.entry("Ligue éteinte", slug="ligue")
    catalogue.retire(entry, by=cora, on=workspace.today())
    assert "Ligue éteinte" not in shown(as_ines)
    page = as_ines.get(entry.get_absolute_url()).content.decode()
    assert "A quitté le catalogue" in page
    assert reverse("networks:entry_take", args=["ligue"]) not in page


def test_what_nobody_verified_for_a_year_says_so(as_ines, workspace, cora):
    entry = make.entry(site="https://metal.example")
    assert "à vérifier" in as_ines.get(LIST).content.decode()
    catalogue.verify(entry, by=cora, on=workspace.today())
    assert "à vérifier" not in as_ines.get(LIST).content.decode()
    assert "à vérifier" not in as_ines.get(entry.get_absolute_url()).content.decode()


def test_the_address_of_a_merged_entry_leads_to_the_one_that_stays(as_ines, cora, workspace):
    kept, double = make.entry("Pôle Métal"), make.entry("Pole metal")
    catalogue.merge(double, into=kept, by=cora, on=workspace.today())
    assert as_ines.get(double.get_absolute_url()).url == kept.get_absolute_url()


def test_what_is_among_ours_says_so(as_ines, workspace, victor):
    entry = make.entry()
    make.network(victor.workspace, entry=entry)
    assert "parmi les nôtres" not in as_ines.get(LIST).content.decode()
    make.network(workspace, entry=entry)
    assert "parmi les nôtres" in as_ines.get(LIST).content.decode()


@pytest.mark.parametrize("rows", [1, 25, 100])
def test_the_list_costs_as_many_statements_whatever_its_length(as_ines, workspace, rows, django_assert_max_num_queries):
    for number in range(rows):
        make.network(workspace, f"Fiche {number}", entry=make.entry(f"Pôle {number}", services=f"service {number}"))
    as_ines.get(LIST)
    with django_assert_max_num_queries(7):
        as_ines.get(LIST)


@pytest.mark.parametrize("rows", [1, 20])
def test_our_suggestions_too(as_ines, workspace, rows, django_assert_max_num_queries):
    for number in range(rows):
        make.suggestion(workspace, entry=make.entry(f"Pôle {number}"), reach="local")
    with django_assert_max_num_queries(4):
        assert as_ines.get(OURS).content.decode().count('<li class="entry"') == rows


def sent(client, workspace, url=NEW, **typed):
    facts = {"name": "Cercle des fondeurs", "type": "identity", "desk": workspace.slug}
    return client.post(url, facts | typed)


def test_a_suggestion_waits_and_shows_the_answer(as_claire, workspace, cora):
    assert sent(as_claire, workspace, services="veille ; achats;;veille", site="fonte.example").url == OURS
    suggestion = Suggestion.objects.get()
    assert suggestion.facts == {
        "name": "Cercle des fondeurs",
        "type": "identity",
        "services": "veille;achats",
        "site": "https://fonte.example",
    }
    assert "En attente" in as_claire.get(OURS).content.decode()
    catalogue.publish(suggestion, by=cora, at=timezone.now(), answer="Merci, vérifié")
    assert "Merci, vérifié" in as_claire.get(OURS).content.decode()
    assert shown(as_claire) == ["Cercle des fondeurs"]


def test_a_correction_sends_what_differs_and_nothing_else(as_claire, workspace):
    entry = make.entry("Pôle Métal", slug="pole", territory="Bretagne", description="Ligne\nautre", ways_in="fee")
    url = reverse("networks:suggestion_correct", args=["pole"])
    page = as_claire.get(url).content.decode()
    assert 'value="Pôle Métal"' in page
    same = {"name": "Pôle Métal", "type": entry.type, "reach": entry.reach, "territory": "Bretagne"}
    same |= {"description": "Ligne\r\nautre", "ways_in": ["fee"]}
    assert sent(as_claire, workspace, url, **same).status_code == 422
    assert sent(as_claire, workspace, url, **same | {"territory": "", "reason": "Leur site"}).status_code == 302
    suggestion = Suggestion.objects.get()
    assert (suggestion.facts, suggestion.entry, suggestion.reason) == ({"territory": ""}, entry, "Leur site")


@pytest.mark.parametrize(
    "typed",
    [{"name": ""}, {"type": "festive"}, {"second_type": "identity"}, {"site": "javascript:x"}, {"name": "x" * 201}],
)
def test_a_wrong_fact_is_told_at_its_field(as_claire, workspace, typed):
    answer = sent(as_claire, workspace, **typed)
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert not Suggestion.objects.exists()


def test_the_twenty_first_of_a_day_is_told_why(as_claire, workspace):
    for number in range(20):
        make.suggestion(workspace, f"Cercle {number}")
    answer = sent(as_claire, workspace)
    assert answer.status_code == 422
    assert "20 suggestions" in answer.content.decode()


def test_nothing_is_suggested_from_another_tab_s_company_nor_by_a_reader(as_claire, as_ines, workspace):
    assert sent(as_claire, workspace, desk="autre").status_code == 409
    assert sent(as_ines, workspace).status_code == 403
    assert not Suggestion.objects.exists()


def test_a_company_sees_its_own_suggestions_alone(as_claire, workspace, victor):
    make.suggestion(victor.workspace, "Cercle d’ailleurs", reason="Secret")
    page = as_claire.get(OURS).content.decode()
    assert "ailleurs" not in page
    assert "Secret" not in page


def test_names_in_all_directions_stay_names(as_claire, workspace):
    make.entry("<script>alert(1)</script>", services="<b>;x", territory='"><img src=x>', slug="wild")
    for url in (LIST, reverse("networks:entry_detail", args=["wild"])):
        page = as_claire.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("name", ["Réseau connu", "réseau connu"])
def test_what_the_catalogue_has_is_corrected_and_not_suggested_again(as_malik, workspace, name):
    make.entry("Réseau connu")
    sent = {"desk": workspace.slug, "name": name, "type": "operational"}
    answer = as_malik.post(reverse("networks:suggestion_create"), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
