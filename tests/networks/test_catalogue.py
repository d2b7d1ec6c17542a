"""What curators and owners do to the shared catalogue, and what the log keeps of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from networks import catalogue
from networks.models import CatalogueEntry, CurationEntry, Suggestion
from tests import make

TODAY = date(2026, 3, 10)


def acts() -> list[tuple[str, dict]]:
    return list(CurationEntry.objects.order_by("pk").values_list("act", "changes"))


def test_an_edit_logs_old_and_new_and_is_found_by_its_new_name(cora):
    entry = make.entry("Pôle Métal")
    catalogue.edit(entry, {"name": "Pôle Acier", "reach": "regional"}, by=cora)
    assert acts() == [("edited", {"name": ["Pôle Métal", "Pôle Acier"]})]
    assert CatalogueEntry.objects.published().matching("acier").get() == entry


def test_an_edit_that_changes_nothing_writes_nothing(cora):
    entry = make.entry("Pôle Métal")
    assert catalogue.edit(entry, {"name": "Pôle Métal"}, by=cora) == {}
    assert acts() == []


def test_the_second_type_gives_way_when_the_first_becomes_it(cora):
    entry = make.entry(second_type="informal")
    catalogue.edit(entry, {"type": "informal"}, by=cora)
    entry.refresh_from_db()
    assert (entry.type, entry.second_type) == ("informal", "")


def test_two_networks_of_one_name_have_two_addresses(cora):
    slugs = [catalogue.create({"name": "Pôle Métal", "type": "structuring"}, by=cora).slug for _time in range(3)]
    assert slugs == ["pole-metal", "pole-metal-2", "pole-metal-3"]


def test_verifying_names_the_source_and_the_day(cora):
    entry = make.entry(site="https://metal.example")
    catalogue.verify(entry, by=cora, on=TODAY)
    entry.refresh_from_db()
    assert (entry.source, entry.verified_on) == ("https://metal.example", TODAY)
    assert not entry.is_stale(TODAY + timedelta(days=365))
    assert entry.is_stale(TODAY + timedelta(days=366))
    assert acts()[0][0] == "verified"


def test_a_retired_entry_comes_back_and_both_are_logged_once(cora):
    entry = make.entry()
    assert [catalogue.retire(entry, by=cora, on=TODAY) for _time in range(2)] == [True, False]
    assert not CatalogueEntry.objects.published().exists()
    assert [catalogue.restore(entry, by=cora) for _time in range(2)] == [True, False]
    assert CatalogueEntry.objects.published().exists()
    assert [act for act, _changes in acts()] == ["retired", "restored"]


def test_the_sheets_of_all_companies_follow_a_merger(cora, workspace, victor):
    kept, double = make.entry("Pôle Métal"), make.entry("Pole metal")
    older = make.entry("PM")
    catalogue.merge(older, into=double, by=cora, on=TODAY)
    sheets = [make.network(each, entry=double) for each in (workspace, victor.workspace)]
    waiting = make.suggestion(workspace, entry=double, reach="local")
    catalogue.merge(double, into=kept, by=cora, on=TODAY)
    for row in (*sheets, waiting):
        row.refresh_from_db()
        assert row.entry == kept
    assert CatalogueEntry.objects.published().get() == kept
    assert set(CatalogueEntry.objects.filter(merged_into=kept)) == {double, older}


def test_who_stays_takes_over_what_only_the_other_one_knew(cora):
    kept = make.entry("Pôle Métal", territory="Nantes", site="", type="structuring")
    double = make.entry("Pole metal", territory="Rennes", site="https://pole.example", second_type="structuring")
    catalogue.merge(double, into=kept, by=cora, on=TODAY)
    kept.refresh_from_db()
    assert (kept.name, kept.territory, kept.site) == ("Pôle Métal", "Nantes", "https://pole.example")
    assert (kept.type, kept.second_type) == ("structuring", "")


@pytest.mark.parametrize("what", ["itself", "a retired one"])
def test_a_merger_needs_another_that_stays(cora, what):
    double, kept = make.entry(), make.entry()
    if what == "a retired one":
        catalogue.retire(kept, by=cora, on=TODAY)
    with pytest.raises(catalogue.NotMergeable):
        catalogue.merge(double, into=double if what == "itself" else kept, by=cora, on=TODAY)
    assert CatalogueEntry.objects.filter(merged_into=None).count() == 2


def test_a_suggested_network_is_published_with_its_facts(cora, workspace):
    suggestion = make.suggestion(workspace, "Cercle des fondeurs", reach="local")
    entry = catalogue.publish(suggestion, by=cora, at=timezone.now(), answer="Merci")
    suggestion.refresh_from_db()
    assert (entry.name, entry.reach, entry.slug) == ("Cercle des fondeurs", "local", "cercle-des-fondeurs")
    assert (suggestion.state, suggestion.entry, suggestion.answer) == ("published", entry, "Merci")
    assert acts()[0][0] == "published"


def test_a_correction_changes_its_facts_alone(cora, workspace):
    entry = make.entry("Pôle Métal", reach="regional")
    catalogue.publish(make.suggestion(workspace, entry=entry, reach="national"), by=cora, at=timezone.now())
    entry.refresh_from_db()
    assert (entry.name, entry.reach) == ("Pôle Métal", "national")
    assert acts() == [("published", {"reach": ["regional", "national"]})]


def test_a_refusal_changes_nothing_but_is_logged_and_told(cora, workspace):
    suggestion = make.suggestion(workspace)
    catalogue.refuse(suggestion, by=cora, at=timezone.now(), answer="Déjà au catalogue")
    assert Suggestion.objects.get().answer == "Déjà au catalogue"
    assert not CatalogueEntry.objects.exists()
    assert [act for act, _changes in acts()] == ["refused"]


def test_of_two_curators_only_the_first_answers(cora, workspace):
    suggestion = make.suggestion(workspace)
    stale = Suggestion.objects.get()
    catalogue.publish(suggestion, by=cora, at=timezone.now())
    for settle in (catalogue.publish, catalogue.refuse):
        with pytest.raises(catalogue.AlreadySettled):
            settle(stale, by=cora, at=timezone.now(), answer="Non")
    assert CatalogueEntry.objects.count() == 1


def test_twenty_suggestions_a_day_and_the_next_day_again(workspace, victor):
    for number in range(20):
        make.suggestion(workspace, f"Cercle {number}")
    with pytest.raises(catalogue.TooManySuggestions, match="20"):
        make.suggestion(workspace, "Cercle de trop")
    make.suggestion(victor.workspace, "Cercle d’ailleurs")
    Suggestion.objects.update(created=timezone.now() - timedelta(days=1, minutes=1))
    make.suggestion(workspace, "Cercle de demain")


def test_the_same_is_not_suggested_twice_while_it_waits(workspace, cora):
    suggestion = make.suggestion(workspace)
    with pytest.raises(catalogue.AlreadySuggested):
        make.suggestion(workspace)
    catalogue.refuse(suggestion, by=cora, at=timezone.now(), answer="Pas encore")
    make.suggestion(workspace)
