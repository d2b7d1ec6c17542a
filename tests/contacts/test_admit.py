"""What each line of a file becomes, within a chunk, across chunks, and against what is stored."""

from random import Random

import pytest

from contacts.imports import job as jobs
from contacts.imports.undoing import undo
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


GROWN = [
    ("Paul;Durand;;;\n", "Paul;Durand;;0612345678;\n", "Paul;Durand;;0612345678;Acme\n"),
    ("Paul;Durand;;;\n", "Paul;Durand;d@x.fr;;\n", "Paul;Durand;d@x.fr;;Acme\n"),
    (";Durand;;;\n", ";Durand;d@x.fr;;\n", "Paul;Durand;d@x.fr;;\n"),
    ("Paul;Durand;;0612345678;\n", "Paul;Durand;;0712345678;\n", "Paul;Durand;;0612345678;Acme\n"),
]


@pytest.mark.parametrize("lines", GROWN)
def test_the_same_file_again_finds_whom_its_own_lines_completed(workspace, chunk, lines):
    bring_in(workspace, *lines)
    assert counts(bring_in(workspace, *lines)) == (0, 0, 3)
    assert len(names(workspace)) == 1


def test_the_same_line_of_another_file_is_nobody_that_we_know(workspace):
    bring_in(workspace, "Paul;Durand;;;Acme\n", ROW)
    assert counts(bring_in(workspace, "Paul;Durand;;;\n", PARTS[0]))[0] == 2
    assert counts(bring_in(workspace, "Paul;Durand;;;Autre\n", ROW))[0] == 1


def test_too_many_to_choose_from_are_too_many_the_second_time(workspace):
    lines = ("Paul;Durand;a@x.fr;;\n", "Paul;Durand;b@x.fr;;\n", "Paul;Durand;;;\n")
    lines += ("Paul;Durand;a@x.fr;;Un\n", "Paul;Durand;b@x.fr;;Deux\n")
    bring_in(workspace, *lines)
    again = bring_in(workspace, *lines)
    assert (again.created_count, problems(again)) == (0, [(4, "", "several_matches")])


def test_an_import_that_was_undone_is_forgotten(workspace, claire):
    undo(bring_in(workspace, *GROWN[0]), by=claire)
    assert counts(bring_in(workspace, *GROWN[0])) == (1, 2, 0)


VALUES = (["", "Paul", "Paul"], ["Durand"], ["", "", "a@x.fr"], ["", "0612345678", "0712345678"])


@pytest.mark.parametrize("seed", range(150))
def test_any_file_twice_creates_nobody(workspace, seed):
    chance = Random(seed)
    values = (*VALUES, ["", "", "Un", "Deux"])
    lines = [";".join(map(chance.choice, values)) + "\n" for _line in range(chance.randint(2, 8))]
    bring_in(workspace, *lines)
    again = bring_in(workspace, *lines)
    assert (again.state, again.created_count) == (Import.State.DONE, 0), lines


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


def test_a_name_in_mixed_alphabets_is_another_person_and_a_hint(workspace, chunk):
    make.contact(workspace, "Paul Dupont")
    planned = previewed(workspace, "Paul;Dupοnt;;;\n", "Νίκος;Παπάς;;;\n", "Paul;Dupont;;;\n")
    assert counts(planned) == (2, 0, 1)
    assert problems(planned) == [(2, "", "looks_like")]
    assert planned.lines.get(number=2).problems[0][2] == "Paul Dupont"
