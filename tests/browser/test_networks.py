"""Contacts and networks in a browser: an informal network from a selection, on a phone and without script."""

import re

from playwright.sync_api import Page, expect

from tests.browser.acts import contact_made
from tests.browser.conftest import Visit


def test_a_selection_becomes_a_network_under_the_thumb(visit: Visit, claire: str):
    page = visit.open(phone=True, state=claire)
    gathered(page, "Les voisins")
    expect(page.locator("#network_people .line")).to_have_count(2)
    page.goto("/contacts/")
    page.locator("#tag-filter summary", has_text="Réseau").tap()
    page.locator("#tag-filter a", has_text="Les voisins").tap()
    expect(page.locator(".who__name")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_it_works_without_script(visit: Visit, claire: str):
    page = visit.open(state=claire, java_script_enabled=False)
    gathered(page, "Le dîner", names=("Loïc Meur", "Enora Bihan"))
    page.locator("#network_people a", has_text="Ajouter des personnes").click()
    page.fill("main [name=q]", "personne de ce nom")
    page.locator("main [formmethod=get]").click()
    expect(page.locator("main .tick__box")).to_have_count(0)


def test_an_exchange_names_the_only_network_of_a_contact(visit: Visit, claire: str):
    page = visit.open(state=claire)
    gathered(page, "Le club du quai", names=("Gaëlle Rio",))
    page.locator("#network_people a", has_text="Gaëlle Rio").first.click()
    page.locator("main a[href*='/exchanges/note/?contact=']").first.click()
    expect(page.locator("#dialog [name=network] option:checked")).to_have_text("Le club du quai")
    page.locator("#dialog label:has([name=kind][value=help])").click()
    page.locator("#dialog .dialog__foot .button--primary").click()
    expect(page.locator("#contact_panel .event__names")).to_have_text("Le club du quai")


def gathered(page: Page, name: str, names: tuple[str, ...] = ("Ana Brun", "Zoé Cloarec")) -> None:
    """Ticked in the list, named, opened."""
    for one in names:
        contact_made(page, one)
    page.goto("/contacts/")
    page.locator("a[href*='select=1']").click()
    for one in names:
        box = page.locator(f"tr:has-text('{one}') .tick__box").first
        box.focus()  # as the keyboard does: the page brings it into sight, clear of the bars
        box.check(force=True)
    page.locator("#gather [type=submit]:not([formaction])").click()
    page.fill("main [name=name]", name)
    page.locator("main form .button--primary").last.click()
    page.wait_for_url(re.compile(r"/networks/\d+/$"))
