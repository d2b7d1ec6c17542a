"""Seeds one database, times what works in the background, and says what a visitor will ask for.

Run by `benchmarks.run` with the environment of one database; prints one line of JSON.
"""

import csv
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import OperationalError, connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks import seed  # noqa: E402
from benchmarks.idle import idle_memory  # noqa: E402
from contacts import keys  # noqa: E402
from contacts.listing import page_of  # noqa: E402
from contacts.models import Contact, ContactPoint, Organisation, Position, Relationship, Tag  # noqa: E402
from contacts.models.contact import headline, search_text  # noqa: E402
from exchanges import scoring  # noqa: E402
from exchanges.masses import masses  # noqa: E402
from exchanges.models import Exchange  # noqa: E402
from exchanges.parameters import DEFAULTS  # noqa: E402
from workspaces.models import Member, Workspace  # noqa: E402

IMPORTED: Final = 10_000
DEEP_PAGE: Final = 144
LONG_HISTORY: Final = 240
WRITERS: Final = 10
WRITES: Final = 20
DIGITS: Final = "{r:10000000-99999999}-{r:1000-9999}-4{r:100-999}-8{r:100-999}-{r:100000000000-999999999999}"
CSV_HEAD: Final = ["Prénom", "Nom", "Société", "Fonction", "E-mail", "Téléphone"]


def main() -> None:
    size = int(sys.argv[1])
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    today = Workspace().today()
    workspace = seed.seed(contacts=size, exchanges_each=5 if size <= 10_000 else 10, today=today)
    member = Member.objects.select_related("workspace", "user").get(workspace=workspace)
    jobs = scored(workspace) | single(member) | imported(workspace)
    if connection.vendor == "sqlite":
        jobs |= crowded(member) | {"idle memory of `manage.py serve`, MB (at most 350)": idle_memory()}
    tidy()
    client = Client()
    client.force_login(member.user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    print(json.dumps({"jobs": jobs, "scenario": scenario(workspace), "cookie": cookie}))


def timed(job: Callable[[], Any], rounds: int = 3) -> float:
    """Median of some rounds, in seconds."""
    took = []
    for _round in range(rounds):
        start = time.perf_counter()
        job()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def tidy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


# --- Scores --------------------------------------------------------------------------------------


def scored(workspace: Workspace) -> dict[str, Any]:
    """All scores written back, against the decayed GROUP BY alone, whose rows stay in the database."""
    today = workspace.today()
    sums = masses(Exchange.objects.for_workspace(workspace), on=today, parameters=DEFAULTS)
    sql, values = sums.query.sql_with_params()

    def group_by() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT sum(given), sum(received), sum(squares) FROM ({sql}) AS sums", values)  # noqa: S608
            cursor.fetchall()

    scoring.rescore(workspace, on=today)
    tidy()
    bare = timed(group_by)
    full = timed(lambda: scoring.rescore(workspace, on=today))
    tidy()
    return {
        "decayed GROUP BY, s": round(bare, 2),
        "full rescoring, s": round(full, 2),
        "full rescoring / GROUP BY (must 6, goal 3)": round(full / bare, 1),
    }


def single(member: Member) -> dict[str, Any]:
    """From an exchange that was just noted to its scores, as the sweep does it."""
    few, many = Contact.objects.for_workspace(member.workspace).order_by("pk")[1:3]
    today = member.workspace.today()
    note(many, member, times=LONG_HISTORY)
    return {
        "one exchange added, rescored, ms (must 20)": rescoring_ms(few, member),
        f"the same with {LONG_HISTORY} events, ms (must 20)": rescoring_ms(many, member),
        "an idle sweep, ms": round(timed(Relationship.objects.any_to_score, 25) * 1e3, 2),
        "scored up to": today.isoformat(),
    }


def rescoring_ms(contact: Contact, member: Member) -> float:
    took = []
    for _round in range(15):
        note(contact, member)
        took.append(timed(scoring.rescore_stale, 1))
    return round(statistics.median(took) * 1e3, 1)


def note(contact: Contact, member: Member, *, times: int = 1) -> None:
    today = member.workspace.today()
    for n in range(times):
        on = today - timedelta(days=n * 30)
        Exchange.record(by=member, today=today, contact=contact, direction="given", kind="help", on=on)
    if times > 1:
        scoring.rescore_stale()


# --- Import --------------------------------------------------------------------------------------


def imported(workspace: Workspace) -> dict[str, Any]:
    """A file read, checked, compared with all contacts and written, against bulk_create of the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "contacts.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([CSV_HEAD, *(strangers(n) for n in range(IMPORTED))])
        read = timed(lambda: undone(lambda: import_file(workspace, file)), 1)
    rows = bare_rows(workspace)
    bare = timed(lambda: undone(lambda: [model.objects.bulk_create(some) for model, some in rows]), 1)
    tidy()
    return {
        f"bulk_create of {IMPORTED} contacts, s": round(bare, 2),
        f"CSV import of {IMPORTED} contacts, s": round(read, 2),
        "CSV import / bulk_create (must 3, goal 1.5)": round(read / bare, 1),
    }


def undone(job: Callable[[], Any]) -> None:
    """The pages that are measured afterwards see none of it."""
    with transaction.atomic():
        job()
        transaction.set_rollback(True)


def import_file(workspace: Workspace, file: Path) -> None:
    with (file.parent / "report.json").open("w") as report:
        call_command("import_contacts", str(file), workspace=workspace.slug, stdout=report)
    report = json.loads((file.parent / "report.json").read_text())
    if report["created"] != IMPORTED:
        raise RuntimeError(f"{report['created']} contacts were created instead of {IMPORTED}")


def strangers(n: int) -> list[str]:
    firm = f"Imprimerie {seed.FAMILY[n % 14]} {n // 10}"
    return ["Odile", f"Kerdoncuff{n}", firm, "Gérante", f"odile{n}@imprimerie.example", f"+3361{n:07}"]


def bare_rows(workspace: Workspace) -> list[tuple[type[Any], list[Any]]]:
    """What the import writes, made beforehand."""
    firms: dict[str, Organisation] = {}
    rows: list[tuple[Contact, list[Any]]] = []
    for n in range(IMPORTED):
        given, family, firm, title, email, phone = strangers(n)
        firms.setdefault(firm, Organisation(workspace=workspace, name=firm, name_key=keys.firm_key(firm)))
        person = Contact(workspace=workspace, given_name=given, family_name=family, headline=headline(title, firm))
        person.name_keys()
        person.search = search_text(person.full_name, person.headline, email, phone)
        points = [
            ContactPoint(workspace=workspace, contact=person, kind=kind, value=value, key=value)
            for kind, value in (("email", email), ("phone", phone))
        ]
        position = Position(workspace=workspace, contact=person, organisation=firms[firm], title=title)
        rows.append((person, [Relationship(workspace=workspace, contact=person), *points, position]))
    hung = [one for _person, some in rows for one in some]
    models: list[type[Any]] = [Relationship, ContactPoint, Position]
    return [
        (Organisation, list(firms.values())),
        (Contact, [person for person, _some in rows]),
        *((model, [one for one in hung if isinstance(one, model)]) for model in models),
    ]


# --- Many at once ---------------------------------------------------------------------------------


def crowded(member: Member) -> dict[str, Any]:
    """Ten writers, each a connection of its own, who read before they write."""
    contacts = list(Contact.objects.for_workspace(member.workspace).order_by("pk")[10 : 10 + WRITERS])

    def write(contact: Contact) -> int:
        refused = 0
        for _turn in range(WRITES):
            try:
                with transaction.atomic():
                    Contact.objects.get(pk=contact.pk)
                    note(contact, member)
            except OperationalError:
                refused += 1
        connection.close()
        return refused

    start = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as writers:
        refused = sum(writers.map(write, contacts))
    took = time.perf_counter() - start
    return {
        f"{WRITERS} writers × {WRITES} transactions on SQLite, lock errors (must 0)": refused,
        "transactions a second, all writers": round(WRITERS * WRITES / took),
    }


# --- Pages ---------------------------------------------------------------------------------------


def scenario(workspace: Workspace) -> list[dict[str, Any]]:
    """The pages, named as in benchmarks/table.py."""
    contacts, note_page = reverse("contacts:contact_list"), reverse("exchanges:note")
    catalogue = reverse("networks:entry_list")
    busiest = Contact.objects.for_workspace(workspace).earliest("pk")
    someone = Contact.objects.for_workspace(workspace).order_by("pk")[50]
    tag = Tag.objects.for_workspace(workspace).earliest("pk")
    saved = {"contact": str(someone.pk), "contact_name": someone.full_name, "desk": workspace.slug, "nonce": DIGITS}
    saved |= {"direction": "given", "kind": "help", "weight": "3", "summary": "Prêt d’une nacelle {i}"}
    return [
        {"name": "list", "path": contacts},
        {"name": "list, deep page", "path": f"{contacts}?page={deep_cursor(workspace)}"},
        {"name": "list, by tag", "path": f"{contacts}?tag={tag.pk}"},
        {"name": "list, by balance", "path": f"{contacts}?sort=-balance"},
        {"name": "search, rare", "path": f"{contacts}?q={someone.family_name.lower()}"},
        {"name": "search, frequent", "path": f"{contacts}?q=morvan"},
        {"name": "search, absent", "path": f"{contacts}?q=xylophone"},
        {"name": "contact page", "path": busiest.get_absolute_url()},
        {
            "name": "save an exchange",
            "path": note_page,
            "csrf_from": note_page,
            "method": "POST",
            "ok": [302],
            "form": saved | {"on": workspace.today().isoformat()},
        },
        {"name": "home", "path": reverse("journey:home")},
        {"name": "catalogue", "path": catalogue},
        {"name": "catalogue, searched", "path": f"{catalogue}?q=cercle+morvan"},
        {"name": "catalogue, filtered", "path": f"{catalogue}?q=achats&type=structuring&service=veille&way=fee"},
    ]


def deep_cursor(workspace: Workspace) -> str:
    """Leafed to, page by page."""
    cursor = ""
    for _page in range(DEEP_PAGE - 1):
        cursor = page_of(workspace, cursor=cursor).next or cursor
    return cursor


if __name__ == "__main__":
    main()
