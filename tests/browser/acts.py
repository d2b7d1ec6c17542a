"""What people do in front of the house, in the words of the walks."""

import email
import re
from email import policy
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, is_inside
from tests.netcrm.house import House, wait_for

CODE = r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4}|\d{6})\s*$"
INVITATION = r"(/workspace/invitations/\S+/accept/)"


def mailed(house: House, address: str, pattern: str = CODE) -> str:
    """What the newest letter to this address says in that place; waits for it."""

    def words() -> list[str]:
        letters = [letter_in(file) for file in sorted((house.data / "mail").glob("*.eml"))]
        bodies = [text for receiver, text in letters if address in receiver]
        return [found[1] for text in bodies if (found := re.search(pattern, text, re.M))]

    wait_for(lambda: bool(words()), 20, house)
    return words()[-1]


def letter_in(file: Path) -> tuple[str, str]:
    letter = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    return str(letter["to"]), letter.get_body(("plain",)).get_content()


def contact_made(page: Page, name: str) -> str:
    """Adds someone by hand; the address of their page."""
    given, _space, family = name.partition(" ")
    page.goto("/contacts/new/")
    page.fill("[name=given_name]", given)
    page.fill("[name=family_name]", family)
    page.locator("main form .button--primary").last.click()
    page.wait_for_url(re.compile(r"/contacts/\d+/$"))
    return page.url


def note_about(page: Page):
    """« Noter » of the contact whose page is open."""
    return page.locator("main a[href*='/exchanges/note/?contact=']").first


def pick_kind(page: Page, kind: str = "information") -> None:
    page.locator(f"#dialog label:has([name=kind][value={kind}])").click()


def save(page: Page) -> None:
    page.locator("#dialog .dialog__foot .button--primary").click()
    expect(page.locator("#dialog")).not_to_be_visible()


def signed_out(page: Page) -> None:
    page.evaluate("document.querySelector('form[action$=\"logout/\"]').requestSubmit()")
    page.wait_for_url("**/account/login/**")


def signed_up(page: Page, house: House, address: str, company: str = "") -> None:
    """Fills the sign-up form that is open and types the code that came by mail."""
    page.fill("[name=email]", address)
    page.fill("[name=password1]", PASSWORD)
    if company:
        page.fill("[name=company]", company)
    page.press("[name=password1]", "Enter")
    page.fill("[name=code]", mailed(house, address))
    page.press("[name=code]", "Enter")
    page.wait_for_url(is_inside)
