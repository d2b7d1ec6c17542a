"""Two tabs, two companies: what was drawn in one never changes the other, and nothing typed is lost."""

import pytest
from django.core import mail
from django.urls import reverse

from tests import make
from workspaces.models import Invitation, Member, Role, Workspace

SETTINGS, INVITE = reverse("workspaces:workspace_edit"), reverse("workspaces:invitation_create")
ELSEWHERE = ["", "atelier-morvan", "ATELIER-SUD"]


@pytest.fixture
def second(claire) -> Workspace:
    """Claire's other company, which she has opened since."""
    return Workspace.open("Atelier Sud", owner=claire.user)


@pytest.mark.parametrize("desk", ELSEWHERE)
def test_settings_of_one_company_are_not_written_over_the_other(as_claire, second, desk):
    typed = {"name": "Morvan SARL", "timezone": "Indian/Reunion", "desk": desk}
    answer = as_claire.post(SETTINGS, typed)
    second.refresh_from_db()
    page = answer.content.decode()
    assert answer.status_code == 409
    assert (second.name, second.timezone) == ("Atelier Sud", "Europe/Paris")
    assert "Indian/Reunion" in page
    assert 'value="Morvan SARL"' in page
    assert as_claire.post(SETTINGS, typed | {"desk": second.slug}).status_code == 302


@pytest.mark.parametrize("desk", ELSEWHERE)
def test_nobody_is_invited_into_the_wrong_company(as_claire, second, desk):
    answer = as_claire.post(INVITE, {"email": "new@example.org", "role": "reader", "desk": desk})
    assert answer.status_code == 409
    assert 'value="new@example.org"' in answer.content.decode()
    assert not Invitation.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize("page", [SETTINGS, reverse("workspaces:member_list")])
def test_each_page_says_which_company_it_was_drawn_in(as_claire, second, page):
    assert f'name="desk" value="{second.slug}"' in as_claire.get(page).content.decode()


@pytest.mark.parametrize("act", ["member_edit", "member_remove"])
def test_a_member_of_the_other_company_is_absent_here(as_claire, workspace, malik, second, act):
    make.member(second, Role.OWNER)
    answer = as_claire.post(reverse(f"workspaces:{act}", args=[malik.pk]), {"role": "owner", "desk": workspace.slug})
    assert answer.status_code == 404
    kept = Member.objects.get(pk=malik.pk)
    assert (kept.role, kept.removed_at) == (Role.MEMBER, None)
