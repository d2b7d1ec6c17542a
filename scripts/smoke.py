"""`make run` as a newcomer has it: a clean clone, one command, an account, Ctrl-C, and nothing left behind.

    python scripts/smoke.py

Clones the last commit of this repository into a temporary folder. Ends with 1 at the first thing that is not so.
"""

import contextlib
import email
import http.cookiejar
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from email import policy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FIRST_START_SECONDS = 900
SECOND_START_SECONDS = 60
CODE = re.compile(r"^\s*([A-Z]{4}-[A-Z]{4})\s*$", re.MULTILINE)
OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "BASE_URL",
    "SECRET_KEY",
    "DATA_DIR",
    "CI",
    "VIRTUAL_ENV",
    "PYTHONPATH",
)


class Forms(HTMLParser):
    """What each form of a page sends by itself, and the names that it asks for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and self.forms and told.get("name"):
            self.forms[-1].setdefault(told["name"], told.get("value", "") if told.get("type") == "hidden" else "")

    def asking_for(self, names: set[str]) -> dict[str, str]:
        return next(form for form in self.forms if names <= set(form))


class Visitor:
    """A browser without JavaScript: it keeps cookies and follows redirects."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.address, self.page = origin, ""

    def open(self, path: str, form: dict[str, str] | None = None) -> None:
        url = urllib.parse.urljoin(self.address, path)
        data = None if form is None else urllib.parse.urlencode(Forms(self.page).asking_for(set(form)) | form).encode()
        request = urllib.request.Request(url, data, {"Origin": self.origin, "Accept-Language": "fr"})  # noqa: S310
        with self.opener.open(request, timeout=60) as answer:
            self.address, self.page = answer.geturl(), answer.read().decode()


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="netcrm-smoke-") as folder:
        clone, port = Path(folder) / "netcrm", free_port()
        run("git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone))
        house, seconds = start(clone, port, FIRST_START_SECONDS)
        done(f"a clean clone answers after {seconds:.0f} s")
        try:
            sign_up(f"http://localhost:{port}", clone / "data" / "mail")
            done("an account is opened with the code of the mail")
        finally:
            stop_with_control_c(house)
        done("Ctrl-C stops all of it")
        house, seconds = start(clone, port, SECOND_START_SECONDS)
        done(f"the second start takes {seconds:.0f} s")
        family = descendants(house.pid) - {house.pid}
        os.kill(supervisor_in(family), signal.SIGKILL)
        wait_for(lambda: not any(map(is_alive, family)), 30, "an orphan is left after kill -9")
        house.wait()
        done("kill -9 leaves no orphan")
    print("5 passed, 0 failed")
    return 0


def start(clone: Path, port: int, seconds: float) -> tuple[subprocess.Popen[bytes], float]:
    environment = {name: value for name, value in os.environ.items() if name not in OURS} | {"PORT": str(port)}
    began = time.monotonic()
    command = ["make", "run"]
    house = subprocess.Popen(command, cwd=clone, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    try:
        wait_for(lambda: is_well(port) or ended(house), seconds, "the house does not answer")
    except BaseException:
        os.killpg(house.pid, signal.SIGKILL)
        raise
    return house, time.monotonic() - began


def ended(house: subprocess.Popen[bytes]) -> bool:
    if house.poll() is not None:
        sys.exit(f"smoke: `make run` ended with {house.returncode}")
    return False


def is_well(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            return all(json.load(answer).values())
    except (OSError, ValueError):
        return False


def sign_up(origin: str, mails: Path) -> None:
    visitor = Visitor(origin)
    visitor.open("/account/signup/")
    address = f"smoke-{secrets.token_hex(4)}@atelier.example"
    form = {"email": address, "password1": secrets.token_urlsafe(16), "company": "Atelier de la fumée"}
    visitor.open("", form)
    wait_for(lambda: any(mails.glob("*.eml")), 20, "no mail came")
    letter = email.message_from_bytes(max(mails.glob("*.eml")).read_bytes(), policy=policy.default)
    body: Any = letter.get_body(("plain",))
    code = CODE.search(body.get_content())
    if code is None or letter["To"] != address:
        sys.exit(f"smoke: no code in the mail to {letter['To']}")
    visitor.open("", {"code": code[1]})
    visitor.open("/")
    if "/account/" in visitor.address or "Atelier de la fumée" not in visitor.page:
        sys.exit(f"smoke: the home does not open after signing up: {visitor.address}")


def stop_with_control_c(house: subprocess.Popen[bytes]) -> None:
    """To the whole foreground group, as a terminal does."""
    family = descendants(house.pid)
    os.killpg(house.pid, signal.SIGINT)
    wait_for(lambda: house.poll() is not None and not any(map(is_alive, family)), 30, "something outlives Ctrl-C")


def supervisor_in(family: set[int]) -> int:
    return next(pid for pid in family if "supervisor.py" in Path(f"/proc/{pid}/cmdline").read_text())


def children(pid: int) -> set[int]:
    with contextlib.suppress(FileNotFoundError):
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return {int(child) for task in tasks for child in (task / "children").read_text().split()}
    return set()


def descendants(pid: int) -> set[int]:
    return {pid}.union(*(descendants(child) for child in children(pid)))


def is_alive(pid: int) -> bool:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def wait_for(true: Callable[[], bool], seconds: float, complaint: str) -> None:
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            sys.exit(f"smoke: {complaint} within {seconds:.0f} s")
        time.sleep(0.3)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)  # noqa: S603


def done(what: str) -> None:
    print(f"smoke: {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
