"""Bringing files in, as the tests of imports do it."""

import json
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from contacts.imports import job as jobs
from contacts.models import Contact, ContactPoint, Import, Organisation, Position, Tag
from tests import make
from tests.contacts.corpus import TITLES
from workspaces.models import Workspace

CHANGING = ("id", "created", "updated", "version")


def run_command(workspace: Workspace, file: Path, *options: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the report."""
    said, code = StringIO(), 0
    try:
        call_command("import_contacts", str(file), *options, workspace=workspace.slug, stdout=said)
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, json.loads(said.getvalue())


def bring_in(workspace: Workspace, *lines: str) -> Import:
    """The whole way through the job, as a worker goes it."""
    job = started(workspace, *lines)
    jobs.work()
    job.refresh_from_db()
    return job


def started(workspace: Workspace, *lines: str) -> Import:
    job = previewed(workspace, *lines)
    assert job.start(by=make.owner_of(workspace))
    job.refresh_from_db()
    return job


def previewed(workspace: Workspace, *lines: str, titles: str = TITLES) -> Import:
    data = "".join([titles, *lines]).encode()
    job = Import.open("contacts.csv", data, by=make.owner_of(workspace), workspace=workspace)
    jobs.work()
    job.refresh_from_db()
    return job


def address_book(workspace: Workspace) -> list[Any]:
    """All that is known of the people of a workspace, without what any save changes."""
    rows: list[Any] = [list(Contact.tags.through.objects.order_by("pk").values_list("contact", "tag"))]
    for model in (Contact, ContactPoint, Position, Organisation, Tag):
        columns = [one.attname for one in model._meta.concrete_fields if one.attname not in CHANGING[1:]]
        rows.append(list(model.objects.for_workspace(workspace).order_by("pk").values_list(*columns)))
    return rows


def derived(workspace: Workspace) -> list[tuple[str, ...]]:
    columns = ("name_key", "sort_key", "headline", "search")
    return list(Contact.objects.for_workspace(workspace).order_by("pk").values_list(*columns))


def names(workspace: Workspace) -> list[str]:
    return [one.full_name for one in Contact.objects.for_workspace(workspace).order_by("pk")]


def problems(job: Import) -> list[tuple[int, str, str]]:
    found = []
    for line in job.lines.order_by("number"):
        found += [(line.number, field, code) for field, code, _excerpt in line.problems]
    return found


def interrupted(job: Import, error: type[Exception]) -> None:
    """One turn of a worker that dies of `error`."""
    with suppress(error):
        jobs.work()
    Import.objects.filter(pk=job.pk).update(lease_until=None)
