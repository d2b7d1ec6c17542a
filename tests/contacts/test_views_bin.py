"""The bin, and what the comboboxes propose."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Contact
from tests import make


def act(name, contact):
    return reverse(f"contacts:contact_{name}", args=[contact.pk])


def test_a_binned_contact_waits_in_the_bin_and_comes_back(as_malik, workspace):
    contact = make.contact(workspace, "Paul Durand")
    assert as_malik.post(act("bin", contact)).url == reverse("contacts:contact_list")
    assert "Paul Durand" in as_malik.get(reverse("contacts:bin")).content.decode()
    assert as_malik.post(act("restore", contact)).url == contact.get_absolute_url()
    assert Contact.objects.get().deleted_at is None


def test_after_binning_one_press_undoes_it(as_malik, workspace):
    contact = make.contact(workspace, "Paul <i>Durand")
    page = as_malik.post(act("bin", contact), follow=True).content.decode()
    assert f'hx-post="{act("restore", contact)}"' in page
    assert "<i>Durand" not in page


def test_the_page_of_a_binned_contact_says_so(as_malik, workspace, claire):
    contact = make.contact(workspace, "Paul Durand")
    contact.bin(by=claire)
    page = as_malik.get(contact.get_absolute_url()).content.decode()
    assert act("restore", contact) in page
    assert act("edit", contact) not in page


def test_erasing_asks_first_then_is_for_good(as_malik, workspace, claire):
    contact = make.contact(workspace, "Paul Durand")
    contact.bin(by=claire)
    assert as_malik.get(act("erase", contact)).status_code == 200
    assert Contact.objects.exists()
    assert as_malik.post(act("erase", contact)).url == reverse("contacts:bin")
    assert not Contact.objects.exists()


def test_what_is_not_in_the_bin_cannot_be_erased(as_malik, workspace):
    contact = make.contact(workspace, "Paul Durand")
    assert as_malik.post(act("erase", contact)).status_code == 404
    assert as_malik.post(act("restore", contact)).status_code == 404


@pytest.mark.parametrize("name", ["bin", "restore", "erase"])
def test_a_reader_and_a_stranger_move_nothing(as_ines, as_victor, workspace, claire, name):
    contact = make.contact(workspace, "Paul Durand")
    if name != "bin":
        contact.bin(by=claire)
    before = Contact.objects.values().get()
    assert as_ines.post(act(name, contact)).status_code == 403
    assert as_victor.post(act(name, contact)).status_code == 404
    assert Contact.objects.values().get() == before


def test_the_bin_asks_as_few_questions_for_many_as_for_one(as_claire, workspace, claire):
    counts = []
    for more in (1, 24):
        for _ in range(more):
            make.contact(workspace).bin(by=claire)
        with CaptureQueriesContext(connection) as queries:
            as_claire.get(reverse("contacts:bin"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4


def propose(client, text):
    return client.get(reverse("contacts:contact_options"), {"q": text})


def test_the_combobox_proposes_eight_people_in_three_questions(as_malik, workspace):
    for place in range(12):
        make.contact(workspace, f"Paul Numéro{place}")
    with CaptureQueriesContext(connection) as queries:
        page = propose(as_malik, "paul num").content.decode()
    assert len(queries) <= 3
    assert page.count("data-value") == 9


def test_the_last_met_are_proposed_first(as_malik, workspace):
    make.contact(workspace, "Paul Ancien")
    met = make.contact(workspace, "Paul Récent")
    make.interaction(met)
    page = propose(as_malik, "paul").content.decode()
    assert page.index("Récent") < page.index("Ancien")


@pytest.mark.parametrize(
    ("text", "creates"), [("Paul Durand", False), ("durand paul", False), ("Paul D", True), ("", False)]
)
def test_a_new_name_can_be_created_on_the_spot(as_malik, workspace, text, creates):
    make.contact(workspace, "Paul Durand")
    assert ('data-value=""' in propose(as_malik, text).content.decode()) == creates


def test_a_reader_is_not_offered_to_create(as_ines, workspace):
    assert "data-value" not in propose(as_ines, "Paul").content.decode()


def test_no_one_else_s_contact_nor_a_binned_one_is_proposed(as_malik, workspace, claire, victor):
    make.contact(victor.workspace, "Paul Ailleurs")
    make.contact(workspace, "Paul Corbeille").bin(by=claire)
    page = propose(as_malik, "paul").content.decode()
    assert "Ailleurs" not in page
    assert "Corbeille" not in page


def test_firms_are_proposed_by_any_part_of_their_name(as_malik, workspace, victor):
    make.organisation(workspace, "Métal Océan")
    make.organisation(victor.workspace, "Océan Voisin")
    page = as_malik.get(reverse("contacts:firm_options"), {"q": "OCEAN"}).content.decode()
    assert 'data-text="Métal Océan"' in page
    assert "Voisin" not in page
