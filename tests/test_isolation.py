"""Two companies share the tables and nothing else: whatever ids, filters or bodies one sends, the other stays unseen
and untouched, and no row ever points across.
"""

import re
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.matrix import ROWS
from tests.pages import Form, read
from tests.permissions import Row
from tests.world import CANARY, HOMONYM, SHARED_EMAIL, World, fingerprint, send, undone
from workspaces.owned import Owned

OURS = {name: row for name, row in ROWS.items() if isinstance(row, Row)}
SHOWN = [name for name, row in OURS.items() if row.safe]
TAKEN = [name for name, row in OURS.items() if row.post and not row.public]
OWNED = [model for model in apps.get_models() if issubclass(model, Owned)]
# What only the server may decide, sent along by someone who hopes that it listens.
ASSIGNED = [
    "id",
    "pk",
    "workspace",
    "workspace_id",
    "created",
    "deleted_at",
    "owner",
    "role",
    "is_staff",
    "is_superuser",
]
ASSIGNED += ["settled_by", "share", "twin", "stale_since", "balance", "reliability", "nonce_of", "current_member", "by"]
TEXTS = [
    "",
    "Un mot",
    HOMONYM,
    SHARED_EMAIL,
    "0",
    "-1",
    "2026-01-05",
    "on",
    "null",
    "1 OR 1=1",
    "' --",
    "é" * 400,
    "\x00",
    "..//evil.fr",
]
FILTERS = [
    "q",
    "tag",
    "member",
    "contact",
    "kind",
    "sort",
    "order",
    "page",
    "ordering",
    "include",
    "filter",
    "workspace",
]

fuzz = settings(
    deadline=None,
    derandomize=True,
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
long_fuzz = settings(fuzz, derandomize=False, max_examples=2500)


@pytest.fixture(autouse=True)
def open_doors(settings) -> None:
    settings.SIGNUP_OPEN = True


@pytest.mark.sweep
@pytest.mark.parametrize("name", SHOWN)
def test_no_page_shows_anything_of_another_workspace(name, world):
    """Searched for by a part of the word, so that a page which repeats the question does not look like a leak."""
    row, part = OURS[name], CANARY[:6]
    for query in ({}, {"q": part}, {"q": "a"}, {"tag": part}, {"tag": world.foreign["tag"]}):
        answer = world.client("owner").get(world.url(name, row.keys), query)
        assert answer.status_code in (200, 302, 404)
        assert CANARY not in answer.content.decode() + str(answer.headers)


@pytest.mark.sweep
@pytest.mark.parametrize("name", SHOWN)
def test_no_tab_sort_or_panel_of_a_page_does(name, world):
    """Follows the addresses that the page itself offers: tabs, sorts, parts fetched later."""
    client = world.client("owner")
    for address in offered_links(client.get(world.url(name, OURS[name].keys)).content.decode()):
        answer = client.get(world.url(name, OURS[name].keys) + address if address.startswith("?") else address)
        assert answer.status_code in (200, 302, 404)
        assert CANARY not in answer.content.decode()


def offered_links(html: str) -> set[str]:
    links = re.findall(r'(?:href|hx-get)="([^"]+)"', html)
    return {unescape(link) for link in links if "?" in link and link.startswith(("?", "/")) and "/account/" not in link}


def offered(world: World) -> dict[str, Form]:
    """The forms that the pages of the owner hold, by the address they post to."""
    forms: dict[str, Form] = {}
    for name in SHOWN:
        url = world.url(name, OURS[name].keys)
        for form in read(world.client("owner").get(url).content.decode()).forms:
            if form.method == "post":
                forms.setdefault(form.action.partition("?")[0] or url, form)
    return forms


def crossing() -> list[str]:
    """Keys between two rows of different workspaces."""
    found = []
    for model in OWNED:
        for key in model._meta.get_fields():
            if key.concrete and key.is_relation and issubclass(key.related_model, Owned):
                rows = model._base_manager.exclude(**{key.name: None})
                found += [f"{model._meta.label}.{key.name}"] * rows.exclude(
                    **{f"{key.name}__workspace": F("workspace")}
                ).exists()
    return found


def theirs(world: World) -> list[Any]:
    """Every row of the other workspace, in order."""
    return [list(model._base_manager.filter(workspace=world.elsewhere).order_by("pk").values()) for model in OWNED]


def test_the_oracle_sees_a_key_that_crosses(world):
    assert crossing() == []
    apps.get_model("exchanges.Exchange").objects.filter(pk=world.things["exchange"]).update(
        contact=world.foreign["contact"]
    )
    assert crossing() == ["exchanges.Exchange.contact"]


def test_the_pages_offer_the_forms_that_the_table_names(world):
    """Else the cases below would send empty bodies and prove nothing."""
    forms = offered(world)
    creating = ["exchanges:note", "contacts:contact_create", "workspaces:invitation_create", "exchanges:exchange_edit"]
    for name in creating:
        assert len(forms[world.url(name, OURS[name].keys)].fields) > 2


def body_for(form: Form | None, world: World, data: st.DataObject) -> dict[str, Any]:
    ids = [str(world.foreign[kind]) for kind in ("contact", "request", "organisation", "tag", "member", "exchange")]
    ids += [HOMONYM, SHARED_EMAIL]
    fields = form.fields if form else {}
    body: dict[str, Any] = {}
    for name, known in fields.items():
        usual = [value for value in known if value] or ["Un mot"]
        body[name] = data.draw(st.sampled_from(usual * 6 + ids + TEXTS), label=name)
    for name in data.draw(st.lists(st.sampled_from(ASSIGNED), max_size=3, unique=True), label="assigned"):
        body[name] = data.draw(st.sampled_from([*ids, str(world.elsewhere.pk), "True", "owner"]), label=name)
    return body


def try_writing(world: World, forms: dict[str, Form], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(TAKEN), label="route")
    row, foreign = OURS[name], data.draw(st.booleans(), label="foreign id")
    own = world.url(name, row.keys)
    url = world.url(name, row.keys, world.foreign if foreign else None)
    htmx = {"HX-Request": "true"} if data.draw(st.booleans(), label="htmx") else {}
    actor = data.draw(st.sampled_from(["owner", "member"]), label="actor")
    before = theirs(world)
    with undone():
        answer = send(world.client(actor, **htmx), "POST", url, body_for(forms.get(own), world, data))
        assert answer.status_code < 500
        assert CANARY not in answer.content.decode(errors="replace")
        assert theirs(world) == before
        assert crossing() == []
    assert not [letter for letter in mail.outbox if CANARY in letter.body + str(letter.to)]
    mail.outbox.clear()


def try_reading(world: World, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(SHOWN), label="route")
    row, foreign = OURS[name], data.draw(st.booleans(), label="foreign id")
    url = world.url(name, row.keys, world.foreign if foreign and not row.public else None)
    ids = [str(value) for value in world.foreign.values() if isinstance(value, int)]
    keys = data.draw(st.lists(st.sampled_from(FILTERS), max_size=3, unique=True), label="filters")
    query = {key: data.draw(st.sampled_from(ids + TEXTS), label=key) for key in keys}
    parts = {"HX-Request": "true", "HX-Target": data.draw(st.sampled_from(["rows", "dialog-body", "main", "x"]))}
    with undone():
        answer = world.client("owner", **(parts if data.draw(st.booleans()) else {})).get(url, query)
    assert answer.status_code < 500
    assert CANARY not in answer.content.decode(errors="replace")


@fuzz
@given(data=st.data())
def test_no_id_or_body_reaches_the_other_workspace(world, data):
    cache.clear()
    try_writing(world, _forms(world), data)


@fuzz
@given(data=st.data())
def test_no_filter_shows_the_other_workspace(world, data):
    try_reading(world, data)


@pytest.mark.slow
@long_fuzz
@given(data=st.data())
def test_no_id_or_body_reaches_the_other_workspace_for_long(world, data):
    cache.clear()
    try_writing(world, _forms(world), data)


@pytest.mark.slow
@long_fuzz
@given(data=st.data())
def test_no_filter_shows_the_other_workspace_for_long(world, data):
    try_reading(world, data)


def _forms(world: World) -> dict[str, Form]:
    if not world.forms:
        world.forms.update(offered(world))
    return world.forms


def test_reading_a_hundred_times_writes_nothing(world):
    before = fingerprint()
    for name in SHOWN:
        for _ in range(2):
            world.client("reader").get(world.url(name, OURS[name].keys))
    assert fingerprint() == before
