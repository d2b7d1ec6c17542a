"""The catalogue's file: read whole or refused whole, read twice without a trace, never over a curator's head."""

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from networks import catalogue
from networks.catalogue_file import COLUMNS, FileRefused, read, write
from networks.models import CatalogueEntry, CurationEntry
from tests import make
from tests.world import fingerprint

FILE = settings.ROOT / "networks" / "data" / "catalogue.csv"
HEAD = "slug,nom,nature,type,portee,modele_adhesion,services,site\n"
GOOD = "pole,Pôle Métal,reseau,structurant,régional,selection;cotisation,veille;formation,metal.example\n"


def loaded(text: str, folder: Path) -> dict:
    (folder / "catalogue.csv").write_text(text, encoding="utf-8")
    return command(str(folder / "catalogue.csv"))


def command(*arguments: str) -> dict:
    out = io.StringIO()
    call_command("load_catalogue", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_the_file_that_comes_along_fills_an_empty_catalogue(db):
    report = command()
    assert report == {"created": 90, "updated": 0, "unchanged": 0, "kept": []}
    assert CatalogueEntry.objects.filter(nature="family").count() == 9
    assert not CatalogueEntry.objects.exclude(verified_on=None).exists()
    numeum = CatalogueEntry.objects.get(slug="numeum")
    assert (numeum.type, numeum.second_type, numeum.reach) == ("identity", "structuring", "national")
    assert (numeum.site, numeum.ways_in, numeum.members) == ("https://numeum.fr", "fee", "companies")


def test_a_second_reading_writes_nothing(db):
    command()
    before = fingerprint()
    assert command() == {"created": 0, "updated": 0, "unchanged": 90, "kept": []}
    assert fingerprint() == before


def test_what_a_curator_changed_stays_and_the_rest_follows_the_file(db, cora, tmp_path):
    loaded(HEAD + GOOD, tmp_path)
    entry = CatalogueEntry.objects.get(slug="pole")
    catalogue.edit(entry, {"name": "Pôle Métal Atlantique"}, by=cora)
    report = loaded(HEAD + GOOD.replace("régional", "national").replace("Métal,", "Acier,"), tmp_path)
    entry.refresh_from_db()
    assert (entry.name, entry.reach) == ("Pôle Métal Atlantique", "national")
    assert report["kept"] == [{"slug": "pole", "column": "nom"}]
    assert report["updated"] == 1
    assert CurationEntry.objects.first().changes == {"reach": ["regional", "national"]}


def test_what_a_curator_emptied_stays_empty(db, cora, tmp_path):
    loaded(HEAD + GOOD, tmp_path)
    catalogue.edit(CatalogueEntry.objects.get(slug="pole"), {"site": ""}, by=cora)
    loaded(HEAD + GOOD, tmp_path)
    assert CatalogueEntry.objects.get(slug="pole").site == ""


def test_the_file_never_undoes_a_retirement(db, cora, tmp_path):
    loaded(HEAD + GOOD, tmp_path)
    entry = CatalogueEntry.objects.get(slug="pole")
    catalogue.retire(entry, by=cora, on=entry.created.date())
    assert loaded(HEAD + GOOD, tmp_path)["unchanged"] == 1
    assert not CatalogueEntry.objects.published().exists()


def test_an_entry_that_the_file_does_not_know_is_left_alone(db, tmp_path):
    make.entry("Cercle des fondeurs", slug="pole", reach="local")
    assert {line["column"] for line in loaded(HEAD + GOOD, tmp_path)["kept"]} >= {"nom", "portee"}
    assert CatalogueEntry.objects.get().reach == "local"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (HEAD + GOOD.replace("structurant", "festif"), 2, "type"),
        (HEAD + GOOD.replace("régional", "lunaire"), 2, "portee"),
        (HEAD + GOOD.replace("reseau", "club"), 2, "nature"),
        (HEAD + GOOD.replace("selection", "tirage"), 2, "modele_adhesion"),
        (HEAD + GOOD.replace("Pôle Métal", "  "), 2, "nom"),
        (HEAD + GOOD.replace("structurant", ""), 2, "type"),
        (HEAD + GOOD.replace("Pôle Métal", "x" * 201), 2, "nom"),
        (HEAD + GOOD.replace("metal.example", "javascript://x"), 2, "site"),
        (HEAD + GOOD.replace("pole,", "pô le,"), 2, "slug"),
        (HEAD + GOOD + GOOD, 3, "slug"),
        (HEAD + "\n\n" + GOOD.replace("structurant", "festif"), 4, "type"),
        (HEAD.replace("site", "couleur") + GOOD, 1, "couleur"),
        (HEAD.replace("site", "nom") + GOOD, 1, "nom"),
        (HEAD.replace("nom,", "") + GOOD, 1, "nom"),
        (HEAD + GOOD.replace(",metal.example", ""), 2, ""),
        (HEAD + GOOD + '"pole2,Fermé jamais\n' + GOOD, 3, ""),
        ("", 1, "slug"),
    ],
)
def test_a_wrong_file_is_refused_whole_and_says_where(db, tmp_path, capsys, text, line, column):
    (tmp_path / "bad.csv").write_text(GOOD and text, encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("load_catalogue", str(tmp_path / "bad.csv"), stdout=out)
    report = json.loads(out.getvalue())
    assert stopped.value.code == 2
    assert (report["line"], report["column"]) == (line, column)
    assert report["refused"]
    assert not CatalogueEntry.objects.exists()
    assert not CurationEntry.objects.exists()


def test_bytes_that_are_no_text_are_refused(db):
    with pytest.raises(FileRefused) as refused:
        read((HEAD + GOOD).encode("latin-1"))
    assert refused.value.line == 2


def test_an_absent_file_is_told(db):
    with pytest.raises(CommandError, match="cannot read"):
        call_command("load_catalogue", "nowhere.csv")


def test_a_file_saved_by_a_french_spreadsheet_is_read(db):
    text = HEAD.replace(",", ";") + '\ufeffpole;"Pôle ""Métal""";reseau;Structurant;Regional;;"veille;formation";\n'
    line = read(("\ufeff" + text.replace("\ufeff", "")).encode())[0]
    assert line.facts["name"] == 'Pôle "Métal"'
    assert (line.facts["type"], line.facts["reach"], line.facts["services"]) == (
        "structuring",
        "regional",
        "veille;formation",
    )


def test_marks_that_no_eye_sees_do_not_come_in(db):
    line = read((HEAD + GOOD.replace("Pôle Métal", "Pôle\u202e Mé\0tal\u200b")).encode())[0]
    assert line.facts["name"] == "Pôle Mé tal"


def test_what_was_written_reads_back_alike(db):
    command()
    entries = list(CatalogueEntry.objects.order_by("pk"))
    lines = read(write(entries).encode())
    assert [line.slug for line in lines] == [entry.slug for entry in entries]
    names = [name for name in COLUMNS.values() if name != "slug"]
    assert [line.facts for line in lines] == [{name: getattr(one, name) for name in names} for one in entries]


@pytest.mark.parametrize("text", ["=1+1", "+33 6", "'=1+1", "@here", "-2", "d'abord", "'cité'"])
def test_a_spreadsheet_computes_nothing_and_the_text_survives(db, text):
    entry = make.entry(description=text)
    written = write([entry])
    assert f";{text}" not in written or not text.startswith(("=", "+", "-", "@"))
    assert read(written.encode())[0].facts["description"] == text
