"""What each line of a file becomes, within a chunk, across chunks, and against what is stored."""

import pytest

from contacts.imports import job as jobs
from contacts.models import Contact, Import
from tests import make
from tests.contacts.corpus import ROW
from tests.contacts.importing import bring_in, names, previewed, problems
from tests.world import fingerprint

PARTS = [
    "Paul;;paul@exemple.fr;;\n",
    "Paul;Durand;paul@exemple.fr;06 12 34 56 78;\n",
    "Paul;Durand;;;Morvan\n",
    "Paul;Durand;paul@exemple.fr;;Morvan\n",
    "Paul;Petit;paul@exemple.fr;;Autre\n",
    "DURAND;Paul;;06 12 34 56 78;\n",
]


def counts(job: Import) -> tuple[int, int, int]:
    return job.created_count, job.updated_count, job.skipped_count


@pytest.fixture(params=[1, 2, 500])
def chunk(request, monkeypatch) -> int:
    """Files of a few lines in chunks of every kind."""
    monkeypatch.setattr(jobs, "CHUNK", request.param)
    return request.param


def test_the_same_person_three_times_is_one(workspace, chunk):
    job = bring_in(workspace, ROW, ROW, ROW)
    assert counts(job) == (1, 0, 2)
    assert names(workspace) == ["Hélène Lefèvre"]
    assert not problems(job)


def test_later_lines_complete_and_differ_alike_in_every_cut(workspace, chunk):
    job = bring_in(workspace, *PARTS)
    assert names(workspace) == ["Paul Durand", "Paul Durand"]
    assert counts(job) == (2, 2, 2)
    assert problems(job) == [(6, "family_name", "differs"), (6, "organisation", "differs")]


def test_the_preview_says_what_the_import_does(workspace, chunk):
    make.contact(workspace, "Paul", emails=["paul@exemple.fr"])
    planned = previewed(workspace, *PARTS)
    foreseen = list(planned.lines.order_by("number").values_list("number", "name", "verdict", "problems"))
    job = bring_in(workspace, *PARTS)
    assert counts(job) == counts(planned)
    assert list(job.lines.order_by("number").values_list("number", "name", "verdict", "problems")) == foreseen


def test_a_preview_writes_nothing_but_itself(workspace, chunk):
    make.contact(workspace, "Paul", emails=["paul@exemple.fr"])
    before = fingerprint()
    previewed(workspace, *PARTS)
    own = {"contacts_import", "contacts_importfile", "contacts_importline"}
    assert {table for table, digest in fingerprint().items() if before[table] != digest} == own


def test_the_same_file_again_changes_nothing(workspace, chunk):
    bring_in(workspace, ROW, "Paul;Durand;;;\n", "👩‍🚀;;;;\n")
    before = list(Contact.objects.order_by("pk").values())
    job = bring_in(workspace, ROW, "Paul;Durand;;;\n", "👩‍🚀;;;;\n")
    assert counts(job) == (0, 0, 3)
    assert not problems(job)
    assert list(Contact.objects.order_by("pk").values()) == before


def test_several_matches_change_nobody(workspace):
    make.contact(workspace, "Paul Durand", phones=["01 02 03 04 05"])
    make.contact(workspace, "Durand Paul", phones=["01 02 03 04 06"])
    job = bring_in(workspace, "Paul;Durand;paul@exemple.fr;;\n")
    assert counts(job) == (0, 0, 1)
    assert problems(job) == [(2, "", "several_matches")]


def test_a_person_in_the_bin_stays_there(workspace, claire):
    make.contact(workspace, "Paul Durand", emails=["paul@exemple.fr"]).bin(by=claire)
    job = bring_in(workspace, "Paul;Durand;paul@exemple.fr;06 12 34 56 78;\n")
    assert problems(job) == [(2, "", "in_bin")]
    assert Contact.objects.get().points.count() == 1


def test_another_workspace_is_neither_told_nor_touched(workspace, victor):
    theirs = make.contact(victor.workspace, "Hélène Lefèvre", emails=["helene@exemple.fr"])
    job = bring_in(workspace, ROW)
    assert counts(job) == (1, 0, 0)
    assert not problems(job)
    assert Contact.objects.get(workspace=victor.workspace).points.count() == 1
    assert Contact.objects.get(pk=theirs.pk).updated == theirs.updated


def test_a_name_made_of_an_email_is_not_told_as_differing(workspace):
    make.contact(workspace, "Hélène Lefèvre", emails=["h.lefevre@exemple.fr"])
    job = bring_in(workspace, ";;h.lefevre@exemple.fr;;Morvan\n")
    assert counts(job) == (0, 1, 0)
    assert not problems(job)
    assert Contact.objects.get().headline == "Morvan"
