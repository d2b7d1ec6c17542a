"""Saving a person whole."""

from datetime import date

import pytest

from contacts.editing import Card, Job, Reach, card_of, create, create_from_name, differences, edit, lookalikes
from contacts.models import Contact, Organisation, Position, Tag
from tests import make
from workspaces.models import LogEntry
from workspaces.owned import EditedMeanwhile

PAUL = {"given_name": "Paul", "family_name": "Durand"}


def email(value, label=""):
    return Reach(kind="email", value=value, label=label)


def test_a_created_contact_can_be_found_listed_and_traced(claire):
    card = Card(details=PAUL, reaches=(email("paul@durand.example"),), jobs=(Job(title="Gérant", firm="Durand SA"),))
    contact = create(card, by=claire)
    assert contact.relationship.workspace == claire.workspace
    assert contact.headline == "Gérant, Durand SA"
    assert "paul durand example" in contact.search
    assert LogEntry.objects.filter(act="contacts.contact.created", subject_pk=contact.pk).exists()


@pytest.mark.parametrize(
    ("name", "parts"), [("Paul Durand", ("Paul", "Durand")), ("DURAND Paul", ("Paul", "DURAND")), ("Zoë", ("Zoë", ""))]
)
def test_a_typed_name_becomes_a_contact(claire, name, parts):
    contact = create_from_name(name, by=claire)
    assert (contact.given_name, contact.family_name) == parts


def test_two_spellings_of_a_firm_are_one_firm(claire):
    create(Card(details=PAUL, jobs=(Job(firm="Durand SARL"),)), by=claire)
    create(Card(details=PAUL, jobs=(Job(firm="SARL durand", sector="Métal"),)), by=claire)
    assert Organisation.objects.get().sector == "Métal"


def test_the_same_address_twice_is_kept_once(claire):
    contact = create(Card(details=PAUL, reaches=(email("P@d.example", "pro"), email("p@D.example"))), by=claire)
    assert [(point.value, point.label) for point in contact.points.all()] == [("P@d.example", "pro")]


def test_an_edit_replaces_points_positions_and_tags(claire):
    first = Card(
        details=PAUL, reaches=(email("a@x.example"),), jobs=(Job(firm="Ici"), Job(firm="Là")), tags=("Ancien",)
    )
    contact = create(first, by=claire)
    kept = contact.positions.get(organisation__name="Là")
    job = Job(firm="Là", title="Chef", is_main=True, started_on=date(2020, 1, 2), pk=kept.pk)
    edit(
        contact, Card(details=PAUL, reaches=(email("b@x.example"),), jobs=(job,), tags=("Neuf",)), version=1, by=claire
    )
    assert [point.value for point in contact.points.all()] == ["b@x.example"]
    assert contact.positions.get().pk == kept.pk
    assert contact.headline == "Chef, Là"
    assert [tag.name for tag in Tag.objects.all()] == ["Neuf"]


def test_the_position_of_another_contact_is_not_taken_over(claire):
    theirs = create(Card(details={"given_name": "Anne"}, jobs=(Job(firm="Ici"),)), by=claire).positions.get()
    contact = create(Card(details=PAUL, jobs=(Job(firm="Là", pk=theirs.pk),)), by=claire)
    assert Position.objects.get(pk=theirs.pk).contact != contact
    assert contact.positions.get().organisation.name == "Là"


def test_of_two_edits_of_one_version_the_second_is_refused_whole(claire):
    contact = create(Card(details=PAUL, tags=("Client",)), by=claire)
    edit(contact, Card(details={"given_name": "Pierre"}), version=1, by=claire)
    with pytest.raises(EditedMeanwhile):
        edit(contact, Card(details={"given_name": "Jean"}, tags=("Autre",)), version=1, by=claire)
    stored = Contact.objects.get(pk=contact.pk)
    assert (stored.given_name, stored.version) == ("Pierre", 2)
    assert not stored.tags.exists()


def test_what_is_stored_reads_back_as_it_was_typed(claire):
    card = Card(
        details=PAUL
        | {"birthday": "--03-12", "website": "", "address": "", "notes": "x", "met_on": None, "source": ""},
        reaches=(email("a@x.example", "pro"), Reach(kind="phone", value="06 12 34 56 78")),
        jobs=(Job(title="Chef", firm="Ici", sector="Bois", is_main=True),),
        tags=("Banque", "Client"),
    )
    contact = create(card, by=claire)
    assert differences(card, card_of(contact)) == []


def test_both_sides_of_a_difference_are_said(claire):
    contact = create(Card(details=PAUL, tags=("Client",)), by=claire)
    stored = card_of(contact)
    mine = Card(details=stored.details | {"family_name": "Dupond"}, tags=("Banque",))
    assert [(one.mine, one.theirs) for one in differences(mine, stored)] == [("Dupond", "Durand"), ("Banque", "Client")]


def test_someone_of_the_same_name_or_address_looks_alike(workspace, victor):
    namesake = make.contact(workspace, "Durand Paul")
    same_address = make.contact(workspace, "Autre Nom", emails=["paul@x.example"])
    make.contact(victor.workspace, "Paul Durand", emails=["paul@x.example"])
    card = Card(details=PAUL, reaches=(email("PAUL@x.example"),))
    assert lookalikes(card, of=Contact(workspace=workspace)) == [namesake, same_address]
