"""What is said of a rhythm, whom the home asks for, and how the owner puts somebody off."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from contacts.models import Relationship
from exchanges import scoring
from exchanges.rhythm import cooling, reactivation, strength_sentence
from exchanges.ties import DORMANT_DAYS, Rhythm, contact_status
from exchanges.wording import rhythm_sentence
from tests import make
from tests.exchanges.standing import stored
from workspaces.models import LogEntry

HTMX = {"HX-Request": "true", "HX-Target": "contact_panel"}
TODAY = date(2026, 3, 10)


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def tie(contact, *, ago=30, every=30.0, strength=0.5, minutes=10.0, **more):
    """As the scoring would have stored it."""
    fields = {"last_contact_on": make.days_ago(ago, contact), "cadence_days": every, "strength": strength}
    Relationship.objects.filter(contact=contact).update(contact_minutes=minutes, **fields | more)
    return contact


def panel_of(contact):
    return reverse("exchanges:contact_panel", args=[contact.pk])


def snooze(client, contact, length="", **headers):
    return client.post(reverse("exchanges:relationship_snooze", args=[contact.pk]), {"for": length}, headers=headers)


def asked(workspace, limit=10):
    return [str(one.contact) for one in cooling(workspace, today=workspace.today(), limit=limit)]


# --- Words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ago", "every", "said"),
    [
        (10, 30, "à revoir vers le 30\xa0mars"),
        (23, 30, "à revoir vers le 17\xa0mars"),
        (24, 30, "moment de reprendre contact</strong>\xa0: dernier contact il y a 24\xa0jours."),
        (36, 30, "moment de reprendre contact</strong>\xa0: dernier contact il y a 5\xa0semaines."),
        (37, 30, "le suivant était prévu vers le 3\xa0mars"),
        (DORMANT_DAYS - 1, 30, "moment de reprendre contact"),
        (DORMANT_DAYS, 30, "endormi depuis 3\xa0ans</strong>."),
        (-2, 30, "à revoir vers le 11\xa0avril"),
    ],
)
def test_a_rhythm_is_said_in_words(ago, every, said):
    found = Relationship(last_contact_on=TODAY - timedelta(days=ago), cadence_days=every)
    assert said in rhythm_sentence(found, "Paul", TODAY)


def test_a_tie_that_was_solid_is_easy_to_wake():
    found = Relationship(last_contact_on=TODAY - timedelta(days=1500), cadence_days=90, reactivation=0.4)
    assert "endormi depuis 4\xa0ans</strong>, facile à réveiller" in rhythm_sentence(found, "Paul", TODAY)


def test_what_is_not_known_yet_is_said(workspace):
    assert "Aucun contact" in rhythm_sentence(Relationship(), "Paul", TODAY)
    assert "en cours de calcul" in rhythm_sentence(Relationship(last_contact_on=TODAY), "Paul", TODAY)


def test_a_name_is_text():
    assert "&lt;b&gt;" in rhythm_sentence(Relationship(), "<b>", TODAY)


@pytest.mark.parametrize(
    ("strength", "word"), [(0.5, "solide"), (0.3, "se construit"), (0.1, "léger"), (None, "rien encore")]
)
def test_a_strength_is_a_sentence(strength, word):
    assert word in strength_sentence(strength, 5)


# --- Whom to call again ---------------------------------------------------------------------------


def test_what_is_lost_without_a_contact_comes_first(workspace):
    for name, ago, strength in (("Fort Tôt", 26, 0.9), ("Faible Tard", 60, 0.3), ("Moyen Retard", 40, 0.7)):
        tie(make.contact(workspace, name), ago=ago, strength=strength)
    assert asked(workspace) == ["Moyen Retard", "Fort Tôt", "Faible Tard"]


@given(some.lists(some.tuples(some.integers(1, 1200), some.floats(0.01, 0.99)), max_size=12))
def test_the_order_is_force_times_lateness(pairs):
    late = [(strength * ago / 30, strength, ago) for ago, strength in pairs if 24 <= ago < DORMANT_DAYS]
    statuses = [contact_status(TODAY - timedelta(days=ago), TODAY, 30.0) for _loss, _strength, ago in late]
    assert all(one.rhythm in (Rhythm.DUE, Rhythm.LATE) for one in statuses)
    assert [one.ratio for one in statuses] == [ago / 30 for _loss, _strength, ago in late]


def test_nobody_is_asked_for_too_early_nor_while_asleep_put_off_binned_or_off_the_meter(workspace, claire):
    people = {name: make.contact(workspace, f"{name} Nom") for name in ("Tôt", "Dort", "Plus", "Jeté", "Hors", "Dû")}
    for contact in people.values():
        tie(contact)
    tie(people["Tôt"], ago=23)
    tie(people["Dort"], ago=DORMANT_DAYS)
    stored(people["Plus"]).snooze(workspace.today() + timedelta(days=1), by=claire)
    people["Jeté"].bin(by=claire)
    stored(people["Hors"]).uncount(by=claire)
    tie(make.contact(make.workspace("Ailleurs"), "Autre Nom"))
    assert asked(workspace) == ["Dû Nom"]
    workspace.scores_on = False
    assert asked(workspace) == []


def test_a_snooze_ends_by_itself(workspace, paul):
    tie(paul, snoozed_until=workspace.today())
    assert asked(workspace) == ["Paul Durand"]


def test_no_more_is_asked_than_the_week_has_time_for(workspace):
    make.budget(workspace, hours=1)
    for name, minutes, strength in (("Un Long", 45, 0.9), ("Deux Longs", 45, 0.8), ("Trois Courts", 15, 0.7)):
        tie(make.contact(workspace, name), minutes=minutes, strength=strength)
    assert asked(workspace) == ["Un Long", "Trois Courts"]
    assert asked(workspace, limit=1) == ["Un Long"]
    assert asked(workspace, limit=0) == []


def test_each_comes_with_its_reason_and_two_queries_do(workspace, django_assert_max_num_queries):
    make.budget(workspace)
    for _ in range(30):
        tie(make.contact(workspace))
    with django_assert_max_num_queries(2):
        found = cooling(workspace, today=workspace.today(), limit=7)
    assert len(found) == 7
    assert all("moment de reprendre contact" in one.reason for one in found)


def test_the_tie_most_worth_waking(workspace, paul, claire):
    today = workspace.today()
    assert reactivation(workspace, today) is None
    names = (("Bien Avant", 0.3), ("Mieux Avant", 0.4), ("Jeté Avant", 0.9))
    people = [tie(make.contact(workspace, name), ago=1500, reactivation=worth) for name, worth in names]
    people[2].bin(by=claire)
    tie(paul, ago=10, reactivation=0.8)  # met again since the night
    found = reactivation(workspace, today)
    assert str(found.contact) == "Mieux Avant"
    assert "facile à réveiller" in found.reason


# --- The page of a contact ------------------------------------------------------------------------


@pytest.fixture
def lived(paul):
    for ago in (5, 35, 65, 95):
        make.interaction(paul, on=make.days_ago(ago, paul), minutes=30)
    scoring.rescore(paul.workspace, on=paul.workspace.today())
    return paul


def test_the_page_says_draws_and_explains_the_rhythm(as_malik, lived):
    page = as_malik.get(panel_of(lived)).context["rhythm"]
    assert (sum(page.counts), len(page.letters), page.figure) == (4, 13, "4 jours de contact")
    assert "4 jours de contact en 12 mois" in page.described
    why = as_malik.get(page.why_url)
    assert why.context["explained"].agrees
    assert why.context["explained"].every == pytest.approx(stored(lived).cadence_days)


def test_why_says_a_circle_a_place_and_a_stretch(as_malik, lived, workspace):
    make.budget(workspace, hours=1)
    scoring.rescore(workspace, on=workspace.today())
    explained = as_malik.get(reverse("exchanges:why", args=[lived.pk, "rhythm"])).context["explained"]
    assert (explained.rank, explained.base, explained.gap, explained.circle) == (1, 7, 30, "")
    assert explained.paced == pytest.approx((7 * 30) ** 0.5)
    for _ in range(5):
        make.interaction(make.contact(workspace), minutes=500)
    Relationship.objects.filter(contact=lived).update(circle="active")
    scoring.rescore(workspace, on=workspace.today())
    explained = as_malik.get(reverse("exchanges:why", args=[lived.pk, "rhythm"])).context["explained"]
    assert (explained.rank, explained.base, explained.circle) == (6, 180, "Actifs")
    assert explained.every == pytest.approx(stored(lived).cadence_days)


def test_off_the_meter_there_is_no_rhythm(as_malik, lived, malik):
    stored(lived).uncount(by=malik)
    assert as_malik.get(panel_of(lived)).context["rhythm"] is None
    assert as_malik.get(reverse("exchanges:why", args=[lived.pk, "rhythm"])).status_code == 404


@pytest.mark.parametrize(("length", "days"), [("week", 7), ("month", 30), ("quarter", 91)])
def test_somebody_is_put_off_and_that_is_undone(as_malik, lived, length, days):
    part = snooze(as_malik, lived, length, **HTMX)
    assert stored(lived).snoozed_until == lived.workspace.today() + timedelta(days=days)
    assert "Remis à plus tard" in part.text
    snooze(as_malik, lived)
    assert stored(lived).snoozed_until is None
    acts = LogEntry.objects.filter(act__startswith="contacts.relationship.").values_list("act", flat=True)
    assert [act.rpartition(".")[2] for act in acts.order_by("pk")] == ["snoozed", "resumed"]


def test_an_unknown_length_puts_nobody_off(as_malik, lived):
    snooze(as_malik, lived, "forever")
    assert stored(lived).snoozed_until is None


def test_a_reader_may_put_nobody_off(as_ines, lived):
    assert snooze(as_ines, lived, "week").status_code == 403
    assert "snooze" not in as_ines.get(panel_of(lived)).text
