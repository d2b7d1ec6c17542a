"""A whole NetCRM in processes of its own, for tests that kill and stop things."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

SECONDS_TO_START = 60
SECONDS_TO_STOP = 25


class House:
    """`manage.py serve` on a free port and a folder of its own; what it printed is in `said()`."""

    def __init__(self, data: Path, *, arguments: tuple[str, ...] = (), **environment: str) -> None:
        self.data, self.port, self.log = data, free_port(), data / "serve.log"
        data.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(self.port), *arguments],
                cwd=settings.ROOT,
                env=bare_environment(data) | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def health(self) -> dict[str, bool] | None:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=10) as answer:  # noqa: S310
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            return json.loads(refused.read())
        except OSError:
            return None

    def wait_until_well(self) -> None:
        wait_for(lambda: self.health() == {"database": True, "broker": True, "worker": True}, SECONDS_TO_START, self)

    def family(self) -> set[int]:
        """The supervisor, its children and theirs."""
        return descendants(self.process.pid)

    def child(self, word: str) -> int:
        found = [pid for pid in children(self.process.pid) if word in command_of(pid).split()]
        return found[0] if found else 0

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)
        return self.process.wait(SECONDS_TO_STOP)


def bare_environment(data: Path) -> dict[str, str]:
    """Ours without what the test run was told about engines: an embedded house."""
    told = (
        "DATABASE_URL",
        "REDIS_URL",
        "EMAIL_URL",
        "BASE_URL",
        "PORT",
        "HOST",
        "DJANGO_SETTINGS_MODULE",
        "SIGNUP_OPEN",
    )
    kept = {name: value for name, value in os.environ.items() if name not in told}
    return kept | {
        "DATA_DIR": str(data),
        "DATABASE_URL": f"sqlite:///{data}/house.sqlite3",
        "REDIS_URL": "",
        "EMAIL_URL": "",
    }


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def children(pid: int) -> set[int]:
    with contextlib.suppress(FileNotFoundError):
        return {
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        }
    return set()


def descendants(pid: int) -> set[int]:
    return {pid}.union(*(descendants(child) for child in children(pid)))


def is_alive(pid: int) -> bool:
    """A zombie is dead: it only waits to be counted."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def command_of(pid: int) -> str:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def wait_for(true: Callable[[], bool], seconds: float, house: House) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"not within {seconds} s; the house said:\n{house.said()[-4000:]}"
        time.sleep(0.2)
