"""The cast. Claire owns a workspace; Malik is a member, Inès a reader, Rémi was removed. Victor owns another one and
is a stranger to Claire's. Cora curates the instance and sits nowhere.
"""

import os
import zlib
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests import make
from tests.world import World, build
from workspaces.models import Member, Role, User, Workspace


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long sweeps come first, so that no worker ends alone. On the second engine of one run (SAMPLED): what never
    meets a database ran already; of a sweep over addresses, and of what a browser plays, one in four is played again,
    always the same ones.
    """
    items.sort(key=lambda item: item.get_closest_marker("sweep") is None)
    if not os.environ.get("SAMPLED"):
        return
    again = [item for item in items if _meets_database(item) and (not _is_long(item) or _drawn(item))]
    kept = set(again)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = again


def _meets_database(item: pytest.Item) -> bool:
    met = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return bool(met or item.get_closest_marker("django_db") or item.get_closest_marker("browser"))


def _is_long(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("sweep") or item.get_closest_marker("browser"))


def _drawn(item: pytest.Item) -> bool:
    return zlib.crc32(item.nodeid.encode()) % 4 == 0


@pytest.fixture
def workspace(db) -> Workspace:
    return make.workspace("Atelier Morvan", owner=make.user("claire@morvan.example", name="Claire Morvan"))


@pytest.fixture
def claire(workspace: Workspace) -> Member:
    return make.owner_of(workspace)


@pytest.fixture
def malik(workspace: Workspace) -> Member:
    return make.member(workspace, Role.MEMBER, person=make.user("malik@morvan.example", name="Malik Benali"))


@pytest.fixture
def ines(workspace: Workspace) -> Member:
    return make.member(workspace, Role.READER, person=make.user("ines@morvan.example", name="Inès Roy"))


@pytest.fixture
def remi(workspace: Workspace, claire: Member) -> Member:
    removed = make.member(workspace, Role.MEMBER, person=make.user("remi@morvan.example", name="Rémi Petit"))
    removed.remove(by=claire)
    return removed


@pytest.fixture
def victor(db) -> Member:
    elsewhere = make.workspace("Victor et fils", owner=make.user("victor@fils.example", name="Victor Dumas"))
    return make.owner_of(elsewhere)


@pytest.fixture
def cora(db) -> User:
    return make.user("cora@netcrm.example", name="Cora Lenoir", is_staff=True)


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once for all the tests of a file, in a transaction around theirs that ends with it."""
    everything = transaction.atomic()
    with django_db_blocker.unblock():
        everything.__enter__()
        furnished = build()
    yield furnished
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        everything.__exit__(None, None, None)


@pytest.fixture
def world(furnished: World, db) -> World:
    """Two workspaces with one of everything, and a session for each of those who may knock."""
    return furnished


@pytest.fixture
def sign_in() -> Callable[[Member | User], Client]:
    """Signs someone in without the sign-in pages; they sit where they last sat."""

    def signed_in(person: Member | User) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=person.user_id if isinstance(person, Member) else person.pk))
        return client

    return signed_in


@pytest.fixture
def as_claire(claire: Member, sign_in) -> Client:
    return sign_in(claire)


@pytest.fixture
def as_malik(malik: Member, sign_in) -> Client:
    return sign_in(malik)


@pytest.fixture
def as_ines(ines: Member, sign_in) -> Client:
    return sign_in(ines)


@pytest.fixture
def as_remi(remi: Member, sign_in) -> Client:
    return sign_in(remi)


@pytest.fixture
def as_victor(victor: Member, sign_in) -> Client:
    return sign_in(victor)


@pytest.fixture
def as_cora(cora: User, sign_in) -> Client:
    return sign_in(cora)


@pytest.fixture
def anonymous() -> Client:
    return Client()


@pytest.fixture(autouse=True)
def quick_start(settings) -> None:
    """Each test counts its own limits, and no client begins by reading every static file."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.WHITENOISE_AUTOREFRESH = True
    cache.clear()
