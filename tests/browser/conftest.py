"""A whole house in its own processes (web, worker, scheduler), and a real Chromium in front of it.

Whatever the content policy refuses and whatever a page logs as an error fails the test that saw it.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.netcrm.house import House, bare_environment

# Playwright's loop lives in this thread; the other tests of the process use the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

EMAIL, PASSWORD = "claire@morvan.example", "une phrase assez longue"
NOISE = re.compile(r"status of (401|403|404|409|422)|net::ERR_ABORTED")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.embedded)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    data = tmp_path_factory.mktemp("house")
    running = House(data)
    try:
        running.wait_until_well()
        manage(data, "create_workspace", "--slug", "morvan", "--owner", EMAIL, "--password", PASSWORD)
        yield running
    finally:
        running.process.terminate()
        running.process.wait(30)


def manage(data: Path, *command: str) -> str:
    """One command of the same house."""
    run = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.ROOT,
        env=bare_environment(data),
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path and not os.environ.get("CI"):
        pytest.skip("no Chromium on this machine")
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
    with sync_playwright() as driver:
        yield from launched(driver, path, arguments)


def launched(driver: Playwright, path: str | None, arguments: list[str]) -> Iterator[Browser]:
    browser = driver.chromium.launch(executable_path=path, args=arguments)
    yield browser
    browser.close()


class Visit:
    """Contexts of one test: each a person's own browser, watched for errors."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser, self.house = browser, house
        self.complaints: list[str] = []
        self.contexts: list[BrowserContext] = []

    def open(self, *, phone: bool = False, dark: bool = False, state: str | None = None, **options) -> Page:
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        options = {"locale": "fr-FR", "color_scheme": "dark" if dark else "light"} | options
        context = self.browser.new_context(
            base_url=self.house.url, viewport=size, has_touch=phone, storage_state=state, **options
        )
        context.set_default_timeout(15_000)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.contexts.append(context)
        return context.new_page()

    def _hear(self, message) -> None:
        if message.type == "error" and not NOISE.search(message.text):
            self.complaints.append(message.text)


@pytest.fixture
def visit(chromium: Browser, house: House) -> Iterator[Visit]:
    visiting = Visit(chromium, house)
    yield visiting
    for context in visiting.contexts:
        context.close()
    assert visiting.complaints == []


@pytest.fixture(scope="session")
def claire(chromium: Browser, house: House, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Claire's cookies after signing in once, as a file."""
    file = tmp_path_factory.mktemp("state") / "claire.json"
    context = chromium.new_context(base_url=house.url, locale="fr-FR")
    page = context.new_page()
    sign_in(page)
    context.storage_state(path=file)
    context.close()
    return str(file)


def sign_in(page: Page, email: str = EMAIL, password: str = PASSWORD) -> None:
    page.goto("/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(is_inside)


def is_inside(url: str) -> bool:
    return "/account/" not in url
