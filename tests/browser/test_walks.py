"""What an owner does in a browser, from an empty workspace to an explained score."""

import re

from playwright.sync_api import Page, expect

from tests.browser.acts import contact_made, note_about, pick_kind, save, signed_up
from tests.browser.conftest import Visit
from tests.netcrm.house import House

CARDS = "Nom;E-mail;Société\nPaul Durand;paul@durand.example;Durand\nسمير الخطيب;samir@khatib.example;\n"
CARDS += "<script>alert(1)</script> Morin;morin@morin.example;\n"


def test_from_sign_up_to_an_explained_score(visit: Visit, house: House):
    page = visit.open()
    page.goto("/account/signup/")
    signed_up(page, house, "helene@brivel.example", company="Ateliers Brivel")
    expect(page.locator("h1")).to_have_text("Aujourd’hui")
    brought_in(page)
    noted_with_the_keyboard(page)
    explained(page)


def brought_in(page: Page) -> None:
    page.goto("/contacts/imports/")
    page.set_input_files("[name=file]", {"name": "carnet.csv", "mimeType": "text/csv", "buffer": CARDS.encode()})
    page.locator("main form [type=submit]").click()
    page.locator("form[action$='/start/'] [type=submit]").click()
    expect(page.locator("main .acts a[href$='/contacts/']")).to_be_visible(timeout=30_000)
    page.goto("/contacts/")
    for name in ("Paul Durand", "سمير الخطيب", "<script>alert(1)</script> Morin"):
        expect(page.locator(".who__name", has_text=name)).to_be_visible()


def noted_with_the_keyboard(page: Page) -> None:
    """« n », the name, a suggestion, a kind, Enter."""
    page.goto("/")
    page.keyboard.press("n")
    page.locator("#dialog [name=contact_name]").press_sequentially("paul du", delay=30)
    page.locator("#dialog [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    pick_kind(page)
    page.fill("#dialog [name=summary]", "Nom d’un galvanisateur")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#dialog")).not_to_be_visible()


def explained(page: Page) -> None:
    page.goto("/contacts/?q=durand")
    page.locator(".who__name").first.click()
    expect(page.locator("#contact_panel")).to_contain_text("Nom d’un galvanisateur")
    expect(page.locator("#contact_panel .score__figure").first).to_have_text(re.compile("0,33"), timeout=20_000)
    page.locator("#contact_panel .score__why").first.locator("a, summary").first.click()
    expect(page.locator("#contact_panel")).to_contain_text("3,0")


def test_three_gestures_on_a_phone_note_an_exchange(visit: Visit, claire: str):
    page = visit.open(phone=True, state=claire)
    contact_made(page, "Sophie Le Guen")
    note_about(page).tap()
    page.locator("#dialog label:has([name=kind][value=help])").tap()
    page.locator("#dialog .dialog__foot .button--primary").tap()
    expect(page.locator("#dialog")).not_to_be_visible()
    expect(page.locator("#contact_panel .event")).to_have_count(1)


def test_someone_unknown_is_created_while_noting(visit: Visit, claire: str):
    page = visit.open(state=claire)
    page.goto("/")
    page.keyboard.press("n")
    page.locator("#dialog [name=contact_name]").press_sequentially("Yann Tanguy", delay=20)
    page.locator("#dialog [role=option]").last.click()
    pick_kind(page)
    save(page)
    page.goto("/contacts/?q=tanguy")
    expect(page.locator(".who__name")).to_have_text(["Yann Tanguy"])


def test_an_overdue_promise_is_done_from_the_home(visit: Visit, claire: str):
    page = visit.open(state=claire)
    url = contact_made(page, "Malik Benali")
    page.goto(f"/exchanges/note/promise/?contact={url.rstrip('/').rpartition('/')[2]}")
    page.fill("[name=summary]", "Envoyer les cotes du portail")
    page.locator("main details.more summary").first.click()
    page.fill("[name=made_on]", "2026-01-05")
    page.fill("[name=due_on]", "2026-01-06")
    page.locator("main form .button--primary").click()
    page.goto("/")
    line = page.locator(".line", has_text="Envoyer les cotes du portail")
    line.get_by_role("button", name="C’est fait").click()
    expect(line).to_have_class("line line--done")
    expect(line.locator("[type=submit]")).to_be_focused()
    page.reload()
    expect(line).to_have_count(0)


def test_everything_is_reached_without_a_mouse(visit: Visit, claire: str):
    page = visit.open(state=claire)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.press("Escape")
    opener = page.locator("a[data-key=n]")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#dialog [name=contact_name]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_reading_and_noting_need_no_script(visit: Visit, claire: str):
    page = visit.open(state=claire, java_script_enabled=False)
    contact_made(page, "Inès Caradec")
    note_about(page).click()
    page.locator("label:has([name=kind][value=expertise])").click()
    page.fill("[name=summary]", "Relu le bail")
    page.locator("main form .button--primary").click()
    page.goto("/contacts/?q=caradec")
    page.locator(".who__name").first.click()
    expect(page.locator("#contact_panel")).to_contain_text("Relu le bail")


def need_stated(page: Page, title: str) -> None:
    page.goto("/strategy/needs/new/")
    page.fill("[name=title]", title)
    page.locator("label:has([name=resource][value=supplier])").tap()
    page.locator("label:has([name=criticality][value='5'])").tap()
    page.locator("main form .button--primary").tap()
    page.wait_for_url("**/strategy/")


def test_a_line_of_today_is_dealt_with_on_a_phone_and_comes_back(visit: Visit, claire: str):
    page = visit.open(phone=True, state=claire)
    need_stated(page, "Un second galvanisateur")
    page.goto("/")
    line = page.locator(".line", has_text="Un second galvanisateur")
    expect(line.locator(".acts > .button:visible, .acts > form > .button:visible")).to_have_count(1)
    for way in ("Reporter d’une semaine", "Ignorer"):
        line.locator("summary").tap()
        line.get_by_role("button", name=way).tap()
        expect(line).to_have_class("line line--done")
        line.get_by_role("button", name="Annuler").tap()
        expect(line).to_have_class("line")
    line.locator("summary").tap()
    line.get_by_role("button", name="Satisfait").tap()
    expect(line).to_have_class("line line--done")
    page.reload()
    expect(line).to_have_count(0)
