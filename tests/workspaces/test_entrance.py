"""The way in: sign-up by code, sign-in and its limits, invitations, open redirects, sessions."""

import re
import threading

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import make
from workspaces.models import Invitation, InvitationSpent, LastOwner, Member, Role, User, Workspace

LOGIN, SIGNUP = "/account/login/", "/account/signup/"


def sign_up(client: Client, **data) -> None:
    form = {"email": "New@Example.org", "password1": make.PASSWORD, "company": "Ferronnerie du Port"} | data
    client.post(SIGNUP, form)


def enter_code(client: Client):
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]
    return client.post(reverse("account_email_verification_sent"), {"code": code})


def sign_in(client: Client, email: str, password: str = make.PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password} | more)


@pytest.fixture
def paul(db) -> User:
    person = make.user("paul@durand.example", password=make.PASSWORD)
    make.workspace("Durand", owner=person)
    return person


def test_signing_up_opens_the_company_once_the_address_is_verified(db, settings):
    settings.SIGNUP_OPEN = True
    client = Client()
    sign_up(client)
    assert not Workspace.objects.exists()
    assert client.get("/workspace/members/").status_code == 302
    assert enter_code(client)["Location"] == "/"
    user = User.objects.get(email="new@example.org")
    assert user.current_member.role == Role.OWNER
    assert user.current_member.workspace.name == "Ferronnerie du Port"
    assert EmailAddress.objects.get(user=user).verified


def test_a_closed_instance_signs_nobody_up(db, settings):
    settings.SIGNUP_OPEN = False
    sign_up(Client())
    assert not User.objects.exists()
    assert mail.outbox == []


def test_an_invited_person_signs_up_even_then_and_names_no_company(workspace, claire, settings):
    settings.SIGNUP_OPEN = False
    _invitation, token = Invitation.send_to("new@example.org", role=Role.READER, by=claire)
    client = Client()
    assert client.post(reverse("workspaces:invitation_accept", args=[token]))["Location"] == SIGNUP
    assert b'name="company"' not in client.get(SIGNUP).content
    sign_up(client, company="")
    enter_code(client)
    seat = User.objects.get(email="new@example.org").current_member
    assert (seat.workspace, seat.role) == (workspace, Role.READER)


def test_opening_an_invitation_is_not_accepting_it(workspace, claire, paul):
    _invitation, token = Invitation.send_to("someone@example.org", role=Role.READER, by=claire)
    client = Client()
    client.get(reverse("workspaces:invitation_accept", args=[token]))
    sign_in(client, paul.email)
    assert not Member.objects.filter(workspace=workspace, user=paul).exists()
    assert Invitation.objects.pending().count() == 1


def test_an_accepted_invitation_waits_for_the_sign_in(workspace, claire, paul):
    _invitation, token = Invitation.send_to(paul.email, role=Role.MEMBER, by=claire)
    client = Client()
    assert client.post(reverse("workspaces:invitation_accept", args=[token]))["Location"] == LOGIN
    sign_in(client, paul.email)
    paul.refresh_from_db()
    assert paul.current_member.workspace == workspace


@pytest.mark.parametrize("state", ["expired", "revoked", "accepted"])
def test_a_spent_invitation_answers_like_a_random_token(claire, state, anonymous):
    invitation, token = Invitation.send_to("new@example.org", role=Role.MEMBER, by=claire)
    column = {"expired": "expires_at", "revoked": "revoked_at", "accepted": "accepted_at"}[state]
    Invitation.objects.filter(pk=invitation.pk).update(**{column: invitation.created})
    answers = [anonymous.get(reverse("workspaces:invitation_accept", args=[t])) for t in (token, "nonsense")]
    bodies = [re.sub(rb'CSRFToken": "\w+', b"", answer.content) for answer in answers]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert bodies[0] == bodies[1]


def test_an_owner_keeps_their_role_when_they_follow_their_own_invitation(as_claire, claire):
    _invitation, token = Invitation.send_to("new@example.org", role=Role.READER, by=claire)
    as_claire.post(reverse("workspaces:invitation_accept", args=[token]))
    claire.refresh_from_db()
    assert claire.role == Role.OWNER
    assert Invitation.objects.pending().count() == 1


def test_whoever_steps_down_or_leaves_takes_their_invitations_along(claire, malik):
    malik.change_role(Role.OWNER, by=claire)
    Invitation.send_to("friend@example.org", role=Role.OWNER, by=malik)
    malik.change_role(Role.READER, by=claire)
    assert not Invitation.objects.pending().exists()


def in_parallel(count: int, act) -> list:
    """What each of `count` threads got, each with its own connection."""
    results, gate = [], threading.Barrier(count)

    def run(number: int) -> None:
        gate.wait()
        try:
            results.append(act(number))
        except (InvitationSpent, LastOwner) as refused:
            results.append(type(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return results


@pytest.mark.django_db(transaction=True)
def test_of_twenty_people_who_accept_at_once_one_enters():
    owner = make.owner_of(make.workspace())
    people = [make.user() for _ in range(20)]
    invitation, _token = Invitation.send_to("new@example.org", role=Role.MEMBER, by=owner)
    results = in_parallel(20, lambda number: Invitation.objects.get(pk=invitation.pk).accept(user=people[number]))
    assert sum(isinstance(result, Member) for result in results) == 1
    assert Member.objects.filter(workspace=owner.workspace).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one_behind():
    first = make.owner_of(make.workspace())
    second = make.member(first.workspace, Role.OWNER)
    pair = [first.pk, second.pk]
    results = in_parallel(2, lambda n: Member.objects.get(pk=pair[n]).remove(by=first))
    assert sorted(map(str, results)) == sorted(map(str, [None, LastOwner]))


def test_the_sixth_wrong_password_is_too_many_however_the_address_is_spelled(paul):
    spellings = ["paul@durand.example", "PAUL@durand.example", " paul@Durand.example", "Paul@DURAND.example\t"]
    codes = [sign_in(Client(), spellings[n % 4], "wrong").status_code for n in range(20)]
    assert codes[:5].count(429) == 0
    assert set(codes[5:]) == {429}
    assert sign_in(Client(), paul.email).status_code == 429


def test_a_forged_forwarding_header_buys_no_more_tries(db):
    clients = [Client(headers={"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(20)]
    codes = [sign_in(client, f"person{n}@example.org", "wrong").status_code for n, client in enumerate(clients)]
    assert codes.count(429) == 10


def test_a_known_and_an_unknown_address_get_the_same_answer(paul):
    def body(email: str) -> str:
        page = sign_in(Client(), email, "wrong").content.decode()
        return re.sub(r'value="\w{64}"|CSRFToken": "\w+', "", page.replace(email, ""))

    assert body(paul.email) == body("nobody@durand.example")


def test_signing_up_with_a_known_address_tells_only_its_owner(paul, settings):
    settings.SIGNUP_OPEN = True
    answers = []
    for email in (paul.email, "nobody@durand.example"):
        answers.append(Client().post(SIGNUP, {"email": email, "password1": make.PASSWORD, "company": "X"}))
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert settings.BASE_URL + "/account/" in mail.outbox[0].body
    assert User.objects.filter(email=paul.email).count() == 1


def test_letters_to_one_address_stop_at_three_an_hour(paul, settings):
    settings.SIGNUP_OPEN = True
    for _ in range(6):
        Client().post(reverse("account_reset_password"), {"email": paul.email})
    assert len(mail.outbox) == 3


ELSEWHERE = [
    *("//evil.fr", "///evil.fr", "/\\evil.fr", "\\\\evil.fr", "https://evil.fr", "http:evil.fr", "https:/evil.fr"),
    *("%2F%2Fevil.fr", "..//evil.fr", "../..//evil.fr", ".//evil.fr", "./..//evil.fr", "evil.fr", "@evil.fr"),
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://e.fr",
    ),
    *("/%2F/evil.fr", "/%5Cevil.fr", "/%09/evil.fr", "/\t/evil.fr", "/\n//evil.fr", " //evil.fr", "\x00//evil.fr"),
    *("http://localhost:8000@evil.fr", "http://evil.fr#localhost", "http://evil.fr?localhost", "//localhost@evil.fr"),
    *("http://[::1]/", "http://127.0.0.1.evil.fr", "http://localhost.evil.fr/", "//evil.fr/%2e%2e", "/nowhere/at/all"),
    *("https://evil.fr\\@localhost", "//google.com%2f..", "/..//evil.fr", "/;//evil.fr", "//％evil.fr", "////evil.fr"),
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_nowhere_else(paul, target):
    answer = sign_in(Client(), paul.email, next=target)
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_signing_in_leads_to_the_page_that_was_asked_for(paul):
    assert sign_in(Client(), paul.email, next="/workspace/members/?x=1")["Location"] == "/workspace/members/?x=1"


def test_a_session_changes_its_name_at_sign_in_and_dies_at_sign_out(paul):
    client = Client()
    client.get(LOGIN)
    client.session.save()
    planted = client.cookies["session"].value if "session" in client.cookies else ""
    sign_in(client, paul.email)
    key = client.cookies["session"].value
    assert key != planted
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=key).exists()
    stolen = Client()
    stolen.cookies["session"] = key
    assert stolen.get("/workspace/members/").status_code == 302


def test_a_changed_password_closes_the_other_sessions(paul):
    here, there = Client(), Client()
    sign_in(here, paul.email)
    sign_in(there, paul.email)
    new = "une autre phrase bien longue"
    data = {"oldpassword": make.PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), data).status_code == 302
    assert here.get("/workspace/members/").status_code == 200
    assert there.get("/workspace/members/").status_code == 302


def test_a_closed_account_is_out_on_the_next_request(as_malik, malik):
    User.objects.filter(pk=malik.user_id).update(is_active=False)
    assert as_malik.get("/workspace/members/").status_code == 302


def test_changing_addresses_asks_for_the_password_again(paul, monkeypatch):
    client = Client()
    sign_in(client, paul.email)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1.0, "email": paul.email}]
    session.save()
    answer = client.post(reverse("account_email"), {"action_add": "", "email": "thief@example.org"})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not EmailAddress.objects.filter(email="thief@example.org").exists()


def test_an_account_of_another_provider_with_a_known_address_does_not_open_it(paul):
    """Signing in elsewhere proves nothing about this account: its owner links the two from inside."""
    from allauth.socialaccount import app_settings

    assert not app_settings.EMAIL_AUTHENTICATION
    assert not SocialAccount.objects.exists()


def test_a_wrong_host_is_refused_and_no_letter_quotes_it(paul):
    answer = Client(headers={"Host": "evil.example"}).post(reverse("account_reset_password"), {"email": paul.email})
    assert answer.status_code == 400
    assert mail.outbox == []


def test_a_curator_signs_in_to_the_admin_by_the_same_door(cora):
    answer = Client().get(reverse("admin:login"))
    assert answer["Location"].startswith(LOGIN)
