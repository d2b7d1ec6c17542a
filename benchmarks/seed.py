"""Fills a database with a workspace of any size, the same at every run. Rows keep every invariant of the verbs."""

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from contacts import keys
from contacts.models import Contact, ContactPoint, Organisation, Position, Relationship, Tag
from contacts.models.contact import headline, search_text
from exchanges.models import Commitment, Exchange, Interaction
from networks.models import CatalogueEntry, NetworkType, Reach
from workspaces.models import User, Workspace

GIVEN: Final = (
    "Claire",
    "Malik",
    "Sophie",
    "Yann",
    "Paul",
    "Inès",
    "Bruno",
    "Aïcha",
    "Marc",
    "Hélène",
    "Étienne",
    "Zoé",
    "Noël",
    "Gaël",
    "Chloé",
    "Jean",
)
FAMILY: Final = (
    "Morvan",
    "Benali",
    "Guen",
    "Tanguy",
    "Durand",
    "Caradec",
    "Gicquel",
    "Ferhat",
    "Oliveira",
    "Brivel",
    "Lefèvre",
    "Müller",
    "Nguyen",
    "Costa",
)
TITLES: Final = ("Gérant", "Directrice des achats", "Expert-comptable", "Avocate", "Responsable méthodes", "Conseiller")
BATCH: Final = 5_000
ENTRIES: Final = 5_000  # of the shared catalogue
SERVICES: Final = ("formation", "veille", "annuaire", "mentorat", "achats groupés", "plaidoyer", "conférences")
TERRITORIES: Final = ("", "Bretagne", "Pays de la Loire", "Bretagne;Normandie", "Occitanie")


def seed(*, contacts: int, exchanges_each: int, today: date) -> Workspace:
    draw = random.Random(contacts)  # noqa: S311 - the same rows at every run
    workspace = Workspace.open("Bench", owner=User.objects.create_user("bench@netcrm.example"), slug="bench")
    firms = _made(Organisation, (_firm(workspace, n) for n in range(contacts // 10)))
    tags = _made(Tag, (Tag(workspace=workspace, name=f"tag {n}", name_key=f"tag {n}") for n in range(10)))
    people = _made(Contact, (_person(workspace, n, firms[n % len(firms)], draw) for n in range(contacts)))
    _made(Relationship, (_relationship(workspace, person, today) for person in people))
    _made(ContactPoint, (_email(workspace, person, n) for n, person in enumerate(people)))
    _made(Position, (_position(workspace, person, firms[n % len(firms)], n) for n, person in enumerate(people)))
    through = Contact.tags.through
    _made(through, (through(contact=person, tag=tags[n % 10]) for n, person in enumerate(people) if n % 4 == 0))
    for person in people:
        person.search = ""  # only ids are needed from here on
    _made(Exchange, (_exchange(workspace, p, today, draw) for p in people for _ in range(exchanges_each)), keep=False)
    _made(Commitment, (_promise(workspace, person, today, n) for n, person in enumerate(people)), keep=False)
    _made(CatalogueEntry, (_entry(n) for n in range(ENTRIES)), keep=False)
    first = people[0]
    _made(Interaction, (_call(workspace, first, today - timedelta(days=n)) for n in range(20)), keep=False)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return workspace


def _made(model: type[Any], rows: Iterator[Any], *, keep: bool = True) -> list[Any]:
    made: list[Any] = []
    while chunk := list(itertools.islice(rows, BATCH)):
        model._default_manager.bulk_create(chunk)
        made += chunk if keep else []
    return made


def _firm(workspace: Workspace, n: int) -> Organisation:
    name = f"Ateliers {FAMILY[n % len(FAMILY)]} {n}"
    return Organisation(workspace=workspace, name=name, name_key=keys.firm_key(name), sector="Métallurgie")


def _entry(n: int) -> CatalogueEntry:
    entry = CatalogueEntry(
        slug=f"reseau-{n}",
        name=f"Cercle {FAMILY[n % len(FAMILY)]} {n}",
        type=NetworkType.values[n % 6],
        reach=Reach.values[n % 4],
        territory=TERRITORIES[n % len(TERRITORIES)],
        services=f"{SERVICES[n % 7]};{SERVICES[(n + 1) % 7]};atelier {n % 500}",
        ways_in="fee;selection" if n % 3 else "free",
        description="Des dirigeants d’un même bassin échangent leurs pratiques, leurs achats et leurs contacts.",
    )
    entry.index()
    return entry


def _person(workspace: Workspace, n: int, firm: Organisation, draw: random.Random) -> Contact:
    given, family = draw.choice(GIVEN), f"{draw.choice(FAMILY)}{n}"
    line = headline(TITLES[n % len(TITLES)], firm.name)
    person = Contact(workspace=workspace, given_name=given, family_name=family, headline=line)
    person.name_keys()
    person.search = search_text(person.full_name, line, f"p{n}@firm.example")
    return person


def _relationship(workspace: Workspace, person: Contact, today: date) -> Relationship:
    return Relationship(workspace=workspace, contact=person, last_contact_on=today - timedelta(days=person.pk % 700))


def _email(workspace: Workspace, person: Contact, n: int) -> ContactPoint:
    address = f"p{n}@firm.example"
    return ContactPoint(workspace=workspace, contact=person, kind="email", value=address, key=address)


def _position(workspace: Workspace, person: Contact, firm: Organisation, n: int) -> Position:
    return Position(workspace=workspace, contact=person, organisation=firm, title=TITLES[n % len(TITLES)])


def _exchange(workspace: Workspace, person: Contact, today: date, draw: random.Random) -> Exchange:
    on = today - timedelta(days=draw.randrange(1, 1500))
    return Exchange(
        workspace=workspace,
        contact=person,
        direction=draw.choice(Exchange.Direction.values),
        kind=draw.choice(Exchange.Kind.values),
        on=on,
        effective_on=on,
        weight=draw.randrange(1, 6),
        summary="Mise en relation avec un galvanisateur",
    )


def _promise(workspace: Workspace, person: Contact, today: date, n: int) -> Commitment:
    due = today - timedelta(days=n % 400 - 20)
    settled = n % 5 != 0
    return Commitment(
        workspace=workspace,
        contact=person,
        promised_by="us" if n % 2 else "them",
        summary="Envoyer les cotes",
        made_on=due - timedelta(days=10),
        due_on=due,
        clock_due_on=due,
        outcome="kept" if settled else "",
        closed_on=min(due, today) if settled else None,
    )


def _call(workspace: Workspace, person: Contact, on: date) -> Interaction:
    return Interaction(workspace=workspace, contact=person, kind="call", on=on, minutes=10, summary="Point")
