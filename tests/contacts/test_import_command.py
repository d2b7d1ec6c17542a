"""`manage.py import_contacts`: the catalogue of hostile files through the real command, and its contract."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import override

from contacts.keys import name_key
from contacts.models import Contact, Import
from tests import make
from tests.contacts.corpus import FILES, PAUL, ROW, TITLES, Case, people
from tests.contacts.corpus_cards import CARDS
from tests.contacts.importing import names, run_command
from tests.world import fingerprint

# What only the address book can tell, not the file.
BY_MATCHING = ("differs", "looks_like")
CASES = [case for case in FILES + CARDS if not (callable(case.data) and case.refused == "")]
MEGABYTES = 256
SECONDS = 60


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "contacts.csv"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_hostile_file_comes_out_as_foretold(workspace, tmp_path, case):
    file = tmp_path / case.filename
    file.write_bytes(case.content)
    if case.refused:
        refused_whole(workspace, file, case)
    else:
        understood(workspace, file, case)


def refused_whole(workspace, file: Path, case: Case) -> None:
    before = fingerprint()
    code, report = run_command(workspace, file)
    assert (code, report["refused"], report["line"]) == (2, case.refused, case.refused_line)
    assert report["message"]
    assert fingerprint() == before


def understood(workspace, file: Path, case: Case) -> None:
    planned = run_command(workspace, file, "--dry-run")
    assert planned[0] == 0
    assert run_command(workspace, file) == planned
    report = planned[1]
    assert report["contacts"] == names(workspace) == one_of_each(case.names)
    told = {(one["line"], one["field"], one["reason"]) for one in report["problems"]}
    assert {each for each in told if each[2] not in BY_MATCHING} == case.problems | {
        (line, "", reason) for line, reason in case.skipped.items()
    }
    again = run_command(workspace, file)[1]
    assert (again["created"], again["updated"], again["contacts"]) == (0, 0, report["contacts"])


def one_of_each(full_names: list[str]) -> list[str]:
    """Who is written twice in a file without e-mails is one; « ＝1+1 » is « =1+1 » in wide letters."""
    return list({name_key(name): name for name in reversed(full_names)}.values())[::-1]


def test_the_report_has_these_keys_and_no_other(workspace, file):
    file.write_text(TITLES + ROW + "Paul;Durand;pas une adresse;;\n")
    code, report = run_command(workspace, file)
    assert code == 0
    assert report == {
        "created": 2,
        "updated": 0,
        "skipped": 0,
        "problems": [{"line": 3, "field": "email", "reason": "email_invalid", "value": "pas une adresse"}],
        "contacts": ["Hélène Lefèvre", "Paul Durand"],
        "notices": [],
        "columns_left_out": [],
    }


def test_the_report_says_what_was_left_out_and_what_was_known(workspace, file):
    file.write_text("Nom;E-mail;Pointure\nDurand;d@x.fr;42\n;paul.petit@x.fr;\n")
    _code, report = run_command(workspace, file)
    assert report["columns_left_out"] == ["Pointure"]
    assert len(report["notices"]) == 1
    _code, again = run_command(workspace, file)
    assert (again["skipped"], again["problems"], len(again["notices"])) == (2, [], 2)


def test_the_report_says_that_a_file_holds_no_line(workspace, file):
    file.write_text(TITLES)
    with override("fr"):
        assert "aucune ligne" in run_command(workspace, file)[1]["notices"][0]


def test_the_report_counts_and_names_those_who_were_there(workspace, file):
    make.contact(workspace, "Paul Durand", emails=["paul@exemple.fr"], notes="Connu")
    make.contact(workspace, "Hélène Lefèvre", emails=["helene@exemple.fr"])
    file.write_text(TITLES + ROW + PAUL + "Zoé;Petit;;;\n")
    _code, report = run_command(workspace, file)
    assert (report["created"], report["updated"], report["skipped"]) == (1, 1, 1)
    assert report["contacts"] == ["Hélène Lefèvre", "Paul Durand", "Zoé Petit"]


def test_a_dry_run_writes_nothing(workspace, file):
    make.contact(workspace, "Paul Durand")
    file.write_text(TITLES + ROW + PAUL)
    before = fingerprint()
    assert run_command(workspace, file, "--dry-run")[1]["created"] == 1
    assert fingerprint() == before


def test_an_unknown_workspace_ends_with_its_name(file, db):
    file.write_text(TITLES)
    with pytest.raises(CommandError, match="absent"):
        call_command("import_contacts", str(file), workspace="absent")


def test_a_file_that_is_not_there_ends_with_its_name(workspace, file):
    with pytest.raises(CommandError, match=r"contacts\.csv"):
        call_command("import_contacts", str(file), workspace=workspace.slug)


def test_no_sweep_takes_up_what_the_command_is_doing(workspace):
    job = Import.open_held("contacts.csv", b"", workspace=workspace)
    assert not Import.objects.waiting().exists()
    assert not job.claim()


MEASURED = """
import json, pathlib, sys, time
import django; django.setup()
from django.core.management import call_command
start = time.monotonic()
call_command("import_contacts", sys.argv[1], *sys.argv[3:], workspace=sys.argv[2], stdout=open("/dev/null", "w"))
status = dict(line.split(":", 1) for line in pathlib.Path("/proc/self/status").read_text().splitlines())
peak = int(status["VmHWM"].split()[0]) // 1024  # ru_maxrss would also tell of the process that started this one
print(json.dumps({"seconds": time.monotonic() - start, "megabytes": peak}))
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("option", [[], ["--dry-run"]])
def test_fifty_thousand_rows_take_a_minute_and_little_memory(file, option, tmp_path):
    workspace = make.workspace("Grand carnet")
    file.write_bytes(people(50_000, padding=120))
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "netcrm.settings", "DATABASE_URL": url_of_the_test_database()}
    command = [sys.executable, "-c", MEASURED, str(file), workspace.slug, *option]
    ran = subprocess.run(command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=True)
    took = json.loads(ran.stdout)
    assert took["megabytes"] <= MEGABYTES, took
    assert took["seconds"] <= SECONDS, took
    assert Contact.objects.count() == (0 if option else 50_000)


def url_of_the_test_database() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
