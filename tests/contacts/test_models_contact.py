"""What a contact is found by, how it leaves and how it comes back."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from contacts.emptying import empty_bin
from contacts.models import Contact
from tests import make


def found(workspace, text):
    return [str(one) for one in Contact.objects.for_workspace(workspace).matching(text).order_by("pk")]


@pytest.mark.parametrize(
    "text",
    [
        "helene",
        "HÉLÈNE",
        "lefèvre hel",
        "metal ocean",
        "gérante",
        "helene.l@ocean.example",
        "0240123456",
        "02 40 12",
        "ban",
    ],
)
def test_every_word_is_found_in_any_case_and_without_accents(workspace, text):
    make.contact(
        workspace,
        "Hélène Lefèvre",
        emails=["helene.l@ocean.example"],
        phones=["02 40 12 34 56"],
        firm="Métal Océan",
        title="Gérante",
        tags=["Banque"],
    )
    make.contact(workspace, "Paul Durand")
    assert found(workspace, text) == ["Hélène Lefèvre"]


@pytest.mark.parametrize(("name", "text"), [("محمد علي", "محمد"), ("王 小明", "小明"), ("Дмитрий Ко", "дмитр")])
def test_names_in_any_script_are_found(workspace, name, text):
    make.contact(workspace, name)
    assert found(workspace, text) == [name]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", "…"])
def test_signs_are_not_wildcards(workspace, text):
    make.contact(workspace, "Paul Durand")
    assert found(workspace, text) == []


def test_an_underscore_of_an_address_separates_words(workspace):
    make.contact(workspace, "Paul Durand", emails=["paul_durand@x.example"])
    assert found(workspace, "paul_durand@x.example") == ["Paul Durand"]


def test_no_text_finds_everyone(workspace):
    make.contact(workspace, "Paul Durand")
    assert found(workspace, "  ") == ["Paul Durand"]


def test_the_bin_keeps_who_and_when(workspace, claire):
    contact = make.contact(workspace, "Paul Durand")
    contact.bin(by=claire)
    assert not Contact.objects.for_workspace(workspace).present().exists()
    assert Contact.objects.binned().get().deleted_by == claire
    contact.restore(by=claire)
    assert Contact.objects.present().get().deleted_at is None


def test_the_night_erases_what_is_thirty_days_old(workspace, claire):
    old, recent = make.contact(workspace, "Vieux Papier"), make.contact(workspace, "Papier Neuf")
    for contact, days in ((old, 31), (recent, 29)):
        contact.bin(by=claire)
        Contact.objects.filter(pk=contact.pk).update(deleted_at=timezone.now() - timedelta(days=days))
    assert empty_bin() == 1
    assert [str(one) for one in Contact.objects.all()] == ["Papier Neuf"]


def test_the_command_empties_the_bin(workspace, claire, capsys):
    contact = make.contact(workspace, "Vieux Papier")
    contact.bin(by=claire)
    Contact.objects.update(deleted_at=timezone.now() - timedelta(days=40))
    call_command("empty_bin")
    assert capsys.readouterr().out == "1 erased\n"
