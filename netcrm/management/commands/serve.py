"""Start the whole house with one command."""

import errno
import fcntl
import io
import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from workspaces.tasks import beat

SUPERVISOR = Path(__file__).resolve().parent.parent.parent / "supervisor.py"
PORTS_TO_TRY = 20


class Command(BaseCommand):
    help = "Migrate, then run the web server, the worker and the scheduler until Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="default: PORT, or the port of BASE_URL, or the next free one")
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen on")
        parser.add_argument("--workers", type=int, default=int(os.environ.get("WEB_WORKERS", "1")))
        parser.add_argument("--threads", type=int, default=int(os.environ.get("WEB_THREADS", "1")), help="per worker")
        parser.add_argument(
            "--with-parent", action="store_true", help="stop when the process that started this one ends"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        lock = take_lock(settings.DATA_DIR / "serve.lock")
        port = choose_port(options["host"], options["port"])
        if not (settings.ROOT / "build" / "static" / "vendor" / "icons.svg").exists():
            raise CommandError("The front-end files are missing: run `make setup` first.")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_catalogue", stdout=io.StringIO())
        self.drop_old_wakeups()
        beat.delay()  # Read by the worker as soon as it is up, so that /healthz need not wait for the first tick.
        self.become_supervisor(lock, port, options)

    def drop_old_wakeups(self) -> None:
        """Messages left in the local broker only wake for rows, which a later tick sweeps anyway: one of the next
        seconds, or the next night for what the nights do."""
        for message in (settings.DATA_DIR / "broker").glob("*.msg"):
            message.unlink(missing_ok=True)

    def become_supervisor(self, lock: int, port: int, options: dict[str, Any]) -> None:
        """Replace this process by one that holds neither Django nor a database connection: it idles in 10 MB."""
        command = [sys.executable, "-P", str(SUPERVISOR), f"--host={options['host']}", f"--port={port}"]
        command += [f"--workers={options['workers']}", f"--threads={options['threads']}", f"--lock={lock}"]
        command += [f"--root={settings.ROOT}", f"--data={settings.DATA_DIR}"]
        if settings.EMAIL_BACKEND == "netcrm.mail.FileBackend":
            command += [f"--mail={settings.EMAIL_FILE_PATH}"]
        if options["with_parent"]:
            command += [f"--parent={os.getppid()}"]
        base_url = settings.BASE_URL if "BASE_URL" in os.environ else f"http://localhost:{port}"
        environment = dict(os.environ) | {"BASE_URL": base_url, "DATA_DIR": str(settings.DATA_DIR)}
        if (settings.STATIC_ROOT / "staticfiles.json").exists():
            environment.setdefault("STATIC_MANIFEST", "1")
        self.stdout.flush()
        os.execve(sys.executable, command, environment)  # noqa: S606


def take_lock(file: Path) -> int:
    """One house per data folder. The lock lives as long as the process and passes to the supervisor."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = os.read(descriptor, 20).decode().strip()
        raise CommandError(
            f"NetCRM already runs on {file.parent} (process {pid}). Stop it, or give another DATA_DIR."
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    os.set_inheritable(descriptor, True)
    return descriptor


def choose_port(host: str, asked: int | None) -> int:
    """The port asked for, or the first free one from 8000 when none was."""
    wanted = (
        asked
        or int(os.environ.get("PORT") or 0)
        or (urlsplit(settings.BASE_URL).port if "BASE_URL" in os.environ else None)
    )
    if wanted:
        if not is_free(host, wanted):
            raise CommandError(
                f"Port {wanted} is taken by another program. Choose another: manage.py serve --port 8080"
            )
        return wanted
    for port in range(8000, 8000 + PORTS_TO_TRY):
        if is_free(host, port):
            return port
    raise CommandError(f"Ports 8000 to {7999 + PORTS_TO_TRY} are all taken. Choose one: manage.py serve --port 9000")


def is_free(host: str, port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as refused:
            if refused.errno == errno.EADDRINUSE:
                return False
            raise CommandError(f"Cannot listen on {host}, port {port}: {refused.strerror}.") from refused
    return True
