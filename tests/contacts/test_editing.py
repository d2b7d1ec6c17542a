"""Saving a person whole."""

from dataclasses import replace
from datetime import date

import pytest

from contacts.editing import (
    Card,
    Job,
    NoName,
    Reach,
    card_of,
    create,
    create_from_name,
    differences,
    edit,
    edit_or_merge,
    lookalikes,
    trace,
)
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
        | {"birthday": "--03-12", "notes": "x"}
        | dict.fromkeys(("met_on", "met_through"))
        | dict.fromkeys(("website", "address", "source"), ""),
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


def test_what_only_i_changed_is_no_difference(claire):
    drawn = card_of(create(Card(details=PAUL, tags=("Client",)), by=claire))
    mine = Card(details=drawn.details | {"family_name": "Dupond"}, tags=("Banque",))
    theirs = Card(details=drawn.details | {"family_name": "Dupont"}, tags=("Client",))
    assert [one.theirs for one in differences(mine, theirs, trace(drawn))] == ["Dupont"]


def test_someone_of_the_same_name_or_address_looks_alike(workspace, victor):
    namesake = make.contact(workspace, "Durand Paul")
    same_address = make.contact(workspace, "Autre Nom", emails=["paul@x.example"])
    make.contact(victor.workspace, "Paul Durand", emails=["paul@x.example"])
    card = Card(details=PAUL, reaches=(email("PAUL@x.example"),))
    assert lookalikes(card, of=Contact(workspace=workspace)) == [namesake, same_address]


def saved(contact, claire, **changes):
    """The form as drawn now, with one row of it changed."""
    card = card_of(contact)
    contact.refresh_from_db()
    edit(contact, replace(card, jobs=(replace(card.jobs[0], **changes),)), version=contact.version, by=claire)


def test_a_stale_form_does_not_bring_an_old_sector_back(claire):
    anne, paul = (
        create(Card(details={"given_name": name}, jobs=(Job(firm="Ici", sector="Bois"),)), by=claire)
        for name in ("Anne", "Paul")
    )
    stale = card_of(anne)
    saved(paul, claire, sector="Métal")
    edit(anne, replace(stale, details=stale.details | {"notes": "x"}), version=1, by=claire)
    assert Organisation.objects.get().sector == "Métal"


def test_a_sector_can_be_emptied(claire):
    paul = create(Card(details=PAUL, jobs=(Job(firm="Ici", sector="Bois"),)), by=claire)
    saved(paul, claire, sector="")
    assert Organisation.objects.get().sector == ""


def test_moving_to_another_firm_leaves_both_sectors_as_they_are(claire):
    create(Card(details=PAUL, jobs=(Job(firm="Là", sector="Métal"),)), by=claire)
    paul = create(Card(details=PAUL, jobs=(Job(firm="Ici", sector="Bois"),)), by=claire)
    saved(paul, claire, firm="Là")
    assert dict(Organisation.objects.values_list("name", "sector")) == {"Ici": "Bois", "Là": "Métal"}
    saved(paul, claire, firm="Ici", sector="")
    assert dict(Organisation.objects.values_list("name", "sector")) == {"Ici": "Bois", "Là": "Métal"}


def test_the_spelling_of_a_firm_can_be_corrected_and_all_its_people_show_it(claire):
    anne, paul = (
        create(Card(details={"given_name": name}, jobs=(Job(title="Chef", firm="durand"),)), by=claire)
        for name in ("Anne", "Paul")
    )
    saved(paul, claire, firm="Durand SARL")
    assert Organisation.objects.get().name == "Durand SARL"
    for contact in (anne, paul):
        contact.refresh_from_db()
        assert contact.headline == "Chef, Durand SARL"
        assert "durand sarl" in contact.search


def test_a_stale_form_does_not_bring_an_old_spelling_back(claire):
    anne, paul = (
        create(Card(details={"given_name": name}, jobs=(Job(firm="durand"),), tags=("client",)), by=claire)
        for name in ("Anne", "Paul")
    )
    stale, drawn = card_of(anne), card_of(paul)
    edit(paul, replace(drawn, jobs=(replace(drawn.jobs[0], firm="Durand"),), tags=("Client",)), version=1, by=claire)
    edit(anne, stale, version=1, by=claire)
    assert (Organisation.objects.get().name, Tag.objects.get().name) == ("Durand", "Client")


def test_a_firm_named_in_passing_keeps_its_spelling(claire):
    create(Card(details=PAUL, jobs=(Job(firm="Durand"),)), by=claire)
    create(Card(details=PAUL, jobs=(Job(firm="durand"),)), by=claire)
    assert Organisation.objects.get().name == "Durand"


def test_the_spelling_of_a_tag_can_be_corrected(claire):
    paul = create(Card(details=PAUL, tags=("élus",)), by=claire)
    edit(paul, replace(card_of(paul), tags=("Élus",)), version=1, by=claire)
    assert Tag.objects.get().name == "Élus"


def test_correcting_a_firm_of_many_people_takes_few_queries(claire, django_assert_max_num_queries):
    people = [create(Card(details=PAUL, jobs=(Job(firm="durand"),)), by=claire) for _person in range(30)]
    with django_assert_max_num_queries(40):
        saved(people[0], claire, firm="Durand")
    assert set(Contact.objects.values_list("headline", flat=True)) == {"Durand"}


def test_a_change_of_the_main_position_survives_a_merge(claire):
    paul = create(Card(details=PAUL, jobs=(Job(firm="Ici", is_main=True), Job(firm="Là"))), by=claire)
    drawn, (here, there) = card_of(paul), card_of(paul).jobs
    edit(paul, replace(drawn, details=drawn.details | {"notes": "x"}), version=1, by=claire)
    mine = replace(drawn, jobs=(replace(here, is_main=False), replace(there, is_main=True)))
    assert edit_or_merge(Contact.objects.get(), mine, version=1, drawn=trace(drawn), by=claire)
    assert (Contact.objects.get().headline, Contact.objects.get().notes) == ("Là", "x")


@pytest.mark.parametrize("name", [",", "PhD", "ii", "MBA, PhD", "Pa\u200bul\u202e", "\x1bPaul"])
def test_whatever_can_be_read_makes_a_contact(claire, name):
    contact = create_from_name(name, by=claire)
    assert contact.full_name == name.translate({0x200B: None, 0x202E: None, 0x1B: None})


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u202e\x1b"])
def test_what_cannot_be_read_is_no_name(claire, name):
    with pytest.raises(NoName):
        create_from_name(name, by=claire)
    assert not Contact.objects.exists()
