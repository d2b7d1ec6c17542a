"""What somebody can bring: noted in one line, proposed from what they gave, verified again, counted when it helped."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from contacts.imports import job as jobs
from contacts.imports.undoing import undo
from contacts.models import Contact, Import, Organisation
from resources.forms import firms_of
from resources.models import Resource, Use
from resources.proposing import proposed, spread
from tests import make
from workspaces.models import LogEntry


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand", firm="Durand Thermolaquage")


@pytest.fixture
def club(workspace):
    return make.network(workspace)


def create(client, contact, **changes):
    sent = {"desk": contact.workspace.slug, "words": "Une cabine de 12 m", "kind": "premises"} | changes
    return client.post(reverse("resources:resource_create", args=[contact.pk]), sent)


def page_of(client, contact):
    """The part of it that comes second."""
    address = reverse("resources:contact_resources", args=[contact.pk])
    assert f'hx-get="{address}"' in client.get(contact.get_absolute_url()).content.decode()
    return client.get(address).content.decode()


def test_one_line_on_the_page_of_a_contact_is_enough(as_malik, paul, workspace):
    assert create(as_malik, paul).url == paul.get_absolute_url()
    resource = Resource.objects.get()
    assert (resource.contact, resource.kind, resource.verified_on) == (paul, "premises", workspace.today())
    assert "Une cabine de 12 m" in page_of(as_malik, paul)
    assert LogEntry.objects.filter(act="resources.resource.added").exists()


def test_what_the_firm_has_is_told_by_each_of_its_people(as_malik, paul, workspace):
    (number, firm), *_ = firms_of(paul).items()
    create(as_malik, paul, whose=number)
    resource = Resource.objects.get()
    assert (resource.contact, resource.organisation) == (None, firm)
    lucie = make.contact(workspace, "Lucie Martin", firm="Durand Thermolaquage")
    assert "Une cabine de 12 m" in page_of(as_malik, lucie)
    lucie.positions.update(ended_on=workspace.today())
    assert "Une cabine de 12 m" not in page_of(as_malik, lucie)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "x" * 201}, "words"),
        ({"kind": "magic"}, "kind"),
        ({"whose": "moon"}, "whose"),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(as_malik, paul, changes, field):
    answer = create(as_malik, paul, **changes)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Resource.objects.exists()


def test_the_same_words_are_not_written_twice_whatever_their_accents(as_malik, paul):
    create(as_malik, paul, words="Méthodes")
    answer = create(as_malik, paul, words="METHODES")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["words"])
    assert create(as_malik, paul, words="Méthodes", kind="expertise").status_code == 302


def test_a_resource_has_one_holder(paul, workspace):
    for holders in ({}, {"contact": paul, "organisation": next(iter(firms_of(paul).values()))}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Resource.objects.create(workspace=workspace, kind="expertise", words="x", **holders)


def test_it_is_corrected_and_deleted(as_malik, paul):
    resource = make.resource(paul)
    edit = reverse("resources:resource_edit", args=[resource.pk])
    sent = {"desk": paul.workspace.slug, "version": 1, "words": "Droit du travail", "kind": "expertise"}
    assert as_malik.post(edit, sent | {"verified_on": "2999-01-01"}).context["form"].errors.keys() == {"verified_on"}
    assert as_malik.post(edit, sent).url == resource.get_absolute_url()
    assert "Droit du travail" in as_malik.get(resource.get_absolute_url()).content.decode()
    assert as_malik.post(edit, sent | {"words": "Autre"}).status_code == 409
    as_malik.post(reverse("resources:resource_delete", args=[resource.pk]))
    assert not Resource.objects.exists()


@pytest.mark.parametrize(("ago", "stale"), [(None, True), (366, True), (364, False), (0, False)])
def test_what_nobody_verified_for_twelve_months_is_to_be_verified(as_malik, paul, workspace, ago, stale):
    today = workspace.today()
    resource = make.resource(paul, verified_on=None if ago is None else today - timedelta(days=ago))
    assert resource.is_stale(today) is stale
    assert Resource.objects.stale(today).exists() is stale
    assert ("à vérifier" in page_of(as_malik, paul)) is stale
    as_malik.post(reverse("resources:resource_verify", args=[resource.pk]))
    assert not Resource.objects.stale(today).exists()


def test_verifying_twice_is_written_once(as_malik, paul):
    resource = make.resource(paul, verified_on=None)
    for _ in range(2):
        as_malik.post(reverse("resources:resource_verify", args=[resource.pk]))
    assert LogEntry.objects.filter(act="resources.resource.verified").count() == 1


def test_what_helped_is_counted_and_verified_by_that(as_malik, paul, workspace):
    resource = make.resource(paul, verified_on=None)
    need = make.need(workspace, "Un avis sur le bail")
    create_use = reverse("resources:use_create", args=[resource.pk])
    sent = {"desk": workspace.slug, "on": workspace.today().isoformat(), "note": "Relu en une heure"}
    as_malik.post(create_use, sent)
    assert Resource.objects.get().verified_on is None
    as_malik.post(create_use, sent | {"helped": "on", "need": need.pk})
    assert Resource.objects.get().verified_on == workspace.today()
    counted = Resource.objects.with_uses().get()
    assert (counted.used, counted.helped) == (2, 1)
    assert "Un avis sur le bail" in as_malik.get(resource.get_absolute_url()).content.decode()
    assert "sollicitée 2 fois, utile 1" in page_of(as_malik, paul)


def test_a_use_is_corrected_and_deleted(as_malik, paul, workspace):
    use = make.use(make.resource(paul))
    sent = {"desk": workspace.slug, "version": 1, "on": "2026-01-05"}
    assert as_malik.post(reverse("resources:use_edit", args=[use.pk]), sent).status_code == 302
    use.refresh_from_db()
    assert (use.helped, use.on) == (False, date(2026, 1, 5))
    as_malik.post(reverse("resources:use_delete", args=[use.pk]))
    assert not Use.objects.exists()


def test_what_they_gave_is_proposed_once(as_malik, paul, workspace):
    make.exchange(paul, kind="loan", summary="Lecture du bail")
    line = make.exchange(paul, kind="expertise", summary="Lecture du bail")
    make.exchange(paul, "given", kind="expertise", summary="Ce que nous avons donné")
    make.exchange(paul, kind="business", summary="Une affaire")
    make.exchange(paul, kind="loan", summary="Trop vieux", on=make.days_ago(800, paul))
    assert [one.summary for one in proposed(paul, [], today=workspace.today())] == ["Lecture du bail"]
    offered = reverse("resources:resource_create", args=[paul.pk]) + f"?exchange={line.pk}"
    assert offered in page_of(as_malik, paul)
    form = as_malik.get(offered).context["form"]
    assert (form.initial["words"], form.initial["kind"]) == ("Lecture du bail", "expertise")
    create(as_malik, paul, words="Lecture du bail", kind="expertise")
    assert "?exchange=" not in page_of(as_malik, paul)


def test_an_exchange_of_somebody_else_fills_nothing_in(as_malik, paul, victor):
    other = make.exchange(make.contact(victor.workspace), kind="expertise", summary="Secret")
    for pk in (other.pk, 10**12, "x"):
        page = as_malik.get(reverse("resources:resource_create", args=[paul.pk]), {"exchange": pk})
        assert (page.status_code, page.context["form"].initial["words"]) == (200, "")


def test_one_resource_is_noted_for_several(as_malik, claire, paul, workspace):
    lucie = make.contact(workspace, "Lucie Martin")
    make.resource(paul, "Peinture époxy")
    sent = {"contact": [paul.pk, lucie.pk], "words": "PEINTURE EPOXY", "kind": "expertise"}
    address = reverse("resources:resource_spread")
    assert "Lucie Martin" in as_malik.get(address, {"contact": lucie.pk}).content.decode()
    page = as_malik.post(address, sent, follow=True).content.decode()
    assert "Notée pour 1 personne." in page
    assert list(Resource.objects.values_list("contact", flat=True).order_by("contact")) == [paul.pk, lucie.pk]
    assert spread([paul, lucie], "Peinture époxy", "expertise", by=claire, on=workspace.today()) == 0


def test_a_stranger_s_contact_gets_nothing(as_malik, victor):
    other = make.contact(victor.workspace)
    sent = {"contact": [other.pk], "words": "x", "kind": "expertise"}
    assert as_malik.post(reverse("resources:resource_spread"), sent).status_code == 422
    assert not Resource.objects.exists()


def test_the_services_of_a_network_bring_something_too(as_malik, club, workspace):
    assert "network_resources" not in as_malik.get(club.get_absolute_url()).content.decode()
    service = make.service(club, "Annuaire des métiers")
    assert "network_resources" in as_malik.get(club.get_absolute_url()).content.decode()
    address = reverse("resources:service_resource_create", args=[service.pk])
    sent = {"desk": workspace.slug, "words": "Un soudeur en deux jours", "kind": "workforce"}
    assert as_malik.post(address, sent).url == club.get_absolute_url()
    assert "Un soudeur en deux jours" in as_malik.get(club.get_absolute_url()).content.decode()


def test_the_list_is_narrowed_to_a_kind_or_to_what_is_to_be_verified(as_ines, paul):
    make.resource(paul, "Droit social")
    make.resource(paul, "Une nacelle", kind="premises", verified_on=None)
    shown = {}
    for show in ("", "expertise", "stale", "nonsense"):
        page = as_ines.get(reverse("resources:resource_list"), {"show": show})
        shown[show] = [row.words for row, _stale in page.context["resources"]]
    both = ["Droit social", "Une nacelle"]
    assert shown == {"": both, "expertise": both[:1], "stale": both[1:], "nonsense": both}


def test_who_lies_in_the_bin_brings_nothing(as_malik, malik, paul):
    resource = make.resource(paul)
    paul.bin(by=malik)
    assert as_malik.get(resource.get_absolute_url()).status_code == 404
    assert "Droit social" not in as_malik.get(reverse("resources:resource_list")).content.decode()


@pytest.mark.parametrize("rows", [1, 25, 100])
def test_the_list_costs_the_same_whatever_is_known(as_ines, paul, rows, django_assert_max_num_queries):
    for number in range(rows):
        make.use(make.resource(paul, f"Ressource {number}"))
    with django_assert_max_num_queries(7):
        as_ines.get(reverse("resources:resource_list"))
    with django_assert_max_num_queries(9):
        as_ines.get(reverse("resources:contact_resources", args=[paul.pk]))


def test_what_somebody_can_bring_outlives_the_import_that_brought_them_in(workspace, claire):
    job = Import.open(
        "contacts.csv", b"Nom;Societe\nPaul Durand;Morvan\nLucie Martin;Arzel\n", by=claire, workspace=workspace
    )
    jobs.work()
    job.start(by=claire)
    jobs.work()
    kept = make.resource(Contact.objects.get(family_name="Durand"))
    of_firm = make.resource(Organisation.objects.get(name="Arzel"), "Un grand atelier")
    assert undo(job, by=claire) == (1, 1)
    assert set(Resource.objects.all()) == {kept, of_firm}
