import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchanges.cases import ADAPTERS
from exchanges.checking import check, differences, expected_error

FILE = Path(__file__).parents[1] / "files" / "scoring_cases.json"
WORKED = json.loads(FILE.read_text(encoding="utf-8"))
OURS = Path(__file__).parents[1] / "files" / "scoring_cases_more.json"
MORE = json.loads(OURS.read_text(encoding="utf-8"))


def named(cases):
    return [pytest.param(case, id=case["id"]) for case in cases if case["function"] in ADAPTERS]


def checked(case, **settings):
    return check({"as_of": "2026-06-30", "cases": [case], **settings})


def asked(function, expected, **inputs):
    return checked({"id": "X", "function": function, "inputs": inputs, "expected": expected})


def run(file, *options):
    out = StringIO()
    call_command("check_scoring", str(file), *options, stdout=out)
    return out.getvalue()


def written(tmp_path, document):
    file = tmp_path / "cases.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return file


@pytest.mark.parametrize("case", named(WORKED["cases"]))
def test_each_worked_case_agrees(case):
    report = check({**WORKED, "cases": [case]})
    assert (report.mismatches, report.unread, len(report.agreed)) == ([], [], 1)


@pytest.mark.parametrize("case", named(MORE["cases"]))
def test_each_of_our_own_cases_agrees(case):
    report = check({**MORE, "cases": [case]})
    assert (report.mismatches, report.unread, len(report.agreed)) == ([], [], 1)


def test_every_due_function_has_a_case_of_our_own():
    assert {case["function"] for case in MORE["cases"]} == set(ADAPTERS)


def test_functions_to_come_are_named_and_do_not_fail(tmp_path):
    told = run(written(tmp_path, [*WORKED["cases"], {"id": "Z1", "function": "clairvoyance", "inputs": {}}]))
    assert told == "clairvoyance does not exist yet: Z1\n45 cases agree.\n"
    assert run(FILE) == "45 cases agree.\n"


def test_only_the_functions_named_are_run():
    assert run(FILE, "--only", "decay", "wilson_lower") == "3 cases agree.\n"
    assert run(FILE, "--only", "decay", "--only", "F12") == "3 cases agree.\n"
    assert run(FILE, "--only", "reciprocity_from_masses") == "0 cases agree.\n"


@pytest.mark.parametrize("name", ["clairvoyance", "L99"])
def test_asking_for_a_function_that_does_not_exist_fails(name, capsys):
    with pytest.raises(CommandError, match="1 unknown name") as failure:
        run(FILE, "--only", "decay", name)
    assert failure.value.returncode == 1


def test_a_wrong_figure_is_told_and_fails(tmp_path):
    wrong = {"id": "T9", "function": "decay", "inputs": {"age": 365}, "expected": 0.51}
    out = StringIO()
    with pytest.raises(CommandError, match="1 difference") as failure:
        call_command("check_scoring", str(written(tmp_path, [wrong])), stdout=out)
    assert failure.value.returncode == 1
    assert "T9 decay: expected 0.51, got 0.5" in out.getvalue()


@pytest.mark.parametrize("case", named(WORKED["cases"]))
def test_any_case_with_another_answer_is_refused(case):
    def spoilt(value):
        if isinstance(value, list):
            return [spoilt(value[0]), *value[1:]]
        if isinstance(value, dict):
            first, *_ = value
            return {**value, first: spoilt(value[first])}
        return 99 if value is None or isinstance(value, str) else value + 1e-5

    assert not check({**WORKED, "cases": [{**case, "expected": spoilt(case["expected"])}]}).agrees


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", "{}", '"cases"', '[{"id": "X"}]', '[{"function": "decay", "inputs": [1]}]']
)
def test_a_file_that_holds_no_cases_is_refused_whole(tmp_path, text):
    with pytest.raises(CommandError) as failure:
        run(written(tmp_path, text))
    assert failure.value.returncode == 2


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(CommandError) as failure:
        run(tmp_path / "absent.json")
    assert failure.value.returncode == 2


def test_what_no_adapter_reads_is_told():
    report = asked("decay", 0.5, age=365, moon="full")
    assert report.agrees
    assert report.unread == ["X decay: moon was not read"]


@pytest.mark.parametrize(
    "words",
    [
        {"expected": {"error": "ValueError"}},
        {"expected": None, "error": "ValueError"},
        {"raises": "ValueError: unknown kind"},
        {"expected": "ValueError"},
        {"expected": {"error": True}},
        {"expected": "error"},
        {"expected": {"exception": "unknown kind"}},
    ],
)
def test_a_case_may_expect_an_error_in_many_ways(words):
    case = {"id": "X", "function": "event_value", "inputs": {"kind": "gift"}, **words}
    assert expected_error(case) is not None
    assert checked(case).agrees
    assert not checked({**case, "inputs": {"kind": "help"}}).agrees


def test_another_error_than_the_one_expected_is_a_difference():
    report = asked("event_value", {"error": "KeyError"}, kind="gift")
    assert "expected KeyError, raised ValueError" in report.mismatches[0]


def test_an_error_that_nobody_expected_is_a_difference():
    report = asked("event_value", 3.0, kind="gift")
    assert "expected an answer, raised ValueError" in report.mismatches[0]


@pytest.mark.parametrize(
    ("expected", "answer"),
    [(0.5, 0.5000004), (1, 1.0), (None, None), ("net", "net"), ([1, None], [1.0, None]), ({"a": 1}, {"a": 1, "b": 2})],
)
def test_what_agrees(expected, answer):
    assert list(differences(expected, answer)) == []


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        (0.5, 0.500003),
        (0.5, float("nan")),
        (0, None),
        (None, 0),
        (1, True),
        (True, 1),
        ("net", None),
        ([1], [1, 2]),
        ([1], 1),
        ({"a": 1}, {}),
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, 1),
    ],
)
def test_what_differs(expected, answer):
    assert len(list(differences(expected, answer))) == 1


def test_a_case_without_a_day_needs_one_from_its_file():
    case = {"id": "X", "function": "age_days", "inputs": {"d": "2026-06-29"}, "expected": 1}
    assert check([case]).mismatches == ["X age_days: expected an answer, raised ValueError (as_of is missing)"]
    assert checked(case).agrees


def test_a_file_says_how_it_rounds_and_what_it_tolerates():
    case = {"id": "X", "function": "wilson_lower", "inputs": {"r": 2, "n": 2}, "expected": 0.43}
    assert checked(case, rounding=2, tolerance=1e-9).agrees
    assert checked(case, tolerance=0.01).agrees
    assert not checked(case).agrees
