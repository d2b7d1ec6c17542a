"""Two networks that do not go together, at each edge of the two rules."""

import pytest
from django.urls import reverse

from networks.clashes import ATTENDANCE_FROM, Belonging, Rule, clashes, clashes_of
from tests import make

ONE = Belonging(pk=1, name="Club Erdre", type="operational", exclusive=True)
HOUR = {"attendance": 80, "weekday": 0, "slot": "morning"}


def found(one, *others):
    return [(clash.rule, clash.first.name, clash.second.name) for clash in clashes(one, others)]


def test_an_exclusive_network_clashes_with_every_other_of_its_type():
    two = Belonging(pk=2, name="Acier 44", type="operational")
    three = Belonging(pk=3, name="Contacts 44", type="operational")
    wanted = [(Rule.EXCLUSIVE, "Club Erdre", name) for name in ("Acier 44", "Contacts 44")]
    assert found(ONE, two, three) == wanted


def test_it_is_the_exclusive_one_that_forbids_whichever_is_looked_at():
    two = Belonging(pk=2, name="Acier 44", type="operational")
    assert found(two, ONE) == [(Rule.EXCLUSIVE, "Club Erdre", "Acier 44")]


def test_two_exclusive_ones_clash_once():
    two = Belonging(pk=2, name="Acier 44", type="operational", exclusive=True)
    assert len(found(ONE, two)) == 1


def test_another_type_does_not_clash_nor_the_network_itself():
    assert found(ONE, Belonging(pk=2, name="Pôle", type="structuring"), ONE) == []


@pytest.mark.parametrize(
    ("changes", "clash"),
    [
        ({}, True),
        ({"attendance": ATTENDANCE_FROM}, True),
        ({"attendance": ATTENDANCE_FROM - 1}, False),
        ({"attendance": None}, False),
        ({"weekday": 1}, False),
        ({"weekday": None}, False),
        ({"slot": "evening"}, False),
        ({"slot": ""}, False),
    ],
)
def test_two_that_ask_for_the_same_hour_clash_on_a_monday_too(changes, clash):
    one = Belonging(pk=1, name="Club", type="operational", **HOUR)
    other = Belonging(pk=2, name="Pôle", type="structuring", **HOUR | changes)
    wanted = [(Rule.SAME_HOUR, "Club", "Pôle")] if clash else []
    assert found(one, other) == wanted


def test_an_hour_that_nobody_knows_is_not_the_same():
    unknown = {"attendance": 80, "weekday": None, "slot": ""}
    one, two = (Belonging(pk=pk, name=str(pk), type=str(pk), **unknown) for pk in (1, 2))
    assert found(one, two) == []


@pytest.fixture
def club(workspace):
    club = make.network(workspace, "Club <b>Erdre</b>", exclusive=True)
    make.membership(club)
    return club


def test_only_networks_that_we_are_in_clash(workspace, club):
    for name, status in (("Acier 44", "member"), ("Essai 44", "on_trial"), ("Visé", "aimed_at"), ("Sorti", "left")):
        make.membership(make.network(workspace, name), status=status, until=workspace.today())
    assert [clash.second.name for clash in clashes_of(club)] == ["Acier 44", "Essai 44"]
    assert clashes_of(make.network(workspace, "Sans adhésion", exclusive=True)) == []


def test_the_sheet_names_both_and_the_rule(as_malik, workspace, club):
    steel = make.network(workspace, "Acier 44")
    make.membership(steel)
    for sheet in (club, steel):
        page = as_malik.get(sheet.get_absolute_url()).content.decode()
        assert "<bdi>Club &lt;b&gt;Erdre&lt;/b&gt;</bdi> demande à ses membres" in page
        assert "<bdi>Acier 44</bdi> en est un" in page


def test_the_form_says_so_once_it_is_saved(as_malik, workspace, club):
    steel = make.network(workspace, "Acier 44")
    sent = {"desk": workspace.slug, "status": "member"}
    answer = as_malik.post(reverse("networks:membership_create", args=[steel.pk]), sent, follow=True)
    assert [str(message) for message in answer.context["messages"] if "Erdre" in str(message)]
    assert steel.memberships.count() == 1


def test_another_company_s_networks_never_clash(workspace, club, victor):
    theirs = make.network(victor.workspace, "Chez Victor", exclusive=True)
    make.membership(theirs)
    assert clashes_of(club) == clashes_of(theirs) == []
