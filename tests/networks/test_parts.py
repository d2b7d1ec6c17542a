"""What a sheet lists: rules, channels, services, and what the services say of the network."""

from datetime import timedelta

import pytest
from django.urls import reverse

from networks.models import Channel, NetworkRule, NetworkService
from networks.standing import serving
from tests import make

FIRST = {
    "rule": {"text": "Une absence se prévient la veille", "category": "attendance", "mandatory": "on"},
    "channel": {"title": "La liste", "kind": "list", "url": "https://club.example/liste"},
    "service": {"title": "Achats groupés", "uses": "0", "contributions": "0", "coproduced": "on"},
}
MODELS = {"rule": NetworkRule, "channel": Channel, "service": NetworkService}


@pytest.fixture
def network(workspace):
    return make.network(workspace)


def create(client, kind, network, **changes):
    sent = {"desk": network.workspace.slug, **FIRST[kind], **changes}
    return client.post(reverse(f"networks:{kind}_create", args=[network.pk]), sent)


@pytest.mark.parametrize("kind", FIRST)
def test_each_is_written_shown_reworded_and_deleted(as_malik, network, kind):
    name = "text" if kind == "rule" else "title"
    assert create(as_malik, kind, network).url == network.get_absolute_url()
    row = MODELS[kind].objects.get()
    assert FIRST[kind][name] in as_malik.get(network.get_absolute_url()).content.decode()
    sent = FIRST[kind] | {"desk": network.workspace.slug, "version": row.version, name: "Autrement"}
    assert as_malik.post(reverse(f"networks:{kind}_edit", args=[row.pk]), sent).status_code == 302
    assert str(MODELS[kind].objects.get()) == "Autrement"
    as_malik.post(reverse(f"networks:{kind}_delete", args=[row.pk]))
    assert not MODELS[kind].objects.exists()


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("rule", {"text": ""}, "text"),
        ("rule", {"category": "autre"}, "category"),
        ("channel", {"title": "x" * 121}, "title"),
        ("channel", {"url": "javascript:alert(1)"}, "url"),
        ("channel", {"url": "ftp://club.example"}, "url"),
        ("channel", {"url": "data:text/html,<b>"}, "url"),
        ("service", {"uses": "-1"}, "uses"),
        ("service", {"used_on": "2999-01-01"}, "used_on"),
        ("service", {"title": ""}, "title"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_kept(as_malik, network, kind, changes, field):
    answer = create(as_malik, kind, network, **changes)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not MODELS[kind].objects.exists()


def test_a_service_is_listed_once(as_malik, network):
    make.service(network, "Achats groupés")
    assert create(as_malik, "service", network, title="ACHATS GROUPÉS").status_code == 422


@pytest.mark.parametrize("kind", FIRST)
def test_nothing_is_added_to_another_company_s_sheet(as_malik, victor, kind):
    theirs = make.network(victor.workspace, "Chez Victor")
    assert as_malik.post(reverse(f"networks:{kind}_create", args=[theirs.pk]), FIRST[kind]).status_code == 404
    assert not MODELS[kind].objects.exists()


def test_one_tap_counts_a_use_and_another_a_contribution(as_malik, network):
    service = make.service(network, uses=3, used_on=network.workspace.today() - timedelta(days=40))
    as_malik.post(reverse("networks:service_use", args=[service.pk]))
    as_malik.post(reverse("networks:service_contribute", args=[service.pk]))
    service.refresh_from_db()
    assert (service.uses, service.used_on, service.contributions) == (4, network.workspace.today(), 1)


def test_two_uses_at_once_both_count(claire, network):
    service = make.service(network)
    mine, theirs = (NetworkService.objects.get(pk=service.pk) for _ in range(2))
    for one in (mine, theirs):
        one.use(by=claire, on=network.workspace.today())
    assert NetworkService.objects.get().uses == 2


@pytest.mark.parametrize(
    ("services", "sentence"),
    [
        ([], "Un réseau convivial"),
        ([{"coproduced": True}], "Un prestataire"),
        ([{"coproduced": True, "mutualised": True}], "Un réseau professionnel"),
    ],
)
def test_the_services_say_what_sort_of_network_it_is(as_malik, network, services, sentence):
    for number, fields in enumerate(services):
        make.service(network, f"Service {number}", **fields)
    assert sentence in as_malik.get(network.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("ago", "uses", "coproduced", "badge"),
    [(364, 1, True, True), (365, 1, True, False), (1, 1, False, False), (1, 0, True, False), (None, 2, True, False)],
)
def test_the_badge_asks_for_a_use_within_a_year_and_something_made_together(network, ago, uses, coproduced, badge):
    today = network.workspace.today()
    used_on = None if ago is None else today - timedelta(days=ago)
    service = make.service(network, uses=uses, used_on=used_on, coproduced=coproduced)
    assert serving([service], today=today).badge is badge


def test_the_use_and_the_making_may_be_of_two_services(network):
    today = network.workspace.today()
    used = make.service(network, "Salle", uses=1, used_on=today)
    made = make.service(network, "Achats", coproduced=True)
    assert serving([used, made], today=today).badge


def test_a_reader_sees_the_lists_and_no_button(as_ines, network):
    rule, service = make.rule(network), make.service(network)
    page = as_ines.get(network.get_absolute_url()).content.decode()
    assert rule.text in page
    assert service.title in page
    assert reverse("networks:rule_create", args=[network.pk]) not in page
    assert reverse("networks:service_use", args=[service.pk]) not in page


@pytest.mark.parametrize("rows", [1, 25, 100])
def test_the_sheet_costs_the_same_whatever_it_lists(as_malik, network, django_assert_max_num_queries, rows):
    other = make.network(network.workspace, "Pôle")
    make.membership(network)
    for number in range(rows):
        make.rule(network)
        make.channel(network)
        make.service(network, f"Service {number}")
        make.decision(network, decided_by=make.owner_of(network.workspace))
        make.network_link(make.network(network.workspace, f"Réseau {number}"), network)
    make.network_link(network, other)
    with django_assert_max_num_queries(QUERIES):
        as_malik.get(network.get_absolute_url())


QUERIES = 30
