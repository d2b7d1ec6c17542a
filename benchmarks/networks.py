"""Measures what the networks cost: the page of all of them, one sheet, and the nightly judging of many companies.

    python -m benchmarks.networks           # PostgreSQL; a database `netcrm_bench_networks` is made and dropped

One company has 30 networks, 3 000 contacts and 30 000 exchanges, beside a catalogue of 5 000 entries; then 200
companies have 10 networks, 50 contacts and 250 exchanges each. Pages are given in U, as in `benchmarks.run`, whose
server, load and rounds these are.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from typing import Any, Final

from benchmarks.run import ROOT, database, served

NETWORKS: Final = 30
CONTACTS: Final = 3_000
COMPANIES: Final = 200
SERVER: Final = "postgres:///"
UNIT_FLOOR: Final = 0.7  # ms
PAGES: Final = {
    "networks (at most 50)": "/networks/",
    "sheet": "",
    "catalogue, searched (at most 30)": "/networks/catalogue/?q=cercle+morvan",
    "catalogue, filtered (at most 30)": "/networks/catalogue/?q=achats&type=structuring&service=veille&way=fee",
}


def main() -> None:
    with database(SERVER, "netcrm_bench_networks") as url, tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"DATABASE_URL": url, "DATA_DIR": folder, "SECRET_KEY": "bench", "REDIS_URL": ""}
        env |= {"BASE_URL": "http://localhost:8000", "STATIC_MANIFEST": "0"}
        env |= {"DJANGO_SETTINGS_MODULE": "netcrm.settings"}
        command = [sys.executable, "-m", "benchmarks.networks", "--seed"]
        made = json.loads(subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE).stdout)  # noqa: S603
        pages = served("postgresql", env, made["scenario"], made["cookie"], 200)
    unit = max(pages["unit"]["p50_c1"], UNIT_FLOOR)
    for name, seconds in made["jobs"].items():
        print(f"{name}: {seconds:.1f} s")
    for name in PAGES:
        print(f"{name}: {pages[name]['p50_c1'] / unit:.1f} U, {pages[name]['bytes'] / 1000:.0f} kB")


def seeded() -> dict[str, Any]:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from benchmarks import seed
    from exchanges.judging import scoring as judging
    from networks.models import Network
    from workspaces.models import Member, User, Workspace

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    today = Workspace().today()
    workspace = seed.seed(contacts=CONTACTS, exchanges_each=10, today=today)
    furnish(workspace, NETWORKS)
    start = time.perf_counter()
    judging.rescore(workspace, on=today)
    jobs = {f"judging {NETWORKS} networks over 30 000 exchanges": time.perf_counter() - start}
    for number in range(COMPANIES):
        owner = User.objects.create_user(f"owner{number}@netcrm.example")
        small(Workspace.open(f"Company {number}", owner=owner, slug=f"company-{number}"))
    Network.objects.exclude(workspace=workspace).update(stale_since=timezone.now())
    start = time.perf_counter()
    while judging.rescore_stale():
        pass
    jobs[f"judging {COMPANIES} companies × 10 networks (at most 60)"] = time.perf_counter() - start
    member = Member.objects.select_related("user").get(workspace=workspace)
    client = Client()
    client.force_login(member.user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    sheet = Network.objects.filter(workspace=workspace).earliest("pk")
    scenario = [{"name": name, "path": path or sheet.get_absolute_url()} for name, path in PAGES.items()]
    return {"jobs": jobs, "scenario": scenario, "cookie": cookie}


def furnish(workspace: Any, count: int) -> None:
    """Networks of all types, each with a membership, a year of time, and its part of the ledger."""
    from contacts.models import Affiliation, Contact
    from exchanges.models import Exchange
    from networks.models import Membership, Network, NetworkType, TimeSpent

    draw, today = random.Random(count), workspace.today()  # noqa: S311 - the same rows at every run
    types = list(NetworkType)
    made = Network.objects.bulk_create(
        Network(workspace=workspace, name=f"Réseau {n}", type=types[n % 6], role_answers=[True] * (n % 6) + [False])
        for n in range(count)
    )
    for network in made:
        Network.objects.filter(pk=network.pk).update(role_answers=(network.role_answers + [False] * 5)[:5])
    since = today - timedelta(days=500)
    Membership.objects.bulk_create(
        Membership(workspace=workspace, network=one, since=since, fee=600, fee_period="year") for one in made
    )
    TimeSpent.objects.bulk_create(
        TimeSpent(workspace=workspace, network=one, on=today - timedelta(days=7 * week), minutes=60)
        for one in made
        for week in range(52)
    )
    people = list(Contact.objects.filter(workspace=workspace).values_list("pk", flat=True))
    Affiliation.objects.bulk_create(
        Affiliation(workspace=workspace, network=one, contact_id=pk)
        for one in made
        for pk in draw.sample(people, min(len(people), 60))
    )
    for place, one in enumerate(made):
        Exchange.objects.filter(workspace=workspace, pk__in=_part(workspace, place, count)).update(network=one)


def _part(workspace: Any, place: int, count: int) -> list[int]:
    from exchanges.models import Exchange

    lines = Exchange.objects.filter(workspace=workspace).order_by("pk").values_list("pk", flat=True)
    return list(lines)[place::count]


def small(workspace: Any) -> None:
    from contacts.models import Contact, Relationship
    from exchanges.models import Exchange

    today = workspace.today()
    people = Contact.objects.bulk_create(
        Contact(workspace=workspace, family_name=f"Contact {n}", name_key=f"contact {n}", sort_key=f"contact {n}")
        for n in range(50)
    )
    Relationship.objects.bulk_create(Relationship(workspace=workspace, contact=one) for one in people)
    Exchange.objects.bulk_create(
        Exchange(
            workspace=workspace,
            contact=people[n % 50],
            direction="given" if n % 2 else "received",
            kind="lead" if n % 3 else "knowledge",
            on=today - timedelta(days=n),
            effective_on=today - timedelta(days=n),
        )
        for n in range(250)
    )
    furnish(workspace, 10)


if __name__ == "__main__":
    if "--seed" in sys.argv:
        print(json.dumps(seeded()))
    else:
        main()
