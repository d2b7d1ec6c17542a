"""The catalogue in a browser: an owner takes a network and suggests, a curator answers, the sheet follows."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Visit, manage, sign_in
from tests.browser.test_looks import judged, judged_here
from tests.netcrm.house import House

CURATOR = """
from tests import make
make.user("cora@netcrm.example", name="Cora", password=make.PASSWORD, is_staff=True)
"""


@pytest.fixture(scope="module")
def cora(house: House) -> str:
    manage(house.data, "shell", "--verbosity", "0", "--command", CURATOR)
    return "cora@netcrm.example"


@pytest.fixture
def lise(house: House) -> str:
    manage(house.data, "create_workspace", "--slug", "lise", "--owner", "lise@fonderie.example", "--password", PASSWORD)
    return "lise@fonderie.example"


def test_a_network_is_found_taken_corrected_and_followed(visit: Visit, lise: str, cora: str):
    owner, curator = visit.open(phone=True), visit.open()
    sign_in(owner, lise)
    sign_in(curator, cora)
    sheet = taken(owner)
    suggested(owner)
    published(curator)
    followed(owner, sheet)


def taken(page: Page) -> str:
    judged(page, "/networks/catalogue/")
    page.locator("#catalogue-search").press_sequentially("numérique", delay=20)
    page.wait_for_url(re.compile(r"q=num"))
    page.locator(".catalogue__filters summary").tap()
    page.select_option("[name=way]", "fee")
    page.wait_for_url(re.compile(r"way=fee"))
    judged_here(page, "filtered catalogue")
    page.locator("#rows .who__name", has_text="Numeum").tap()
    page.wait_for_url("**/entries/numeum/")
    judged_here(page, "entry")
    page.locator("form[action$='/take/'] button").tap()
    page.wait_for_url(re.compile(r"/networks/\d+/$"))
    return page.url


def suggested(page: Page) -> None:
    page.goto("/networks/catalogue/entries/numeum/")
    page.locator("a[href$='/correct/']").tap()
    page.fill("#dialog [name=territory]", "Bretagne")
    page.fill("#dialog [name=reason]", "Leur site")
    page.locator("#dialog .dialog__foot .button--primary").tap()
    page.wait_for_url("**/suggestions/")
    expect(page.locator(".entry")).to_contain_text("En attente")
    judged(page, "/networks/catalogue/suggestions/")


def published(page: Page) -> None:
    page.goto("/admin/networks/suggestion/")
    page.locator("#result_list tbody a").first.click()
    expect(page.locator("main, #content, body").first).to_contain_text("Bretagne")
    page.fill("[name=answer]", "Merci, vérifié")
    page.locator("[name=networks_suggestion_publish]").click()
    page.wait_for_url("**/admin/networks/suggestion/")


def followed(page: Page, sheet: str) -> None:
    page.goto("/networks/catalogue/suggestions/")
    expect(page.locator(".entry")).to_contain_text("Merci, vérifié")
    page.goto(sheet)
    page.locator("a[href$='/difference/']").tap()
    page.wait_for_url("**/difference/")
    judged_here(page, "difference")
    page.locator("main .button--primary").tap()
    page.wait_for_url(sheet)
    expect(page.locator("main")).to_contain_text("Bretagne")
    expect(page.locator("a[href$='/difference/']")).to_have_count(0)


def test_a_curator_verifies_merges_and_enters_no_company(visit: Visit, cora: str):
    page = visit.open()
    sign_in(page, cora)
    page.goto("/admin/networks/catalogueentry/?q=bni")
    for action in ("verify_today", "retire", "restore"):
        acted(page, action, 1)
    page.goto("/admin/networks/catalogueentry/?q=rebond")
    acted(page, "merge", 2)
    page.locator("[name=keep]").first.check()
    page.locator("#content form button, main form button").first.click()
    page.goto("/admin/networks/catalogueentry/?retired=yes")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    assert page.goto("/networks/catalogue/").status == 404


def acted(page: Page, action: str, rows: int) -> None:
    """The first rows of the list that is open."""
    for row in range(rows):
        page.locator("#result_list tbody input.action-select").nth(row).check()
    page.select_option("select[name=action]", action)
    page.locator("button[name=index]").click()
    page.wait_for_load_state()
