"""A formula's docstring is its specification: its example runs, and docs/scoring.md says the same words."""

import inspect
import re
import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEYS = ["Formula", "Inputs", "Range", "Constants", "Edge cases", "Source", "Example"]
LINE = re.compile(r"^(Formula|Inputs|Range|Constants|Edge cases|Source|Example) +", re.MULTILINE)
SPECIFIED = {
    "exchanges.decay": {"decay", "effective_on", "age_days", "merged", "decayed_sum"},
    "exchanges.points": {"money_gain", "points", "event_value"},
    "exchanges.beta": {"solidity", "observed", "posterior", "wilson_lower", "prior_from_sums", "judged_prior"},
    "exchanges.reciprocity": {"contributions", "masses", "reciprocity_from_masses", "raw_reciprocity", "direction"},
    "exchanges.reliability": {"running_due", "weigh", "reliability_from_evidence", "trust"},
    "exchanges.responsiveness": {"weigh", "responsiveness", "delays"},
    "exchanges.trust": {"rate_score", "years_seen", "rate_of", "weigh", "beta_indicator", "trust"},
    "exchanges.indicators": {
        *("blend", "facts_share", "accelerator", "share_score", "blau", "proportion"),
        *("plug_and_play", "pooling", "concentrator", "access", "uncertainty"),
    },
    "exchanges.returns": {"cost", "time_profile", "scattered", "money_return", "to_leave", "faded_fees"},
    "exchanges.ties": {"tie_strength", "cadence", "contact_status", "stretch"},
    "exchanges.generalised": {"weighted_reciprocity", "binary_reciprocity"},
    "resources.coverage": {"coverage"},
    "resources.ranking": {"ranked"},
    "resources.structure": {"structural_holes"},
    "resources.ways": {"best_way"},
    "networks.screening": {
        *("declared_role", "irreplaceable", "weapon", "strategy_filter", "professionalism", "subsidiarity")
    },
}
MODULES = tuple(SPECIFIED)


def specifications():
    for name in MODULES:
        module = import_module(name)
        for function in vars(module).values():
            text = inspect.getdoc(function) if inspect.isfunction(function) else None
            if text and LINE.search(text) and function.__module__ == module.__name__:
                yield pytest.param(module, function.__name__, text, id=f"{name.partition('.')[2]}.{function.__name__}")


def examples():
    for module, name, text in (one.values for one in specifications()):
        for line in text[text.index("Example ") + len("Example ") :].splitlines():
            yield pytest.param(module, *line.strip().split(" -> "), id=f"{name}: {line.strip()}")


def close(value):
    return pytest.approx(value, abs=1e-6) if isinstance(value, int | float | tuple) and value != () else value


@pytest.mark.parametrize(("module", "name", "text"), specifications())
def test_a_formula_is_specified_in_the_agreed_order(module, name, text):
    assert LINE.findall(text) == KEYS
    assert name in SPECIFIED[module.__name__]


def test_every_formula_is_specified():
    found = {(one.values[0].__name__, one.values[1]) for one in specifications()}
    assert found == {(module, name) for module, names in SPECIFIED.items() for name in names}


@pytest.mark.parametrize(("module", "expression", "expected"), examples())
def test_the_example_of_a_formula_is_true(module, expression, expected):
    words = {**vars(module), "date": date, "eb_prior": import_module("exchanges.beta").eb_prior}
    assert eval(expression, words) == close(eval(expected, words))  # noqa: S307


@pytest.mark.parametrize(("module", "name", "text"), specifications())
def test_the_documentation_says_the_words_of_the_formula(module, name, text):
    said = text[text.index("Formula ") : text.index("Source ")].rstrip()
    assert said in (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("module", "name", "text"), specifications())
def test_the_source_of_a_formula_leads_to_a_heading_of_the_documentation(module, name, text):
    anchor = re.search(r"docs/scoring\.md#(\w+)", text).group(1)
    assert f'<a id="{anchor}"></a>' in (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")


def test_reading_formulas_costs_the_web_process_no_numerical_library():
    imports = "; ".join(f"import {name}" for name in (*MODULES, "exchanges.parameters", "exchanges.columns"))
    program = f"import sys; {imports}; print(sorted({{'numpy', 'scipy', 'django'}} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
