"""A curator's session is short, whatever the clock of everyone else's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

HOME = reverse("admin:index")


@pytest.fixture
def wait(monkeypatch):
    """Lets so many minutes pass."""
    real, passed = timezone.now, [timedelta()]
    monkeypatch.setattr("workspaces.middleware.timezone.now", lambda: real() + passed[0])

    def later(**time: int) -> None:
        passed[0] += timedelta(**time)

    return later


def test_a_curator_who_comes_back_within_two_hours_is_still_in(as_cora, wait):
    for _visit in range(3):
        wait(minutes=119)
        assert as_cora.get(HOME).status_code == 200


@pytest.mark.parametrize("visited", [True, False])
def test_a_curator_away_for_two_hours_signs_in_again(as_cora, wait, visited):
    if visited:
        as_cora.get(HOME)
    wait(minutes=121)
    assert "/login/" in as_cora.get(HOME)["Location"]
    assert "_auth_user_id" not in as_cora.session


def test_a_curator_signs_in_again_after_twelve_hours_of_work(as_cora, wait):
    codes = []
    for _hour in range(13):
        wait(minutes=59)
        codes.append(as_cora.get(HOME).status_code)
    assert codes == [200] * 12 + [302]


def test_a_curator_who_signs_in_again_has_twelve_new_hours(as_cora, cora, wait):
    wait(hours=13)
    as_cora.get(HOME)
    as_cora.force_login(cora)
    assert as_cora.get(HOME).status_code == 200


def test_an_owner_stays_for_days(as_claire, wait):
    wait(days=20)
    assert as_claire.get("/workspace/members/").status_code == 200
