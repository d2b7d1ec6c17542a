"""What a type sets: each has its profile, and a new sheet starts with what its type usually has."""

import pytest
from django.urls import reverse

from exchanges.judging.facts import Indicator
from networks.models import Membership, Network, NetworkType
from networks.types import PROFILES, settle
from tests import make


@pytest.mark.parametrize("kind", NetworkType)
def test_each_type_says_what_it_is_judged_on_and_what_it_hides(kind):
    profile = PROFILES[kind]
    fields = {field.name for model in (Network, Membership) for field in model._meta.get_fields()}
    assert set(profile.judged) <= set(Indicator)
    assert len(profile.judged) == 3
    assert profile.hidden <= fields


def test_a_new_sheet_starts_with_what_its_type_usually_has(as_malik, workspace):
    sent = {"desk": workspace.slug, "name": "Club Erdre & Loire", "type": "operational"}
    as_malik.post(reverse("networks:network_create"), sent)
    network, profile = Network.objects.get(), PROFILES["operational"]
    assert (network.kinds, network.cadence_days) == (list(profile.kinds), profile.cadence_days)


def test_what_was_said_is_left_as_it_is():
    network = Network(type="operational", kinds=["help"], cadence_days=3)
    settle(network)
    assert (network.kinds, network.cadence_days) == (["help"], 3)


def test_a_sheet_says_what_its_type_is_judged_on(as_malik, workspace):
    page = as_malik.get(make.network(workspace).get_absolute_url()).content.decode()
    assert "Résolveur de problèmes, Accélérateur, Fluidité" in page


def test_facts_are_tidied_as_the_catalogue_s_are(as_malik, workspace):
    sent = {"desk": workspace.slug, "name": "Club Erdre & Loire", "type": "operational", "site": "club.example"}
    sent |= {"services": " veille ; achats;veille", "territory": "Nantes;", "description": "Un\r\nDeux"}
    assert as_malik.post(reverse("networks:network_create"), sent).status_code == 302
    network = Network.objects.get()
    assert (network.site, network.services) == ("https://club.example", "veille;achats")
    assert (network.territory, network.description) == ("Nantes", "Un\nDeux")


def test_an_empty_choice_has_words_and_monday_keeps_its_name(as_malik, workspace):
    page = as_malik.get(reverse("networks:network_essence", args=[make.network(workspace).pk])).content.decode()
    assert "---" not in page
    assert ">lundi</option>" in page.lower()


@pytest.mark.parametrize(("name", "free"), [("école du bois", False), ("ECOLE DU BOIS", False), ("École du fer", True)])
def test_two_sheets_do_not_differ_by_accents_and_case_alone(as_malik, workspace, name, free):
    make.network(workspace, "École du bois")
    sent = {"desk": workspace.slug, "name": name, "type": "operational"}
    assert (as_malik.post(reverse("networks:network_create"), sent).status_code == 302) is free
