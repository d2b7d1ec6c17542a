"""The process on a phone: from an empty company to its strategy on one page."""

from playwright.sync_api import Page, expect

from tests.browser.acts import contact_made, save
from tests.browser.conftest import PASSWORD, Visit, manage, sign_in

STEP_BUTTON = ".step--next .button--primary"


def test_an_empty_company_walks_to_its_printed_strategy(visit: Visit):
    manage(
        visit.house.data, "create_workspace", "--slug", "walk", "--owner", "zoe@walk.example", "--password", PASSWORD
    )
    page = visit.open(phone=True)
    sign_in(page, "zoe@walk.example")
    page.locator(".places a[href='/process/']").tap()
    expect(page.locator(".step--next")).to_contain_text("Partir des enjeux")
    fits(page)
    page.locator(STEP_BUTTON).tap()
    page.wait_for_url("**/process/stakes/")
    fits(page)
    stated(page)
    sorted_by_hand(page)
    left_aside(page)
    printed(page)


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def stated(page: Page) -> None:
    """A stake, an objective and a need, each in its short form."""
    page.locator("main .button--primary").tap()
    for address, title in (("stakes", "Grandir à l’export"), ("objectives", "Deux clients"), ("needs", "Un agent")):
        page.goto(f"/strategy/{address}/new/")
        page.fill("[name=title]", title)
        if address == "needs":
            page.locator("label:has([name=resource][value=contact])").tap()
        page.locator("main .dialog__foot .button--primary").tap()
        page.wait_for_url("**/strategy/")


def sorted_by_hand(page: Page) -> None:
    """A finger for the first card, a way back, the keyboard for the second time."""
    contact_made(page, "Paul Durand")
    page.goto("/contacts/triage/")
    page.locator(".triage .chip").first.tap()
    page.locator(".triage [value=a]").tap()
    expect(page.locator("main")).to_contain_text("Tout le monde est trié")
    page.locator("form[action$='/unsort/'] button").tap()
    expect(page.locator(".triage")).to_be_visible()
    fits(page)
    page.keyboard.press("1")
    page.keyboard.press("b")
    expect(page.locator("main")).to_contain_text("Tout le monde est trié")


def left_aside(page: Page) -> None:
    page.goto("/process/trial/")
    page.locator("a[href$='/skip/']").tap()
    page.fill("#dialog [name=reason]", "Après l’été")
    save(page)
    page.goto("/process/")
    expect(page.locator("main")).to_contain_text("Après l’été")


def printed(page: Page) -> None:
    page.locator("a[href='/process/print/']").tap()
    for said in ("Grandir à l’export", "Deux clients", "Un agent", "Ce qui reste à faire", "Après l’été"):
        expect(page.locator("main")).to_contain_text(said)
    fits(page)
    page.emulate_media(media="print")
    expect(page.locator("[data-print]")).not_to_be_visible()
    expect(page.locator(".places")).not_to_be_visible()
