"""Bringing a file in through the browser: send, look, let it run, read the report, take it back."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.imports import job as jobs
from contacts.models import Contact, Import, ImportLine
from contacts.models.importing import ImportFile
from tests import make
from tests.contacts.corpus import PAUL, ROW, TITLES
from tests.contacts.importing import address_book, bring_in, names, previewed, started
from tests.world import fingerprint

CREATE = "/contacts/imports/"


def sent(client, data: bytes, name="contacts.csv", *, desk="atelier-morvan"):
    return client.post(CREATE, {"file": SimpleUploadedFile(name, data), "desk": desk})


def act(client, job: Import, verb: str, **body):
    return client.post(reverse(f"contacts:import_{verb}", args=[job.pk]), body)


def page_of(client, job: Import, query: str = "") -> str:
    return client.get(job.get_absolute_url() + query).content.decode()


def test_a_sent_file_leads_to_its_page_which_waits_for_the_reading(as_claire, workspace):
    answer = sent(as_claire, (TITLES + ROW).encode())
    job = Import.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, job.get_absolute_url())
    assert (job.name, job.state, job.started_by) == ("contacts.csv", "reading", make.owner_of(workspace))
    assert f'hx-get="{job.get_absolute_url()}"' in page_of(as_claire, job)


def test_the_preview_tells_each_line_and_offers_to_go_on(as_claire, workspace):
    make.contact(workspace, "Paul Durand", emails=["paul@exemple.fr"])
    page = page_of(as_claire, previewed(workspace, ROW, PAUL, "Zoé;Petit;pas une adresse;;\n"))
    for words in ("Hélène Lefèvre", "Paul Durand", "Zoé Petit", "pas une adresse", "/start/"):
        assert words in page
    assert names(workspace) == ["Paul Durand"]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("create", "Hélène Zoé"), ("skip", "Paul"), ("problem", "Zoé"), ("update", ""), ("?", "Hélène Paul Zoé")],
)
def test_the_lines_of_one_kind_can_be_shown(as_claire, workspace, kind, shown):
    make.contact(workspace, "Paul Durand", emails=["paul@exemple.fr"])
    page = page_of(as_claire, previewed(workspace, ROW, PAUL, "Zoé;Petit;pas une adresse;;\n"), f"?verdict={kind}")
    assert [name for name in ("Hélène", "Paul", "Zoé") if f">{name} " in page] == shown.split()


def test_starting_twice_starts_once(as_claire, workspace):
    job = previewed(workspace, ROW)
    assert [act(as_claire, job, "start").status_code for _press in range(2)] == [302, 302]
    jobs.work()
    assert act(as_claire, job, "start").status_code == 302
    jobs.work()
    assert names(workspace) == ["Hélène Lefèvre"]
    assert Import.objects.get().created_count == 1


def test_the_bar_alone_is_drawn_again_and_the_end_brings_the_page(as_claire, workspace):
    job = started(workspace, ROW)
    headers = {"HX-Request": "true", "HX-Target": "job"}
    bar = as_claire.get(job.get_absolute_url(), headers=headers)
    assert bar.content.decode().strip().startswith('<div id="job"')
    assert "<progress" in bar.content.decode()
    assert "<table" not in bar.content.decode()
    jobs.work()
    assert as_claire.get(job.get_absolute_url(), headers=headers)["HX-Refresh"] == "true"


def test_the_report_links_to_the_contacts_that_it_made(as_claire, workspace):
    job = bring_in(workspace, ROW)
    assert Contact.objects.get().get_absolute_url() in page_of(as_claire, job)


def test_cancelling_forgets_the_preview_and_the_file(as_claire, workspace):
    job = previewed(workspace, ROW)
    assert act(as_claire, job, "cancel").status_code == 302
    assert not ImportFile.objects.exists()
    assert not ImportLine.objects.exists()
    assert "/undo/" not in page_of(as_claire, job)
    act(as_claire, job, "start")
    assert Import.objects.get().state == Import.State.CANCELLED


def test_undoing_restores_the_address_book(as_claire, workspace):
    make.contact(workspace, "Paul Durand", emails=["paul@exemple.fr"])
    before = address_book(workspace)
    job = bring_in(workspace, ROW, "Paul;Durand;paul@exemple.fr;06 01 02 03 04;Morvan\n")
    assert act(as_claire, job, "undo").status_code == 302
    assert address_book(workspace) == before
    assert act(as_claire, job, "undo").status_code == 302
    assert Import.objects.get().state == Import.State.UNDONE


def test_another_encoding_reads_the_file_again(as_claire, workspace):
    job = Import.open("c.csv", "Nom\nLefèvre\n".encode(), by=make.owner_of(workspace), workspace=workspace)
    jobs.work()
    assert act(as_claire, job, "read_again", encoding="cp1252", order="mdy").status_code == 302
    jobs.work()
    job.refresh_from_db()
    assert (job.encoding, job.choices, job.state) == ("cp1252", {"encoding": "cp1252", "order": "mdy"}, "ready")
    assert job.lines.get().name == "LefÃ¨vre"


def test_a_column_becomes_what_the_user_says(as_claire, workspace):
    job = previewed(workspace, "Durand;paul@exemple.fr;0601020304\n", titles="Nom;Mail;Truc\n")
    columns = {"column_0": "family_name", "column_1": "", "column_2": "phone"}
    assert act(as_claire, job, "read_again", order="dmy", **columns).status_code == 302
    jobs.work()
    job.refresh_from_db()
    assert job.choices["mapping"] == {"0": "family_name", "1": None, "2": "phone"}
    job.start(by=make.owner_of(workspace))
    jobs.work()
    assert [point.value for point in Contact.objects.get().points.all()] == ["+33601020304"]


def test_another_separator_makes_other_columns_which_are_recognised_anew(as_claire, workspace):
    job = previewed(workspace, "Durand;paul@exemple.fr,0601020304\n", titles="Nom;Mail,Portable\n")
    act(as_claire, job, "read_again", order="dmy", delimiter=",", column_0="notes", column_1="")
    jobs.work()
    job.refresh_from_db()
    assert "mapping" not in job.choices
    assert job.columns == [["Nom;Mail", None], ["Portable", "phone"]]


@pytest.mark.parametrize("field", ["tenant_id", "score", "__class__"])
def test_a_column_becomes_nothing_that_is_not_offered(as_claire, workspace, field):
    job = previewed(workspace, ROW)
    assert act(as_claire, job, "read_again", order="dmy", column_0=field).status_code == 422


def test_an_encoding_that_we_do_not_know_is_refused(as_claire, workspace):
    job = previewed(workspace, ROW)
    assert act(as_claire, job, "read_again", encoding="klingon", order="dmy").status_code == 422
    assert Import.objects.get().state == Import.State.READY


@pytest.mark.parametrize(("language", "words"), [("fr", "classeur"), ("en", "workbook")])
def test_a_refused_file_says_why_in_the_language_of_the_reader(as_claire, claire, language, words):
    claire.user.language = language
    claire.user.save()
    sent(as_claire, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "contacts.xls")
    jobs.work()
    assert Import.objects.get().state == Import.State.REFUSED
    assert words in page_of(as_claire, Import.objects.get())


@pytest.mark.parametrize("data", [b"", b"x" * 11 * 1024 * 1024])
def test_an_empty_or_too_large_file_is_refused_at_once(as_claire, workspace, data):
    assert sent(as_claire, data).status_code == 422
    assert not Import.objects.exists()


def test_a_form_of_another_desk_writes_nothing(as_claire, workspace):
    assert sent(as_claire, TITLES.encode(), desk="ailleurs").status_code == 409
    assert not Import.objects.exists()


def test_the_problems_come_as_a_file_without_formulas(as_claire, workspace):
    job = previewed(workspace, "=1+1;@x;=cmd()@;;\n")
    answer = as_claire.get(reverse("contacts:import_problems", args=[job.pk]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:2] == ["2", "'=1+1 @x"]
    assert "=cmd()@" in rows[1][2]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("verb", ["detail", "problems"])
def test_a_stranger_finds_no_page(as_victor, workspace, verb):
    job = previewed(workspace, ROW)
    assert as_victor.get(reverse(f"contacts:import_{verb}", args=[job.pk])).status_code == 404


@pytest.mark.parametrize("verb", ["start", "read_again", "cancel", "undo"])
def test_a_reader_looks_and_touches_nothing(as_ines, workspace, verb):
    job = previewed(workspace, ROW)
    before = fingerprint()
    page = page_of(as_ines, job)
    assert "Hélène Lefèvre" in page
    assert f"/{job.pk}/start/" not in page
    assert act(as_ines, job, verb).status_code == 403
    assert fingerprint() == before
