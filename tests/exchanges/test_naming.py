"""Lines of the ledger name the network and the need that they served: in the forms, on the pages, in the filters."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchanges.models import Exchange, Interaction, Request
from exchanges.timeline import timeline
from networks.models import Network
from strategy import stating
from tests import make

LEDGER = reverse("exchanges:ledger")
NOTE = reverse("exchanges:note")
ASK = reverse("exchanges:request_create")
CALL = reverse("exchanges:interaction_create")
NAMING = {NOTE: Exchange, CALL: Interaction, ASK: Request}


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


@pytest.fixture
def club(workspace):
    return make.network(workspace, "Club Erdre")


@pytest.fixture
def lawyer(workspace):
    return make.need(workspace, "Un juriste")


def sent(client, url, whom, **more):
    """What the form drawn at this address sends, with these changes."""
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    kind = {NOTE: "help", CALL: "call", ASK: ""}[url]
    data |= {"contact": whom.pk, "contact_name": whom.full_name, "kind": kind, "summary": "Un mot"} | more
    return data | {"nonce": uuid.uuid4()}


def offered(page, name):
    return [words for _pk, words in page.context["form"].fields[name].choices]


@pytest.mark.parametrize("url", NAMING)
def test_a_line_names_its_network_and_its_need(as_malik, paul, club, lawyer, url):
    assert as_malik.post(url, sent(as_malik, url, paul, network=club.pk, need=lawyer.pk)).status_code == 302
    line = NAMING[url].objects.get()
    assert line.network == club
    assert url == CALL or line.need == lawyer


def test_both_rows_of_a_mutual_exchange_name_them(as_malik, paul, club, lawyer):
    as_malik.post(NOTE, sent(as_malik, NOTE, paul, direction="both", network=club.pk, need=lawyer.pk))
    assert set(Exchange.objects.values_list("network", "need")) == {(club.pk, lawyer.pk)}
    line, other = Exchange.objects.get(direction="given"), make.network(paul.workspace, "Pôle Métal")
    as_malik.post(line.get_absolute_url(), edited(as_malik, line, network=other.pk, need=""))
    assert list(Exchange.objects.values_list("network", "need")) == [(other.pk, None)] * 2


def edited(client, line, **more):
    form = client.get(line.get_absolute_url()).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None} | more


def test_where_we_are_comes_first_and_what_we_left_is_not_proposed(as_malik, workspace, club):
    for name, status in (("Zeste", "member"), ("Yole", "aimed_at"), ("Parti", "left")):
        make.membership(make.network(workspace, name), status=status)
    assert offered(as_malik.get(NOTE), "network") == ["—", "Zeste", "Yole", "Club Erdre"]


def test_answered_needs_are_not_proposed_and_the_most_critical_come_first(as_malik, claire, workspace, lawyer):
    make.need(workspace, "Un acier", criticality=5)
    stating.close(make.need(workspace, "Fini"), by=claire, on=workspace.today())
    assert offered(as_malik.get(NOTE), "need") == ["—", "Un acier", "Un juriste"]


def test_correcting_keeps_what_was_left_or_answered_since(as_malik, claire, paul, club, lawyer):
    line = make.exchange(paul, network=club, need=lawyer)
    make.membership(club, status="left")
    stating.close(lawyer, by=claire, on=paul.workspace.today())
    page = as_malik.get(line.get_absolute_url())
    assert "Club Erdre" in offered(page, "network")
    assert "Un juriste" in offered(page, "need")
    as_malik.post(line.get_absolute_url(), edited(as_malik, line, summary="Autre mot"))
    line.refresh_from_db()
    assert (line.summary, line.network, line.need) == ("Autre mot", club, lawyer)


@pytest.mark.parametrize("url", NAMING)
@pytest.mark.parametrize("name", ["network", "need"])
@pytest.mark.parametrize("pk", ["foreign", "x", "999999999999999999999", "-1"])
def test_what_is_not_ours_is_refused_at_the_field(as_malik, paul, victor, club, lawyer, url, name, pk):
    foreign = {"network": make.network(victor.workspace, "Secret").pk, "need": make.need(victor.workspace, "Tu").pk}
    data = sent(as_malik, url, paul, **{name: foreign[name] if pk == "foreign" else pk})
    page = as_malik.post(url, data)
    if url == CALL and name == "need":
        assert page.status_code == 302  # a call names none: what is sent is not read
        return
    assert page.status_code == 422
    assert name in page.context["form"].errors
    assert page.context["form"].shows_names
    assert "Secret" not in page.text
    assert not NAMING[url].objects.exists()


@pytest.mark.parametrize("url", NAMING)
def test_the_page_behind_fills_them_in(as_malik, club, lawyer, url):
    form = as_malik.get(url, {"network": club.pk, "need": lawyer.pk}).context["form"]
    assert form["network"].value() == club.pk
    assert form.shows_names
    assert url == CALL or form["need"].value() == lawyer.pk


@pytest.mark.parametrize("name", ["network", "need"])
@pytest.mark.parametrize("pk", ["foreign", "x", "999999999999999999999", "-1", "٣"])
def test_an_address_that_names_another_companys_is_not_found(as_malik, victor, name, pk):
    foreign = {"network": make.network(victor.workspace, "Secret"), "need": make.need(victor.workspace, "Tu")}
    assert as_malik.get(NOTE, {name: foreign[name].pk if pk == "foreign" else pk}).status_code == 404


def test_the_only_network_of_a_contact_is_proposed_from_their_page_alone(as_malik, paul, club):
    make.affiliation(paul, club)
    assert as_malik.get(NOTE, {"contact": paul.pk}).context["form"]["network"].value() == club.pk
    assert as_malik.get(NOTE).context["form"]["network"].value() is None
    make.affiliation(paul, make.network(paul.workspace, "Pôle Métal"))
    assert as_malik.get(NOTE, {"contact": paul.pk}).context["form"]["network"].value() is None


@pytest.mark.parametrize("facts", [{"sensitive": "syndicat"}, {"type": "ideological"}])
def test_a_network_that_reveals_a_belief_is_never_proposed_for_its_people(as_malik, paul, facts):
    make.affiliation(paul, make.network(paul.workspace, "Ligue", **facts), reason="Il me l’a dit")
    assert as_malik.get(NOTE, {"contact": paul.pk}).context["form"]["network"].value() is None


def test_the_choice_is_folded_away_until_something_is_chosen(as_malik, paul, club):
    assert '<option value="">—</option>' not in as_malik.get(CALL.replace("interaction", "promise")).text
    form = as_malik.get(NOTE).context["form"]
    assert (form.offers_names, form.shows_names) == (True, False)


def test_nothing_is_asked_where_there_is_nothing_to_name(as_malik, paul):
    assert 'name="network"' not in as_malik.get(NOTE).text


@pytest.mark.parametrize("named", [False, True])
def test_naming_both_costs_four_questions_more_whatever_there_is(as_malik, paul, club, lawyer, named):
    for number in range(30 if named else 0):
        make.network(paul.workspace, f"Club {number}")
        make.need(paul.workspace, f"Besoin {number}")
    data = sent(as_malik, NOTE, paul, network=club.pk, need=lawyer.pk)
    with CaptureQueriesContext(connection) as saving:
        as_malik.post(NOTE, data)
    assert len(saving) <= 18
    assert Exchange.objects.get().network == club


def test_the_company_switched_meanwhile_loses_the_names_not_the_words(as_malik, paul, club):
    page = as_malik.post(NOTE, sent(as_malik, NOTE, paul, network=club.pk, desk="ailleurs"))
    assert page.status_code == 409
    assert page.context["form"]["network"].value() == ""


# On the pages


def test_the_timeline_and_the_ledger_link_to_both(as_malik, paul, club, lawyer):
    for line in (make.exchange, make.request):
        line(paul, network=club, need=lawyer)
    make.interaction(paul, network=club)
    for page in (as_malik.get(paul.get_absolute_url()), as_malik.get(LEDGER)):
        assert f'<a href="{club.get_absolute_url()}"><bdi>Club Erdre</bdi></a>' in page.text
        assert f'<a href="{LEDGER}?need={lawyer.pk}"><bdi>Un juriste</bdi></a>' in page.text


def test_the_timeline_still_asks_two_questions(paul, workspace, django_assert_num_queries):
    for number in range(10):
        make.interaction(paul, network=make.network(workspace, f"Club {number}"))
    with django_assert_num_queries(2):
        told = timeline(paul).events
    assert {event.network_name for event in told} == {f"Club {number}" for number in range(10)}


def test_names_are_words_on_the_pages(as_malik, paul):
    club = make.network(paul.workspace, "<script>alert(1)</script>")
    make.exchange(paul, network=club, need=make.need(paul.workspace, "\u202eمدرسة"))
    for page in (as_malik.get(paul.get_absolute_url()), as_malik.get(LEDGER), as_malik.get(NOTE)):
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<bdi>\u202eمدرسة</bdi>" in as_malik.get(LEDGER).text


@pytest.mark.parametrize("gone", ["network", "need"])
def test_what_is_deleted_leaves_the_lines(as_malik, paul, club, lawyer, gone):
    lines = [make.exchange(paul, network=club, need=lawyer), make.request(paul, network=club, need=lawyer)]
    doomed = {"network": club, "need": lawyer}[gone]
    room = {"network": "networks", "need": "strategy"}[gone]
    as_malik.post(reverse(f"{room}:{gone}_delete", args=[doomed.pk]))
    for line in lines:
        line.refresh_from_db()
        assert getattr(line, gone) is None
    assert as_malik.get(paul.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("show", ["exchanges", "interactions", "requests"])
def test_the_ledger_is_filtered_by_a_network(as_malik, paul, club, show):
    for network in (club, None):
        make.exchange(paul, network=network, summary=f"Ligne {network}")
        make.interaction(paul, network=network, summary=f"Ligne {network}")
        make.request(paul, network=network, summary=f"Ligne {network}")
    page = as_malik.get(LEDGER, {"show": show, "network": club.pk})
    assert [told.event.summary for _contact, told in page.context["rows"]] == ["Ligne Club Erdre"]
    assert 'aria-current="true"><span class="chip__face"><bdi>Club Erdre</bdi>' in page.text


def test_the_ledger_is_filtered_by_a_need_over_its_pages(as_malik, paul, lawyer):
    for number in range(30):
        make.exchange(paul, need=lawyer if number % 2 else None, on=make.days_ago(number, paul))
    page = as_malik.get(LEDGER, {"need": lawyer.pk})
    assert len(page.context["rows"]) == 15
    assert page.context["page"].next is None


def test_filtered_only_what_can_name_it_is_shown(as_malik, paul, club, lawyer):
    make.commitment(paul)
    page = as_malik.get(LEDGER, {"show": "mine", "network": club.pk})
    assert [name for name, _label in page.context["shows"]] == ["exchanges", "interactions", "requests"]
    assert page.context["show"] == "exchanges"
    shows = as_malik.get(LEDGER, {"need": lawyer.pk}).context["shows"]
    assert [name for name, _label in shows] == ["exchanges", "requests"]


@pytest.mark.parametrize("name", ["network", "need"])
def test_another_companys_filter_does_not_exist(as_malik, victor, name):
    foreign = {"network": make.network(victor.workspace, "Secret"), "need": make.need(victor.workspace, "Tu")}
    for pk in (foreign[name].pk, 10**12, "9" * 30):
        assert as_malik.get(LEDGER, {name: pk}).status_code == 404


@pytest.mark.embedded  # with so few rows, the other engine reads them all whatever its indexes
def test_a_filter_is_answered_by_its_index(as_malik, paul, club, lawyer):
    make.exchange(paul, network=club, need=lawyer)
    for name, row, index in (("network", club, "exchange_network"), ("need", lawyer, "exchange_need")):
        with CaptureQueriesContext(connection) as asked:
            as_malik.get(LEDGER, {name: row.pk})
        query = next(one["sql"] for one in asked if 'FROM "exchanges_exchange"' in one["sql"])
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
            assert index in str(cursor.fetchall())


@pytest.mark.parametrize("reveals", [{"sensitive": "religion"}, {"type": "ideological"}])
def test_a_network_that_may_reveal_a_belief_is_not_named_beside_people(as_malik, workspace, paul, club, reveals):
    line = make.exchange(paul, network=club, summary="Une nacelle")
    Network.objects.filter(pk=club.pk).update(**reveals)
    club.refresh_from_db()
    assert [event.network_name for event in timeline(paul).events] == [""]
    assert as_malik.get(LEDGER, {"network": club.pk}).status_code == 404
    for url in (LEDGER, paul.get_absolute_url(), NOTE, f"{NOTE}?network={club.pk}"):
        assert club.name not in as_malik.get(url).content.decode()
    answer = as_malik.post(NOTE, sent(as_malik, NOTE, paul, kind="help", network=club.pk))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["network"])
    assert Exchange.objects.get() == line
