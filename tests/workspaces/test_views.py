import re

import pytest
from django.core import mail
from django.urls import reverse

from tests import make
from workspaces.models import Invitation, LogEntry, Member, Role, User, Workspace

MORVAN = "atelier-morvan"


def invite(client, email: str, *, desk: str = MORVAN, **how):
    data = {"email": email, "role": "member", "desk": desk}
    return client.post(reverse("workspaces:invitation_create"), data, **how)


def sent_token() -> str:
    return re.search(r"/invitations/([^/]+)/accept/", mail.outbox[-1].body)[1]


def test_an_owner_changes_the_settings_and_the_logbook_says_so(as_claire, workspace):
    typed = {"name": "Morvan SARL", "timezone": "Indian/Reunion", "desk": workspace.slug}
    answer = as_claire.post(reverse("workspaces:workspace_edit"), typed)
    workspace.refresh_from_db()
    assert answer.status_code == 302
    assert (workspace.name, workspace.timezone, workspace.scores_on) == ("Morvan SARL", "Indian/Reunion", False)
    assert LogEntry.objects.filter(act="workspaces.workspace.edited", member__user__name="Claire Morvan").exists()


@pytest.mark.parametrize("zone", ["Europe/Rennes", "UTC; DROP TABLE x", "", "../../etc/passwd"])
def test_an_unknown_time_zone_is_refused(as_claire, workspace, zone):
    typed = {"name": "Morvan", "timezone": zone, "desk": workspace.slug}
    answer = as_claire.post(reverse("workspaces:workspace_edit"), typed)
    workspace.refresh_from_db()
    assert answer.status_code == 422
    assert workspace.timezone == "Europe/Paris"


def test_one_may_own_several_workspaces_and_switch_between_them(as_claire, workspace, claire, settings):
    settings.SIGNUP_OPEN = False
    as_claire.post(reverse("workspaces:workspace_create"), {"name": "Atelier Sud"})
    other = Workspace.objects.get(name="Atelier Sud")
    assert User.objects.get(pk=claire.user_id).current_member.workspace == other
    as_claire.post(reverse("workspaces:workspace_switch", args=[workspace.pk]))
    assert User.objects.get(pk=claire.user_id).current_member == claire


def test_a_closed_instance_lets_nobody_else_open_a_workspace(as_malik, settings):
    settings.SIGNUP_OPEN = False
    assert as_malik.post(reverse("workspaces:workspace_create"), {"name": "Chez Malik"}).status_code == 403
    assert not Workspace.objects.filter(name="Chez Malik").exists()


def test_nobody_switches_to_a_workspace_of_others(as_victor, workspace, victor):
    assert as_victor.post(reverse("workspaces:workspace_switch", args=[workspace.pk])).status_code == 404
    assert User.objects.get(pk=victor.user_id).current_member == victor


def test_preferences_keep_the_language_with_the_person_and_the_look_with_the_device(as_ines, ines):
    page = reverse("workspaces:preferences")
    answer = as_ines.post(page, {"name": "Inès R.", "language": "en", "theme": "dark"})
    assert answer.cookies["theme"].value == "dark"
    assert User.objects.get(pk=ines.user_id).language == "en"
    assert b"Language and display" in as_ines.get(page).content
    assert as_ines.post(page, {"name": "I", "language": "xx", "theme": "dark"}).status_code == 422


def test_an_invitation_travels_by_mail_and_seats_a_known_person(as_claire, workspace, as_victor, victor):
    page = reverse("workspaces:invitation_create")
    as_claire.post(page, {"email": "Victor@Fils.example", "role": "reader", "desk": workspace.slug})
    assert mail.outbox[0].to == ["victor@fils.example"]
    accept = reverse("workspaces:invitation_accept", args=[sent_token()])
    assert f"http://localhost:8000{accept}" in mail.outbox[0].body
    assert as_victor.get(accept).status_code == 200
    assert not Member.objects.filter(workspace=workspace, user=victor.user).exists()
    assert as_victor.post(accept).status_code == 302
    assert Member.objects.get(workspace=workspace, user=victor.user).role == Role.READER
    assert as_victor.post(accept).status_code == 404


def test_the_letter_speaks_the_language_of_the_invited_person(as_claire, victor):
    User.objects.filter(pk=victor.user_id).update(language="en")
    invite(as_claire, victor.user.email)
    assert mail.outbox[0].subject == "Claire Morvan invites you to NetCRM, for Atelier Morvan"
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_company_name_cannot_forge_a_header_or_a_tag_of_the_letter(as_claire, workspace):
    Workspace.objects.filter(pk=workspace.pk).update(name="A\r\nBcc: x@evil.example\u2028<b>")
    invite(as_claire, "new@example.org")
    message = mail.outbox[0].message()
    assert message["Bcc"] is None
    assert "<b>" not in mail.outbox[0].alternatives[0].content


def test_one_address_gets_three_invitations_an_hour_at_most(as_claire, as_victor):
    turns = [(as_claire, MORVAN), (as_claire, MORVAN), (as_victor, "victor-et-fils"), (as_claire, MORVAN)]
    codes = [invite(client, "new@example.org", desk=desk).status_code for client, desk in turns]
    assert codes == [302, 302, 302, 422]
    assert len(mail.outbox) == 3


def test_a_new_invitation_kills_the_one_before(as_claire, claire):
    _first, token = Invitation.send_to("new@example.org", role=Role.MEMBER, by=claire)
    Invitation.send_to("new@example.org", role=Role.READER, by=claire)
    assert as_claire.get(reverse("workspaces:invitation_accept", args=[token])).status_code == 404


def test_when_the_mail_server_fails_the_invitation_is_withdrawn(as_claire, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    answer = invite(as_claire, "new@example.org", follow=True)
    assert not Invitation.objects.pending().exists()
    assert b"toast--error" in answer.content


def test_a_withdrawn_invitation_opens_nothing(as_claire, claire):
    invitation, token = Invitation.send_to("new@example.org", role=Role.MEMBER, by=claire)
    page = reverse("workspaces:invitation_revoke", args=[invitation.pk])
    assert as_claire.post(page).status_code == 302
    assert as_claire.get(reverse("workspaces:invitation_accept", args=[token])).status_code == 404
    assert as_claire.post(page).status_code == 302
    assert LogEntry.objects.filter(act="workspaces.invitation.revoked").count() == 1


def test_members_are_listed_and_only_owners_see_the_acts(as_claire, as_ines, malik, remi):
    page = reverse("workspaces:member_list")
    seen, read = as_claire.get(page).content.decode(), as_ines.get(page).content.decode()
    assert "Malik Benali" in seen
    assert "Rémi Petit" not in seen
    assert reverse("workspaces:invitation_create") in seen
    assert reverse("workspaces:invitation_create") not in read


def test_a_role_changes_at_once(as_claire, as_malik, malik):
    as_claire.post(reverse("workspaces:member_edit", args=[malik.pk]), {"role": "owner"})
    assert as_malik.get(reverse("workspaces:workspace_edit")).status_code == 200
    as_claire.post(reverse("workspaces:member_edit", args=[malik.pk]), {"role": "reader"})
    assert as_malik.get(reverse("workspaces:workspace_edit")).status_code == 403


def test_the_last_owner_can_neither_leave_nor_step_down(as_claire, claire):
    assert as_claire.post(reverse("workspaces:member_edit", args=[claire.pk]), {"role": "reader"}).status_code == 422
    as_claire.post(reverse("workspaces:member_remove", args=[claire.pk]))
    claire.refresh_from_db()
    assert (claire.role, claire.removed_at) == (Role.OWNER, None)


def test_a_seat_that_was_taken_away_opens_nothing_though_the_account_still_points_at_it(as_malik, malik, claire):
    malik.remove(by=claire)
    User.objects.filter(pk=malik.user_id).update(current_member=malik)
    assert as_malik.get(reverse("workspaces:member_list")).status_code != 200


def test_a_removed_member_is_a_stranger_on_the_next_request(as_claire, as_malik, malik):
    assert as_malik.get(reverse("workspaces:member_list")).status_code == 200
    as_claire.post(reverse("workspaces:member_remove", args=[malik.pk]))
    assert as_malik.get(reverse("workspaces:member_list")).status_code == 404
    assert as_malik.post(reverse("workspaces:workspace_switch", args=[malik.workspace_id])).status_code == 404


def test_an_owner_who_leaves_goes_to_their_other_workspaces(as_claire, claire, malik):
    malik.change_role(Role.OWNER, by=claire)
    answer = as_claire.post(reverse("workspaces:member_remove", args=[claire.pk]))
    assert answer["Location"] == reverse("workspaces:workspace_choose")


def test_the_logbook_leafs_and_filters_by_member(as_claire, claire, malik, workspace):
    contact = make.contact(workspace, "Paul Durand")
    for _ in range(60):
        make.interaction(contact, by=claire)
    make.commitment(contact, by=malik, summary="…")
    first = as_claire.get(reverse("workspaces:logbook"))
    assert len(first.context["page"].rows) == 50
    then = as_claire.get(reverse("workspaces:logbook"), {"page": first.context["page"].next})
    assert not {e.pk for e in first.context["page"].rows} & {e.pk for e in then.context["page"].rows}
    his = as_claire.get(reverse("workspaces:logbook"), {"member": malik.pk}).context["page"].rows
    assert [entry.act for entry in his] == ["exchanges.commitment.recorded", "workspaces.member.joined"]


def test_the_logbook_of_others_stays_closed(as_claire, victor, workspace):
    make.contact(victor.workspace, "Secret Canari")
    assert as_claire.get(reverse("workspaces:logbook"), {"member": victor.pk}).status_code == 404
    assert b"Victor" not in as_claire.get(reverse("workspaces:logbook")).content


def test_whoever_has_no_seat_chooses_first(as_remi, remi):
    assert as_remi.get(reverse("workspaces:workspace_choose")).status_code == 200
    as_remi.post(reverse("workspaces:workspace_create"), {"name": "Petit & Cie"})
    assert User.objects.get(pk=remi.user_id).current_member.role == Role.OWNER


def test_a_curator_is_shown_to_the_admin_and_gets_no_seat(as_cora, cora, workspace):
    assert as_cora.get(reverse("workspaces:workspace_choose"))["Location"] == reverse("admin:index")
    assert as_cora.post(reverse("workspaces:workspace_create"), {"name": "Chez Cora"}).status_code == 403
    cora.take_seat(Member.objects.create(workspace=workspace, user=cora, role=Role.MEMBER))
    assert as_cora.get(reverse("workspaces:member_list")).status_code == 404
