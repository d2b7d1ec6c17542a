"""Every way into the house, in a browser: a code by mail, a passkey, an app's code, an invitation."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.acts import INVITATION, mailed, signed_out, signed_up
from tests.browser.conftest import PASSWORD, Visit, is_inside, manage, sign_in
from tests.netcrm.house import House

ANOTHER = "une autre phrase assez longue"


@pytest.fixture
def newcomer(house: House, request: pytest.FixtureRequest) -> str:
    """The owner of a company of their own, so that no two tests share their keys."""
    slug = request.node.name.replace("_", "-")[5:40].strip("-")
    manage(house.data, "create_workspace", "--slug", slug, "--owner", f"{slug}@porte.example", "--password", PASSWORD)
    return f"{slug}@porte.example"


def test_a_forgotten_password_is_replaced_by_a_code(visit: Visit, house: House, newcomer: str):
    page = visit.open()
    page.goto("/account/password/reset/")
    page.fill("[name=email]", newcomer)
    page.press("[name=email]", "Enter")
    page.fill("[name=code]", mailed(house, newcomer))
    page.press("[name=code]", "Enter")
    page.fill("[name=password1]", ANOTHER)
    page.fill("[name=password2]", ANOTHER)
    page.press("[name=password2]", "Enter")
    page.wait_for_url("**/reset/done/")
    page.locator("main a.button").click()
    sign_in_again(page, newcomer, ANOTHER)
    page.wait_for_url(is_inside)
    expect(page.locator("h1")).to_have_text("Aujourd’hui")


def test_a_passkey_opens_the_house_without_a_password(visit: Visit, newcomer: str):
    page = visit.open()
    finger_laid(page)
    sign_in(page, newcomer)
    proved_again(page, "/account/2fa/webauthn/add/")
    page.fill("[name=name]", "Téléphone")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    signed_out(page)
    page.click("#passkey_login")
    page.wait_for_url(is_inside)
    expect(page.locator("h1")).to_have_text("Aujourd’hui")


def proved_again(page: Page, path: str) -> None:
    """Whoever is signed in gives the password once more before they change a key."""
    page.goto(path)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"**{path}")


def sign_in_again(page: Page, address: str, password: str) -> None:
    """On the sign-in page that is open."""
    page.fill("[name=login]", address)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")


def finger_laid(page: Page) -> None:
    """A key that belongs to this page and that always sees its owner's finger."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": key})


def test_an_app_asks_for_its_code_after_the_password(visit: Visit, newcomer: str):
    page = visit.open()
    sign_in(page, newcomer)
    proved_again(page, "/account/2fa/totp/activate/")
    secret = page.locator("#authenticator_secret").input_value()
    page.fill("[name=code]", shown_by_the_app(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url(lambda url: "totp/activate" not in url)
    signed_out(page)
    sign_in_again(page, newcomer, PASSWORD)
    page.fill("[name=code]", shown_by_the_app(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url(is_inside)
    expect(page.locator("h1")).to_have_text("Aujourd’hui")


def shown_by_the_app(secret: str) -> str:
    """A code that is still good when the server reads it: near the end of its half minute, the next one."""
    left = 30 - time.time() % 30
    time.sleep(left if left < 8 else 0)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_an_invited_colleague_sits_down_in_the_same_company(visit: Visit, house: House, newcomer: str):
    owner, colleague = visit.open(), visit.open()
    address = "malik@porte.example"
    sign_in(owner, newcomer)
    owner.goto("/workspace/members/")
    owner.fill("main [name=email]", address)
    owner.locator("main .form .button--primary").click()
    colleague.goto(mailed(house, address, INVITATION))
    colleague.locator("main .button--primary").click()
    colleague.goto("/account/signup/")
    signed_up(colleague, house, address)
    owner.reload()
    expect(owner.locator("table")).to_contain_text(address)
