"""Measures everything that benchmarks/README.md shows, in one run, and rewrites its tables.

    make bench                              # PostgreSQL at 10 000 and 100 000 contacts, then SQLite at 10 000
    python -m benchmarks.run --sizes 10000 --requests 50

PostgreSQL databases `netcrm_bench_<size>` are made and dropped. Figures are ratios: U is the median of a bare Django
view served by the same server, measured with the same tool in the same rounds, and counted as at least 0.7 ms.
"""

import argparse
import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
ROUNDS: Final = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--server", default="postgres:///", help="URL up to the database name")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results.json")
    wanted = parser.parse_args()
    results: dict[str, Any] = {"requests": wanted.requests, "runs": []}
    for run in runs(wanted):
        results["runs"].append(run)
        wanted.out.write_text(json.dumps(results, indent=1) + "\n")
    subprocess.run([sys.executable, "-m", "benchmarks.table", str(wanted.out)], cwd=ROOT, check=True)  # noqa: S603


def runs(wanted: argparse.Namespace) -> Iterator[dict[str, Any]]:
    for size in wanted.sizes:
        with database(wanted.server, f"netcrm_bench_{size}") as url:
            yield measured("postgresql", size, url, wanted.requests)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        yield measured("sqlite", min(wanted.sizes), url, wanted.requests)


@contextlib.contextmanager
def database(server: str, name: str) -> Iterator[str]:
    subprocess.run(["dropdb", "--if-exists", name], check=True, capture_output=True)  # noqa: S603, S607
    subprocess.run(["createdb", name], check=True)  # noqa: S603, S607
    try:
        yield f"{server}{name}"
    finally:
        subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)  # noqa: S603, S607


def measured(engine: str, size: int, url: str, requests: int) -> dict[str, Any]:
    """One database: seed it and run the jobs in a first process, then serve it and load it."""
    print(f"== {engine}, {size} contacts", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"DATABASE_URL": url, "DATA_DIR": folder, "SECRET_KEY": "bench", "REDIS_URL": ""}
        env |= {
            "BASE_URL": "http://localhost:8000",
            "STATIC_MANIFEST": "0",
            "DJANGO_SETTINGS_MODULE": "netcrm.settings",
        }
        prepared = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "benchmarks.jobs", str(size)], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE
        )
        made = json.loads(prepared.stdout)
        pages = served(engine, env, made["scenario"], made["cookie"], requests)
    return {"engine": engine, "contacts": size, "jobs": made["jobs"], "pages": pages}


def served(engine: str, env: dict[str, str], scenario: list[Any], cookie: str, requests: int) -> dict[str, Any]:
    """Loads our pages and the unit in turn, so that drift of the machine meets both."""
    anchor_env = env | {"ANCHOR_DATABASE": env["DATABASE_URL"]}
    unit = [{"name": "unit", "path": "/"}, {"name": "anchor list", "path": "/page/"}]
    rounds: list[dict[str, Any]] = []
    with (
        server("netcrm.wsgi:application", env) as ours,
        server("benchmarks.anchor:application", anchor_env) as anchor,
        tempfile.NamedTemporaryFile("w", suffix=".json") as targets,
        tempfile.NamedTemporaryFile("w", suffix=".json") as units,
    ):
        json.dump(scenario, targets)
        json.dump(unit, units)
        targets.flush()
        units.flush()
        for _round in range(ROUNDS):
            rounds.append(load(anchor, units.name, "", requests) | load(ours, targets.name, cookie, requests))
    return {name: _median([one[name] for one in rounds]) for name in rounds[0]}


def _median(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    return {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}


@contextlib.contextmanager
def server(application: str, env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Two granian workers on a free port; yields (port, pid)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "warning", application]
    process = subprocess.Popen(command, cwd=ROOT, env=env)  # noqa: S603
    try:
        _wait_for(port)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _wait_for(port: int) -> None:
    for _try in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")


def load(at: tuple[int, int], scenario: str, cookie: str, requests: int) -> dict[str, Any]:
    """Runs benchmarks/load.py once over a scenario; {target: {p50, p99, rps at 1 and 8, bytes, memory}}."""
    port, pid = at
    command = [sys.executable, "-m", "benchmarks.load", f"http://localhost:{port}", scenario]
    command += ["--requests", str(requests), "--pid", str(pid), "--cookie", cookie]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)  # noqa: S603
    targets: dict[str, Any] = {}
    for line in map(json.loads, done.stdout.splitlines()):
        figures = targets.setdefault(line["target"], {})
        figures |= {f"{name}_c{line['c']}": line[name] for name in ("p50", "p99", "rps")}
        figures |= {"bytes": line["bytes"], "memory": line["memory"]}
    return targets


if __name__ == "__main__":
    main()
