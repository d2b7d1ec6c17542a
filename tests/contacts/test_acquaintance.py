"""Two contacts who know each other: one row, read from both pages; a bad tie is refused in words."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from contacts.erasing import erase
from contacts.forms.acquaintance import AcquaintanceForm
from contacts.models import Acquaintance, Contact
from tests import make
from workspaces.models import LogEntry


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


@pytest.fixture
def lucie(workspace, paul):
    return make.contact(workspace, "Lucie Martin")


def new(contact):
    return reverse("contacts:acquaintance_create", args=[contact.pk])


def edit(row, of):
    return reverse("contacts:acquaintance_edit", args=[row.pk]) + f"?of={of.pk}"


def typed(name, /, **more):
    return {"contact_name": str(name), "kind": "knows"} | more


def add(client, side, name, **more):
    return client.post(new(side), typed(name, desk=side.workspace.slug, **more))


def page_of(client, contact):
    """The part of it that comes second."""
    address = reverse("resources:contact_acquaintances", args=[contact.pk])
    assert f'hx-get="{address}"' in client.get(contact.get_absolute_url()).text
    return client.get(address).text


def test_a_tie_reads_from_each_side(as_malik, malik, paul, lucie):
    answer = add(as_malik, lucie, paul, kind="supplier", contact=paul.pk, note="depuis 2019")
    assert answer.url == lucie.get_absolute_url()
    row = Acquaintance.objects.get()
    assert (row.one, row.other, row.kind, row.note) == (paul, lucie, "client", "depuis 2019")
    assert "Fournisseur de</span> <a" in page_of(as_malik, lucie)
    assert "Client ou cliente de</span> <a" in page_of(as_malik, paul)
    assert LogEntry.objects.get(act="contacts.acquaintance.added").member == malik


@pytest.mark.parametrize("kind", Acquaintance.Kind.values)
def test_a_kind_turned_twice_is_itself(kind, paul, lucie):
    row = make.acquaintance(lucie, paul, kind)
    assert (row.seen_from(lucie).one, row.kind) == (lucie, kind)
    stored = Acquaintance.objects.get()
    assert (stored.one, stored.seen_from(lucie).kind) == (paul, kind)


def test_it_is_corrected_from_either_page(as_malik, paul, lucie):
    row = make.acquaintance(paul, lucie)
    assert "Lucie Martin…" in as_malik.get(edit(row, lucie)).text
    assert as_malik.post(edit(row, lucie), {"kind": "manager", "version": 1}).url == lucie.get_absolute_url()
    assert Acquaintance.objects.get().kind == "report"
    as_malik.post(edit(row, paul), {"kind": "manager", "version": 2})
    assert Acquaintance.objects.get().kind == "manager"


def test_of_two_who_correct_the_second_is_told_from_their_side(as_malik, paul, lucie):
    row = make.acquaintance(paul, lucie)
    as_malik.post(edit(row, paul), {"kind": "client", "version": 1})
    page = as_malik.post(edit(row, lucie), {"kind": "friend", "version": 1})
    assert page.status_code == 409
    assert "Fournisseur de" in page.context["differences"][0].theirs
    assert Acquaintance.objects.get().kind == "client"


def test_it_is_taken_away_and_both_stay(as_malik, paul, lucie):
    row = make.acquaintance(paul, lucie)
    gone = reverse("contacts:acquaintance_delete", args=[row.pk]) + f"?of={lucie.pk}"
    assert as_malik.post(gone).url == lucie.get_absolute_url()
    assert (Acquaintance.objects.count(), Contact.objects.count()) == (0, 2)


def refused(client, side, name, **more):
    """The words at the field; what was typed is still there, and nothing is written."""
    before = Acquaintance.objects.count()
    page = add(client, side, name, note="à la Fédération", **more)
    assert (page.status_code, Acquaintance.objects.count()) == (422, before)
    assert "à la Fédération" in page.text
    (words,) = page.context["form"].errors["contact_name"]
    return words


def test_a_new_name_oneself_and_a_second_time_are_refused_in_words(as_malik, paul, lucie):
    make.acquaintance(paul, lucie)
    assert refused(as_malik, paul, "Nadia Inconnue") == "Personne de ce nom parmi vos contacts."
    assert "nommez quelqu’un d’autre" in refused(as_malik, paul, paul, contact=paul.pk)
    assert "se connaissent" in refused(as_malik, lucie, paul)
    assert "se connaissent" in refused(as_malik, paul, lucie)
    make.contact(paul.workspace, "Lucie Martin")
    assert "choisissez dans la liste" in refused(as_malik, paul, "Lucie Martin")
    assert refused(as_malik, paul, "")


def test_whoever_is_in_the_bin_or_elsewhere_is_not_named(as_malik, claire, victor, paul, lucie):
    lucie.bin(by=claire)
    assert "corbeille" in refused(as_malik, paul, lucie, contact=lucie.pk)
    theirs = make.contact(victor.workspace, "Secret Ailleurs")
    assert refused(as_malik, paul, theirs, contact=theirs.pk) == "Personne de ce nom parmi vos contacts."


def test_ties_hide_with_who_is_in_the_bin_and_come_back(as_malik, claire, paul, lucie):
    row = make.acquaintance(paul, lucie)
    lucie.bin(by=claire)
    assert "Lucie Martin" not in page_of(as_malik, paul)
    assert as_malik.get(edit(row, paul)).status_code == 404
    lucie.restore(by=claire)
    assert "Lucie Martin" in page_of(as_malik, paul)


def test_erasing_takes_the_ties_and_the_name_in_the_logbook(claire, paul, lucie):
    make.acquaintance(paul, lucie)
    paul.bin(by=claire)
    assert erase(paul.pk, among=Contact.objects.binned(), by=claire)
    assert not Acquaintance.objects.exists()
    assert not LogEntry.objects.filter(subject__contains="Durand").exists()


def test_a_name_is_erased_after_its_tie_was_deleted(as_malik, claire, paul, lucie):
    as_malik.post(reverse("contacts:acquaintance_delete", args=[make.acquaintance(lucie, paul).pk]))
    for one in (paul, lucie):
        one.bin(by=claire)
        assert erase(one.pk, among=Contact.objects.binned(), by=claire)
    assert not LogEntry.objects.filter(subject__contains="Durand").exists()
    assert not LogEntry.objects.filter(subject__contains="Martin").exists()


def test_the_database_holds_one_row_for_two_people(workspace, paul, lucie):
    make.acquaintance(paul, lucie)
    for one, other in ((paul, lucie), (lucie, paul), (paul, paul)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Acquaintance.objects.bulk_create([Acquaintance(workspace=workspace, one=one, other=other)])


def test_of_two_who_write_it_at_once_the_second_is_told(monkeypatch, as_malik, paul, lucie):
    make.acquaintance(paul, lucie)
    monkeypatch.setattr(AcquaintanceForm, "_check", lambda form, person: None)
    page = add(as_malik, lucie, paul)
    assert page.status_code == 422
    assert "déjà écrit" in page.text


def test_a_reader_reads(as_ines, paul, lucie):
    row = make.acquaintance(paul, lucie)
    page = page_of(as_ines, paul)
    assert "Lucie Martin" in page
    assert new(paul) not in page
    assert edit(row, paul) not in page
