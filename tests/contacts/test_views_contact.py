"""The page and the form of one contact."""

import pytest
from django.urls import reverse

from contacts.models import Contact, Organisation, Tag
from tests import make
from workspaces.models import LogEntry

CREATE = reverse("contacts:contact_create")


def typed(workspace, **changes):
    """What a browser sends from the form, before anything is typed but a name."""
    rows = {f"{rows}-{name}": value for rows in ("emails", "phones", "jobs") for name, value in ROW.items()}
    sent = {"given_name": "Paul", "family_name": "Durand", "desk": workspace.slug, "version": "1", "seen": ""}
    return sent | rows | {name.replace("__", "-"): value for name, value in changes.items()}


WHOLE = {
    "emails__0__value": "paul@durand.example",
    "phones__0__value": "06 12 34 56 78",
    "jobs__0__title": "Gérant",
    "jobs__0__firm": "Durand Thermolaquage",
    "jobs__0__sector": "Métal",
    "tag_names": "Client, Banque ; client",
    "birthday": "12/03",
    "website": "durand.example",
}
ROW = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "20"}


def test_a_whole_person_is_saved_from_one_screen(as_malik, workspace):
    response = as_malik.post(CREATE, typed(workspace, **WHOLE))
    contact = Contact.objects.get()
    assert response.url == contact.get_absolute_url()
    assert sorted(point.key for point in contact.points.all()) == ["+33612345678", "paul@durand.example"]
    assert (contact.birthday, contact.website) == ("--03-12", "https://durand.example")
    assert (Organisation.objects.get().sector, Tag.objects.count()) == ("Métal", 2)


def test_the_page_shows_the_person(as_claire, workspace):
    contact = make.contact(
        workspace,
        "Claire Morvan",
        emails=["c@navalys.example"],
        phones=["02 40 00 00 17"],
        firm="Navalys",
        title="Achats",
    )
    page = as_claire.get(contact.get_absolute_url()).content.decode()
    for said in ("Claire Morvan", "Achats", "Navalys", 'href="tel:+33240000017"', 'href="mailto:c@navalys.example"'):
        assert said in page


def test_whichever_way_one_notes_from_a_contact_s_page_it_is_about_them(as_malik, workspace):
    contact = make.contact(workspace, "Claire Morvan")
    page = as_malik.get(contact.get_absolute_url()).content.decode()
    note = reverse("exchanges:note")
    assert page.count(f'href="{note}?contact={contact.pk}"') == 3  # the bar, the key n, the card
    assert f'href="{note}"' not in page


def test_a_reader_sees_no_act_that_writes(as_ines, workspace):
    contact = make.contact(workspace, "Claire Morvan")
    page = as_ines.get(contact.get_absolute_url()).content.decode()
    assert reverse("contacts:contact_edit", args=[contact.pk]) not in page
    assert reverse("contacts:contact_bin", args=[contact.pk]) not in page
    assert reverse("exchanges:note") not in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("emails-0-value", "a@x.example, b@y.example"),
        ("emails-0-value", "pas une adresse"),
        ("phones-0-value", "abc"),
        ("birthday", "31/02/1980"),
        ("met_on", "hier"),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://x.example"),
        ("tag_names", "x" * 61),
        ("jobs-0-started_on", "2020-13-01"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_on_the_screen(as_malik, workspace, field, value):
    response = as_malik.post(CREATE, typed(workspace) | {field: value, "notes": "gardé"})
    assert response.status_code == 422
    assert "gardé" in response.content.decode()
    assert not Contact.objects.exists()


def test_a_person_needs_a_name(as_malik, workspace):
    assert as_malik.post(CREATE, typed(workspace, given_name=" ", family_name="")).status_code == 422


def test_a_position_does_not_end_before_it_begins(as_malik, workspace):
    days = {"jobs-0-firm": "Ici", "jobs-0-started_on": "2020-05-01", "jobs-0-ended_on": "2020-04-30"}
    assert as_malik.post(CREATE, typed(workspace) | days).status_code == 422


def test_a_namesake_is_shown_before_a_second_one_is_saved(as_malik, workspace):
    first = make.contact(workspace, "Paul Durand")
    warned = as_malik.post(CREATE, typed(workspace))
    assert warned.status_code == 422
    assert first.get_absolute_url() in warned.content.decode()
    assert f'name="seen" value="{first.pk}"' in warned.content.decode()
    assert as_malik.post(CREATE, typed(workspace, seen=str(first.pk))).status_code == 302
    assert Contact.objects.count() == 2


def test_the_same_edit_twice_from_one_page_is_refused_and_shown(as_malik, as_claire, workspace):
    contact = make.contact(workspace, "Paul Durand")
    edit = reverse("contacts:contact_edit", args=[contact.pk])
    assert as_claire.post(edit, typed(workspace, family_name="Dupont", notes="de Claire")).status_code == 302
    clash = as_malik.post(edit, typed(workspace, family_name="Martin"))
    page = clash.content.decode()
    assert clash.status_code == 409
    assert "<bdi>Martin</bdi>" in page
    assert "<bdi>Dupont</bdi>" in page
    assert 'name="version" value="2"' in page
    assert Contact.objects.get().family_name == "Dupont"


def test_two_edits_of_different_things_are_merged(as_malik, as_claire, workspace):
    contact = make.contact(workspace, "Paul Durand", emails=["paul@exemple.fr"])
    edit = reverse("contacts:contact_edit", args=[contact.pk])
    stored = {"drawn": as_malik.get(edit).context["drawn"], "emails__INITIAL_FORMS": "1"}
    stored["emails__0__value"] = "paul@exemple.fr"
    assert as_claire.post(edit, typed(workspace, **stored, notes="de Claire", tag_names="Client")).status_code == 302
    mine = stored | {"emails__0__value": "p.durand@exemple.fr", "source": "salon"}
    assert as_malik.post(edit, typed(workspace, **mine)).status_code == 302
    saved = Contact.objects.get()
    assert (saved.notes, saved.source, saved.version) == ("de Claire", "salon", 3)
    assert (saved.points.get().value, saved.tags.get().name) == ("p.durand@exemple.fr", "Client")


def test_a_form_that_does_not_say_what_it_was_drawn_from_is_not_merged(as_malik, as_claire, workspace):
    edit = reverse("contacts:contact_edit", args=[make.contact(workspace, "Paul Durand").pk])
    assert as_claire.post(edit, typed(workspace, family_name="Durand", notes="de Claire")).status_code == 302
    assert as_malik.post(edit, typed(workspace, source="salon", drawn="x y")).status_code == 409


def test_after_a_clash_saving_again_keeps_the_form(as_malik, workspace):
    contact = make.contact(workspace, "Paul Durand")
    edit = reverse("contacts:contact_edit", args=[contact.pk])
    Contact.objects.update(version=7)
    assert as_malik.post(edit, typed(workspace, family_name="Martin", version="1")).status_code == 409
    assert as_malik.post(edit, typed(workspace, family_name="Martin", version="7")).status_code == 302
    assert (Contact.objects.get().family_name, Contact.objects.get().version) == ("Martin", 8)


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 30])
def test_a_form_without_its_version_overwrites_nothing(as_malik, workspace, version):
    contact = make.contact(workspace, "Paul Durand")
    edit = reverse("contacts:contact_edit", args=[contact.pk])
    assert as_malik.post(edit, typed(workspace, family_name="Martin", version=version)).status_code == 409
    assert Contact.objects.get().family_name == "Durand"


def test_a_form_from_another_company_writes_nothing(as_malik, workspace, victor):
    response = as_malik.post(CREATE, typed(workspace, desk=victor.workspace.slug, notes="gardé"))
    assert response.status_code == 409
    assert "gardé" in response.content.decode()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("act", ["detail", "edit", "history"])
def test_a_contact_of_another_company_is_not_there(as_victor, workspace, act):
    contact = make.contact(workspace, "Paul Durand")
    assert as_victor.get(reverse(f"contacts:contact_{act}", args=[contact.pk])).status_code == 404


def test_a_reader_may_not_write(as_ines, workspace):
    contact = make.contact(workspace, "Paul Durand")
    edit = reverse("contacts:contact_edit", args=[contact.pk])
    assert as_ines.post(CREATE, typed(workspace)).status_code == 403
    assert as_ines.post(edit, typed(workspace, family_name="Martin")).status_code == 403
    assert Contact.objects.get().family_name == "Durand"


def test_the_history_tells_who_did_what(as_malik, as_claire, workspace):
    as_malik.post(CREATE, typed(workspace))
    contact = Contact.objects.get()
    page = as_claire.get(reverse("contacts:contact_history", args=[contact.pk])).content.decode()
    assert "Malik Benali" in page
    assert LogEntry.objects.filter(subject_pk=contact.pk, act="contacts.contact.created").count() == 1


def test_an_edit_page_shows_what_is_stored(as_malik, workspace):
    contact = make.contact(workspace, "Paul Durand", emails=["p@d.example"], firm="Durand", tags=["Client"])
    page = as_malik.get(reverse("contacts:contact_edit", args=[contact.pk])).content.decode()
    for value in ("Paul", "p@d.example", "Durand", "Client"):
        assert f'value="{value}"' in page


def test_a_name_in_the_address_fills_the_form(as_malik):
    page = as_malik.get(CREATE, {"name": "Zoé Le Goff"}).content.decode()
    assert 'value="Zoé"' in page
    assert 'value="Le Goff"' in page


def test_invisible_characters_are_not_saved(as_malik, workspace):
    as_malik.post(CREATE, typed(workspace, given_name="Pa\u202eul", notes="a\u200bb"))
    assert (Contact.objects.get().given_name, Contact.objects.get().notes) == ("Paul", "ab")


def test_what_a_stale_form_says_of_the_firm_and_the_tags_is_not_taken_for_a_change(as_malik, workspace):
    contact = make.contact(workspace, "Paul Durand", firm="durand", tags=["élus"])
    edit = reverse("contacts:contact_edit", args=[contact.pk])
    page = as_malik.get(edit).content.decode()
    assert 'name="jobs-0-firm_was" value="durand"' in page
    job = {"firm": "durand", "firm_was": "durand", "sector": "Bois", "sector_was": "Bois"}
    sent = {f"jobs__0__{name}": value for name, value in job.items()} | {"tag_names": "élus", "tags_were": "élus"}
    Organisation.objects.update(name="Durand", sector="Métal")
    Tag.objects.update(name="Élus")
    assert as_malik.post(edit, typed(workspace, **sent, notes="x")).status_code == 302
    assert list(Organisation.objects.values_list("name", "sector")) == [("Durand", "Métal")]
    assert Tag.objects.get().name == "Élus"


def test_the_network_through_which_one_met_is_kept_and_shown(as_malik, workspace):
    club = make.network(workspace, "Club Erdre")
    as_malik.post(CREATE, typed(workspace, met_through=club.pk))
    contact = Contact.objects.get()
    assert contact.met_through == club
    page = as_malik.get(contact.get_absolute_url()).text
    assert f'rencontré par <a href="{club.get_absolute_url()}"><bdi>Club Erdre</bdi></a>' in page
    as_malik.post(reverse("contacts:contact_edit", args=[contact.pk]), typed(workspace, met_through=""))
    contact.refresh_from_db()
    assert contact.met_through is None


@pytest.mark.parametrize("pk", ["foreign", "x", "999999999999999999999"])
def test_one_is_not_met_through_a_network_of_others(as_malik, workspace, victor, pk):
    foreign = make.network(victor.workspace, "Secret")
    page = as_malik.post(CREATE, typed(workspace, met_through=foreign.pk if pk == "foreign" else pk))
    assert page.status_code == 422
    assert "met_through" in page.context["sheet"].form.errors
    assert not Contact.objects.exists()
