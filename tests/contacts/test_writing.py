"""What an import stores is what the models' own verbs would store, in few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.imports.admit import outcomes
from contacts.imports.draft import Draft
from contacts.imports.matching import Directory
from contacts.imports.writing import write
from contacts.models import Contact, ContactPoint, Organisation, Relationship, Tag
from tests import make
from tests.contacts.importing import derived, names

FULL = {
    "given_name": "Hélène",
    "family_name": "Lefèvre",
    "emails": [("work", "Helene@Exemple.fr"), ("", "helene@exemple.fr"), ("", "h@b.fr")],
    "phones": [("", "+33612345678"), ("", "12 34")],
    "organisation": "SARL L’Atelier",
    "sector": "Bois",
    "title": "Gérante",
    "notes": "Notes",
    "tags": ["Clients", "clients", "Bois", "🎉"],
    "birthday": "--05-12",
    "website": "https://exemple.fr",
    "address": "1 rue Y",
    "met_on": "2024-02-29",
}


def admit(workspace, *drafts: Draft) -> None:
    decided = outcomes(drafts, workspace=workspace, directory=Directory(""), held=connection.vendor == "postgresql")
    write(decided, workspace=workspace, source="contacts.csv")


def brought(count: int, **values) -> list[Draft]:
    return [
        Draft(line=number, given_name="Paul", family_name=f"Durand{number}", emails=[("", f"p{number}@b.fr")], **values)
        for number in range(count)
    ]


def reindexed(workspace) -> list[tuple[str, ...]]:
    for contact in Contact.objects.for_workspace(workspace):
        contact.save()
        contact.index()
    return derived(workspace)


def test_a_new_contact_reads_as_if_typed(workspace):
    admit(workspace, Draft(line=2, **FULL))
    before = derived(workspace)
    assert before == reindexed(workspace)
    contact = Contact.objects.get()
    assert (contact.source, contact.version, str(contact.met_on)) == ("contacts.csv", 1, "2024-02-29")
    assert contact.headline == "Gérante, SARL L’Atelier"
    assert sorted(contact.points.values_list("key", flat=True)) == [
        "+33612345678",
        "1234",
        "h@b.fr",
        "helene@exemple.fr",
    ]
    assert Relationship.objects.get().contact == contact


def test_keys_are_those_that_a_save_writes(workspace):
    admit(workspace, Draft(line=2, **FULL))
    for row in [*ContactPoint.objects.all(), *Organisation.objects.all(), *Tag.objects.all()]:
        name = "key" if isinstance(row, ContactPoint) else "name_key"
        stored = getattr(row, name)
        row.save()
        assert getattr(row, name) == stored


@pytest.mark.parametrize("firm", ["", "Ancien"])
def test_a_completed_contact_reads_as_if_typed(workspace, firm):
    make.contact(workspace, "Hélène Lefèvre", emails=["h@b.fr"], firm=firm, tags=["Zoo"])
    admit(workspace, Draft(line=2, **FULL | {"organisation": firm or FULL["organisation"]}))
    before = derived(workspace)
    contact = Contact.objects.get()
    assert (contact.version, contact.birthday, contact.notes) == (2, "--05-12", "Notes")
    assert contact.tags.count() == 4
    assert before == reindexed(workspace)


def test_a_firm_of_before_gets_its_sector_and_keeps_its_own(workspace):
    make.organisation(workspace, "Un")
    make.organisation(workspace, "Deux", sector="Métal")
    one, two = brought(2, sector="Bois")
    one.organisation, two.organisation = "UN", "Deux SARL"
    admit(workspace, one, two)
    assert dict(Organisation.objects.values_list("name", "sector")) == {"Un": "Bois", "Deux": "Métal"}


def test_completing_writes_only_blanks_and_hits_only_its_contact(workspace):
    paul = make.contact(workspace, "Paul Durand0", emails=["p0@b.fr"], notes="Les miennes")
    beside = make.contact(workspace, "Zoé Petit", notes="Rien")
    admit(workspace, *brought(1, notes="Les leurs", website="https://b.fr"))
    stored = Contact.objects.get(pk=paul.pk)
    assert (stored.notes, stored.website, stored.created) == ("Les miennes", "https://b.fr", paul.created)
    assert Contact.objects.get(pk=beside.pk).updated == Contact.objects.get(pk=beside.pk).updated
    assert names(workspace) == ["Paul Durand0", "Zoé Petit"]


@pytest.mark.parametrize("known", [False, True])
def test_a_chunk_costs_as_many_queries_with_one_line_as_with_twenty(workspace, known):
    def cost(count: int, start: int) -> int:
        drafts = brought(count + start, organisation="Morvan", tags=["Client"], notes="Note")[start:]
        for draft in drafts if known else ():
            make.contact(workspace, draft.full_name, emails=[draft.emails[0][1]])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            admit(workspace, *drafts)
        return len(queries)

    assert cost(1, 0) >= cost(20, 1)
