"""What the owner says of ties: closeness, circles, and how many a circle holds."""

import pytest
from django.urls import reverse

from contacts.circles import fill, overfull, sizes
from contacts.models import Relationship
from tests import make

LIST = reverse("contacts:contact_list")
FILL = reverse("contacts:circle_fill")


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def tie(contact):
    return Relationship.objects.get(contact=contact)


def edit(client, contact, **said):
    return client.post(reverse("contacts:relationship_edit", args=[contact.pk]), said, follow=True)


def test_closeness_and_circle_are_said_and_rescored(as_malik, paul):
    edit(as_malik, paul, closeness=4, circle="core")
    found = tie(paul)
    assert (found.closeness, found.circle, found.stale_since is None) == (4, "core", False)
    edit(as_malik, paul)
    assert (tie(paul).closeness, tie(paul).circle) == (None, "")


def test_a_rescoring_meanwhile_is_nobodys_change(as_malik, paul):
    Relationship.objects.update(version=7)
    assert edit(as_malik, paul, closeness=2, version=1).status_code == 200
    assert tie(paul).closeness == 2


@pytest.mark.parametrize("said", [{"closeness": 6}, {"closeness": 0}, {"closeness": "x"}, {"circle": "all"}])
def test_what_makes_no_sense_is_refused(as_malik, paul, said):
    assert edit(as_malik, paul, **said).status_code == 422
    assert (tie(paul).closeness, tie(paul).circle) == (None, "")


def test_the_binned_and_the_foreign_are_not_found(as_malik, paul, malik, victor):
    paul.bin(by=malik)
    for contact in (paul, make.contact(victor.workspace)):
        assert edit(as_malik, contact, closeness=3).status_code == 404


def test_a_selection_is_put_in_a_circle(as_malik, workspace):
    people = [make.contact(workspace) for _ in range(3)]
    page = as_malik.get(FILL, {"contact": [one.pk for one in people]})
    assert page.text.count('name="contact"') == 3
    as_malik.post(FILL, {"contact": [one.pk for one in people], "circle": "active"})
    assert sizes(workspace) == {"active": 3}
    as_malik.post(FILL, {"contact": people[0].pk, "circle": "none"})
    assert sizes(workspace) == {"active": 2}


@pytest.mark.parametrize(
    "data", [{"circle": "core"}, {"circle": "moon", "contact": 1}, {"circle": "none", "contact": 10**12}]
)
def test_a_selection_that_says_nothing_is_refused(as_malik, paul, data):
    assert as_malik.post(FILL, {"contact": paul.pk}).status_code == 422
    assert as_malik.post(FILL, data).status_code == 422


def test_strangers_are_never_put_in_a_circle(as_malik, paul, victor):
    foreign = make.contact(victor.workspace)
    assert as_malik.post(FILL, {"contact": [paul.pk, foreign.pk], "circle": "core"}).status_code == 422
    assert (tie(foreign).circle, tie(paul).circle) == ("", "")


def test_a_circle_that_holds_too_many_says_so(workspace, malik, as_malik):
    people = [make.contact(workspace) for _ in range(16)]
    assert fill("core", people[:15], by=malik) == 15
    assert overfull(workspace, "core") == ""
    page = edit(as_malik, people[15], circle="core")
    assert "16" in overfull(workspace, "core")
    assert "16 personnes" in page.text
    assert fill("core", people, by=malik) == 0


# --- The list -------------------------------------------------------------------------------------


def names(page):
    return [line.name for line in page.context["lines"]]


@pytest.fixture
def crowd(workspace):
    rows = (
        ("Tard Nom", "late", 20),
        ("Bientôt Nom", "due", 2),
        ("Dort Nom", "dormant", None),
        ("Frais Nom", "fresh", -9),
    )
    for name, rhythm, ago in rows:
        contact = make.contact(workspace, name)
        day = None if ago is None else make.days_ago(ago, contact)
        Relationship.objects.filter(contact=contact).update(rhythm=rhythm, next_contact_on=day)


def test_those_to_call_again_come_first(as_malik, crowd):
    assert names(as_malik.get(LIST, {"sort": "next"})) == ["Tard Nom", "Bientôt Nom", "Frais Nom", "Dort Nom"]


@pytest.mark.parametrize("sort", ["-last", "next", "name"])
@pytest.mark.parametrize(("rhythm", "name"), [("late", "Tard"), ("due", "Bientôt"), ("dormant", "Dort")])
def test_a_rhythm_filters_in_every_order(as_malik, crowd, sort, rhythm, name):
    page = as_malik.get(LIST, {"rhythm": rhythm, "sort": sort})
    assert names(page) == [f"{name} Nom"]
    assert f'name="rhythm" value="{rhythm}"' in page.text


@pytest.mark.parametrize("sort", ["-last", "name"])
def test_a_circle_filters(as_malik, workspace, paul, crowd, malik, sort):
    fill("wide", [paul], by=malik)
    assert names(as_malik.get(LIST, {"circle": "wide", "sort": sort})) == ["Paul Durand"]


def test_an_unknown_word_filters_nothing_and_a_found_nobody_is_told(as_malik, crowd):
    assert len(names(as_malik.get(LIST, {"rhythm": "zz", "circle": "zz"}))) == 4
    assert names(as_malik.get(LIST, {"rhythm": "never"})) == []


def test_without_scores_rhythm_neither_shows_nor_filters(as_malik, workspace, crowd):
    workspace.scores_on = False
    workspace.save()
    page = as_malik.get(LIST, {"sort": "next"})
    assert "rhythm=" not in page.text
    assert len(names(as_malik.get(LIST, {"rhythm": "late"}))) == 4
