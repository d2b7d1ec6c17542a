"""Choosing a network on a phone: a trial from its first click to the decision."""

from playwright.sync_api import Page, expect

from tests.browser.acts import save
from tests.browser.conftest import Visit


def test_a_network_is_tried_and_decided_on_with_one_thumb(visit: Visit, claire: str):
    page = visit.open(phone=True, state=claire)
    described(page, "Réseau Agro Bocage")
    page.locator("form[action$='/trials/open/'] button").tap()
    page.wait_for_url("**/networks/trials/*/")
    seen(page, "services", "animation", "punctuality", "rules", "welcome", "members")
    visited(page)
    page.locator("button[formaction$='/close/']").tap()
    expect(page.locator("main")).to_contain_text("Proposition : rejoindre")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    decided(page)


def described(page: Page, name: str) -> None:
    page.goto("/networks/new/")
    page.fill("[name=name]", name)
    page.locator("label:has([name=type][value=structuring])").tap()
    page.locator("main .dialog__foot .button--primary").tap()
    page.wait_for_url("**/networks/*/")
    expect(page.locator("h1")).to_contain_text(name)


def seen(page: Page, *points: str) -> None:
    for point in points:
        page.locator(f"label:has([name={point}][value='2'])").tap()
    page.locator("form[action$='/points/'] [type=submit]").tap()
    expect(page.locator("main")).to_contain_text("Sur 6 points vus, 100")


def visited(page: Page) -> None:
    page.locator("a[href$='/visit/']").tap()
    page.fill("#dialog [name=on]", "2026-03-12")
    page.fill("#dialog [name=at]", "07:30")
    save(page)
    expect(page.locator("main")).to_contain_text("7\u00a0h\u00a030")


def decided(page: Page) -> None:
    page.locator("main a[href*='/decisions/new/']").tap()
    expect(page.locator("#dialog [name=verdict][value=join]")).to_be_checked()
    page.fill("#dialog [name=reason]", "Deux donneurs d’ordre rencontrés en une visite")
    save(page)
    expect(page.locator("#choice")).to_contain_text("Deux donneurs d’ordre rencontrés")
