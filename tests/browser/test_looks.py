"""Every page as people with other eyes, other hands and other screens meet it: axe, the narrow screen, both lights."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.acts import contact_made, note_about
from tests.browser.conftest import PASSWORD, Visit, manage, sign_in

PAGES = [
    "/",
    "/figures/",
    "/aside/",
    "/contacts/",
    "/contacts/?q=zzz",
    "/contacts/new/",
    "/contacts/imports/",
    "/contacts/bin/",
    "/networks/meetings/",
    "/networks/meetings/?show=unnoted",
    "/exchanges/",
    "/exchanges/mirror/",
    "/exchanges/note/",
    "/resources/",
    "/strategy/",
    "/strategy/needs/new/",
    "/strategy/budget/",
    "/networks/",
    "/networks/new/",
    "/networks/quiz/?members=2&passes=2",
    "/networks/catalogue/",
    "/networks/catalogue/suggestions/",
    "/networks/catalogue/suggestions/new/",
    "/networks/screen/",
    "/networks/map/",
    "/networks/renewals/",
    "/exchanges/note/interaction/",
    "/exchanges/note/promise/",
    "/exchanges/note/request/",
    "/contacts/?sort=reliability",
    "/exchanges/?show=late",
    "/workspace/members/",
    "/workspace/settings/",
    "/workspace/choose/",
    "/workspace/logbook/",
    "/workspace/preferences/",
    "/account/email/",
    "/account/2fa/",
    "/account/sessions/",
]
DOORS = ["/account/login/", "/account/signup/", "/account/password/reset/"]
# Each width and each light; the two other pairs of them when there is time.
LIGHTS = pytest.mark.parametrize(
    ("phone", "dark"),
    [
        pytest.param(False, False, id="desk-light"),
        pytest.param(True, True, id="phone-dark"),
        pytest.param(False, True, id="desk-dark", marks=pytest.mark.slow),
        pytest.param(True, False, id="phone-light", marks=pytest.mark.slow),
    ],
)
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="session")
def demo(house) -> str:
    """A house full of people; the address of one of them."""
    manage(house.data, "demo", "--password", PASSWORD)
    return "demo@ateliers-brivel.example"


@pytest.fixture(scope="session")
def helene(chromium, house, demo, tmp_path_factory) -> str:
    file = tmp_path_factory.mktemp("state") / "helene.json"
    context = chromium.new_context(base_url=house.url, locale="fr-FR")
    page = context.new_page()
    sign_in(page, demo)
    context.storage_state(path=file)
    context.close()
    return str(file)


def judged(page, path: str) -> None:
    answer = page.goto(path)
    assert answer.status == 200, path
    judged_here(page, path)


def judged_here(page, path: str) -> None:
    """The page as it stands, with what has been opened in it."""
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"


@LIGHTS
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit: Visit, helene: str, phone: bool, dark: bool):
    page = visit.open(phone=phone, dark=dark, state=helene)
    for path in PAGES:
        judged(page, path)


@LIGHTS
def test_axe_finds_nothing_around_a_contact(visit: Visit, helene: str, phone: bool, dark: bool):
    page = visit.open(phone=phone, dark=dark, state=helene, reduced_motion="reduce")
    page.goto("/contacts/?q=claire+morvan")
    contact = page.locator(".who__name").first.get_attribute("href")
    for path in (contact, f"{contact}edit/", f"{contact}history/"):
        judged(page, path)
    why_opened(page, contact)
    dialogs_opened(page, contact)
    refused(page, contact)


@LIGHTS
def test_axe_finds_nothing_around_a_network(visit: Visit, helene: str, phone: bool, dark: bool):
    page = visit.open(phone=phone, dark=dark, state=helene, reduced_motion="reduce")
    page.goto("/networks/")
    page.locator(".why > summary").first.click()
    judged_here(page, "portfolio explained")
    sheet = page.locator(".portfolio .who__name").first.get_attribute("href")
    for part in ("", "edit/", "essence/", "existence/", "opinions/", "role/", "fit/", "decisions/new/", "delete/"):
        judged(page, f"{sheet}{part}")
    page.goto(sheet)
    page.locator(".bar .why > summary").first.click()
    expect(page.locator("#network_why").first).to_be_visible()
    judged_here(page, "why of a network")


def why_opened(page, contact: str) -> None:
    page.goto(contact)
    for why in page.locator(".score__why > summary").all():
        why.click()
    expect(page.locator(".score__why .counted").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    judged_here(page, "why")


def dialogs_opened(page, contact: str) -> None:
    """Each of the four kinds in the dialog, as it opens and as it is sent back."""
    for place in range(4):
        page.goto(contact)
        note_about(page).click()
        expect(page.locator("#dialog")).to_be_visible()
        page.locator("#dialog .note__tabs a").nth(place).click()
        expect(page.locator("#dialog .note__tabs a").nth(place)).to_have_attribute("aria-current", "true")
        judged_here(page, f"dialog {place}")
        page.fill("#dialog [name=contact_name]", "")
        page.locator("#dialog .dialog__foot .button--primary").click()
        expect(page.locator("#dialog [aria-invalid=true]").first).to_be_visible()
        judged_here(page, f"dialog {place} refused")


def refused(page, contact: str) -> None:
    page.goto(f"{contact}edit/")
    page.fill("[name=given_name]", "")
    page.fill("[name=family_name]", "")
    page.locator("main form .button--primary").last.click()
    page.wait_for_load_state()
    judged_here(page, "edit refused")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_one_endless_word_pushes_nothing_aside(visit: Visit, claire: str, phone: bool):
    page = visit.open(phone=phone, state=claire)
    judged(page, contact_made(page, f"{'Anticonstitutionnellement' * 2}{phone} Roy"))
    page.goto("/contacts/imports/")
    content = f"Nom;E-mail\n{'Roche' * 30}{phone};{'adresse' * 20}\n".encode()
    page.set_input_files("[name=file]", {"name": f"{'carnet' * 12}.csv", "mimeType": "text/csv", "buffer": content})
    page.locator("main form [type=submit]").click()
    expect(page.locator(".import-lines")).to_be_visible(timeout=20_000)
    judged_here(page, "import of long words")


def test_what_was_written_in_a_dialog_is_not_lost_by_a_slip(visit: Visit, claire: str):
    page = visit.open(state=claire)
    page.goto("/")
    page.locator("a[data-key=n]").click()
    page.fill("#dialog [name=summary]", "Trois lignes de notes")
    page.once("dialog", lambda question: question.dismiss())
    page.keyboard.press("Escape")
    expect(page.locator("#dialog [name=summary]")).to_have_value("Trois lignes de notes")
    page.once("dialog", lambda question: question.accept())
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).not_to_be_visible()


def test_the_list_is_sorted_with_a_thumb(visit: Visit, helene: str):
    page = visit.open(phone=True, state=helene)
    page.goto("/contacts/")
    page.locator(".contacts__order summary").click()
    judged_here(page, "sort")
    page.locator(".contacts__order a[href*='sort=name']").click()
    page.wait_for_url("**sort=name**")
    assert page.locator("thead a:visible").count() == 0
    page.locator(".contacts__order summary").click()
    page.locator(".contacts__order a[href*='sort=-reliability']").click()
    page.wait_for_url("**sort=-reliability**")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_axe_finds_nothing_at_any_step_of_an_import(visit: Visit, claire: str, phone: bool):
    page, surname = visit.open(phone=phone, state=claire), "Le Roy" if phone else "Roy"
    for content in (b"rouge,vert\nbleu,jaune\n", f"Nom;E-mail\nLéa {surname};\nPaul Petit;pas une adresse\n".encode()):
        page.goto("/contacts/imports/")
        page.set_input_files("[name=file]", {"name": "carnet.csv", "mimeType": "text/csv", "buffer": content})
        page.locator("main form [type=submit]").click()
        expect(page.locator("main details form")).to_have_count(1, timeout=20_000)
        page.locator("main details").evaluate("details => details.open = true")
        judged_here(page, "import read")
    page.locator("form[action$='/start/'] [type=submit]").click()
    expect(page.locator("main .acts a[href$='/contacts/']")).to_be_visible(timeout=30_000)
    judged_here(page, "import done")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_an_empty_house_and_its_doors_are_as_clean(visit: Visit, claire: str, phone: bool):
    inside, outside = visit.open(phone=phone, state=claire), visit.open(phone=phone)
    for path in ("/", "/contacts/", "/exchanges/", "/exchanges/mirror/", "/contacts/bin/"):
        judged(inside, path)
    for path in DOORS:
        judged(outside, path)


def test_what_a_thumb_presses_is_large_enough(visit: Visit, helene: str):
    page = visit.open(phone=True, state=helene)
    for path in ("/", "/contacts/", "/exchanges/note/"):
        page.goto(path)
        sizes = page.locator(".button:visible, .place:visible, .chip__face:visible").evaluate_all(
            "found => found.map(one => [one.textContent.trim(), one.getBoundingClientRect().height])"
        )
        assert [size for size in sizes if size[1] < 43.5] == [], path


def test_who_reads_english_reads_english(visit: Visit, claire: str):
    page = visit.open(state=claire, locale="en-GB")
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "Today"
