"""The same day and figure, said in French and in English; no clock is read."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from ui import wording

TODAY = date(2026, 3, 10)


@pytest.fixture(params=["fr", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2026, 3, 12), "12\u00a0mars", "12\u00a0March"),
        (date(2026, 3, 1), "1ᵉʳ\u00a0mars", "1\u00a0March"),
        (date(2025, 6, 17), "17\u00a0juin 2025", "17\u00a0June 2025"),
    ],
)
def test_a_day_is_named_with_its_year_when_it_is_another(language, day, french, english):
    assert wording.day_in_words(day, TODAY) == {"fr": french, "en": english}[language]


def test_margins_take_short_months_and_agendas_week_days(language):
    short, long, brief = {
        "fr": ("12\u00a0févr.", "mardi 10\u00a0mars", "ven. 13\u00a0mars"),
        "en": ("12\u00a0Feb", "Tuesday 10\u00a0March", "Fri 13\u00a0March"),
    }[language]
    assert wording.short_day(date(2026, 2, 12), TODAY) == short
    assert wording.weekday(TODAY, TODAY) == long
    assert wording.short_weekday(date(2026, 3, 13), TODAY) == brief


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 10), "today"),
        (date(2026, 3, 9), "yesterday"),
        (date(2026, 3, 11), "tomorrow"),
        (date(2026, 3, 8), "2 days ago"),
        (date(2026, 2, 11), "27 days ago"),
        (date(2026, 2, 10), "4 weeks ago"),
        (date(2026, 2, 7), "4 weeks ago"),
        (date(2026, 2, 3), "5 weeks ago"),
        (date(2026, 1, 10), "8 weeks ago"),
        (date(2026, 1, 9), "2 months ago"),
        (date(2024, 4, 10), "23 months ago"),
        (date(2024, 3, 10), "2 years ago"),
        (date(2026, 4, 6), "in 27 days"),
        (date(2026, 4, 7), "in 4 weeks"),
        (date(2026, 4, 10), "in 4 weeks"),
        (date(2026, 5, 9), "in 1 month"),
        (date(2027, 3, 10), "in 12 months"),
        (date(2029, 3, 9), "in 2 years"),
    ],
)
def test_distance_is_told_in_days_then_weeks_then_months_then_years(day, words):
    with translation.override("en"):
        assert wording.ago(day, TODAY) == words


@pytest.mark.parametrize(
    ("value", "places", "french", "english"),
    [
        (1250, 0, "1\u202f250", "1,250"),
        (-0.30, 2, "−0,30", "−0.30"),
        (0.125, 2, "0,13", "0.13"),
        (-0.001, 2, "0,00", "0.00"),
        (Decimal("1234567.891"), 1, "1\u202f234\u202f567,9", "1,234,567.9"),
    ],
)
def test_numbers_are_grouped_and_rounded_as_people_do(language, value, places, french, english):
    assert wording.number(value, places) == {"fr": french, "en": english}[language]


@pytest.mark.parametrize(
    ("amount", "french", "english"),
    [
        (6200, "6\u202f200\u00a0€", "€6,200"),
        (Decimal("12.50"), "12,50\u00a0€", "€12.50"),
        (-3.0, "−3\u00a0€", "−€3"),
    ],
)
def test_euros_show_cents_only_when_there_are_any(language, amount, french, english):
    assert wording.euros(amount) == {"fr": french, "en": english}[language]


@pytest.mark.parametrize(("share", "figure"), [(0.81, "81"), (0.005, "1"), (1, "100"), (Decimal("0.5"), "50")])
def test_a_share_becomes_a_percentage(language, share, figure):
    assert wording.percent(share) == figure + {"fr": "\u00a0%", "en": "%"}[language]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(12, "12\u00a0min"), (60, "1\u00a0h"), (65, "1\u00a0h\u00a005"), (130, "2\u00a0h\u00a010"), (0, "0\u00a0min")],
)
def test_minutes_become_hours_from_sixty_on(minutes, words):
    assert wording.duration(minutes) == words


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Claire Morvan", "CM"),
        ("Jean-Baptiste de La Rochemontoise", "JR"),
        ("élodie", "É"),
        ("Ana (Métal) Silva", "AS"),
        ("!!!", ""),
        ("", ""),
        ("محمد علي", "مع"),
    ],
)
def test_initials_are_those_of_the_first_and_the_last_word(name, initials):
    assert wording.initials(name) == initials


@pytest.mark.parametrize(
    ("language", "day", "time"),
    [("fr", "1ᵉʳ\u00a0mars 2026", "0\u00a0h\u00a005"), ("en", "1\u00a0March 2026", "00:05")],
)
def test_a_moment_is_told_by_the_clock_of_where_the_reader_works(language: str, day: str, time: str) -> None:
    moment = datetime(2026, 2, 28, 23, 5, tzinfo=UTC)
    with translation.override(language), timezone.override("Europe/Paris"):
        assert (wording.full_day(moment), wording.clock(moment)) == (day, time)
