from datetime import date, timedelta
from functools import reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.decay import Mass, age_days, decay, decayed_sum, effective_on

TODAY = date(2026, 6, 30)
TWENTY_YEARS = 7305

ages = st.integers(-10, TWENTY_YEARS)
half_lives = st.sampled_from([7.0, 30.0, 180.0, 365.0, 730.0])
events = st.lists(st.tuples(st.integers(0, TWENTY_YEARS), st.floats(0.5, 50)), max_size=40)


def days_ago(age: int) -> date:
    return TODAY - timedelta(days=age)


def running(lines: list, half_life: float) -> Mass:
    return reduce(lambda mass, line: mass.add(line[1], days_ago(line[0]), half_life), lines, Mass())


def test_one_half_life_leaves_half():
    assert decay(365, 365) == 0.5
    assert decay(0, 365) == 1.0


def test_beyond_sixty_half_lives_nothing_is_left():
    assert decay(7305, 7.0) == 0.0
    assert decay(420, 7.0) == 2.0**-60
    assert decay(421, 7.0) == 0.0


def test_an_event_of_tomorrow_has_not_grown():
    assert decay(-1, 365) == 1.0


@pytest.mark.parametrize("half_life", [0, -1, float("nan")])
def test_a_half_life_is_above_zero(half_life):
    with pytest.raises(ValueError, match="half-life"):
        decay(1, half_life)


@given(ages, ages, half_lives)
def test_decay_never_rises_with_age(one, other, half_life):
    younger, older = sorted((one, other))
    assert 0 <= decay(older, half_life) <= decay(younger, half_life) <= 1


@given(st.lists(ages, min_size=1), half_lives)
def test_a_column_decays_as_each_of_its_lines(column, half_life):
    together = decay(np.array(column, dtype=float), half_life)
    assert together.tolist() == pytest.approx([decay(age, half_life) for age in column], rel=1e-15)


def test_tomorrow_counts_as_today_and_the_day_after_is_planned():
    assert age_days(TODAY, date(2026, 7, 1)) == 0
    assert age_days(TODAY, date(2026, 7, 2)) is None
    assert age_days(TODAY, date(2025, 6, 30)) == 365


def test_the_first_and_last_days_of_the_calendar_have_an_effective_day():
    assert effective_on(date.min, TODAY) == date.min
    assert effective_on(date.max, TODAY) == date.max
    assert effective_on(date.max, date.max) == date.max


@given(st.dates(), st.dates(max_value=date(9999, 12, 30)))
def test_an_effective_day_is_the_event_s_or_today(event_date, today):
    found = effective_on(event_date, today)
    assert found == (today if event_date == today + timedelta(days=1) else event_date)


def test_events_out_of_order_give_the_batch_sum():
    lines = [(TODAY, 3.0), (date(2025, 6, 30), 4.0), (date(2026, 3, 1), 5.0), (date(2020, 2, 29), 2.0)]
    mass = reduce(lambda held, line: held.add(line[1], line[0], 365), lines, Mass())
    assert mass.read(TODAY, 365) == pytest.approx(8.998270, abs=1e-6)
    assert decayed_sum(lines, as_of=TODAY, half_life=365) == pytest.approx(mass.read(TODAY, 365), rel=1e-14)
    assert mass.ref == TODAY


def test_planned_events_are_left_out_of_a_sum():
    assert decayed_sum([(date(2026, 7, 1), 3.0), (date(2026, 7, 2), 4.0)], as_of=TODAY, half_life=365) == 3.0


def test_an_empty_sum_is_nothing():
    assert Mass().read(TODAY, 365) == 0.0
    assert decayed_sum([], as_of=TODAY, half_life=365) == 0.0
    assert Mass().merge(Mass(3.0, TODAY), 365) == Mass(3.0, TODAY).merge(Mass(), 365) == Mass(3.0, TODAY)


@pytest.mark.parametrize("value", [-1, float("nan")])
def test_a_sum_takes_no_negative_value(value):
    with pytest.raises(ValueError, match="negative"):
        Mass().add(value, TODAY, 365)


@given(events, half_lives, st.randoms())
def test_the_order_of_events_does_not_matter(lines, half_life, random):
    shuffled = random.sample(lines, len(lines))
    one, other = running(lines, half_life), running(shuffled, half_life)
    assert one.ref == other.ref
    assert one.m == pytest.approx(other.m, rel=1e-12, abs=1e-12)


@given(events, half_lives)
def test_the_running_sum_is_the_batch_sum(lines, half_life):
    batch = decayed_sum(((days_ago(age), value) for age, value in lines), as_of=TODAY, half_life=half_life)
    assert running(lines, half_life).read(TODAY, half_life) == pytest.approx(batch, rel=1e-9, abs=1e-12)


@given(events, events, half_lives)
def test_merging_two_sums_is_summing_all_their_events(lines, others, half_life):
    one, other = running(lines, half_life), running(others, half_life)
    merged = one.merge(other, half_life)
    assert merged == other.merge(one, half_life)
    assert merged.m == pytest.approx(running(lines + others, half_life).m, rel=1e-9, abs=1e-12)


@given(events, events, events, half_lives)
def test_merging_can_be_grouped_in_any_way(first, second, third, half_life):
    a, b, c = (running(lines, half_life) for lines in (first, second, third))
    left = a.merge(b, half_life).merge(c, half_life)
    right = a.merge(b.merge(c, half_life), half_life)
    assert left.ref == right.ref
    assert left.m == pytest.approx(right.m, rel=1e-12, abs=1e-12)


@given(events, st.data(), half_lives)
def test_adding_editing_and_deleting_end_like_a_rebuild(lines, data, half_life):
    held = running(lines, half_life)
    for _ in range(data.draw(st.integers(0, 5))):
        if lines and data.draw(st.booleans()):
            lines = lines[1:] if data.draw(st.booleans()) else [(lines[0][0], lines[0][1] + 1), *lines[1:]]
            held = running(lines, half_life)
        else:
            line = data.draw(st.tuples(st.integers(0, TWENTY_YEARS), st.floats(0.5, 50)))
            lines, held = [*lines, line], held.add(line[1], days_ago(line[0]), half_life)
    batch = decayed_sum(((days_ago(age), value) for age, value in lines), as_of=TODAY, half_life=half_life)
    assert held.read(TODAY, half_life) == pytest.approx(batch, rel=1e-9, abs=1e-12)


@given(events, st.integers(0, TWENTY_YEARS), half_lives)
def test_a_sum_only_fades_while_nothing_happens(lines, days, half_life):
    mass = running(lines, half_life)
    assert 0 <= mass.read(TODAY + timedelta(days=days), half_life) <= mass.read(TODAY, half_life)


def test_twenty_years_of_weekly_half_lives_neither_overflow_nor_vanish():
    random = np.random.default_rng(3)
    lines = [(int(age), 3.0) for age in random.integers(0, TWENTY_YEARS, 20_000)]
    batch = decayed_sum(((days_ago(age), value) for age, value in lines), as_of=TODAY, half_life=7)
    assert running(lines, 7).read(TODAY, 7) == pytest.approx(batch, rel=1e-12)
    assert batch > 0
