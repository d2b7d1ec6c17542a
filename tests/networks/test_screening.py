import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.screening import (
    FILTER_WEIGHTS,
    Declared,
    Dependence,
    Professionalism,
    Role,
    Services,
    Term,
    declared_role,
    irreplaceable,
    professionalism,
    strategy_filter,
    weapon,
)

shares = st.floats(0, 1)


def judged(strategic_value=18.0, value=24.0, loss_without=0.35, decisive=5, exchanges=8):
    return weapon(
        strategic_value=strategic_value,
        value=value,
        loss_without=loss_without,
        decisive=decisive,
        exchanges=exchanges,
    )


def serving(services, coproduced, mutualised):
    return professionalism(services=services, coproduced=coproduced, mutualised=mutualised)


@pytest.mark.parametrize(
    ("answers", "role", "value"),
    [
        ([True] * 5, Role.WEAPON, 1.0),
        ([True, True, False, True, True], Role.WEAPON, 0.8),
        ([True, True, True, False, False], Role.TOOL, 0.6),
        ([False] * 5, Role.TOOL, 0.0),
        ([True] * 4, Role.WEAPON, 0.8),
        ([None, None, True, None, False], Role.TOOL, 0.2),
    ],
)
def test_four_yes_out_of_five_make_a_weapon(answers, role, value):
    assert declared_role(answers) == Declared(role=role, strategic_value=value)


@pytest.mark.parametrize("answers", [[], [None] * 5])
def test_without_answers_no_role_is_declared(answers):
    assert declared_role(answers) is None


def test_there_are_five_questions():
    with pytest.raises(ValueError, match="five"):
        declared_role([True] * 6)


def test_what_others_do_as_well_is_replaceable():
    same, lost = (Dependence(criticality=2, access=0.8, access_without=left) for left in (0.8, 0.0))
    assert irreplaceable([same]) == 0
    assert irreplaceable([lost]) == 1
    assert irreplaceable([same, lost]) == pytest.approx(0.5)


def test_a_critical_need_counts_more():
    light = Dependence(criticality=1, access=0.5, access_without=0.5)
    heavy = Dependence(criticality=4, access=0.5, access_without=0.0)
    assert irreplaceable([light, heavy]) == pytest.approx(0.8)


@pytest.mark.parametrize("needs", [[], [Dependence(criticality=3, access=0.0, access_without=0.0)]])
def test_nothing_answered_is_nothing_lost(needs):
    assert irreplaceable(needs) is None


def test_rounding_never_makes_a_loss_negative():
    assert irreplaceable([Dependence(criticality=1, access=0.3, access_without=0.1 + 0.2)]) == 0


def test_strategic_and_hard_to_replace_is_a_weapon():
    found = judged()
    assert (found.alignment, found.irreplaceable, found.decisive) == (0.7, 0.35, 0.6)
    assert found.strength == pytest.approx(0.527763, abs=1e-6)
    assert found.role == Role.WEAPON


@pytest.mark.parametrize(
    ("figures", "role"),
    [
        ({"strategic_value": 12.0}, Role.WEAPON),
        ({"strategic_value": 11.99}, Role.TOOL),
        ({"loss_without": 0.20}, Role.WEAPON),
        ({"loss_without": 0.20 - 1e-12}, Role.WEAPON),
        ({"loss_without": 0.199}, Role.TOOL),
        ({"loss_without": 1.0, "strategic_value": 0.0}, Role.TOOL),
        ({"loss_without": 0.0, "strategic_value": 24.0, "decisive": 8}, Role.TOOL),
    ],
)
def test_neither_condition_makes_up_for_the_other(figures, role):
    assert judged(**figures).role == role


def test_without_exchanges_a_network_is_half_aligned_and_half_decisive():
    found = judged(strategic_value=0, value=0, loss_without=0.5, decisive=0, exchanges=0)
    assert (found.alignment, found.decisive, found.role) == (0.5, 0.5, Role.WEAPON)


def test_an_unknown_loss_is_no_weapon():
    found = judged(loss_without=None)
    assert (found.irreplaceable, found.strength, found.role) == (None, None, Role.TOOL)


@pytest.mark.parametrize(("loss", "kept"), [(-1e-17, 0), (1 + 1e-15, 1)])
def test_a_loss_is_brought_back_between_its_bounds(loss, kept):
    assert judged(loss_without=loss).irreplaceable == kept


def test_when_every_exchange_is_decisive_a_doubt_remains():
    assert judged(decisive=8).decisive == 0.9


@pytest.mark.parametrize("figures", [{"strategic_value": 25.0}, {"strategic_value": -1.0}, {"decisive": 9}])
def test_a_part_above_its_whole_is_refused(figures):
    with pytest.raises(ValueError, match="a part"):
        judged(**figures)


@given(shares, shares, shares)
def test_every_figure_of_a_weapon_is_a_share(strategic, loss, decisive):
    found = judged(strategic_value=24 * strategic, loss_without=loss, decisive=8 * decisive)
    for figure in (found.alignment, found.irreplaceable, found.decisive, found.strength):
        assert 0 <= figure <= 1


@given(shares, st.floats(0.01, 0.5))
def test_a_greater_loss_makes_a_stronger_weapon(loss, more):
    assert judged(loss_without=loss).strength <= judged(loss_without=loss + more).strength


def test_the_filter_weighs_all_terms():
    assert sum(FILTER_WEIGHTS.values()) == pytest.approx(1)
    assert set(FILTER_WEIGHTS) == set(Term)
    assert strategy_filter(dict.fromkeys(Term, 1.0)) == pytest.approx(1)
    assert strategy_filter({**dict.fromkeys(Term, 1.0), Term.TYPE: 0.0}) == pytest.approx(0.95)


def test_the_filter_leaves_out_what_is_unknown():
    assert strategy_filter({Term.OBJECTIVES: 1.0, Term.COST: 0.2, Term.TYPE: None}) == pytest.approx(0.7)
    assert strategy_filter({Term.RULES: 0.0}) == 0


@pytest.mark.parametrize("terms", [{}, dict.fromkeys(Term)])
def test_nothing_known_passes_no_filter(terms):
    assert strategy_filter(terms) is None


def test_a_company_may_weigh_terms_in_its_own_way():
    terms = {Term.OBJECTIVES: 1.0, Term.COST: 0.0}
    assert strategy_filter(terms, {Term.OBJECTIVES: 1.0, Term.COST: 3.0}) == 0.25
    assert strategy_filter(terms, {Term.OBJECTIVES: 0.0}) is None


@pytest.mark.parametrize("x", [-0.1, 1.1, float("nan")])
def test_a_term_out_of_bounds_is_refused(x):
    with pytest.raises(ValueError, match="a part"):
        strategy_filter({Term.OBJECTIVES: x})


@given(st.dictionaries(st.sampled_from(Term), shares, min_size=1))
def test_the_filter_lies_between_its_worst_and_its_best_term(terms):
    assert min(terms.values()) - 1e-12 <= strategy_filter(terms) <= max(terms.values()) + 1e-12


@pytest.mark.parametrize(
    ("counts", "score", "kind"),
    [
        ((6, 4, 5), 0.746901, Professionalism.PROFESSIONAL),
        ((6, 1, 5), 0.470518, Professionalism.PROVIDER),
        ((0, 0, 0), 0.0, Professionalism.CONVIVIAL),
        ((6, 3, 3), 0.572357, Professionalism.PROFESSIONAL),
        ((6, 2.99, 6), 0.720322, Professionalism.PROVIDER),
        ((6, 6, 2), 0.629961, Professionalism.PROVIDER),
        ((6, 0, 6), 0.0, Professionalism.PROVIDER),
    ],
)
def test_services_made_together_and_open_to_all_are_professional(counts, score, kind):
    assert serving(*counts) == Services(score=pytest.approx(score, abs=1e-6), kind=kind)


@pytest.mark.parametrize("counts", [(-1, 0, 0), (3, 4, 0), (3, 0, 4), (3, -1, 0), (0, 1, 0)])
def test_there_are_no_more_shared_services_than_services(counts):
    with pytest.raises(ValueError, match="a part"):
        serving(*counts)


@given(st.integers(1, 50), shares, shares)
def test_professionalism_is_a_share(services, together, open_to_all):
    assert 0 <= serving(services, services * together, services * open_to_all).score <= 1


@given(st.integers(1, 50))
def test_more_shared_services_are_more_professional(services):
    fewer, more = serving(services, services, services), serving(services + 1, services + 1, services + 1)
    assert fewer.score < more.score
    assert fewer.kind == more.kind == Professionalism.PROFESSIONAL
