"""What goes wrong between a hand and a server: twice, too late, in two tabs, in the wrong company."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import contact_made, note_about, pick_kind, signed_out
from tests.browser.conftest import EMAIL, PASSWORD, Visit, manage, sign_in
from tests.netcrm.house import House


def test_a_double_click_notes_once(visit: Visit, claire: str):
    page = visit.open(state=claire)
    contact_made(page, "Bruno Gicquel")
    note_about(page).click()
    pick_kind(page)
    page.locator("#dialog .dialog__foot .button--primary").dblclick()
    expect(page.locator("#contact_panel .event")).to_have_count(1)
    page.reload()
    expect(page.locator("#contact_panel .event")).to_have_count(1)


def test_what_was_typed_follows_to_another_kind(visit: Visit, claire: str):
    page = visit.open(state=claire)
    page.goto("/contacts/")
    page.keyboard.press("n")
    page.fill("#note-contact_name", "Solène Kergoat")
    page.keyboard.press("Escape")  # the list of proposals
    page.fill("#note-summary", "Envoyer le plan de calepinage")
    for tab in ("Promesse", "Demande"):
        page.locator(".note__tabs a", has_text=tab).click()
        expect(page.locator(".note__tabs [aria-current]")).to_have_text(tab)
        expect(page.locator("#note-summary")).to_have_value("Envoyer le plan de calepinage")
        expect(page.locator("#note-contact_name")).to_have_value("Solène Kergoat")


def test_two_tabs_never_overwrite_each_other(visit: Visit, claire: str):
    first, second = visit.open(state=claire), visit.open(state=claire)
    url = contact_made(first, "Marc Oliveira")
    for page, words in ((first, "Un"), (second, "Deux")):
        page.goto(f"{url}edit/")
        page.fill("[name=notes]", words)
    for page in (first, second):
        page.locator("main form .button--primary").last.click()
        page.wait_for_load_state()
    expect(second.locator("[name=notes]")).to_have_value("Deux")
    expect(second.locator("main")).to_contain_text("Un")


def test_after_signing_out_the_back_button_shows_nobody(visit: Visit):
    page = visit.open()
    sign_in(page, EMAIL)
    contact_made(page, "Aïcha Ferhat")
    signed_out(page)
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("Ferhat")


def test_an_expired_session_leads_to_the_door_and_back(visit: Visit, claire: str):
    page = visit.open(state=claire)
    page.goto("/contacts/")
    page.context.clear_cookies()
    page.locator("a[data-key=n]").click()
    page.wait_for_url("**/account/login/?next=%2Fcontacts%2F")
    sign_in_here(page)
    page.wait_for_url("**/contacts/")


def sign_in_here(page: Page) -> None:
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def test_back_forward_and_reload_write_nothing_again(visit: Visit, claire: str):
    page = visit.open(state=claire, java_script_enabled=False)
    url = contact_made(page, "Gaël Pichon")
    note_about(page).click()
    page.locator("label:has([name=kind][value=help])").click()
    page.locator("main form .button--primary").click()
    page.wait_for_url(url)
    page.go_back()
    page.go_forward()
    page.reload()
    expect(page.locator("#contact_panel .event")).to_have_count(1)


@pytest.fixture
def sitting_twice(house: House) -> str:
    """Someone who owns two companies."""
    for slug in ("fonderie", "polissage"):
        manage(
            house.data, "create_workspace", "--slug", slug, "--owner", "deux@fonderie.example", "--password", PASSWORD
        )
    return "deux@fonderie.example"


def test_what_was_begun_in_one_company_is_not_written_in_another(visit: Visit, sitting_twice: str):
    page = visit.open()
    sign_in(page, sitting_twice)
    contact_made(page, "Odile Carré")
    note_about(page).click()
    pick_kind(page)
    page.fill("#dialog [name=summary]", "Le prix du bronze")
    switched_elsewhere(page)
    page.locator("#dialog .dialog__foot .button--primary").click()
    expect(page.locator("#dialog .alert")).to_contain_text("autre onglet a changé d’entreprise")
    expect(page.locator("#dialog [name=summary]")).to_have_value("Le prix du bronze")
    page.goto("/exchanges/")
    expect(page.locator("main")).not_to_contain_text("Le prix du bronze")


def switched_elsewhere(page: Page) -> None:
    """The other tab of the same browser sits down in the other company."""
    here = page.locator(".account__where").first.text_content()
    other = page.context.new_page()
    other.goto("/workspace/choose/")
    other.locator(".seat button", has_not_text=re.compile(re.escape(here))).click()
    other.wait_for_url("**/")
    other.close()
