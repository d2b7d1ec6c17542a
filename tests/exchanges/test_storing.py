"""Computed columns reach their rows, and nothing that happened meanwhile is lost."""

import pytest
from django.utils import timezone

from contacts.models import Relationship
from exchanges.storing import Read, store
from tests import make
from tests.exchanges.standing import stored


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def read(*contacts):
    rows = Relationship.objects.filter(contact__in=contacts).order_by("contact")
    return [Read(*row) for row in rows.values_list("pk", "version", "stale_since")]


def write(rows, columns):
    store(rows, columns)


def make_stale(contact):
    Relationship.objects.filter(contact=contact).mark_stale()


def test_each_row_gets_its_own_values(paul, workspace):
    zoe = make.contact(workspace, "Zoé Autre")
    write(read(paul, zoe), {"given": [1.5, 2.5], "balance_label": ["owed", ""], "balance": [0.5, None]})
    assert [(one.given, one.balance_label, one.balance) for one in map(stored, (paul, zoe))] == [
        (1.5, "owed", 0.5),
        (2.5, "", None),
    ]


def test_a_scored_row_is_stale_no_longer(paul):
    make_stale(paul)
    write(read(paul), {"given": [1.0]})
    assert stored(paul).stale_since is None


@pytest.mark.parametrize("was_stale", [True, False])
def test_a_row_written_to_since_it_was_read_stays_stale(paul, was_stale):
    if was_stale:
        make_stale(paul)
    before = read(paul)
    make_stale(paul)
    write(before, {"given": [1.0]})
    assert (stored(paul).given, stored(paul).stale_since is None) == (1.0, False)


def test_what_was_read_before_never_covers_what_was_scored_since(paul):
    slow = read(paul)
    make_stale(paul)
    write(read(paul), {"given": [9.0]})
    write(slow, {"given": [1.0]})
    assert stored(paul).given == 9.0
    assert stored(paul).stale_since <= timezone.now()


def test_a_relationship_erased_meanwhile_is_left_out(paul, workspace):
    zoe = make.contact(workspace, "Zoé Autre")
    both = read(paul, zoe)
    paul.delete()
    write(both, {"given": [1.0, 2.0]})
    assert stored(zoe).given == 2.0


def test_rows_that_were_not_read_stay_as_they_are(paul, workspace):
    zoe = make.contact(workspace, "Zoé Autre")
    write(read(paul), {"given": [4.0]})
    assert stored(zoe).given == 0
