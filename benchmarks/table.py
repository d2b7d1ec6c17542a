"""Writes the tables of benchmarks/README.md from the results of one run."""

import json
import sys
from pathlib import Path
from typing import Any, Final

README: Final = Path(__file__).resolve().parent / "README.md"
MARK: Final = "<!-- figures -->\n"
FLOOR_MS: Final = 0.7
# target: what must hold and what we aim at, in units
GOALS: Final = {
    "list": (25, 15),
    "list, deep page": (25, 15),
    "list, by tag": (25, 15),
    "list, by balance": (25, 15),
    "search, rare": (30, 18),
    "search, frequent": (30, 18),
    "search, absent": (30, 18),
    "contact page": (25, 15),
    "save an exchange": (25, 15),
    "home": (30, 18),
    "catalogue": (30, 18),
    "catalogue, searched": (30, 18),
    "catalogue, filtered": (30, 18),
}


def main() -> None:
    results = json.loads(Path(sys.argv[1]).read_text())
    before, _mark, _old = README.read_text().partition(MARK)
    README.write_text(before + MARK + "\n".join(section(run) for run in results["runs"]) + growth(results["runs"]))


def section(run: dict[str, Any]) -> str:
    lines = [f"\n## {run['engine']}, {run['contacts']:,} contacts\n".replace(",", "\u202f")]
    unit = max(run["pages"]["unit"]["p50_c1"], FLOOR_MS)
    lines.append(f"U = {unit:.2f} ms (measured {run['pages']['unit']['p50_c1']:.2f} ms)\n")
    lines.append("| page | ms | U | must | goal | p99/p50 | req/s 8 : 1 | bytes | MB a worker |")
    lines.append("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    lines += [page_line(name, figures, unit) for name, figures in run["pages"].items()]
    lines += ["\n| job | figure |", "|---|--:|"]
    lines += [f"| {name} | {value} |" for name, value in run["jobs"].items()]
    return "\n".join(lines) + "\n"


def page_line(name: str, figures: dict[str, float], unit: float) -> str:
    must, goal = GOALS.get(name, ("", ""))
    tail, spread = figures["p99_c1"] / figures["p50_c1"], figures["rps_c8"] / figures["rps_c1"]
    return (
        f"| {name} | {figures['p50_c1']:.1f} | {figures['p50_c1'] / unit:.1f} | {must} | {goal} | {tail:.1f} "
        f"| {spread:.1f} | {figures['bytes']:.0f} | {figures['memory']:.0f} |"
    )


def growth(runs: list[dict[str, Any]]) -> str:
    """How much each median grows from the smallest PostgreSQL run to the largest, and SQLite against the former."""
    server = [run for run in runs if run["engine"] == "postgresql"]
    embedded = [run for run in runs if run["engine"] == "sqlite"]
    lines = ["\n## Growth, and SQLite against PostgreSQL\n"]
    lines += ["| page | largest / smallest (must 1.25) | SQLite / PostgreSQL (must 1.5) |", "|---|--:|--:|"]
    for name in server[0]["pages"]:
        grown, engine = ratio(server[-1], server[0], name), ratio(embedded[0], server[0], name) if embedded else 0
        lines.append(f"| {name} | {grown:.2f} | {engine:.2f} |")
    return "\n".join(lines) + "\n"


def ratio(top: dict[str, Any], bottom: dict[str, Any], name: str) -> float:
    """Of two medians, each in the unit of its own run."""
    return _in_units(top, name) / _in_units(bottom, name)


def _in_units(run: dict[str, Any], name: str) -> float:
    return float(run["pages"][name]["p50_c1"]) / float(run["pages"]["unit"]["p50_c1"])


if __name__ == "__main__":
    main()
