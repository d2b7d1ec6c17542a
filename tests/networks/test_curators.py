"""The curators' desk: what they may do to the catalogue, and what they never see."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from networks import catalogue
from networks.catalogue_file import read
from networks.models import CatalogueEntry, CurationEntry, Network, Suggestion
from tests import make
from tests.world import CANARY, fingerprint
from workspaces.models import User

KINDS = ["catalogueentry", "suggestion", "curationentry"]
ENTRIES = reverse("admin:networks_catalogueentry_changelist")
IMPORT = reverse("admin:networks_catalogueentry_import_file")


def desk(kind: str, pk: int) -> str:
    return reverse(f"admin:networks_{kind}_change", args=[pk])


def typed(client, entry, **facts) -> dict:
    """The form as the page shows it, with some facts changed."""
    form = client.get(desk("catalogueentry", entry.pk)).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in (shown | facts).items()}


def acted(client, action: str, *entries, **more):
    return client.post(ENTRIES, {"action": action, "_selected_action": [one.pk for one in entries]} | more)


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_every_curator_opens_the_lists_and_nobody_else_does(as_cora, as_claire, anonymous, kind):
    url = reverse(f"admin:networks_{kind}_changelist")
    assert as_cora.get(url).status_code == 200
    assert as_claire.get(url).status_code == 302
    assert anonymous.get(url).status_code == 302


def test_who_curates_no_more_is_out_at_once(as_cora, cora):
    User.objects.filter(pk=cora.pk).update(is_staff=False)
    assert as_cora.get(ENTRIES).status_code == 302


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_ever_deleted(as_cora, workspace, kind):
    entry = make.entry()
    make.suggestion(workspace)
    CurationEntry.objects.create(act="edited", entry=entry, name="x")
    pk = {"catalogueentry": entry, "suggestion": Suggestion.objects.get(), "curationentry": entry.log.get()}[kind].pk
    assert as_cora.post(reverse(f"admin:networks_{kind}_delete", args=[pk]), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in text_of(as_cora.get(reverse(f"admin:networks_{kind}_changelist")))


def test_an_edit_is_saved_and_logged(as_cora, cora):
    entry = make.entry("Pôle Métal", ways_in="fee")
    data = typed(as_cora, entry, name="Pôle Acier", ways_in=["selection", "fee"], services="veille ; achats")
    assert as_cora.post(desk("catalogueentry", entry.pk), data).status_code == 302
    entry.refresh_from_db()
    assert (entry.name, entry.ways_in, entry.services) == ("Pôle Acier", "fee;selection", "veille;achats")
    log = CurationEntry.objects.get()
    assert (log.by, log.act, log.changes["name"]) == (cora, "edited", ["Pôle Métal", "Pôle Acier"])
    assert "Pôle Métal → Pôle Acier" in text_of(as_cora.get(desk("curationentry", log.pk)))


def test_saving_what_is_there_writes_no_line(as_cora):
    entry = make.entry("Pôle Métal", ways_in="fee;selection", services="veille;achats")
    data = typed(as_cora, entry, ways_in=["fee", "selection"])
    assert as_cora.post(desk("catalogueentry", entry.pk), data).status_code == 302
    assert not CurationEntry.objects.exists()


def test_two_curators_do_not_overwrite_each_other(as_cora, cora):
    entry = make.entry("Pôle Métal")
    data = typed(as_cora, entry, name="Pôle Acier")
    catalogue.edit(entry, {"name": "Pôle Fonte"}, by=cora)
    assert "modifié ce réseau entre-temps" in text_of(as_cora.post(desk("catalogueentry", entry.pk), data))
    assert CatalogueEntry.objects.get().name == "Pôle Fonte"


@pytest.mark.parametrize(
    "facts", [{"name": ""}, {"site": "javascript:x"}, {"type": "festive"}, {"verified_on": "2999-01-01"}]
)
def test_a_wrong_fact_is_not_saved(as_cora, facts):
    entry = make.entry("Pôle Métal")
    answer = as_cora.post(desk("catalogueentry", entry.pk), typed(as_cora, entry, **facts))
    assert answer.context["adminform"].form.errors.keys() == facts.keys()
    assert not CurationEntry.objects.exists()


def test_a_new_network_gets_its_own_address(as_cora, cora):
    data = {"name": "Cercle des fondeurs", "type": "identity", "nature": "network"}
    assert as_cora.post(reverse("admin:networks_catalogueentry_add"), data).status_code == 302
    assert CatalogueEntry.objects.get().slug == "cercle-des-fondeurs"
    assert CurationEntry.objects.get().act == "created"


def test_words_and_the_stale_report_find_networks(as_cora, cora, workspace):
    stale, fresh = make.entry("Pôle Métal"), make.entry("Cercle Élan")
    catalogue.verify(fresh, by=cora, on=workspace.today())
    assert list(as_cora.get(ENTRIES, {"verified": "stale"}).context["cl"].queryset) == [stale]
    assert list(as_cora.get(ENTRIES, {"verified": "fresh"}).context["cl"].queryset) == [fresh]
    assert list(as_cora.get(ENTRIES, {"q": "elan"}).context["cl"].queryset) == [fresh]
    assert list(as_cora.get(ENTRIES, {"reach": "local"}).context["cl"].queryset) == []


def test_several_are_verified_retired_and_restored_at_once(as_cora):
    entries = [make.entry(site="https://metal.example") for _time in range(2)]
    acted(as_cora, "verify_today", *entries)
    assert not CatalogueEntry.objects.filter(verified_on=None).exists()
    assert set(CatalogueEntry.objects.values_list("source", flat=True)) == {"https://metal.example"}
    acted(as_cora, "retire", *entries)
    assert list(as_cora.get(ENTRIES, {"retired": "no"}).context["cl"].queryset) == []
    acted(as_cora, "restore", entries[0])
    assert CatalogueEntry.objects.published().get() == entries[0]


def test_merging_asks_which_one_stays(as_cora, workspace, victor):
    kept, double = make.entry("Pôle Métal", reach="national"), make.entry("Pole metal")
    sheets = [make.network(each, f"Secret {CANARY}", entry=double) for each in (workspace, victor.workspace)]
    page = text_of(acted(as_cora, "merge", kept, double))
    assert "Choisissez celui qui reste" in page
    assert CANARY not in page
    assert CatalogueEntry.objects.published().count() == 2
    acted(as_cora, "merge", kept, double, keep=kept.pk)
    assert CatalogueEntry.objects.published().get() == kept
    assert set(Network.objects.filter(entry=kept)) == set(sheets)


def test_one_alone_or_a_retired_one_to_keep_merges_nothing(as_cora, cora, workspace):
    retired, other = make.entry(), make.entry()
    catalogue.retire(retired, by=cora, on=workspace.today())
    acted(as_cora, "merge", other)
    acted(as_cora, "merge", retired, other, keep=retired.pk)
    assert not CatalogueEntry.objects.exclude(merged_into=None).exists()


def test_an_export_comes_back_without_a_change(as_cora, cora, workspace):
    for number, text in enumerate(["=1+1", "d'abord; puis", 'dit "oui"', "deux\nlignes"]):
        make.entry(f"Pôle {number}", description=text, services="veille;achats", second_type="informal")
    catalogue.verify(CatalogueEntry.objects.first(), by=cora, on=workspace.today())
    exported = as_cora.get(reverse("admin:networks_catalogueentry_export_all")).content
    before = fingerprint()
    assert as_cora.post(IMPORT, {"file": SimpleUploadedFile("catalogue.csv", exported)}).url == ENTRIES
    after = fingerprint()
    assert {table for table in before if before[table] != after[table]} == set()


def test_an_import_is_the_curator_s_edit_and_the_next_reading_keeps_it(as_cora, cora):
    head = "slug,nom,nature,type\n"
    catalogue.load(read(f"{head}pole,Pôle Métal,reseau,structurant\n".encode()))
    own = f"{head}pole,Pôle Acier,reseau,structurant\nnouveau,Nouveau,reseau,informel\n"
    as_cora.post(IMPORT, {"file": SimpleUploadedFile("own.csv", own.encode())})
    catalogue.load(read(f"{head}pole,Pôle Métal,reseau,structurant\n".encode()))
    assert set(CatalogueEntry.objects.values_list("name", flat=True)) == {"Pôle Acier", "Nouveau"}
    assert list(CurationEntry.objects.filter(by=cora).values_list("act", flat=True)) == ["created", "edited"]


def test_a_wrong_file_is_told_with_its_line_and_takes_nothing(as_cora):
    bad = b"slug,nom,type\nun,Un,informel\ndeux,Deux,festif\n"
    answer = as_cora.post(IMPORT, {"file": SimpleUploadedFile("bad.csv", bad)})
    assert answer.status_code == 422
    assert "Ligne 3" in text_of(answer)
    assert not CatalogueEntry.objects.exists()


def test_the_queue_shows_what_waits_first_and_never_who(as_cora, cora, workspace, victor):
    settled = make.suggestion(victor.workspace, "Déjà lu")
    catalogue.refuse(settled, by=cora, at=settled.created, answer="Non")
    waiting = make.suggestion(workspace, "Cercle des fondeurs", reason="Leur site")
    page = as_cora.get(reverse("admin:networks_suggestion_changelist"))
    assert list(page.context["cl"].result_list) == [waiting, settled]
    detail = text_of(as_cora.get(desk("suggestion", waiting.pk)))
    for told in (text_of(page), detail):
        assert workspace.name not in told
        assert workspace.slug not in told
    assert "Cercle des fondeurs" in detail


def test_the_difference_of_a_correction_is_shown_and_published(as_cora, workspace):
    entry = make.entry("Pôle Métal", reach="regional")
    suggestion = make.suggestion(workspace, entry=entry, reach="national")
    assert "Régional → National" in text_of(as_cora.get(desk("suggestion", suggestion.pk)))
    as_cora.post(desk("suggestion", suggestion.pk), {"answer": "Merci", "networks_suggestion_publish": "1"})
    entry.refresh_from_db()
    suggestion.refresh_from_db()
    assert (entry.reach, suggestion.state, suggestion.answer) == ("national", "published", "Merci")


def test_a_refusal_says_why(as_cora, workspace):
    suggestion = make.suggestion(workspace)
    url = desk("suggestion", suggestion.pk)
    assert "Dites pourquoi" in text_of(as_cora.post(url, {"answer": " ", "networks_suggestion_refuse": "1"}))
    assert Suggestion.objects.waiting().exists()
    as_cora.post(url, {"answer": "Déjà au catalogue", "networks_suggestion_refuse": "1"})
    assert Suggestion.objects.get().state == "refused"


def test_what_is_settled_is_only_read(as_cora, cora, workspace):
    suggestion = make.suggestion(workspace)
    catalogue.refuse(suggestion, by=cora, at=suggestion.created, answer="Non")
    url = desk("suggestion", suggestion.pk)
    assert "networks_suggestion_publish" not in text_of(as_cora.get(url))
    assert as_cora.post(url, {"answer": "Si", "networks_suggestion_publish": "1"}).status_code == 403


def test_a_save_without_an_answer_settles_nothing(as_cora, workspace):
    suggestion = make.suggestion(workspace)
    as_cora.post(desk("suggestion", suggestion.pk), {"answer": "Merci", "_save": "1"})
    assert Suggestion.objects.get().answer == ""


def test_the_log_is_only_read(as_cora):
    line = CurationEntry.objects.create(act="edited", name="Pôle", changes={"reach": ["", "local"]})
    assert as_cora.post(desk("curationentry", line.pk), {"name": "Autre"}).status_code == 403
    assert as_cora.get(reverse("admin:networks_curationentry_add")).status_code == 403


def test_a_hostile_suggestion_stays_text_on_the_desk(as_cora, workspace):
    suggestion = make.suggestion(workspace, "<script>alert(7)</script>", description="<img src=x onerror=alert(7)>")
    for url in (reverse("admin:networks_suggestion_changelist"), desk("suggestion", suggestion.pk)):
        assert "<script>alert(7)" not in text_of(as_cora.get(url))
        assert "<img src=x" not in text_of(as_cora.get(url))


@pytest.mark.parametrize("name", ["network_list", "entry_list", "suggestion_list", "suggestion_create"])
def test_a_curator_finds_no_page_of_the_companies(as_cora, workspace, name):
    assert as_cora.get(reverse(f"networks:{name}")).status_code == 404


@pytest.mark.parametrize("rows", [1, 25, 100])
@pytest.mark.parametrize("kind", KINDS)
def test_the_lists_cost_as_many_statements_whatever_their_length(
    as_cora, cora, workspace, kind, rows, django_assert_max_num_queries
):
    for number in range(rows):
        entry = make.entry(f"Pôle {number}")
        Suggestion.objects.create(workspace=workspace, entry=entry, facts={"reach": "local"})
        catalogue.edit(entry, {"reach": "local"}, by=cora)
    with django_assert_max_num_queries(10):
        as_cora.get(reverse(f"admin:networks_{kind}_changelist"))
