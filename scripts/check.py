"""Everything that can be judged without running the program: `make check`."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"


def checks() -> dict[str, list[str]]:
    python, manage = str(BIN / "python"), [str(BIN / "python"), "manage.py"]
    templates = [str(file.relative_to(ROOT)) for file in sorted((ROOT / "templates").rglob("*.html"))]
    return {
        "types": [str(BIN / "mypy"), "."],
        "style": [str(BIN / "ruff"), "check", "."],
        "format": [str(BIN / "ruff"), "format", "--check", "."],
        "floors": [str(BIN / "lint-imports")],
        "templates": [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates],
        "system": [*manage, "check", "--fail-level", "WARNING"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "translations": [python, "scripts/check_translations.py"],
    }


def run(name: str, command: list[str], data: str) -> bool:
    started = time.monotonic()
    environment = os.environ | {"DATA_DIR": data, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    verdict = "ok" if done.returncode == 0 else "FAILED"
    report = "" if done.returncode == 0 else f"\n{done.stdout}{done.stderr}"
    print(f"check {name}: {verdict} ({time.monotonic() - started:.1f} s){report}", flush=True)
    return done.returncode == 0


def main() -> int:
    with tempfile.TemporaryDirectory() as data, ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda check: run(check[0], check[1], data), checks().items()))
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
