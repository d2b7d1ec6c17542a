"""Erased for good is erased everywhere, unless somebody restored the person first."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.utils import timezone

from contacts import emptying
from contacts.editing import Card, card_of, edit
from contacts.erasing import erase
from contacts.models import Contact, Import, ImportFile, Tag
from tests import make
from tests.contacts.importing import bring_in, previewed
from workspaces.models import LogEntry

CANARY = "Quirinzébulon"
LINE = f"Paul;{CANARY};paul@exemple.fr;;\n"


def dump():
    rows = (row for model in apps.get_models() for row in model._default_manager.all())
    return serializers.serialize("jsonl", rows, ensure_ascii=False)


@pytest.fixture
def canary(workspace, claire):
    """Somebody who was imported, completed, noted about in every way, renamed, corrected away, and put in the bin."""
    bring_in(workspace, LINE)
    bring_in(workspace, f"Paul;{CANARY};paul@exemple.fr;06 01 02 03 04;\n", f"Paula;{CANARY};paul@exemple.fr;;\n")
    contact, today = Contact.objects.get(), workspace.today()
    for kind in (make.exchange, make.interaction, make.commitment, make.request):
        kind(contact)
    make.reply(make.request(contact))
    make.commitment(contact, summary="effacée").remove(by=claire, today=today)
    moved = make.commitment(contact, summary="corrigée")
    moved.correct(by=claire, today=today, version=1, contact=make.contact(workspace, "Zoé Petit"))
    renamed = Card(details={"family_name": f"{CANARY}ski"}, reaches=card_of(contact).reaches, tags=("Seul",))
    edit(contact, renamed, version=contact.version, by=claire)
    contact.bin(by=claire)
    bring_in(workspace, f"Paul;{CANARY}ski;paul@exemple.fr;;\n")
    return contact


def test_the_name_is_nowhere_any_more(canary, claire):
    assert dump().count(CANARY) > 10
    assert erase(canary.pk, among=Contact.objects.binned(), by=claire)
    assert [row for row in dump().splitlines() if CANARY in row] == []
    assert LogEntry.objects.filter(act="contacts.contact.erased", subject=f"#{canary.pk}").exists()
    assert LogEntry.objects.filter(subject="Zoé Petit").exists()
    assert not Tag.objects.exists()


def test_a_namesake_keeps_their_history(workspace, claire):
    gone, stays = make.contact(workspace, "Paul Durand"), make.contact(workspace, "Paul Durand")
    make.commitment(gone)
    make.commitment(stays)
    gone.bin(by=claire)
    erase(gone.pk, among=Contact.objects.binned(), by=claire)
    assert LogEntry.objects.get(subject="Paul Durand").subject_pk == stays.commitments.get().pk


def test_who_was_restored_meanwhile_is_not_erased(workspace, claire):
    contact = make.contact(workspace, "Paul Durand")
    assert not erase(contact.pk, among=Contact.objects.binned(), by=claire)
    assert Contact.objects.get() == contact


def test_the_night_leaves_who_is_restored_while_it_works(workspace, claire, monkeypatch):
    contacts = [make.contact(workspace, "Paul Durand"), make.contact(workspace, "Zoé Petit")]
    for contact in contacts:
        contact.bin(by=claire)
    Contact.objects.update(deleted_at=timezone.now() - timedelta(days=31))
    real = emptying.erase

    def restoring(pk, **arguments):
        Contact.objects.exclude(pk=pk).update(deleted_at=None)
        return real(pk, **arguments)

    monkeypatch.setattr(emptying, "erase", restoring)
    assert emptying.empty_bin() == 1
    assert Contact.objects.count() == 1


def test_a_preview_that_nobody_touched_for_a_week_is_dropped(workspace):
    left, recent = previewed(workspace, LINE), previewed(workspace, LINE)
    Import.objects.filter(pk=left.pk).update(updated=timezone.now() - timedelta(days=8))
    assert emptying.drop_previews() == 1
    assert dict(Import.objects.values_list("pk", "state")) == {left.pk: "cancelled", recent.pk: "ready"}
    assert ImportFile.objects.get().job == recent
    assert not left.lines.exists()


def test_an_import_that_is_done_or_was_read_again_is_no_abandoned_preview(workspace):
    job = bring_in(workspace, LINE)
    again = previewed(workspace, LINE)
    Import.objects.update(updated=timezone.now() - timedelta(days=8))
    again.read_again({})
    assert emptying.drop_previews() == 0
    assert Import.objects.get(pk=job.pk).state == Import.State.DONE
