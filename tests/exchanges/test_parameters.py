import re
from dataclasses import FrozenInstanceError, fields, replace
from pathlib import Path

import pytest

from exchanges.parameters import DEFAULTS, KINDS, Parameters


def test_the_defaults_are_those_of_the_documentation():
    assert (DEFAULTS.half_life_exchanges, DEFAULTS.half_life_commitments, DEFAULTS.neutral_zone) == (365, 730, 0.20)
    assert (DEFAULTS.lateness_grace, DEFAULTS.lateness_half_credit, DEFAULTS.lateness_floor) == (1, 14, 0.20)
    assert (DEFAULTS.answer_half_credit, DEFAULTS.answer_freeze) == (3, 30)
    assert (DEFAULTS.money_reference, DEFAULTS.judgement_weight) == (1000, 3)
    assert set(DEFAULTS.factor_of) == set(KINDS)
    assert set(DEFAULTS.factor_of.values()) == {1.0}


def test_the_documentation_lists_every_parameter_with_its_symbol_and_unit():
    said = (Path(__file__).parents[2] / "docs" / "scoring.md").read_text(encoding="utf-8")
    for name, symbol, _, unit in DEFAULTS.described():
        assert re.search(rf"^\| `{name}` \| {symbol} \| .* \| ?{unit} ?\|$", said, re.MULTILINE), name


def test_parameters_never_change_under_a_score():
    with pytest.raises(FrozenInstanceError):
        DEFAULTS.neutral_zone = 0.5


def test_the_same_values_have_the_same_version():
    assert Parameters().version == DEFAULTS.version
    assert len(DEFAULTS.version) <= 16


@pytest.mark.parametrize("name", [f.name for f in fields(Parameters) if f.name != "kind_factors"])
def test_any_other_value_has_another_version(name):
    assert replace(DEFAULTS, **{name: getattr(DEFAULTS, name) / 2}).version != DEFAULTS.version


def test_every_parameter_is_described_with_its_unit():
    described = DEFAULTS.described()
    assert ("half_life_exchanges", "H_E", 365.0, "day") in described
    assert ("money_reference", "a₀", 1000.0, "€") in described
    assert len(described) == len(fields(Parameters))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("half_life_exchanges", 0),
        ("half_life_commitments", -1),
        ("lateness_half_credit", 0),
        ("answer_half_credit", float("nan")),
        ("money_reference", 0),
        ("judgement_weight", 0),
        ("lateness_grace", -1),
        ("answer_freeze", -1),
        ("lateness_floor", 1.1),
        ("reliable_from", -0.1),
        ("neutral_zone", 1),
        ("neutral_zone", -0.1),
        ("kind_factors", (("help", -1.0),)),
    ],
)
def test_a_value_without_meaning_is_refused(name, value):
    with pytest.raises(ValueError, match=name):
        replace(DEFAULTS, **{name: value})
