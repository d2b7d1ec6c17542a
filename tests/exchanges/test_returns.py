import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.returns import Spent, TimeProfile, cost, money_return, scattered, time_profile, to_leave
from networks.screening import Role

FOUR = [
    Spent(hours=40, fees=800, value=30),
    Spent(hours=25, value=5),
    Spent(hours=10, fees=400, value=20),
    Spent(hours=20, fees=1600, value=2),
]

spent = st.builds(Spent, hours=st.floats(0, 500), fees=st.floats(0, 10_000), value=st.floats(0, 500))
spendings = st.lists(spent, min_size=1, max_size=8).filter(lambda lines: sum(map(cost, lines)) > 1e-6)


def close(*figures):
    return tuple(pytest.approx(figure, abs=1e-6) for figure in figures)


def test_an_hour_has_its_price_and_so_have_fees():
    assert [cost(one) for one in FOUR] == [50, 25, 15, 40]
    assert cost(FOUR[0], hour_cost=40) == 60


def test_four_networks_are_weighed_against_one_another():
    found = time_profile(FOUR)
    assert found.time_shares == close(0.384615, 0.192308, 0.115385, 0.307692)
    assert found.value_shares == close(0.512821, 0.09768, 0.328449, 0.06105)
    assert found.returns == close(0.573077, 0.268132, 0.975385, 0.127692)
    assert (found.hhi, found.n_eff, found.evenness) == close(0.292899, 3.414141, 0.935147)
    assert found.dispersion == pytest.approx(0.34127, abs=1e-6)


@pytest.mark.parametrize("lines", [[], [Spent()], [Spent(value=30), Spent()]])
def test_nothing_spent_says_nothing(lines):
    none = (None,) * len(lines)
    assert time_profile(lines) == TimeProfile(
        costs=(0.0,) * len(lines), time_shares=none, value_shares=none, returns=none
    )


def test_without_value_nobody_is_accused():
    found = time_profile([Spent(hours=30), Spent(hours=10)])
    assert found.dispersion == 0
    assert found.value_shares == found.time_shares
    assert found.returns == (0, 0)


def test_one_network_takes_all_of_our_time():
    found = time_profile([Spent(hours=4, value=7)])
    assert (found.hhi, found.n_eff, found.evenness, found.dispersion) == (1, 1, None, 0)
    assert found.returns == close((7 + 10 * 7 / 4) / 14)


def test_fees_alone_are_a_cost():
    assert time_profile([Spent(fees=80, value=7)]).costs == (1,)


def test_a_network_that_costs_nothing_is_counted():
    found = time_profile([Spent(hours=10), Spent(value=6)])
    assert (found.time_shares, found.evenness, found.n_eff) == ((1, 0), 0, 1)
    assert found.value_shares == (0.5, 0.5)
    assert found.dispersion == 0.5
    assert found.returns == close(6 / 20, 1.2)


def test_another_price_of_an_hour_changes_the_shares():
    fees = [Spent(hours=1, fees=100), Spent(hours=2)]
    assert time_profile(fees, hour_cost=100).time_shares == (0.5, 0.5)
    assert time_profile(fees, hour_cost=50).time_shares == close(0.6, 0.4)


@pytest.mark.parametrize("one", [Spent(hours=-1), Spent(fees=-1), Spent(value=-1), Spent(hours=float("nan"))])
def test_a_figure_below_nothing_is_refused(one):
    with pytest.raises(ValueError, match="negative"):
        time_profile([Spent(hours=1), one])


@pytest.mark.parametrize("hour_cost", [0, -80])
def test_an_hour_costs_something(hour_cost):
    with pytest.raises(ValueError, match="costs something"):
        cost(Spent(hours=1), hour_cost)


def test_a_share_too_small_to_be_turned_over_keeps_its_bounds():
    assert time_profile([Spent(hours=1), Spent(hours=5e-324)]).evenness == pytest.approx(0)


@given(spendings)
def test_every_figure_keeps_its_bounds(lines):
    found = time_profile(lines)
    assert sum(found.time_shares) == pytest.approx(1)
    assert sum(found.value_shares) == pytest.approx(1)
    assert -1e-12 <= found.dispersion <= 1
    assert 1 / len(lines) - 1e-9 <= found.hhi <= 1 + 1e-9
    assert found.evenness is None or -1e-9 <= found.evenness <= 1 + 1e-9
    assert min(found.returns) >= 0


@given(spendings)
def test_the_order_of_networks_does_not_matter(lines):
    there, back = time_profile(lines), time_profile(lines[::-1])
    assert there.dispersion == pytest.approx(back.dispersion, abs=1e-9)
    assert there.returns == pytest.approx(back.returns[::-1])


@given(spendings, st.floats(1, 100))
def test_more_value_from_a_network_raises_its_return(lines, more):
    first, *others = lines
    richer = Spent(hours=first.hours, fees=first.fees, value=first.value + more)
    assert time_profile([richer, *others]).returns[0] > time_profile(lines).returns[0]


@given(st.integers(1, 12))
def test_equal_shares_of_time_count_as_so_many_networks(n):
    found = time_profile([Spent(hours=3)] * n)
    assert found.n_eff == pytest.approx(n)
    assert found.evenness == (None if n == 1 else pytest.approx(1))


def profile(**figures):
    return TimeProfile(costs=(), time_shares=(), value_shares=(), returns=(), **figures)


@pytest.mark.parametrize(
    ("figures", "warned"),
    [
        ({}, False),
        ({"dispersion": 0.3, "n_eff": 5.0}, False),
        ({"dispersion": 0.1 + 0.2, "n_eff": 5 + 1e-12}, False),
        ({"dispersion": 0.301, "n_eff": 1.0}, True),
        ({"dispersion": 0.0, "n_eff": 5.01}, True),
    ],
)
def test_time_spread_thin_or_spent_elsewhere_is_told(figures, warned):
    assert scattered(profile(**figures)) is warned


def test_four_networks_of_the_example_are_scattered():
    assert scattered(time_profile(FOUR))
    assert not scattered(time_profile([]))


def test_a_euro_spent_brings_so_many():
    assert money_return(8000, FOUR[0]) == 2
    assert money_return(0, FOUR[0]) == 0
    assert money_return(8000, Spent(value=4)) is None
    assert money_return(300, Spent(hours=1, fees=50), hour_cost=100) == 2


@pytest.mark.parametrize(
    ("role", "figure", "returns", "left"),
    [
        (Role.TOOL, 0.1, [0.1, 0.5, 0.9], True),
        (Role.TOOL, 0.5, [0.1, 0.5, 0.9], False),
        (Role.TOOL, 0.5 - 1e-12, [0.1, 0.5, 0.9], False),
        (Role.WEAPON, 0.1, [0.1, 0.5, 0.9], False),
        (Role.TOOL, None, [None, 0.5], False),
        (Role.TOOL, 0.1, [None, None], False),
        (Role.TOOL, 0.1, [0.1, None, 0.9], True),
    ],
)
def test_a_tool_that_brings_less_than_most_is_to_be_left(role, figure, returns, left):
    assert to_leave(role, figure, returns) is left
