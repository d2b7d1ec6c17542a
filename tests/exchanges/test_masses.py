"""The SQL of value and decay says what the Python formulas say, on whichever database runs this."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from exchanges.decay import decay
from exchanges.loading import gestures_with
from exchanges.masses import decay_of, masses, value_of
from exchanges.models import Exchange
from exchanges.parameters import DEFAULTS, KINDS, Parameters
from exchanges.points import event_value
from exchanges.reciprocity import contributions
from exchanges.reciprocity import masses as masses_of
from tests import make

slowly = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def in_sql(contact, *, on=None, parameters=DEFAULTS):
    lines = Exchange.objects.filter(contact=contact)
    return list(masses(lines, on=on or contact.workspace.today(), parameters=parameters))


def in_python(contact, *, on=None, parameters=DEFAULTS):
    return masses_of(
        contributions(gestures_with(contact), as_of=on or contact.workspace.today(), parameters=parameters)
    )


@pytest.mark.parametrize("amount", [None, "0", "0.01", "1000", "9999999999.99"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_value_is_the_same_in_both_languages(paul, kind, amount):
    line = make.exchange(paul, kind=kind, weight=4, amount=amount)
    (value,) = Exchange.objects.filter(pk=line.pk).annotate(v=value_of(DEFAULTS)).values_list("v", flat=True)
    expected = event_value(kind=kind, weight=4, amount=None if amount is None else float(amount))
    assert value == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("weight", [1, 2, 3, 4, 5])
def test_each_row_of_a_mutual_exchange_is_worth_half(paul, weight):
    make.exchange(paul, weight=weight, both=True)
    assert in_sql(paul) == [(paul.pk, weight / 2, weight / 2, pytest.approx(weight**2 / 2))]


@pytest.mark.parametrize("weight", [0, 1, 5, 6, 900])
def test_a_weight_out_of_range_is_brought_back(paul, weight):
    # The check constraint keeps such a weight out of the table: only the expression can be asked.
    make.exchange(paul)
    lines = Exchange.objects.filter(contact=paul).annotate(heavy=weighing(weight))
    (value,) = lines.values_list("heavy", flat=True)
    assert value == pytest.approx(event_value(kind="help", weight=weight))


def weighing(weight):
    from django.db.models import F, Value

    expression = value_of(DEFAULTS)
    return expression.replace_expressions({F("weight"): Value(weight)})


def test_the_factor_of_a_kind_counts_in_both_languages(paul):
    heavier = Parameters(kind_factors=tuple((kind, 2.5 if kind == "help" else 1.0) for kind in KINDS))
    make.exchange(paul, kind="help")
    make.exchange(paul, kind="lead")
    (line,) = in_sql(paul, parameters=heavier)
    assert line[2] == pytest.approx(10.5)
    assert line[2:] == pytest.approx((in_python(paul, parameters=heavier).received, 65.25))


@pytest.mark.parametrize("days", [0, 1, 2, 364, 365, 7305, 21_899, 21_900, 21_901, 22_000, 40_000])
def test_decay_is_the_same_in_both_languages_up_to_its_cut_off_and_beyond(paul, days):
    line = make.exchange(paul, on=make.days_ago(days, paul))
    left = decay_of("effective_on", on=paul.workspace.today(), half_life=365.0)
    (found,) = Exchange.objects.filter(pk=line.pk).annotate(d=left).values_list("d", flat=True)
    assert found == pytest.approx(decay(float(days), 365.0), rel=1e-12, abs=0)


@pytest.mark.parametrize("half_life", [0.5, 7.0, 30.5])
def test_a_short_half_life_never_underflows(paul, half_life):
    short = Parameters(half_life_exchanges=half_life)
    for days in (0, 10, 420, 421, 7305):
        make.exchange(paul, on=make.days_ago(days, paul))
    (_contact, _given, received, _squares) = in_sql(paul, parameters=short)[0]
    assert received == pytest.approx(in_python(paul, parameters=short).received, rel=1e-9)


def test_what_is_done_out_of_solidarity_or_only_planned_weighs_nothing(paul):
    make.exchange(paul, solidarity=True)
    make.exchange(paul, on=make.days_ago(-5, paul))
    assert in_sql(paul) == []


def test_a_planned_exchange_weighs_from_its_day_on(paul):
    day = make.days_ago(-5, paul)
    make.exchange(paul, "given", on=day)
    assert in_sql(paul, on=day - timedelta(days=1)) == []
    assert in_sql(paul, on=day) == [(paul.pk, 3.0, 0.0, 9.0)]


lines = some.lists(
    some.tuples(
        some.sampled_from(["given", "received"]),
        some.sampled_from(KINDS),
        some.integers(1, 5),
        some.integers(-3, 7400),
        some.none() | some.decimals(0, 10**9, places=2),
    ),
    max_size=12,
)


@slowly
@given(noted=lines)
def test_twenty_years_of_any_exchanges_sum_alike_in_both_languages(workspace, noted):
    contact = make.contact(workspace)
    for direction, kind, weight, days, amount in noted:
        on = make.days_ago(days, contact)
        make.exchange(contact, direction, kind=kind, weight=weight, on=on, amount=amount)
    expected = in_python(contact)
    found = in_sql(contact)[0][1:] if in_sql(contact) else (0.0, 0.0, 0.0)
    assert found == pytest.approx((expected.given, expected.received, expected.squares), rel=1e-9, abs=1e-9)


@slowly
@given(noted=lines, order=some.randoms())
def test_the_order_of_events_does_not_matter(workspace, noted, order):
    there, back = make.contact(workspace), make.contact(workspace)
    shuffled = list(noted)
    order.shuffle(shuffled)
    for contact, some_lines in ((there, noted), (back, shuffled)):
        for direction, kind, weight, days, amount in some_lines:
            on = make.days_ago(days, contact)
            make.exchange(contact, direction, kind=kind, weight=weight, on=on, amount=amount)
    assert [line[1:] for line in in_sql(there)] == [pytest.approx(line[1:], rel=1e-9) for line in in_sql(back)]
