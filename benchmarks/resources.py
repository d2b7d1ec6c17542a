"""Measures « Qui peut m'aider ? » and the home: 100 000 contacts, 200 000 resources, 200 000 acquaintances.

    python -m benchmarks.resources           # PostgreSQL; a database `netcrm_bench_resources` is made and dropped

Pages are given in U, as in `benchmarks.run`, whose server, load and rounds these are.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from typing import Any, Final
from urllib.parse import quote

from benchmarks.run import ROOT, database, served

CONTACTS: Final = 100_000
RESOURCES_EACH: Final = 2
SERVER: Final = "postgres:///"
UNIT_FLOOR: Final = 0.7  # ms
ASKED: Final = ("un juriste en droit social", "inox", "soudeurs TIG", "fournisseur d’acier", "notiare", "zzzyx")
THINGS: Final = (
    *("Droit social", "Baux commerciaux", "Inox 316L", "Acier", "Soudeur TIG", "Transport", "Prêts", "Subventions"),
    *(
        "Plaquette",
        "Logiciel de devis",
        "Découpe laser",
        "Thermolaquage",
        "Boulons",
        "Formation",
        "Apprentis",
        "Presse",
    ),
    *("Assurance décennale", "Audit qualité", "Notaire", "Comptabilité", "Paie", "Recrutement", "Nacelle", "Stockage"),
)
PLACES: Final = 400  # each thing in so many places, so that a word of two is rare and the other is not


def main() -> None:
    with database(SERVER, "netcrm_bench_resources") as url, tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"DATABASE_URL": url, "DATA_DIR": folder, "SECRET_KEY": "bench", "REDIS_URL": ""}
        env |= {"BASE_URL": "http://localhost:8000", "STATIC_MANIFEST": "0"}
        env |= {"DJANGO_SETTINGS_MODULE": "netcrm.settings"}
        command = [sys.executable, "-m", "benchmarks.resources", "--seed"]
        made = json.loads(subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE).stdout)  # noqa: S603
        pages = served("postgresql", env, made["scenario"], made["cookie"], 200)
    unit = max(pages["unit"]["p50_c1"], UNIT_FLOOR)
    for row in made["scenario"]:
        page = pages[row["name"]]
        print(f"{row['name']}: {page['p50_c1'] / unit:.1f} U, {page['bytes'] / 1000:.0f} kB")


def seeded() -> dict[str, Any]:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from benchmarks import seed
    from workspaces.models import Member, Workspace

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    workspace = seed.seed(contacts=CONTACTS, exchanges_each=2, today=Workspace().today())
    furnish(workspace)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(Member.objects.select_related("user").get(workspace=workspace).user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    scenario = [{"name": f"« {asked} » (at most 40)", "path": f"/resources/help/?q={quote(asked)}"} for asked in ASKED]
    return {"scenario": [*scenario, {"name": "home (at most 30)", "path": "/"}], "cookie": cookie}


def furnish(workspace: Any) -> None:
    from contacts.models import Acquaintance, Contact
    from resources.models import Resource, mention

    draw = random.Random(CONTACTS)  # noqa: S311 - the same rows at every run
    people = list(Contact.objects.filter(workspace=workspace).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(people), 5_000):
        made = [
            Resource(
                workspace=workspace,
                contact_id=pk,
                kind="expertise",
                words=f"{draw.choice(THINGS)} {draw.randrange(PLACES)} {number}",
                verified_on=workspace.today(),
            )
            for pk in people[start : start + 5_000]
            for number in range(RESOURCES_EACH)
        ]
        mention(Resource.objects.bulk_create(made))
    pairs = {tuple(sorted(draw.sample(people, 2))) for _ in range(2 * len(people))}
    Acquaintance.objects.bulk_create(
        (Acquaintance(workspace=workspace, one_id=one, other_id=other) for one, other in sorted(pairs)),
        batch_size=5_000,
    )


if __name__ == "__main__":
    if "--seed" in sys.argv:
        print(json.dumps(seeded()))
    else:
        main()
