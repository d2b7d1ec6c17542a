"""An import taken back leaves the address book as it was, but for what somebody did since."""

import pytest

from contacts.imports import job as jobs
from contacts.imports import undoing
from contacts.imports.undoing import NothingToUndo, undo
from contacts.models import Contact, Import, Organisation
from tests import make
from tests.contacts.corpus import ROW
from tests.contacts.importing import address_book, bring_in, derived, names, previewed
from workspaces.models import LogEntry

ALSO = ["Hélène;Lefèvre;helene@exemple.fr;;\n", "Hélène;Lefèvre;helene@exemple.fr;;Autre\n"]
MORE = [
    "Paul;Durand;paul@exemple.fr;06 01 02 03 04;Morvan\n",
    ";Petit;zoe@exemple.fr;;\n",
    "Zoé;Petit;zoe@exemple.fr;;\n",
]


@pytest.fixture
def book(workspace):
    """Somebody with blanks of every kind, a firm without a sector, and a firm and a tag that nobody bears."""
    make.contact(workspace, "Paul Durand", emails=["paul@exemple.fr"])
    make.contact(workspace, " Petit", emails=["zoe@exemple.fr"])
    make.organisation(workspace, "Sans personne")
    make.tag(workspace, "Sans personne")
    return workspace


@pytest.mark.parametrize("chunk", [1, 2, 500])
def test_undoing_restores_the_address_book(book, claire, monkeypatch, chunk):
    monkeypatch.setattr(jobs, "CHUNK", chunk)
    before, indexed = address_book(book), derived(book)
    job = bring_in(book, ROW, *ALSO, *MORE)
    assert job.created_count == 1
    assert job.updated_count == 2
    assert undo(job, by=claire) == (1, 0)
    assert address_book(book) == before
    assert derived(book) == indexed


def test_undoing_gives_back_the_names_roles_tags_and_sectors(workspace, claire):
    make.contact(workspace, "Paul Durand", firm="Morvan")
    before = address_book(workspace)
    data = "Nom;Société;Secteur;Fonction;Étiquettes;Notes\nPaul Durand;MORVAN;Bois;Gérant;Client;Note\n".encode()
    job = Import.open("contacts.csv", data, by=claire, workspace=workspace)
    jobs.work()
    job.start(by=claire)
    jobs.work()
    assert Organisation.objects.get().sector == "Bois"
    assert Contact.objects.get().headline == "Gérant, Morvan"
    undo(job, by=claire)
    assert address_book(workspace) == before


def test_a_firm_known_under_another_spelling_is_taken_back(workspace, claire):
    make.contact(workspace, "Paul Durand", emails=["paul@exemple.fr"])
    make.organisation(workspace, "SARL Durand")
    before = address_book(workspace)
    job = bring_in(workspace, "Paul;Durand;paul@exemple.fr;;durand\n")
    assert Contact.objects.get().headline == "SARL Durand"
    undo(job, by=claire)
    assert address_book(workspace) == before
    assert Contact.objects.get().headline == ""


def test_taking_a_later_import_back_leaves_the_earlier_one_free_to_go(workspace, claire):
    first = bring_in(workspace, "Paul;Durand;paul@exemple.fr;;\n")
    second = bring_in(workspace, "Paul;Durand;paul@exemple.fr;06 01 02 03 04;\n", "Paul;Durand;paul@exemple.fr;;Ici\n")
    assert undo(second, by=claire) == (0, 0)
    assert undo(first, by=claire) == (1, 0)
    assert not Contact.objects.exists()


def test_who_was_edited_between_two_imports_stays(workspace, claire):
    first = bring_in(workspace, "Paul;Durand;paul@exemple.fr;;\n")
    Contact.objects.get().take_version(1)
    undo(bring_in(workspace, "Paul;Durand;paul@exemple.fr;06 01 02 03 04;\n"), by=claire)
    assert undo(first, by=claire) == (0, 1)


@pytest.mark.parametrize("stop", [1, 2, 3, 4])
def test_an_undo_that_stopped_half_way_goes_on(book, claire, monkeypatch, stop):
    monkeypatch.setattr(undoing, "BATCH", 1)
    before, job = address_book(book), bring_in(book, ROW, *ALSO, *MORE, "Léa;Roy;;;\n")
    steps = iter(range(1, 99))
    with monkeypatch.context() as crashing:
        for name in ("_remove", "_empty_all"):
            crashing.setattr(undoing, name, until(getattr(undoing, name), steps, stop))
        with pytest.raises(ZeroDivisionError):
            undo(job, by=claire)
    versions = dict(Contact.objects.values_list("pk", "version"))
    undo(job, by=claire)
    assert address_book(book) == before
    assert all(one.version - versions[one.pk] <= 1 for one in Contact.objects.all())


def until(real, steps, last):
    def failing(*arguments):
        return real(*arguments) if next(steps) < last else 1 / 0

    return failing


def test_one_completed_by_a_later_line_of_the_file_goes_too(workspace, claire, monkeypatch):
    monkeypatch.setattr(jobs, "CHUNK", 1)
    job = bring_in(workspace, "Paul;Durand;;;\n", "Paul;Durand;paul@exemple.fr;;\n")
    assert (job.created_count, job.updated_count) == (1, 1)
    assert undo(job, by=claire) == (1, 0)
    assert not Contact.objects.exists()


def test_who_was_edited_or_noted_about_since_stays_whole(workspace, claire):
    job = bring_in(workspace, ROW, "Paul;Durand;;;\n", "Zoé;Petit;;;\n")
    helene, paul, _zoe = Contact.objects.order_by("pk")
    helene.take_version(1)
    make.interaction(paul, by=claire)
    assert undo(job, by=claire) == (1, 2)
    assert names(workspace) == ["Hélène Lefèvre", "Paul Durand"]
    assert helene.points.count() == 2


def test_a_blank_that_was_rewritten_since_stays(book, claire):
    job = bring_in(book, *MORE)
    zoe = Contact.objects.get(family_name="Petit")
    zoe.given_name = "Zoélie"
    zoe.save()
    undo(job, by=claire)
    assert Contact.objects.get(pk=zoe.pk).given_name == "Zoélie"


def test_a_name_is_never_emptied_whole(book, claire):
    job = bring_in(book, *MORE)
    Contact.objects.filter(family_name="Petit").update(family_name="")
    undo(job, by=claire)
    assert names(book) == ["Paul Durand", "Zoé"]


def test_undoing_again_or_too_early_is_refused(workspace, claire):
    job = previewed(workspace, ROW)
    with pytest.raises(NothingToUndo):
        undo(job, by=claire)
    job = bring_in(workspace, ROW)
    undo(job, by=claire)
    with pytest.raises(NothingToUndo):
        undo(job, by=claire)


def test_a_preview_that_was_cancelled_has_nothing_to_take_back(book, claire):
    bring_in(book, *MORE)
    before = address_book(book)
    job = previewed(book, *MORE, "Paul;Durand;paul@exemple.fr;06 01 02 03 04;Morvan\n")
    job.cancel(by=claire)
    job.refresh_from_db()
    assert (job.would_admit, job.lines.count()) == (0, 0)
    assert undo(job, by=claire) == (0, 0)
    assert address_book(book) == before


def test_what_a_stopped_import_wrote_can_be_undone(workspace, claire):
    job = bring_in(workspace, ROW)
    Import.objects.filter(pk=job.pk).update(state=Import.State.FAILED)
    assert undo(job, by=claire) == (1, 0)


def test_the_logbook_tells_how_many_went_and_stayed(workspace, claire):
    undo(bring_in(workspace, ROW), by=claire)
    entry = LogEntry.objects.get(act="contacts.import.undone")
    assert entry.details == {"removed": 1, "stayed": 0}


def test_a_long_undo_takes_few_queries(workspace, claire, monkeypatch, django_assert_max_num_queries):
    job = bring_in(workspace, *(f"Paul;Durand{number};p{number}@b.fr;;Morvan\n" for number in range(120)))
    with django_assert_max_num_queries(51):
        assert undo(job, by=claire) == (120, 0)


def test_a_long_undo_of_completed_contacts_takes_few_queries(workspace, claire, django_assert_max_num_queries):
    for number in range(60):
        make.contact(workspace, "Paul Durand", emails=[f"p{number}@b.fr"])
    rows = (f"Paul;Durand;p{number}@b.fr;06 01 02 03 {number:02};Morvan\n" for number in range(60))
    job = bring_in(workspace, *rows)
    with django_assert_max_num_queries(48):
        undo(job, by=claire)


def test_whoever_somebody_knows_stays(workspace, claire):
    job = bring_in(
        workspace, "Paul;Durand;p@b.fr;;Morvan\n", "Lucie;Martin;l@b.fr;;Morvan\n", "Marc;Roy;m@b.fr;;Morvan\n"
    )
    paul, lucie, _marc = Contact.objects.order_by("pk")
    make.acquaintance(lucie, paul)
    assert undo(job, by=claire) == (1, 2)
    assert set(Contact.objects.all()) == {paul, lucie}
