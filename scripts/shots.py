"""Pictures of the screens, to be looked at: `make shots` fills build/shots/ and the three of the README.

A whole house on a folder of its own: the demo workshop, an empty workspace, one with five thousand long names. Each at
390 and 1280 px, light and dark, in French and in English.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netcrm.settings")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.netcrm.house import House, bare_environment  # noqa: E402

OUT = ROOT / "build" / "shots"
PASSWORD = "une phrase assez longue"  # noqa: S105 - of a house that lives a minute
PAGES = {
    "home": "/",
    "contacts": "/contacts/",
    "contact": "/contacts/?q=claire+morvan",
    "note": "/exchanges/note/",
    "promise": "/exchanges/note/promise/",
    "ledger": "/exchanges/",
    "mirror": "/exchanges/mirror/",
    "strategy": "/strategy/",
    "need": "/strategy/needs/new/",
    "networks": "/networks/",
    "catalogue": "/networks/catalogue/",
    "screen": "/networks/screen/",
    "map": "/networks/map/",
    "meetings": "/networks/meetings/",
    "edit": "/contacts/new/",
    "import": "/contacts/imports/",
    "logbook": "/workspace/logbook/",
    "members": "/workspace/members/",
    "preferences": "/workspace/preferences/",
}
IN_README = {"home": "home", "contact": "contact", "contacts": "contacts"}


def main() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="netcrm-shots-") as folder, sync_playwright() as driver:
        house = House(Path(folder))
        try:
            house.wait_until_well()
            owners = furnished(Path(folder))
            browser = driver.chromium.launch(
                executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"]
            )
            for name, email in owners.items():
                shoot(browser, house.url, name, email)
            for_readme(browser, house.url, owners["demo"])
        finally:
            house.stop()


def furnished(data: Path) -> dict[str, str]:
    """The owner's address of each workspace."""
    manage(data, "demo", "--password", PASSWORD)
    manage(data, "create_workspace", "--slug", "empty", "--owner", "vide@atelier.example", "--password", PASSWORD)
    manage(data, "create_workspace", "--slug", "crowd", "--owner", "foule@atelier.example", "--password", PASSWORD)
    crowd = data / "crowd.csv"
    lines = (f"Maximilienne-Antoinette;de La Rochefoucauld-Montbazon {n};Société des ateliers {n}" for n in range(5000))
    crowd.write_text("Prénom;Nom;Société\n" + "\n".join(lines))
    manage(data, "import_contacts", "--workspace", "crowd", str(crowd))
    return {"demo": "demo@ateliers-brivel.example", "empty": "vide@atelier.example", "crowd": "foule@atelier.example"}


def manage(data: Path, *command: str) -> None:
    subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=bare_environment(data),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def shoot(browser: Browser, url: str, name: str, email: str) -> None:
    for language in ("fr", "en"):
        for width in (390, 1280):
            for light in ("light", "dark"):
                context = opened(browser, url, email, language=language, width=width, light=light)
                for page_name, path in PAGES.items():
                    taken(context, path, OUT / f"{name}-{page_name}-{width}-{light}-{language}.png", whole=True)
                context.close()


def for_readme(browser: Browser, url: str, email: str) -> None:
    """Small enough to live in the repository: one fold, one scale."""
    context = opened(browser, url, email, language="fr", width=1280, light="light")
    (ROOT / "docs" / "img").mkdir(exist_ok=True)
    for name, page_name in IN_README.items():
        taken(context, PAGES[page_name], ROOT / "docs" / "img" / f"{name}.png", whole=False)
    context.close()


def opened(browser: Browser, url: str, email: str, *, language: str, width: int, light: str) -> BrowserContext:
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": 844 if width < 768 else 900},
        color_scheme="dark" if light == "dark" else "light",
        locale={"fr": "fr-FR", "en": "en-GB"}[language],
    )
    page = context.new_page()
    page.goto("/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{url}/")
    page.goto("/workspace/preferences/")
    page.locator(f"[name=language][value={language}], option[value={language}]").first.evaluate(
        "one => { if (one.tagName === 'OPTION') one.selected = true; else one.checked = true; }"
    )
    page.locator("main form [type=submit]").first.click()
    page.wait_for_load_state()
    page.close()
    return context


def taken(context: BrowserContext, path: str, file: Path, *, whole: bool) -> None:
    page = context.new_page()
    page.goto(path)
    if "?q=" in path and page.locator(".who__name").count():
        page.locator(".who__name").first.click()
        page.wait_for_load_state()
    page.screenshot(path=file, full_page=whole)
    page.close()


if __name__ == "__main__":
    main()
