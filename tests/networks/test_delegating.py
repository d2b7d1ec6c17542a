"""Who does what: the cheapest level that is up to it, need by need."""

import pytest
from django.urls import reverse

from networks.delegating import who_does_what
from networks.models import Delegation
from networks.screening import Task, subsidiarity
from tests import make

PAGE = reverse("networks:delegation_list")


@pytest.fixture
def cci(workspace):
    network = make.network(workspace, "CCI de Nantes", type="infrastructure")
    make.membership(network)
    return network


def test_three_tasks_and_what_is_left_of_them():
    tasks = [
        Task(own_hours=10, offers={"cci": (0.8, 3), "cjd": (0.9, 4)}),
        Task(own_hours=4, offers={"cci": (0.5, 1), "cjd": (0.9, 5)}),
        Task(own_hours=6, offers={"cci": (0.6, 2), "cjd": (0.7, 2)}),
    ]
    found = subsidiarity(tasks)
    assert found.delegate_to == ["cci", None, "cjd"]
    assert found.index == pytest.approx(0.2)


@pytest.mark.parametrize("task", [{"own_hours": -1}, {"own_hours": 1, "offers": {"a": (2, 1)}}])
def test_what_cannot_be_is_refused(task):
    with pytest.raises(ValueError, match=r"negative|between"):
        subsidiarity([Task(**task)])


def test_hours_below_none_are_refused():
    with pytest.raises(ValueError, match="negative"):
        subsidiarity([Task(own_hours=1, offers={"a": (1, -1)})])


def test_a_network_that_could_do_it_in_less_time_is_proposed(as_malik, workspace, cci):
    need = make.need(workspace, "Répondre aux appels d’offres")
    make.delegation(need, network=cci, own_hours=10, hours=3)
    page = as_malik.get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert "CCI de Nantes can do it for you in 3.0 h instead of 10.0." in page
    assert "Of the 10 hours" in page


def test_what_the_owner_thinks_of_its_access_may_say_otherwise(workspace, cci):
    cci.opinions = {"access": 3}
    cci.save()
    make.delegation(make.need(workspace), network=cci, own_hours=10, hours=3)
    make.delegation(make.need(workspace, "Un comptable"), own_hours=2)
    assert [line.better for line in who_does_what(workspace).lines] == [None, None]


def test_a_service_that_speaks_of_the_need_is_shown_before_anything_is_said(as_malik, workspace, cci):
    make.service(cci, "Club juriste")
    make.need(workspace, "Un juriste en droit social")
    assert "Club juriste" in as_malik.get(PAGE).content.decode()


def test_who_does_it_is_said_changed_and_taken_back(as_malik, workspace, cci):
    need = make.need(workspace)
    url = reverse("networks:delegation_edit", args=[need.pk])
    as_malik.post(url, {"desk": workspace.slug, "level": "us", "own_hours": "6"})
    one = Delegation.objects.get()
    as_malik.post(url, {"version": one.version, "level": "network", "network": cci.pk})
    one.refresh_from_db()
    assert (one.level, one.network) == ("network", cci)
    as_malik.post(reverse("networks:delegation_delete", args=[one.pk]))
    assert not Delegation.objects.exists()


def test_a_network_does_it_only_when_it_is_named(as_malik, workspace):
    url = reverse("networks:delegation_edit", args=[make.need(workspace).pk])
    assert as_malik.post(url, {"desk": workspace.slug, "level": "network"}).status_code == 422


def test_said_twice_at_once_it_is_kept_once(as_malik, workspace):
    need = make.need(workspace)
    make.delegation(need, "partner", who="Cabinet Roy")
    sent = {"desk": workspace.slug, "level": "us"}
    assert as_malik.post(reverse("networks:delegation_edit", args=[need.pk]), sent).status_code == 409
    assert Delegation.objects.get().level == "partner"


def test_the_table_costs_the_same_however_long_it_is(as_malik, workspace, cci, django_assert_max_num_queries):
    for number in range(12):
        make.delegation(make.need(workspace, f"Besoin {number}"), network=cci, own_hours=3, hours=1)
    with django_assert_max_num_queries(6):
        as_malik.get(PAGE)
