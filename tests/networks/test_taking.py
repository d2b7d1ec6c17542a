"""A sheet from the catalogue: taken once, and followed fact by fact when the catalogue changes."""

import pytest
from django.urls import reverse

from networks import catalogue
from networks.models import Network
from networks.taking import differences, digest
from tests import make


@pytest.fixture
def entry(db):
    return make.entry("Pôle Métal", slug="pole-metal", territory="Bretagne", services="veille;formation;Veille")


def taken(client, workspace, entry, **typed):
    return client.post(
        reverse("networks:entry_take", args=[entry.slug]), {"desk": workspace.slug, "name": entry.name} | typed
    )


@pytest.fixture
def sheet(as_claire, workspace, entry) -> Network:
    taken(as_claire, workspace, entry)
    return Network.objects.get()


def address(sheet) -> str:
    return reverse("networks:network_difference", args=[sheet.pk])


def answered(client, sheet, *chosen: str):
    sheet = Network.objects.get(pk=sheet.pk)
    data = {"take": chosen, "seen": digest(sheet.entry), "version": sheet.version}
    return client.post(address(sheet), data)


def test_its_facts_and_services_become_ours(sheet, entry, workspace):
    assert (sheet.workspace, sheet.name, sheet.territory, sheet.entry) == (
        workspace,
        "Pôle Métal",
        "Bretagne",
        entry,
    )
    assert sheet.taken == entry.facts()
    assert list(sheet.offers.order_by("pk").values_list("title", flat=True)) == ["veille", "formation"]


def test_a_second_click_opens_the_sheet_that_is_there(as_claire, workspace, entry, sheet):
    answer = taken(as_claire, workspace, entry)
    assert (answer.status_code, answer.url) == (302, sheet.get_absolute_url())
    assert Network.objects.count() == 1


def test_another_company_takes_it_for_itself(as_victor, victor, entry, sheet):
    taken(as_victor, victor.workspace, entry)
    assert Network.objects.for_workspace(victor.workspace).get().entry == entry


def test_a_family_asks_for_the_name_of_the_local_one(as_claire, workspace):
    family = make.entry("Clubs de dirigeants", slug="clubs", nature="family")
    assert taken(as_claire, workspace, family, name="").status_code == 422
    for name in ("Club de Nantes", "Club de Rennes"):
        assert taken(as_claire, workspace, family, name=name).status_code == 302
    assert taken(as_claire, workspace, family, name="club de nantes").status_code == 422
    assert set(Network.objects.values_list("name", "entry")) == {
        ("Club de Nantes", family.pk),
        ("Club de Rennes", family.pk),
    }


def test_a_namesake_is_told_and_another_name_is_asked(as_claire, workspace, entry):
    make.network(workspace, "pôle métal")
    answer = taken(as_claire, workspace, entry)
    assert answer.status_code == 422
    assert 'name="name"' in answer.content.decode()
    assert taken(as_claire, workspace, entry, name="Pôle Métal (catalogue)").status_code == 302


def test_what_left_the_catalogue_is_not_taken(as_claire, workspace, entry, cora):
    catalogue.retire(entry, by=cora, on=workspace.today())
    assert taken(as_claire, workspace, entry).url == entry.get_absolute_url()
    assert not Network.objects.exists()


def test_nothing_is_taken_into_the_company_of_another_tab(as_claire, workspace, entry):
    assert taken(as_claire, workspace, entry, desk="autre").status_code == 409
    assert not Network.objects.exists()


def test_a_reader_takes_nothing(as_ines, workspace, entry):
    assert taken(as_ines, workspace, entry).status_code == 403


def test_the_sheet_says_when_the_catalogue_changed(as_claire, sheet, entry, cora):
    assert address(sheet) not in as_claire.get(sheet.get_absolute_url()).content.decode()
    catalogue.edit(entry, {"territory": "Normandie"}, by=cora)
    assert address(sheet) in as_claire.get(sheet.get_absolute_url()).content.decode()
    page = as_claire.get(address(sheet)).content.decode()
    assert "Bretagne" in page
    assert "Normandie" in page


def test_mine_was_and_now_stand_side_by_side(sheet, entry, cora):
    catalogue.edit(entry, {"territory": "Normandie", "reach": "national"}, by=cora)
    Network.objects.update(territory="Loire-Atlantique", reach="national")
    told = differences(Network.objects.get())
    assert [(one.name, one.mine, one.was, one.now) for one in told] == [
        ("territory", "Loire-Atlantique", "Bretagne", "Normandie")
    ]


def test_what_is_chosen_comes_over_and_the_strip_goes(as_claire, sheet, entry, cora):
    catalogue.edit(entry, {"territory": "Normandie", "description": "Neuf", "services": "veille;export"}, by=cora)
    assert answered(as_claire, sheet, "territory", "services").status_code == 302
    sheet.refresh_from_db()
    assert (sheet.territory, sheet.description) == ("Normandie", "")
    assert set(sheet.offers.values_list("title", flat=True)) == {"veille", "formation", "export"}
    assert differences(sheet) == []


def test_leaving_it_all_is_an_answer_too_until_the_next_change(as_claire, sheet, entry, cora):
    catalogue.edit(entry, {"territory": "Normandie"}, by=cora)
    answered(as_claire, sheet)
    sheet = Network.objects.get()
    assert (sheet.territory, differences(sheet)) == ("Bretagne", [])
    catalogue.edit(entry, {"territory": "Corse"}, by=cora)
    assert differences(Network.objects.get())


def test_a_name_that_another_sheet_has_is_told_and_nothing_is_lost(as_claire, workspace, sheet, entry, cora):
    make.network(workspace, "PôLE ACIER")
    catalogue.edit(entry, {"name": "Pôle Acier", "territory": "Normandie"}, by=cora)
    assert answered(as_claire, sheet, "name", "territory").status_code == 422
    kept = Network.objects.get(pk=sheet.pk)
    assert (kept.name, kept.territory, kept.version) == ("Pôle Métal", "Bretagne", sheet.version)
    assert answered(as_claire, sheet, "territory").status_code == 302


@pytest.mark.parametrize("moved", ["catalogue", "sheet"])
def test_what_changed_while_one_read_is_shown_again(as_claire, sheet, entry, cora, moved):
    catalogue.edit(entry, {"territory": "Normandie"}, by=cora)
    seen, version = digest(Network.objects.get().entry), sheet.version
    if moved == "catalogue":
        catalogue.edit(entry, {"territory": "Corse"}, by=cora)
    else:
        Network.objects.update(version=version + 1)
    answer = as_claire.post(address(sheet), {"take": "territory", "seen": seen, "version": version})
    assert answer.status_code == 409
    assert Network.objects.get().territory == "Bretagne"


def test_only_facts_that_changed_can_be_taken(as_claire, sheet, entry, cora):
    Network.objects.update(description="À nous")
    catalogue.edit(entry, {"territory": "Normandie"}, by=cora)
    answered(as_claire, sheet, "description", "workspace", "territory")
    assert Network.objects.get().description == "À nous"


def test_a_merger_shows_on_the_sheet_as_a_change(sheet, entry, cora, workspace):
    kept = make.entry("Pôle Métal Atlantique", territory="Bretagne", services=entry.services)
    catalogue.merge(entry, into=kept, by=cora, on=workspace.today())
    assert [one.now for one in differences(Network.objects.get())] == ["Pôle Métal Atlantique"]
