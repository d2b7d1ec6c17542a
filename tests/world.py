"""A workspace with one of everything in it, a second one beside it, and one person of each sort to knock at doors."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse

from tests import make
from workspaces.models import Invitation, Member, Role, User, Workspace

# Rows that any visit may write: who is signed in, and how often something was tried.
UNCOUNTED: Final = frozenset({"django_session", "usersessions_usersession", "cache", "django_migrations"})
ABSENT: Final = 987_654_321
# In every text of the workspace beside Claire's, and nowhere else.
CANARY: Final = "Canari7f3a"
HOMONYM: Final = "Lucie Martin"
SHARED_EMAIL: Final = "lucie@martin.example"


@dataclass
class World:
    workspace: Workspace
    elsewhere: Workspace
    people: dict[str, User]
    cookies: dict[str, str]
    # What a route's argument may point to, in Claire's workspace and in Victor's.
    things: dict[str, Any]
    foreign: dict[str, Any]
    handler: ClientHandler
    # The forms that its pages offer, by the address they post to, once somebody has looked.
    forms: dict[str, Any] = field(default_factory=dict)

    def client(self, actor: str, **headers: str) -> Client:
        """A new one at each call, so that no cell of a table sees what another one did to its cookies; the
        middleware behind it is set up once.
        """
        client = Client(raise_request_exception=False, headers=headers)
        client.handler = self.handler
        if key := self.cookies.get(actor):
            client.cookies[settings.SESSION_COOKIE_NAME] = key
        return client

    def url(self, name: str, keys: dict[str, str], things: dict[str, Any] | None = None) -> str:
        things = self.things if things is None else things
        return reverse(name, kwargs={argument: things[kind] for argument, kind in keys.items()})

    def absent(self) -> dict[str, Any]:
        return {kind: ABSENT if isinstance(value, int) else "absent" for kind, value in self.things.items()}


def build() -> World:
    people = {actor: make.user(f"{actor}@example.org", name=actor.title()) for actor in (*CAST, "curator")}
    User.objects.filter(pk=people["curator"].pk).update(is_staff=True)
    workspace = make.workspace("Atelier Morvan", owner=people["owner"])
    elsewhere = make.workspace(f"Victor {CANARY}", owner=people["stranger"])
    for actor, role in (("member", Role.MEMBER), ("reader", Role.READER), ("removed", Role.MEMBER)):
        make.member(workspace, role, person=people[actor])
    owner = make.owner_of(workspace)
    Member.objects.get(user=people["removed"]).remove(by=owner)
    shared = make.entry("Chambre des métiers", slug="chambre-des-metiers")
    return World(
        workspace=workspace,
        elsewhere=elsewhere,
        people=people,
        cookies={actor: _session(User.objects.get(pk=user.pk)) for actor, user in people.items()},
        things=_things(workspace, "Durand") | {"entry": shared.slug},
        foreign=_things(elsewhere, CANARY) | {"entry": shared.slug},
        handler=ClientHandler(enforce_csrf_checks=False),
    )


CAST: Final = ("owner", "member", "reader", "stranger", "removed")


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _things(workspace: Workspace, word: str) -> dict[str, Any]:
    """One of everything; `word` is in each text of it."""
    owner = make.owner_of(workspace)
    mail = f"paul@{word.lower()}.example"
    invitation, token = Invitation.send_to(f"guest@{word.lower()}.example", role=Role.READER, by=owner)
    colleague = make.member(workspace, Role.MEMBER, person=make.user(f"col@{word.lower()}.example", name=f"Col {word}"))
    contact = make.contact(
        workspace, f"Paul {word}", emails=[mail], firm=f"{word} SARL", title=word, tags=[word], notes=word
    )
    binned = make.contact(workspace, f"Jean {word}")
    binned.bin(by=owner)
    request = make.request(contact, summary=f"Soudeur {word}")
    make.request(contact, "them", summary=f"Devis {word}")
    make.commitment(contact, "them", summary=word, due_on=make.days_ago(3, contact))
    stake = make.stake(workspace, f"Enjeu {word}", detail=word)
    objective = make.objective(workspace, f"Objectif {word}", measure=word, stake=stake)
    make.budget(workspace)
    network = make.network(workspace, f"Réseau {word}", description=word, territory=word)
    other = make.network(workspace, f"Cercle {word}", exclusive=True)
    entry = make.entry("Réseau qui change", territory="Bretagne")
    followed = make.network(workspace, f"Suivi {word}", entry=entry, taken=entry.facts() | {"territory": "Normandie"})
    make.suggestion(workspace, f"Proposé {word}", reason=word)
    membership = make.membership(network, sponsor=word, roles=word, goal=word, result=word, objective=objective)
    membership.renewal_on = workspace.today()
    membership.save()
    make.decision(network, "watch", reason=word)
    trial = make.trial(other, notes=word)
    meeting = make.meeting(network, f"Réunion {word}", in_days=-2, place=word, minutes=word)
    # Both companies know someone of that name and address; what else they know of them differs.
    homonym = make.contact(workspace, HOMONYM, emails=[SHARED_EMAIL], firm=f"{word} et fils", title=word)
    resource = make.resource(contact, f"Ressource {word}")
    need = make.need(workspace, f"Besoin {word}", objective=objective)
    delegation = make.delegation(need, "network", network=network, who=word)
    make.postponed(make.need(workspace, f"Plus tard {word}"))
    return {
        "workspace": workspace.pk,
        "member": colleague.pk,
        "invitation": invitation.pk,
        "token": token,
        "contact": contact.pk,
        "binned": binned.pk,
        "organisation": contact.positions.get().organisation_id,
        "tag": contact.tags.get().pk,
        "exchange": make.exchange(contact, summary=word).pk,
        "interaction": make.interaction(contact, summary=word).pk,
        "commitment": make.commitment(contact, summary=word, due_on=make.days_ago(2, contact)).pk,
        "request": request.pk,
        "reply": make.reply(request, summary=word).pk,
        "stake": stake.pk,
        "objective": objective.pk,
        "need": need.pk,
        "delegation": delegation.pk,
        "network": network.pk,
        "followed": followed.pk,
        "other network": other.pk,
        "membership": membership.pk,
        "rule": make.rule(network, word, source=word).pk,
        "channel": make.channel(network, word, access=word).pk,
        "service": make.service(network, word).pk,
        "link": make.network_link(network, other, note=word).pk,
        "trial": trial.pk,
        "acquaintance": make.acquaintance(contact, homonym, note=word).pk,
        "affiliation": make.affiliation(contact, network).pk,
        "meeting": meeting.pk,
        "attendance": make.attendance(meeting, contact).pk,
        "resource": resource.pk,
        "use": make.use(resource, note=word).pk,
        "time": make.time_spent(network, note=word).pk,
        "line": "need",
        "import": make.imported(workspace, word).pk,
        "score": "reciprocity",
        "indicator": "solver",
        "step": make.skip(workspace, reason=word).step,
        "app": "workspaces",
        "none": ABSENT,
    }


def fingerprint() -> dict[str, tuple[int, str]]:
    """Each table's number of rows and the digest of its rows in order: equal before and after means untouched."""
    return {table: _digest(table) for table in tables()}


def tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed} - UNCOUNTED)


def _digest(table: str) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608
        rows = cursor.fetchall()
    return len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()


@contextmanager
def writes_noted() -> Iterator[list[str]]:
    """Every statement of the block that writes to a counted table. None written means none changed."""
    lines: list[str] = []

    def note(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")):
            lines.extend([sql] * (not any(f'"{table}"' in sql[:60] for table in UNCOUNTED)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield lines


@contextmanager
def undone() -> Iterator[None]:
    """What happens in the block leaves no trace in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def send(client: Client, method: str, url: str, data: dict[str, Any] | None = None) -> HttpResponse:
    call: Callable[..., HttpResponse] = getattr(client, method.lower())
    return call(url, data or {}) if method in ("GET", "HEAD", "POST") else call(url)
