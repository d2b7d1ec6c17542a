"""A meeting from its first line to what came of it, on a phone."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.acts import contact_made
from tests.browser.conftest import Visit


def club_with_a_meeting(page: Page) -> None:
    """A network, and a meeting of yesterday whose page is open."""
    page.goto("/networks/new/?type=operational")
    page.fill("[name=name]", "Club Erdre & Loire")
    page.locator("main form .button--primary").click()
    page.wait_for_url(re.compile(r"/networks/\d+/$"))
    page.locator("main a[href$='/meetings/new/']").click()
    page.fill("#dialog [name=title]", "Petit-déjeuner")
    page.fill("#dialog [name=starts_at]", f"{timezone.now() - timedelta(days=1):%Y-%m-%dT08:00}")
    page.locator("#dialog .dialog__foot .button--primary").tap()
    page.locator("main a", has_text="Petit-déjeuner").first.tap()
    expect(page.locator("h1")).to_have_text("Petit-déjeuner")


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_meeting_is_noted_with_a_thumb(visit: Visit, claire: str):
    page = visit.open(phone=True, state=claire)
    contact_made(page, "Odile Kerbrat")
    club_with_a_meeting(page)
    page.get_by_role("button", name="En retard", exact=True).first.tap()
    expect(page.locator("main [aria-pressed=true]")).to_have_text("En retard")
    page.locator("#meeting_people [name=contact_name]").press_sequentially("odile ker", delay=30)
    page.locator("#meeting_people [role=option]").first.tap()
    page.locator("#meeting_people form.one-line button").tap()
    expect(page.locator("#meeting_people .line")).to_have_count(1)
    assert fits(page)
    noted(page)


def noted(page: Page) -> None:
    page.locator("main a[href$='/minutes/']").first.tap()
    for row in (1, 2, 3, 4, 5):  # those that the server drew, then one more
        expect(page.locator(f"[name=rows-{row}-contact_name]")).to_be_hidden()
        page.locator("[data-rows-add]").tap()
        expect(page.locator(f"[name=rows-{row}-contact_name]")).to_be_visible()
    assert fits(page)
    page.fill("[name=text]", "Tour de table")
    page.locator("label.chip", has_text="Odile Kerbrat").tap()
    page.locator("[name=rows-0-contact_name]").press_sequentially("odile ker", delay=30)
    page.locator("[role=option]").first.tap()
    page.select_option("[name=rows-0-kind]", "lead")
    page.fill("[name=rows-0-summary]", "Un portail à Carquefou")
    page.fill("[name=rows-0-promise]", "Envoyer les cotes")
    page.locator("main form .form__foot .button--primary").tap()
    expect(page.locator("main")).to_contain_text("Tour de table")
    page.locator("#meeting_people a", has_text="Odile Kerbrat").tap()
    for words in ("Un portail à Carquefou", "Envoyer les cotes", "Petit-déjeuner"):
        expect(page.locator("#contact_panel")).to_contain_text(words)
