"""Whom we know in a network: the filters of the list, the panel of the sheet, adding several, gathering a new one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.affiliating import ReasonMissing, join
from contacts.erasing import erase
from contacts.imports.undoing import undo
from contacts.models import Affiliation, Attendance, Contact, Import
from networks.models import Network
from tests import make
from tests.contacts.importing import bring_in
from tests.contacts.test_views_list import fill, names, walk
from workspaces import keeping
from workspaces.models import LogEntry

LIST = reverse("contacts:contact_list")
GATHER = reverse("contacts:network_gather")


@pytest.fixture
def club(workspace):
    return make.network(workspace, "Club Erdre")


@pytest.fixture
def people(workspace):
    return [make.contact(workspace, name) for name in ("Paul Durand", "Claire Morvan", "Zoé Petit")]


def panel(network):
    return reverse("contacts:network_people", args=[network.pk])


def joining(network):
    return reverse("contacts:network_join", args=[network.pk])


def ticked(*people):
    return {"contact": [one.pk for one in people], "role": "member"}


# The list


def test_the_list_shows_whom_we_know_in_a_network(as_malik, club, people):
    make.affiliation(people[0], club)
    make.affiliation(people[1], club, until=club.workspace.today() - timedelta(days=1))
    page = as_malik.get(LIST, {"network": club.pk})
    assert names(page) == ["Paul Durand"]
    assert 'aria-current="true"><span class="chip__face"><bdi>Club Erdre</bdi>' in page.text
    assert f'<input type="hidden" name="network" value="{club.pk}" form="list-search">' in page.text


def test_another_companys_network_is_no_filter(as_malik, people, victor):
    foreign = make.network(victor.workspace, "Secret")
    assert [as_malik.get(LIST, {"network": pk}).status_code for pk in (foreign.pk, 10**12, "x")] == [404] * 3
    assert "Secret" not in as_malik.get(LIST).text


def test_bridges_are_in_two_networks_or_more(as_malik, club, people):
    pole = make.network(club.workspace, "Pôle Métal")
    for network in (club, pole):
        make.affiliation(people[0], network)
    make.affiliation(people[1], club)
    assert names(as_malik.get(LIST, {"bridges": 1})) == ["Paul Durand"]
    assert names(as_malik.get(LIST, {"bridges": 1, "network": pole.pk})) == ["Paul Durand"]


@pytest.mark.parametrize("sort", ["-last", "name"])
def test_a_filtered_list_meets_everyone_once(as_claire, claire, club, sort):
    fill(club.workspace, 60)
    some = list(Contact.objects.all()[:40])
    join(club, some, by=claire, on=club.workspace.today())
    seen = walk(as_claire, f"{LIST}?network={club.pk}&sort={sort}")
    assert sorted(seen) == sorted(map(str, some))


def test_without_networks_the_list_offers_no_such_filter(as_malik, people):
    assert "Passerelles" not in as_malik.get(LIST).text


# The sheet


def test_the_sheet_says_who_is_there_their_firm_and_where_else(as_malik, club):
    paul = make.contact(club.workspace, "Paul Durand", firm="Durand SARL")
    make.affiliation(paul, club, role="leader")
    make.affiliation(paul, make.network(club.workspace, "Pôle Métal"))
    make.interaction(paul)
    page = as_malik.get(club.get_absolute_url()).text
    for words in ("Paul Durand", "Durand SARL", "Responsable", "aujourd’hui", "aussi dans <bdi>Pôle Métal</bdi>"):
        assert words in page
    assert f"{LIST}?network={club.pk}" in page
    assert joining(club) in page


def test_whoever_left_or_is_in_the_bin_is_not_told(as_malik, claire, club, people):
    for person in people:
        make.affiliation(person, club)
    Affiliation.objects.filter(contact=people[0]).update(until=club.workspace.today() - timedelta(days=1))
    people[1].bin(by=claire)
    assert [str(row.contact) for row, _others in as_malik.get(panel(club)).context["people"]] == ["Zoé Petit"]
    people[1].restore(by=claire)
    assert len(as_malik.get(panel(club)).context["people"]) == 2


@pytest.mark.parametrize("count", [1, 25, 100])
def test_the_panel_costs_the_same_whoever_is_there(as_claire, claire, club, django_assert_max_num_queries, count):
    fill(club.workspace, count)
    for network in (club, make.network(club.workspace, "Pôle Métal")):
        join(network, Contact.objects.all(), by=claire, on=club.workspace.today())
    with django_assert_max_num_queries(6):
        page = as_claire.get(panel(club))
    assert page.context["total"] == count


# Several at once


def test_several_join_at_once_and_those_who_were_there_are_told(as_malik, club, people):
    make.affiliation(people[0], club, role="host")
    answer = as_malik.post(joining(club), ticked(*people) | {"role": "sponsor"}, follow=True)
    assert answer.redirect_chain[-1][0] == club.get_absolute_url()
    assert "2 personnes en font maintenant partie. 1 en faisait déjà partie." in answer.text
    assert dict(Affiliation.objects.values_list("contact__given_name", "role")) == {
        "Paul": "host",
        "Claire": "sponsor",
        "Zoé": "sponsor",
    }
    assert LogEntry.objects.get(act="contacts.affiliation.joined").subject == "Club Erdre"


def test_whoever_had_left_is_back(as_malik, club, people):
    make.affiliation(people[0], club, since="2015-01-01", until="2020-01-01")
    assert "Paul Durand" in as_malik.get(joining(club)).text
    as_malik.post(joining(club), ticked(people[0]))
    row = Affiliation.objects.get()
    assert (row.until, row.since.year) == (None, 2015)


def test_ticks_outlive_a_search(as_malik, club, people):
    page = as_malik.get(joining(club), {"q": "zoé", "contact": [people[0].pk]}).text
    assert f'value="{people[0].pk}" checked' in page
    assert f'value="{people[2].pk}">' in page
    assert "Claire" not in page.partition("<fieldset")[2].partition("</fieldset>")[0]


@pytest.mark.parametrize("sent", [[], ["x"], ["999999999999999999999"], ["foreign"], ["binned"]])
def test_nobody_unknown_joins(as_malik, claire, club, victor, people, sent):
    people[0].bin(by=claire)
    others = {"foreign": make.contact(victor.workspace, "Secrète").pk, "binned": people[0].pk}
    page = as_malik.post(joining(club), {"contact": [others.get(pk, pk) for pk in sent], "role": "member"})
    assert page.status_code == 422
    assert "contact" in page.context["form"].errors
    assert "Secrète" not in page.text
    assert not Affiliation.objects.exists()


@pytest.mark.parametrize("facts", [{"sensitive": "culte"}, {"type": "ideological"}])
def test_a_reason_is_asked_for_all_of_them(as_malik, claire, workspace, people, facts):
    league = make.network(workspace, "Ligue", **facts)
    page = as_malik.post(joining(league), ticked(people[0]))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reason"])
    with pytest.raises(ReasonMissing):
        join(league, people, by=claire, on=workspace.today())
    assert not Affiliation.objects.exists()
    as_malik.post(joining(league), ticked(people[0]) | {"reason": "Il me l’a dit"})
    assert Affiliation.objects.get().reason == "Il me l’a dit"


def test_as_many_questions_add_one_as_thirty(as_claire, club):
    fill(club.workspace, 31)
    counts = []
    for some in (Contact.objects.all()[:1], Contact.objects.all()[1:]):
        with CaptureQueriesContext(connection) as asked:
            as_claire.post(joining(club), ticked(*some))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert Affiliation.objects.count() == 31


# An informal network


def test_a_selection_becomes_an_informal_network(as_malik, workspace, people):
    form = as_malik.get(GATHER, {"contact": [people[0].pk, people[2].pk]})
    assert form.text.count("checked") == 2
    assert 'placeholder="Le dîner du jeudi"' in form.text
    answer = as_malik.post(GATHER, {"name": "Les voisins", "contact": [people[0].pk, people[2].pk]})
    made = Network.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.name, made.type, made.cadence_days, made.workspace) == ("Les voisins", "informal", 30, workspace)
    assert set(made.affiliations.values_list("contact", flat=True)) == {people[0].pk, people[2].pk}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "club erdre"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"contact": []}, "contact"),
    ],
)
def test_nothing_is_half_made(as_malik, club, people, sent, field):
    page = as_malik.post(GATHER, {"name": "Les voisins", "contact": [people[0].pk]} | sent)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert (Network.objects.count(), Affiliation.objects.count()) == (1, 0)


def test_of_two_who_name_it_at_the_same_moment_the_second_is_told(as_malik, club, people, monkeypatch):
    monkeypatch.setattr("contacts.forms.affiliation.GatherForm.clean_name", lambda form: form.cleaned_data["name"])
    page = as_malik.post(GATHER, {"name": "Club Erdre", "contact": [people[0].pk]})
    assert page.status_code == 422
    assert not Affiliation.objects.exists()


def test_another_companys_contact_is_not_gathered(as_malik, people, victor):
    foreign = make.contact(victor.workspace, "Secrète")
    assert "Secrète" not in as_malik.get(GATHER, {"contact": foreign.pk}).text
    assert as_malik.post(GATHER, {"name": "Les voisins", "contact": [foreign.pk]}).status_code == 422
    assert not Network.objects.exists()


def test_boxes_appear_once_selecting_was_chosen(as_malik, as_ines, people):
    plain = as_malik.get(LIST).text
    assert 'type="checkbox"' not in plain
    assert 'href="?select=1"' in plain
    page = as_malik.get(LIST, {"select": 1, "sort": "name"}).text
    assert page.count('type="checkbox" name="contact"') == 3
    assert 'name="select" value="1" form="list-search"' in page
    assert 'href="?select=1"' not in as_ines.get(LIST).text
    assert 'type="checkbox"' not in as_ines.get(LIST, {"select": 1}).text


@pytest.mark.parametrize("url", [GATHER, "join"])
def test_a_reader_changes_nothing(as_ines, club, people, url):
    assert as_ines.post(joining(club) if url == "join" else url, ticked(*people)).status_code == 403


def test_hostile_names_are_words(as_malik, workspace, club):
    make.affiliation(make.contact(workspace, "<script>alert(1)</script> \u202eמועדון"), club)
    for url in (club.get_absolute_url(), LIST + "?select=1", GATHER + f"?contact={Contact.objects.get().pk}"):
        page = as_malik.get(url).text
        assert "<script>alert" not in page
        assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt; \u202eמועדון</bdi>" in page


# The bin, imports, what is erased


def test_erased_for_good_nothing_of_it_is_left(claire, club, people):
    row = make.affiliation(people[0], club, reason="Quirinzébulon")
    make.attendance(make.meeting(club), people[0])
    row_log = LogEntry.objects.filter(subject_kind="contacts.affiliation", subject_pk=row.pk)
    gone = make.affiliation(people[0], make.network(club.workspace, "Pôle Métal"))
    keeping.remove(gone, by=claire)
    people[0].bin(by=claire)
    assert erase(people[0].pk, among=Contact.objects.binned(), by=claire)
    assert (Affiliation.objects.count(), Attendance.objects.count()) == (0, 0)
    assert set(row_log.values_list("subject", flat=True)) == {f"#{row.pk}"}
    assert not LogEntry.objects.filter(subject__contains="Durand").exists()


def test_an_undone_import_leaves_who_was_put_in_a_network(workspace, claire, club):
    bring_in(workspace, "Paul;Durand;paul@exemple.fr;;\nZoé;Petit;zoe@exemple.fr;;\n")
    make.affiliation(Contact.objects.get(given_name="Paul"), club)
    assert undo(Import.objects.get(), by=claire) == (1, 1)
    assert Affiliation.objects.get().contact == Contact.objects.get()


def test_a_file_that_completes_a_contact_leaves_their_networks(workspace, club):
    paul = make.contact(workspace, "Paul Durand", emails=["paul@exemple.fr"])
    make.affiliation(paul, club)
    bring_in(workspace, "Paul;Durand;paul@exemple.fr;06 01 02 03 04;\n")
    assert list(paul.affiliations.values_list("network", flat=True)) == [club.pk]


def test_a_deleted_network_leaves_its_people_and_how_they_were_met(as_malik, club, people):
    make.affiliation(people[0], club)
    Contact.objects.filter(pk=people[0].pk).update(met_through=club)
    as_malik.post(reverse("networks:network_delete", args=[club.pk]))
    paul = Contact.objects.get(pk=people[0].pk)
    assert (paul.met_through, Affiliation.objects.count()) == (None, 0)
    assert as_malik.get(paul.get_absolute_url()).status_code == 200
