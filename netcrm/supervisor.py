"""Runs web, worker and beat as one: starts them, restarts the one that dies, stops them all together.

A program of its own, standard library only, started by `manage.py serve` through exec: it never loads Django.
"""

import argparse
import contextlib
import ctypes
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

TICK_SECONDS: Final = 0.5
GRACE_SECONDS: Final = 10
STEADY_SECONDS: Final = 60
LONGEST_PAUSE_SECONDS: Final = 30
PR_SET_PDEATHSIG: Final = 1
CODE: Final = re.compile(r"^\s*([A-Z]{4}-[A-Z]{4}|\d{3}-\d{3}-\d{3}|\d{6})\s*$", re.MULTILINE)


@dataclass(kw_only=True)
class Child:
    """One program that we keep alive, leader of its own process group."""

    name: str
    command: list[str]
    death_signal: signal.Signals = signal.SIGKILL
    process: subprocess.Popen[bytes] | None = None
    started: float = 0
    restart_at: float = 0
    failures: int = 0

    def start(self, *, root: Path) -> None:
        parent = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            cwd=root,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(self.death_signal, parent),
        )
        self.started = time.monotonic()

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def signal_group(self, number: signal.Signals) -> None:
        """The group outlives its leader when the leader was killed, so its name stays valid for the rest of it."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def plan_restart(self) -> None:
        """Wait twice as long after each quick death, and start afresh after a steady run."""
        if time.monotonic() - self.started > STEADY_SECONDS:
            self.failures = 0
        self.process = None
        self.restart_at = time.monotonic() + min(2**self.failures, LONGEST_PAUSE_SECONDS)
        self.failures += 1


@dataclass(kw_only=True)
class House:
    options: argparse.Namespace
    children: list[Child]
    answered: bool = False
    stopping: bool = False
    mails_told: set[str] = field(default_factory=set)

    def run(self) -> int:
        """Until a signal, the death of the parent we were told to follow, or a web server that cannot start."""
        wake = watch_signals(self.ask_to_stop)
        self.tell_mails(say=None)
        for child in self.children:
            child.start(root=self.options.root)
        failed = False
        while not (self.stopping or failed):
            select.select([wake], [], [], TICK_SECONDS)
            drain(wake)
            self.stopping = self.stopping or self.is_abandoned()
            failed = not self.revive()
            self.greet()
            self.tell_mails(say=say)
        self.stop()
        return 1 if failed else 0

    def ask_to_stop(self) -> None:
        self.stopping = True

    def is_abandoned(self) -> bool:
        return bool(self.options.parent) and os.getppid() != self.options.parent

    def revive(self) -> bool:
        """False when the web server ended before its first answer: nothing would be served, so nothing goes on."""
        for child in self.children:
            if child.has_ended() and not self.stopping:
                child.signal_group(signal.SIGKILL)
                if child.name == "web" and not self.answered:
                    say("The web server could not start; its reason is above.")
                    return False
                child.plan_restart()
                say(f"{child.name} ended; it starts again in {child.restart_at - time.monotonic():.0f} s.")
            if child.process is None and time.monotonic() >= child.restart_at:
                child.start(root=self.options.root)
        return True

    def greet(self) -> None:
        if not self.answered and answers(self.options.host, self.options.port):
            self.answered = True
            say(f"NetCRM is open: {os.environ['BASE_URL']}  (Ctrl-C stops it)")
            if self.options.mail:
                say(f"No mail server is set: mails go to {self.options.mail}, and their codes appear here.")

    def tell_mails(self, *, say: Callable[[str], None] | None) -> None:
        """Tell of each mail that is new since the start."""
        if not self.options.mail or not self.options.mail.is_dir():
            return
        files = {entry.name for entry in os.scandir(self.options.mail) if entry.name.endswith(".eml")}
        for name in sorted(files - self.mails_told):
            if say is not None:
                say(describe_mail(self.options.mail / name))
        self.mails_told = files

    def stop(self) -> None:
        """Ask, wait, insist. The whole group each time: the web server has workers of its own."""
        for child in self.children:
            if child.process is not None:
                child.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            if child.process is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.1, until - time.monotonic()))
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
        say("NetCRM is closed.")


def die_with_parent(number: signal.Signals, parent: int) -> None:
    """Linux: ask the kernel to signal us when our parent dies, even by kill -9. Runs between fork and exec."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def watch_signals(ask_to_stop: Callable[[], None]) -> int:
    """A file descriptor that becomes readable when a signal comes, so that the wait ends at once."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: ask_to_stop())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reader


def drain(reader: int) -> None:
    with contextlib.suppress(BlockingIOError):
        os.read(reader, 1024)


def answers(host: str, port: int) -> bool:
    """Whether a page comes back, not merely whether the port is open."""
    try:
        with socket.create_connection((host, port), timeout=5) as link:
            name = urlsplit(os.environ["BASE_URL"]).netloc
            link.sendall(f"HEAD / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
            return link.recv(5) == b"HTTP/"
    except OSError:
        return False


def describe_mail(file: Path) -> str:
    """One line: to whom, what about, and the code or the link that the reader needs."""
    from email import policy
    from email.parser import BytesParser

    message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    part = message.get_body(("plain", "html"))
    text = part.get_content() if part else ""
    key = link_in(text) or CODE.search(text)
    found = f"  {key[0].strip()}" if key else ""
    return visible(f"Mail to {message['To']}: {message['Subject']}{found}  ({file})")


def link_in(text: str) -> re.Match[str] | None:
    """A line that is a link of this house: whoever names a company or a person writes in the letters too."""
    return re.search(rf"^{re.escape(os.environ['BASE_URL'])}/\S+$", text, re.MULTILINE)


def visible(line: str) -> str:
    """Without what would command a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in line)


def say(line: str) -> None:
    print(line, flush=True)


def children_of(options: argparse.Namespace) -> list[Child]:
    python = [sys.executable, "-m"]
    web = [*python, "granian", "--interface", "wsgi", "--host", options.host, "--port", str(options.port)]
    web += ["--workers", str(options.workers), "--blocking-threads", str(options.threads), "--no-ws", "--http", "1"]
    web += ["--workers-kill-timeout", "5", "--log-level", "warning", "netcrm.wsgi:application"]
    celery = [*python, "celery", "--quiet", "--app", "netcrm"]
    worker = [*celery, "worker", "--pool", "threads", "--concurrency", "2", "--loglevel", "WARNING"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    beat = [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""]
    # The web server's own workers are stopped by it, so it must hear of our death; the others have no children.
    return [
        Child(name="web", command=web, death_signal=signal.SIGTERM),
        Child(name="worker", command=worker),
        Child(name="beat", command=beat),
    ]


def main() -> int:
    parser = argparse.ArgumentParser()
    for name, kind in {"port": int, "workers": int, "threads": int, "parent": int, "lock": int, "host": str}.items():
        parser.add_argument(f"--{name}", type=kind)
    for name in ("root", "data", "mail"):
        parser.add_argument(f"--{name}", type=Path)
    options = parser.parse_args()
    os.set_inheritable(options.lock, False)
    if options.parent:
        die_with_parent(signal.SIGTERM, options.parent)
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    # Celery warns root at length because messages might be pickled; ours are JSON only.
    # `make check` has looked at the code; looking again would load every page into worker and beat.
    os.environ.setdefault("CELERY_SKIP_CHECKS", "1")
    os.environ.setdefault("PYTHONWARNINGS", "ignore:You're running the worker with superuser privileges")
    return House(options=options, children=children_of(options)).run()


if __name__ == "__main__":
    sys.exit(main())
