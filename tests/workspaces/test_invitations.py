"""Who may be invited, how often, and what a removal takes away."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests import make
from workspaces import models
from workspaces.models import (
    CuratorSitsNowhere,
    Invitation,
    Member,
    Role,
    TooManyInvitations,
    TooManyInvitationsToday,
)


def invite(client, email: str):
    page = reverse("workspaces:invitation_create")
    return client.post(page, {"email": email, "role": "member", "desk": "atelier-morvan"})


def test_a_removal_takes_back_the_keys_that_wait_for_the_removed_person(claire, malik, victor):
    _first, token = Invitation.send_to(malik.user.email, role=Role.OWNER, by=claire)
    Invitation.send_to("new@example.org", role=Role.MEMBER, by=claire)
    Invitation.send_to(malik.user.email, role=Role.MEMBER, by=victor)
    malik.remove(by=claire)
    assert not Invitation.objects.for_token(token).exists()
    left = set(Invitation.objects.pending().values_list("email", "workspace"))
    assert left == {("new@example.org", claire.workspace_id), (malik.user.email, victor.workspace_id)}


def test_a_curator_cannot_accept_and_spends_nothing(claire, cora):
    invitation, _token = Invitation.send_to(cora.email, role=Role.MEMBER, by=claire)
    with pytest.raises(CuratorSitsNowhere):
        invitation.accept(user=cora)
    assert Invitation.objects.pending().get() == invitation
    assert not Member.objects.filter(user=cora).exists()


def test_a_curator_who_follows_the_link_is_told_why(claire, cora, as_cora):
    _invitation, token = Invitation.send_to(cora.email, role=Role.MEMBER, by=claire)
    answer = as_cora.post(reverse("workspaces:invitation_accept", args=[token]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("admin:index")
    assert str(CuratorSitsNowhere()) in answer.content.decode()


def test_a_curator_who_accepts_before_signing_in_gets_no_seat(claire, client):
    staff = make.user("staff@netcrm.example", password=make.PASSWORD, is_staff=True)
    _invitation, token = Invitation.send_to(staff.email, role=Role.MEMBER, by=claire)
    client.post(reverse("workspaces:invitation_accept", args=[token]))
    client.post("/account/login/", {"login": staff.email, "password": make.PASSWORD})
    assert not Member.objects.filter(user=staff).exists()
    assert Invitation.objects.pending().count() == 1


def test_an_address_is_written_to_three_times_an_hour_by_all_companies_together(claire, victor):
    for sender in (claire, victor, claire):
        Invitation.send_to("new@example.org", role=Role.MEMBER, by=sender)
    with pytest.raises(TooManyInvitations):
        Invitation.send_to("New@Example.org", role=Role.MEMBER, by=victor)


def test_a_company_invites_so_many_a_day_and_then_is_told(as_claire, claire, victor, monkeypatch):
    monkeypatch.setattr(models, "INVITATIONS_PER_DAY", 3)
    codes = [invite(as_claire, f"person{n}@example.org").status_code for n in range(4)]
    assert codes == [302, 302, 302, 422]
    answer = invite(as_claire, "late@example.org")
    assert 'value="late@example.org"' in answer.content.decode()
    assert str(TooManyInvitationsToday()) in answer.content.decode()
    assert len(mail.outbox) == 3
    Invitation.send_to("other@example.org", role=Role.MEMBER, by=victor)
    Invitation.objects.update(created=timezone.now() - timedelta(hours=25))
    assert invite(as_claire, "late@example.org").status_code == 302


def test_letters_of_all_kinds_count_together(as_claire, client):
    known = make.user("paul@durand.example", password=make.PASSWORD)
    for _turn in range(2):
        client.post(reverse("account_reset_password"), {"email": known.email})
    assert invite(as_claire, known.email).status_code == 302
    assert len(mail.outbox) == 3
    answer = invite(as_claire, known.email)
    assert answer.status_code == 422
    assert str(TooManyInvitations()) in answer.content.decode()


def test_a_letter_too_many_is_not_sent_and_the_answer_does_not_tell(as_claire, client):
    known = make.user("paul@durand.example", password=make.PASSWORD)
    for _turn in range(3):
        invite(as_claire, known.email)
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}) for email in (known.email, "no@one.example")
    ]
    assert len({(answer.status_code, answer.headers.get("Location")) for answer in answers}) == 1
    assert len(mail.outbox) == 3


def test_the_page_of_members_names_nobody_who_was_invited_elsewhere(as_claire, claire, victor):
    Invitation.send_to("ici@exemple.fr", role=Role.READER, by=claire)
    Invitation.send_to("ailleurs@exemple.fr", role=Role.READER, by=victor)
    page = as_claire.get(reverse("workspaces:member_list")).text
    assert ("ici@exemple.fr" in page, "ailleurs@exemple.fr" in page) == (True, False)
