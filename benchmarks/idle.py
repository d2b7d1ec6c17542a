"""How much memory the whole house holds when nobody uses it: web, worker, beat and their supervisor."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
AFTER_SECONDS: Final = 60
PATIENCE_SECONDS: Final = 120


def idle_memory() -> int:
    """Proportional set size of the tree of `manage.py serve` on an empty SQLite, a minute after it answers, in MB."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        env |= {"DATA_DIR": folder, "BASE_URL": f"http://localhost:{port}"}
        command = [sys.executable, "manage.py", "serve", "--port", str(port)]
        house = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            wait_until_well(f"http://localhost:{port}/healthz")
            time.sleep(AFTER_SECONDS)
            return sum(map(pss_kb, tree(house.pid))) // 1024
        finally:
            house.send_signal(signal.SIGTERM)
            house.wait(30)


def wait_until_well(url: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
            if answer.status == 200:
                return
        time.sleep(0.5)
    raise TimeoutError(f"{url} does not say that all is well")


def tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in tree(int(child)))]


def pss_kb(pid: int) -> int:
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) if found else 0
