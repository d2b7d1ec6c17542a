"""The whole suite on each engine that answers: SQLite with the local broker, then PostgreSQL with Redis.

The second pass uses DATABASE_URL and REDIS_URL when given, else the servers of this machine on their usual ports. An
absent service is skipped and said; with CI set it is a failure, and so is an absent Chromium.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
# One worker a core; a file stays whole, for its world is built once, and the long files come first as collected.
SPREAD = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
# What a developer's own .env or shell says must not change what is tested.
NEUTRAL = {"REDIS_URL": "", "EMAIL_URL": "", "BASE_URL": "http://localhost:8000", "DEBUG": "0", "SECRET_KEY": ""}
NEUTRAL |= {"ALLOWED_HOSTS": "", "SIGNUP_OPEN": "1", "BEHIND_PROXY": "0", "STATIC_MANIFEST": "0", "OIDC_SERVER_URL": ""}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--long", action="store_true", help="the slow tests too, and the guards removed one by one")
    parser.add_argument("-m", dest="marked", default="", help="as pytest understands it")
    options, pytest_arguments = parser.parse_known_args()
    if CI and options.engine == "both" and not chromium():
        sys.exit("tests: Chromium is absent. Install it: apt-get install chromium")
    marked = options.marked or ("" if options.long else "not slow")
    passes = [run("SQLite, local broker", sqlite(), marked, pytest_arguments)] if options.engine != "postgresql" else []
    if options.engine != "sqlite" and (servers := postgresql_and_redis()):
        if options.engine == "both" and not options.long:
            servers["SAMPLED"] = "1"
        passes.append(
            run("PostgreSQL, Redis", servers, f"({marked or 'not embedded'}) and not embedded", pytest_arguments)
        )
    if options.long:
        passes.append(subprocess.run([PYTHON, "scripts/mutate_guards.py"], cwd=ROOT, check=False).returncode)  # noqa: S603
    return max(passes, default=1)


def run(name: str, environment: dict[str, str], marked: str, arguments: list[str]) -> int:
    started = time.monotonic()
    print(f"\ntests: {name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="netcrm-tests-") as data:
        variables = os.environ | NEUTRAL | {"DATA_DIR": data} | environment
        command = [str(PYTHON), "-m", "pytest", *SPREAD, "-m", marked, *arguments]
        code = subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode  # noqa: S603
    print(f"tests: {name}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s", flush=True)
    return code


def sqlite() -> dict[str, str]:
    """An address must be given, even so: an empty one would let a `.env` file answer."""
    return {"DATABASE_URL": f"sqlite:///{tempfile.gettempdir()}/netcrm-tests.sqlite3"}


def postgresql_and_redis() -> dict[str, str] | None:
    """None when one of them is absent, which ends the run if it is CI's."""
    database = os.environ.get("DATABASE_URL", "") or local_postgresql()
    redis = os.environ.get("REDIS_URL", "") or local_redis()
    absent = [name for name, url in {"PostgreSQL": database, "Redis": redis}.items() if not url]
    if not absent:
        return {"DATABASE_URL": database, "REDIS_URL": redis}
    what = f"tests: {' and '.join(absent)} not reached"
    if CI:
        sys.exit(f"{what}. Install and start: apt-get install postgresql redis-server")
    print(f"{what}; this half is skipped. Start them, or give DATABASE_URL and REDIS_URL.", flush=True)
    return None


def local_postgresql() -> str:
    """The first address that lets us create a database, or nothing."""
    import psycopg

    for url in ("postgres:///postgres", "postgres://postgres@127.0.0.1:5432/postgres"):
        try:
            with psycopg.connect(url.replace("postgres:", "postgresql:", 1), connect_timeout=2) as link:
                role = link.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
                if (row := role.fetchone()) and row[0]:
                    return url
        except psycopg.OperationalError:
            continue
    return ""


def local_redis() -> str:
    """Number 14, so that what an owner keeps in number 0 is left alone."""
    try:
        with socket.create_connection(("127.0.0.1", 6379), timeout=2) as link:
            link.sendall(b"PING\r\n")
            return "redis://127.0.0.1:6379/14" if link.recv(5) == b"+PONG" else ""
    except OSError:
        return ""


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


if __name__ == "__main__":
    sys.exit(main())
