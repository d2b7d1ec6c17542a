"""Worked cases written by someone else, in a JSON file, run against our formulas: who agrees, who differs and by what.

A case names a function, its inputs and what is expected of it; figures agree within the file's tolerance once rounded
as the file rounds them. A case may expect an error: `"expected": {"error": "ValueError"}`, or `error` beside `inputs`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from exchanges.cases import ADAPTERS, Words

TOLERANCE: Final = 1.5e-6
ROUNDING: Final = 6
ERROR_WORDS: Final = ("error", "raises", "exception", "expected_error")
ERROR_NAME: Final = re.compile(r"[A-Z]\w*(Error|Exception)\b")


class CaseFileError(ValueError):
    """The file holds no list of cases that can be run."""


@dataclass
class Report:
    agreed: list[str] = field(default_factory=list)
    mismatches: list[str] = field(default_factory=list)
    missing: dict[str, list[str]] = field(default_factory=dict)  # function that does not exist yet -> its cases
    refused: list[str] = field(default_factory=list)  # asked for by name, and unknown to us
    unread: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return not self.mismatches and not self.refused


def check(document: Any, only: Collection[str] = ()) -> Report:
    """Run the cases of a file; `only` names the functions (or single cases) wanted, all of them when empty."""
    if isinstance(document, Sequence):
        document = {"cases": document}
    cases = document.get("cases") if isinstance(document, Mapping) else None
    if not isinstance(cases, list) or not all(isinstance(case, Mapping) and "function" in case for case in cases):
        raise CaseFileError("no list of cases with a function each")
    if not all(isinstance(case.get("inputs", {}), Mapping) for case in cases):
        raise CaseFileError("the inputs of a case are named")
    as_of = date.fromisoformat(document["as_of"]) if document.get("as_of") else None
    report = Report()
    for case in cases:
        if not only or case["function"] in only or case.get("id") in only:
            _run(case, Words(case.get("inputs", {}), as_of), document, report)
    ids = {case.get("id") for case in cases if case["function"] in ADAPTERS}
    report.refused = [name for name in only if name not in ADAPTERS and name not in ids]
    return report


def _run(case: Mapping[str, Any], words: Words, document: Mapping[str, Any], report: Report) -> None:
    name = f"{case.get('id', '?')} {case['function']}"
    if case["function"] not in ADAPTERS:
        report.missing.setdefault(case["function"], []).append(str(case.get("id", "?")))
        return
    differences = list(_differences(case, words, {**document, **case}))
    report.mismatches += [f"{name}: {difference}" for difference in differences]
    if expected_error(case) is None:
        report.unread += [f"{name}: {key} was not read" for key in sorted(words.unread)]
    if not differences:
        report.agreed.append(name)


def _differences(case: Mapping[str, Any], words: Words, settings: Mapping[str, Any]) -> Iterator[str]:
    awaited = expected_error(case)
    try:
        answer = ADAPTERS[case["function"]](words)
    except Exception as error:
        names = {ancestor.__name__ for ancestor in type(error).__mro__}
        if awaited is None or awaited not in names:
            yield f"expected {awaited or 'an answer'}, raised {type(error).__name__} ({error})"
        return
    if awaited is not None:
        yield f"expected {awaited}, answered {answer}"
    else:
        yield from differences(
            case.get("expected"), answer, settings.get("tolerance", TOLERANCE), settings.get("rounding", ROUNDING)
        )


def expected_error(case: Mapping[str, Any]) -> str | None:
    """The name of the error that a case expects; `true` stands for any."""
    expected = case.get("expected")
    places = [case, expected] if isinstance(expected, Mapping) else [case]
    found = next((place[word] for place in places for word in ERROR_WORDS if place.get(word)), None)
    if found is None and isinstance(expected, str) and (ERROR_NAME.match(expected) or expected in ERROR_WORDS):
        found = expected
    if found is None:
        return None
    named = ERROR_NAME.match(str(found))
    return named.group() if named else "Exception"


def differences(
    expected: Any, answer: Any, tolerance: float = TOLERANCE, rounding: int = ROUNDING, at: str = ""
) -> Iterator[str]:
    """Where an answer leaves what was expected; what it says beyond that does not matter."""
    where = f"{at} " if at else ""
    if isinstance(expected, Mapping) and isinstance(answer, Mapping):
        for key, value in expected.items():
            if key not in answer:
                yield f"{where}{key} is missing"
            else:
                yield from differences(value, answer[key], tolerance, rounding, f"{where}{key}")
    elif isinstance(expected, list) and isinstance(answer, list) and len(expected) == len(answer):
        for index, (value, ours) in enumerate(zip(expected, answer, strict=True)):
            yield from differences(value, ours, tolerance, rounding, f"{where}{index}")
    elif _is_number(expected) and _is_number(answer):
        if not abs(round(answer, rounding) - expected) <= tolerance:
            yield f"{where}expected {expected}, got {round(float(answer), rounding)}"
    elif expected != answer or _is_number(expected) != _is_number(answer):
        yield f"{where}expected {expected!r}, got {answer!r}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
