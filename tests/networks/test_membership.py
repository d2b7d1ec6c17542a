"""Our place in a network: written in a short form, moved on in one tap, brought up before its term."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from networks.models import Membership, MovedOn, StartsLater, Status
from tests import make
from workspaces.models import LogEntry

SENT = {"status": "member", "since": "2025-01-05", "fee": "900", "fee_period": "year", "renewal_on": "2026-12-31"}


@pytest.fixture
def network(workspace):
    return make.network(workspace)


def create(client, network, **changes):
    sent = {"desk": network.workspace.slug, **SENT, **changes}
    return client.post(reverse("networks:membership_create", args=[network.pk]), sent)


def act(client, verb, membership):
    return client.post(reverse(f"networks:membership_{verb}", args=[membership.pk]), follow=True)


def test_a_membership_says_what_it_costs_and_what_we_want_there(as_malik, network):
    objective = make.objective(network.workspace, "Trois clients")
    words = {"sponsor": "Jean Nédélec", "roles": "trésorier", "goal": "être appelés", "result": "deux devis par an"}
    assert create(as_malik, network, objective=objective.pk, **words).url == network.get_absolute_url()
    page = as_malik.get(network.get_absolute_url()).content.decode()
    for said in ("Membre", "900\u00a0€", "par an", "Trois clients", *words.values()):
        assert said in page
    assert Membership.objects.get().yearly_fee == 900


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": ""}, "status"),
        ({"until": "2024-12-31"}, "until"),
        ({"trial_until": "2024-12-31"}, "trial_until"),
        ({"renewal_on": "2024-12-31"}, "renewal_on"),
        ({"since": "2025-02-30"}, "since"),
        ({"since": "0001-01-01"}, "since"),
        ({"fee": "-1"}, "fee"),
        ({"fee": "12345678901"}, "fee"),
        ({"fee": ""}, "fee"),
        ({"fee_period": ""}, "fee_period"),
        ({"status": "left"}, "until"),
        ({"status": "left", "until": "2099-01-01"}, "until"),
        ({"sponsor": "x" * 121}, "sponsor"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_kept(as_malik, network, changes, field):
    response = create(as_malik, network, **changes)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Membership.objects.exists()


def test_a_second_active_membership_is_refused_at_the_field(as_malik, network):
    make.membership(network)
    response = create(as_malik, network)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["status"])
    assert Membership.objects.count() == 1


def test_the_database_holds_it_too(network):
    make.membership(network)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(workspace=network.workspace, network=network)


def test_a_second_one_written_at_the_same_moment_is_told(as_malik, network, monkeypatch):
    make.membership(network)
    monkeypatch.setattr("networks.forms.membership.MembershipForm.clean", lambda form: form.cleaned_data)
    assert create(as_malik, network).status_code == 422
    assert Membership.objects.count() == 1


def test_one_may_come_back_and_the_first_stay_is_listed(as_malik, network):
    today = network.workspace.today()
    make.membership(network, status="left", until=today - timedelta(days=30))
    assert create(as_malik, network).status_code == 302
    page = as_malik.get(network.get_absolute_url())
    assert [stay.status for stay in page.context["past"]] == ["left"]
    assert "1 séjour terminé" in page.content.decode()


def test_an_informal_network_is_asked_no_fee_no_renewal_and_no_sponsor(as_malik, workspace):
    dinner = make.network(workspace, "Le dîner du jeudi", type="informal")
    form = as_malik.get(reverse("networks:membership_create", args=[dinner.pk])).context["form"]
    assert not {"fee", "fee_period", "renewal_on", "sponsor"} & form.fields.keys()
    assert create(as_malik, dinner).status_code == 302
    assert Membership.objects.get().fee is None


def test_the_status_moves_on_in_one_tap_and_the_logbook_knows(as_malik, network):
    membership = make.membership(network, status="candidate", since=None)
    for verb, status in (("join", "member"), ("suspend", "suspended"), ("resume", "member")):
        act(as_malik, verb, membership)
        membership.refresh_from_db()
        assert membership.status == status
    assert membership.since == network.workspace.today()
    acts = set(LogEntry.objects.values_list("act", flat=True))
    assert {f"networks.membership.{act}" for act in ("joined", "suspended", "resumed")} <= acts


@pytest.mark.parametrize(("verb", "status"), [("join", "member"), ("suspend", "suspended"), ("resume", "member")])
def test_a_second_click_is_told_and_changes_nothing(as_malik, network, verb, status):
    membership = make.membership(network, status=status)
    before = LogEntry.objects.count()
    assert "déjà" in act(as_malik, verb, membership).content.decode()
    assert (Membership.objects.get().status, LogEntry.objects.count()) == (status, before)


def test_of_two_who_act_at_once_only_the_first_does(claire, network):
    membership = make.membership(network, status="candidate")
    mine, theirs = (Membership.objects.get(pk=membership.pk) for _ in range(2))
    mine.join(by=claire, on=network.workspace.today())
    with pytest.raises(MovedOn):
        theirs.join(by=claire, on=network.workspace.today())
    assert Membership.objects.get().version == membership.version + 1


def test_a_membership_that_is_over_is_neither_suspended_nor_left_again(claire, network):
    membership = make.membership(network, status="left", until=network.workspace.today())
    for moved in (membership.suspend, membership.resume):
        with pytest.raises(MovedOn):
            moved(by=claire)
    with pytest.raises(MovedOn):
        membership.leave(by=claire, on=network.workspace.today())


def test_one_does_not_leave_before_the_day_that_another_tab_has_just_written(claire, network):
    today = network.workspace.today()
    read = make.membership(network, since=today - timedelta(days=9))
    Membership.objects.update(since=today)
    with pytest.raises(StartsLater):
        read.leave(by=claire, on=today - timedelta(days=1))
    assert Membership.objects.get().status == "member"


def test_a_form_over_an_older_version_shows_both(as_malik, network):
    membership = make.membership(network, sponsor="Jean")
    Membership.objects.update(version=2, sponsor="Anne")
    sent = SENT | {"desk": network.workspace.slug, "version": "1", "sponsor": "Jean Nédélec"}
    response = as_malik.post(reverse("networks:membership_edit", args=[membership.pk]), sent)
    assert response.status_code == 409
    assert ("Jean Nédélec", "Anne") in [(one.mine, one.theirs) for one in response.context["differences"]]


def test_another_company_s_objective_is_refused(as_malik, network, victor):
    response = create(as_malik, network, objective=make.objective(victor.workspace).pk)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["objective"])


def test_a_membership_written_by_mistake_is_deleted_after_a_question(as_malik, network):
    membership = make.membership(network)
    address = reverse("networks:membership_delete", args=[membership.pk])
    assert as_malik.get(address).status_code == 200
    as_malik.post(address)
    assert not Membership.objects.exists()


def renewing(workspace, name, days, **fields):
    network = make.network(workspace, name, notice_days=fields.pop("notice_days", None))
    return make.membership(network, renewal_on=workspace.today() + timedelta(days=days), **fields)


def test_renewals_come_by_the_last_day_for_notice_and_what_is_late_first(as_malik, workspace):
    renewing(workspace, "Dans deux mois", 60)
    renewing(workspace, "Préavis d’un an", 400, notice_days=365)
    renewing(workspace, "Préavis passé", 80, notice_days=90)
    renewing(workspace, "Terme passé", -3)
    renewing(workspace, "Plus tard", 91)
    renewing(workspace, "Quitté", 10, status="left", until=workspace.today())
    page = as_malik.get(reverse("networks:renewal_list"))
    names = [str(one) for one in page.context["renewals"]]
    assert names == ["Préavis passé", "Terme passé", "Préavis d’un an", "Dans deux mois"]
    said = page.content.decode()
    assert "le préavis était à donner avant le" in said
    assert "a-t-elle été renouvelée" in said


def test_the_last_day_of_the_three_months_is_in(workspace):
    renewing(workspace, "Le dernier", 90)
    assert [str(one) for one in Membership.objects.to_decide(workspace.today())] == ["Le dernier"]


def test_a_reader_sees_the_membership_and_no_button(as_ines, network):
    membership = make.membership(network, sponsor="Jean", renewal_on=network.workspace.today())
    page = as_ines.get(network.get_absolute_url()).content.decode()
    assert "Jean" in page
    assert reverse("networks:membership_edit", args=[membership.pk]) not in page
    assert "<form" not in page[page.index('id="membership"') :].split("</section>")[0]
    assert "Préparer la sortie" not in as_ines.get(reverse("networks:renewal_list")).content.decode()


@pytest.mark.parametrize("rows", [1, 25, 100])
def test_the_renewals_cost_the_same_whatever_their_number(as_malik, workspace, django_assert_max_num_queries, rows):
    for number in range(rows):
        renewing(workspace, f"Réseau {number}", 10, fee=Decimal(10), fee_period="year")
    with django_assert_max_num_queries(4):
        as_malik.get(reverse("networks:renewal_list"))


def test_every_status_has_its_words():
    assert {str(status.label) for status in Status} == {
        *("Visé", "Invité", "À l’essai", "Candidat", "Membre", "Suspendu", "Sorti"),
    }
