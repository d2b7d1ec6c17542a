"""The exit: a checklist that waits, and one act that ends the membership and says why."""

from datetime import timedelta

import pytest
from django.urls import reverse

from networks.leaving import CHECKLIST
from networks.models import Decision, Membership
from tests import make


@pytest.fixture
def membership(workspace):
    network = make.network(workspace, "Dirigeants & Territoires", notice_days=18)
    make.channel(network, "Liste des membres", kind="list", url="https://dt.example/liste")
    return make.membership(network, roles="animation du mardi", renewal_on=workspace.today() + timedelta(days=21))


def page_of(membership):
    return reverse("networks:membership_exit", args=[membership.pk])


def ticked(client, membership, version=1, **sent):
    return client.post(page_of(membership), {"desk": membership.workspace.slug, "version": version} | sent)


def test_the_checklist_says_what_there_is_to_do(as_malik, membership):
    page = as_malik.get(page_of(membership)).content.decode()
    assert "Dernier jour du préavis" in page
    for said in ("animation du mardi", "Liste des membres", "https://dt.example/liste"):
        assert said in page
    for room in ("contacts:contact_list", "exchanges:ledger"):
        assert f"{reverse(room)}?network={membership.network_id}" in page


def test_what_is_ticked_waits_with_its_day(as_malik, membership):
    assert ticked(as_malik, membership, notice="on", learnt="on", learnt_words="Trop loin").status_code == 302
    today = membership.workspace.today().isoformat()
    membership.refresh_from_db()
    assert membership.exit_done == {"notice": today, "learnt": today, "words": "Trop loin"}
    form = as_malik.get(page_of(membership)).context["form"]
    assert [item.key for item in CHECKLIST if form[item.key].value()] == ["notice", "learnt"]
    assert form["learnt_words"].value() == "Trop loin"


def test_a_tick_keeps_its_first_day_and_may_be_taken_back(as_malik, membership):
    Membership.objects.update(exit_done={"notice": "2026-01-05", "thanks": "2026-01-06"})
    ticked(as_malik, membership, notice="on")
    membership.refresh_from_db()
    assert membership.exit_done == {"notice": "2026-01-05"}


def test_ticks_over_older_ones_are_told_and_nothing_is_lost(as_malik, membership):
    ticked(as_malik, membership, notice="on")
    assert ticked(as_malik, membership, thanks="on").status_code == 409
    membership.refresh_from_db()
    assert list(membership.exit_done) == ["notice"]


def test_leaving_ends_the_membership_and_keeps_the_reason(as_malik, malik, membership):
    today = membership.workspace.today()
    sent = {"on": today.isoformat(), "reason": "18 % du temps, 2 % de la valeur"}
    as_malik.post(reverse("networks:membership_leave", args=[membership.pk]), sent)
    membership.refresh_from_db()
    assert (membership.status, membership.until) == ("left", today)
    decision = Decision.objects.get()
    assert (decision.verdict, decision.reason, decision.decided_by) == ("leave", sent["reason"], malik)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"reason": ""}, "reason"), ({"on": ""}, "on"), ({"on": "2999-01-01"}, "on"), ({"on": "1990-01-01"}, "on")],
)
def test_bad_input_is_told_and_one_stays(as_malik, membership, changes, field):
    sent = {"on": membership.workspace.today().isoformat(), "reason": "Assez"} | changes
    answer = as_malik.post(reverse("networks:membership_leave", args=[membership.pk]), sent)
    assert (answer.status_code, list(answer.context["leave"].errors)) == (422, [field])
    assert (Membership.objects.get().status, Decision.objects.count()) == ("member", 0)


def test_what_was_ticked_and_not_saved_leaves_with_one(as_malik, membership):
    today = membership.workspace.today().isoformat()
    sent = {
        "desk": membership.workspace.slug,
        "version": membership.version,
        "notice": "on",
        "learnt_words": "Du temps",
    }
    sent |= {"on": "2999-01-01", "reason": "Trop cher"}
    address = reverse("networks:membership_leave", args=[membership.pk])
    refused = as_malik.post(address, sent)
    assert (refused.status_code, refused.context["form"]["learnt_words"].value()) == (422, "Du temps")
    assert as_malik.post(address, sent | {"on": today}).status_code == 302
    membership.refresh_from_db()
    assert (membership.status, membership.exit_done) == ("left", {"notice": today, "words": "Du temps"})


def test_leaving_twice_is_told_and_decided_once(as_malik, membership):
    sent = {"on": membership.workspace.today().isoformat(), "reason": "Assez"}
    for _ in range(2):
        answer = as_malik.post(reverse("networks:membership_leave", args=[membership.pk]), sent, follow=True)
    assert "déjà" in answer.content.decode()
    assert Decision.objects.count() == 1


def test_once_left_the_checklist_stays_open_and_the_button_goes(as_malik, membership):
    Membership.objects.update(status="left", until=membership.workspace.today())
    page = as_malik.get(page_of(membership)).content.decode()
    assert reverse("networks:membership_leave", args=[membership.pk]) not in page
    assert ticked(as_malik, membership, thanks="on").status_code == 302
