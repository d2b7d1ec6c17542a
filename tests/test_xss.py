"""Hostile words in every text that we keep: no page gains an element, an attribute or an address that runs."""

from collections import defaultdict
from collections.abc import Collection
from itertools import chain
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse
from django.urls import reverse

from tests.matrix import ROWS
from tests.pages import read
from tests.payloads import FIRST_FEW, PAYLOADS
from tests.permissions import Row
from tests.world import World, send, undone
from workspaces import invitations
from workspaces.models import Invitation

OURS = {name: row for name, row in ROWS.items() if isinstance(row, Row)}
SHOWN = [name for name, row in OURS.items() if row.safe]
ROOMS = {"workspaces", "strategy", "networks", "contacts", "exchanges", "resources", "journey"}
# Texts that the program alone writes, and that decide how it behaves.
NOT_TYPED = {
    "User.password",
    "Workspace.slug",
    "Workspace.timezone",
    "Invitation.token_hash",
    "LogEntry.act",
    "LogEntry.subject_kind",
    "Heartbeat.name",
    "Relationship.promise_marks",
    "Relationship.touches",
    "Postponed.kind",
    "CatalogueEntry.slug",
    "Skip.step",
}
# In small letters, as the search column keeps its words: PostgreSQL tells them apart.
NEUTRAL = "neutre"
# Stands in every text of the world's first workspace.
TYPED = "Durand"
# What calm pages hold, by the word that finds nothing: learnt once, for all the hostile words that follow.
CALM: dict[str, dict[str, set[Any]]] = {}


def text_fields() -> list[tuple[type[models.Model], models.Field]]:
    """Every text, choice lists apart; a new column is found here by itself."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        (model, field)
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
        for field in model._meta.fields
        if isinstance(field, kinds) and not field.choices and f"{model.__name__}.{field.name}" not in NOT_TYPED
    ]


def fill(word: str) -> int:
    """Put `word` into each text of each row, as far as the column's own checks let it through; how many took it."""
    taken = 0
    for model, field in text_fields():
        for row in model._base_manager.all():
            is_json = isinstance(field, models.JSONField)
            value = planted(getattr(row, field.name), word) if is_json else as_stored(field, word, row.pk)
            if value is not None:
                taken += model._base_manager.filter(pk=row.pk).update(**{field.name: value})
    return taken


def planted(value: Any, word: str) -> Any:
    """The same structure, with the word where people's own text stood; codes and names of columns stay."""
    if isinstance(value, dict):
        return {key: planted(inner, word) for key, inner in value.items()}
    if isinstance(value, list):
        return [planted(inner, word) for inner in value]
    return word.replace("\x00", "") if isinstance(value, str) and TYPED in value else value


def as_stored(field: models.Field, word: str, pk: Any) -> Any:
    word = word.replace("\x00", "")
    size = field.max_length or 500
    hostile, calm = [f"{word}{pk}"[-size:], f"https://x.example/{word}{pk}"[:size]], f"{NEUTRAL}{pk}.example"
    for value in (*hostile, f"x@{calm}"[:size], f"https://{calm}"[:size]):
        try:
            field.run_validators(value)
        except ValidationError:
            continue
        return value
    return None


def seen(world: World, only: Collection[str] = ()) -> dict[str, Any]:
    """What a parser makes of every page, and of every part that is not the whole page again."""
    pages = {}
    for name in SHOWN:
        url = world.url(name, OURS[name].keys)
        pages[name] = read(html_of(world.client("owner").get(url)))
        for part in ("rows", "dialog-body", name.partition(":")[2]):
            if only and f"{name}#{part}" not in only:
                continue
            client = world.client("owner", **{"HX-Request": "true", "HX-Target": part})
            cut = read(html_of(client.get(url)))
            if cut.elements != pages[name].elements:
                pages[f"{name}#{part}"] = cut
    return pages


def html_of(answer: HttpResponse) -> str:
    """What a browser would draw; a download is none of it, since it is never sniffed for HTML."""
    assert answer.status_code < 500, answer.request["PATH_INFO"]
    drawn = answer.headers.get("Content-Type", "").startswith("text/html")
    assert drawn or answer["X-Content-Type-Options"] == "nosniff"
    return answer.content.decode() if drawn else ""


def asked(world: World, word: str) -> dict[str, Any]:
    """The word as a question, and as what someone typed wrong."""
    pages = {}
    for name, row in OURS.items():
        url = world.url(name, row.keys)
        if row.safe:
            query = dict.fromkeys(("q", "name", "next", "contact_name"), word)
            pages[f"{name}?"] = html_of(world.client("owner").get(url, query))
        if row.post and row.post.status in (409, 422):
            with undone():
                body = dict.fromkeys(("name", "email", "contact_name", "summary", "given_name", "notes", "on"), word)
                pages[f"{name}!"] = html_of(send(world.client("owner"), "POST", url, body))
    return {name: read(html) for name, html in pages.items()}


def letter(world: World) -> dict[str, Any]:
    invitation = Invitation.objects.filter(workspace=world.workspace).select_related("invited_by__user").first()
    Invitation.objects.filter(pk=invitation.pk).update(email="guest@example.org")
    invitation.email = "guest@example.org"
    invitations.mail(invitation, "token")
    return {"letter": read(mail.outbox.pop().alternatives[0].content)}


def calm(world: World, absent: str) -> dict[str, set[Any]]:
    """The elements and attributes of each page while all is calm: one that finds what is asked, one that does not."""
    if absent not in CALM:
        with undone():
            fill(NEUTRAL)
            looks = [seen(world), asked(world, NEUTRAL), asked(world, absent), letter(world)]
        known: dict[str, set[Any]] = defaultdict(set)
        for name, page in chain.from_iterable(look.items() for look in looks):
            known[name] |= set(page.elements)
        CALM[absent] = dict(known)
    return CALM[absent]


def differences(world: World, word: str) -> list[str]:
    """Elements and attributes that no calm page has.

    A NUL is refused wherever it is typed: the calm page beside it is one that refuses a NUL too.
    """
    known = calm(world, "Absent\x00" if "\x00" in word else "Absent")
    with undone():
        fill(word)
        wild = seen(world, only=known) | asked(world, word) | letter(world)
    found = [f"{name}: {new}" for name in wild if (new := set(wild[name].elements) - known[name])]
    return found + [f"{name}: {danger}" for name in wild for danger in wild[name].dangers]


def test_the_introspection_finds_the_texts_that_people_type(world):
    found = {f"{model.__name__}.{field.name}" for model, field in text_fields()}
    assert {"Contact.given_name", "Contact.notes", "Tag.name", "Commitment.summary", "User.name"} <= found
    assert {"LogEntry.subject", "ImportLine.problems", "Workspace.name", "ContactPoint.value"} <= found
    assert fill(PAYLOADS[0]) > 50


def test_a_page_that_forgets_to_escape_would_be_seen():
    calm, wild = read("<p>Neutre</p>"), read(f"<p>{PAYLOADS[0]}</p>")
    assert calm.elements != wild.elements
    assert read('<a href="java\nscript:x">').dangers


def test_forty_ways_are_tried():
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.sweep
@pytest.mark.parametrize("word", PAYLOADS[:FIRST_FEW])
def test_hostile_words_stay_words(word, world):
    assert differences(world, word) == []


@pytest.mark.slow
@pytest.mark.parametrize("word", PAYLOADS[FIRST_FEW:])
def test_other_hostile_words_stay_words(word, world):
    assert differences(world, word) == []


def test_a_letter_quotes_names_and_runs_none(world):
    fill(PAYLOADS[1])
    body = {"email": "n@example.org", "role": "member", "desk": world.workspace.slug}
    world.client("owner").post(reverse("workspaces:invitation_create"), body)
    html = mail.outbox[0].alternatives[0].content
    assert "<img" not in html
    assert "&lt;img" in html
