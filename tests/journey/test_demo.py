"""The demo: alive on any day, whole, true to what the verbs of the models derive, and gone in one click."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from contacts.models import (
    Acquaintance,
    Affiliation,
    Attendance,
    Contact,
    ContactPoint,
    Organisation,
    Relationship,
    Tag,
)
from exchanges.beta import Prior
from exchanges.decay import effective_on
from exchanges.models import Commitment, DueChange, Exchange, Interaction, Reply, Request, Side
from exchanges.models.ledger import touch
from exchanges.reciprocity import Direction
from exchanges.scoring import rescore, rescore_stale, stored_prior
from journey.demo import story
from journey.demo.loading import AlreadyLoaded, has_demo, load_demo, remove_demo
from journey.demo.people import DEMO_SOURCE
from journey.lines.giving import may_ask
from networks.clashes import clashes_of
from networks.hours import minutes_of, year_to
from networks.models import (
    Channel,
    Decision,
    Meeting,
    Membership,
    Network,
    NetworkLink,
    NetworkRule,
    NetworkService,
    TimeSpent,
    Trial,
)
from resources.models import Resource, Use
from resources.paths import paths
from strategy.models import Need, Objective, Stake, TimeBudget
from tests import make
from workspaces.models import LogEntry, Workspace

A_MONDAY = date(2026, 3, 9)
OWNED = (
    Contact,
    ContactPoint,
    Organisation,
    Tag,
    Relationship,
    Exchange,
    Interaction,
    Commitment,
    DueChange,
    Request,
    Reply,
    Stake,
    Objective,
    Need,
    TimeBudget,
    Network,
    Membership,
    NetworkRule,
    NetworkService,
    NetworkLink,
    Channel,
    Decision,
    Trial,
    TimeSpent,
    Acquaintance,
    Affiliation,
    Meeting,
    Attendance,
    Resource,
    Use,
)


OF_NETWORKS = (Network, Membership, NetworkRule, NetworkService, NetworkLink, Channel, Decision, TimeSpent, Meeting)


@pytest.fixture
def demo(claire):
    """A workspace that holds the demo, told on a Monday."""
    load_demo(by=claire, today=A_MONDAY)
    return claire.workspace


def counts(workspace: Workspace) -> dict[str, int]:
    return {model.__name__: model.objects.for_workspace(workspace).count() for model in OWNED}


def rows(workspace: Workspace) -> dict[str, list]:
    """Every column but the version, which also counts the scorings of a relationship."""
    found = {}
    for model in OWNED:
        columns = [field.attname for field in model._meta.concrete_fields if field.name != "version"]
        found[model.__name__] = list(model.objects.for_workspace(workspace).order_by("pk").values(*columns))
    return found


def test_about_a_hundred_and_twenty_people_have_eighteen_months_behind_them(demo):
    assert counts(demo)["Contact"] == 120
    assert counts(demo)["Exchange"] > 200
    assert counts(demo)["Interaction"] > 100
    assert counts(demo)["Commitment"] > 120
    days = Exchange.objects.for_workspace(demo).values_list("on", flat=True)
    assert 480 < (max(on for on in days if on <= A_MONDAY) - min(days)).days <= 550


@pytest.mark.sweep
@pytest.mark.parametrize("weekday", range(7))
def test_the_home_is_alive_whatever_the_day(claire, weekday):
    today = A_MONDAY + timedelta(days=weekday)
    load_demo(by=claire, today=today)
    overdue = Commitment.objects.for_workspace(claire.workspace).overdue(today)
    assert overdue.mine().count() == 3
    assert overdue.theirs().count() == 2
    open_ones = Commitment.objects.for_workspace(claire.workspace).open().filter(due_on__gte=today)
    assert open_ones.mine().count() > 5
    assert open_ones.theirs().count() > 3


@pytest.mark.sweep
@pytest.mark.parametrize("weekday", range(7))
def test_nothing_is_dated_on_a_weekend_but_today(weekday):
    today = A_MONDAY + timedelta(days=weekday)
    days = {story.day(today, f"{ago}") for ago in range(-40, 560)}
    assert {day for day in days if day.weekday() >= story.SATURDAY} <= {today}


def test_the_workshop_says_what_it_wants(demo):
    needs = Need.objects.for_workspace(demo)
    assert needs.exclude(objective=None).count() >= 7
    assert (needs.filter(closed_on=None).exists(), needs.exclude(closed_on=None).exists()) == (True, True)
    assert Objective.objects.for_workspace(demo).exclude(stake=None).count() == 5
    assert TimeBudget.objects.for_workspace(demo).count() == 1


def test_what_the_owner_wants_stays_when_the_demo_goes(claire, workspace):
    theirs = [make.need(workspace, "Deux soudeurs TIG"), make.stake(workspace), make.budget(workspace)]
    load_demo(by=claire, today=A_MONDAY)
    remove_demo(by=claire)
    left = [*Need.objects.all(), *Objective.objects.all(), *Stake.objects.all(), *TimeBudget.objects.all()]
    assert left == theirs


def test_the_workshop_belongs_to_seven_networks_and_tries_another(demo):
    stays = Membership.objects.for_workspace(demo)
    assert (stays.filter(status="member").count(), stays.filter(status="invited").count()) == (7, 1)
    assert sum(stay.yearly_fee for stay in stays) == 3480
    assert 11 * 60 < sum(minutes_of(demo, year_to(A_MONDAY), A_MONDAY).values()) / 12 < 13 * 60
    assert set(Decision.objects.for_workspace(demo).values_list("verdict", flat=True)) >= {"keep", "watch", "leave"}
    assert Exchange.objects.for_workspace(demo).exclude(network=None).count() > 30


def test_the_networks_of_the_workshop_have_something_to_decide(demo):
    due = Membership.objects.to_decide(A_MONDAY)
    assert [str(one) for one in due][:2] == ["Dirigeants & Territoires", "Club Erdre & Loire"]
    club = Network.objects.get(name="Club Erdre & Loire")
    assert {clash.rule for clash in clashes_of(club)} == {"exclusive", "same_hour"}
    assert set(NetworkLink.objects.values_list("kind", flat=True)) == set(NetworkLink.Kind.values)
    assert all(network.scored_on == A_MONDAY for network in Network.objects.for_workspace(demo))


@pytest.mark.sweep
@pytest.mark.parametrize("weekday", range(7))
def test_each_network_has_met_and_will_meet_again(claire, weekday):
    today = A_MONDAY + timedelta(days=weekday)
    load_demo(by=claire, today=today)
    club = Meeting.objects.filter(network__name="Club Erdre & Loire").order_by("starts_at")
    held, ahead = club.exclude(presence=""), club.filter(presence="")
    assert {meeting.starts_at.weekday() for meeting in club} == {1}
    assert (held.count(), ahead.count(), held.filter(presence="excused").exists()) == (25, 2, True)
    assert held.last().on < today < ahead.first().on
    assert held.last().minutes
    assert held.last().attendances.count() == ahead.first().attendances.count() > 3
    assert Meeting.objects.filter(presence="", starts_at__date__lt=today).count() == 1


def test_people_and_services_can_bring_something(demo):
    known = Resource.objects.for_workspace(demo)
    assert (known.exclude(contact=None).count(), known.exclude(service=None).count()) == (66, 3)
    assert set(known.values_list("kind", flat=True)) == set(Need.Resource.values)
    assert 0 < known.stale(A_MONDAY).count() < 6
    assert Use.objects.for_workspace(demo).filter(helped=False).exists()


def test_people_know_each_other_and_lead_to_some_whom_we_do_not_know(demo):
    ties = Acquaintance.objects.for_workspace(demo)
    assert ties.count() >= 12
    assert len(set(ties.values_list("kind", flat=True))) > 5
    reached = paths(demo, [*ties.values_list("one", flat=True), *ties.values_list("other", flat=True)], today=A_MONDAY)
    assert {len(path.through) for path in reached.values()} == {0, 1, 2}


def test_a_network_of_the_owner_s_own_stays_and_nothing_is_hung_on_it(claire, workspace):
    mine = make.network(workspace, "Club Erdre & Loire", description="Le mien")
    stay, exchange = make.membership(mine), make.exchange(make.contact(workspace, "Nina Costa"), network=mine)
    load_demo(by=claire, today=A_MONDAY)
    assert (mine.rules.count(), mine.affiliations.count(), mine.memberships.get()) == (0, 0, stay)
    remove_demo(by=claire)
    exchange.refresh_from_db()
    assert (list(Network.objects.all()), exchange.network) == ([mine], mine)


def test_what_the_owner_exchanged_through_a_network_of_the_demo_stays(demo, claire):
    exchange = make.exchange(make.contact(demo, "Nina Costa"), network=Network.objects.first())
    remove_demo(by=claire)
    exchange.refresh_from_db()
    assert (exchange.network, Network.objects.count()) == (None, 0)


def test_every_sort_of_line_is_shown(demo):
    promises = Commitment.objects.for_workspace(demo)
    for side in Side.values:
        sided = promises.filter(promised_by=side)
        assert set(sided.values_list("outcome", flat=True)) == {"", *Commitment.Outcome.values}
        assert any(promise.days_late(A_MONDAY) for promise in sided.filter(outcome="kept"))
    exchanges = Exchange.objects.for_workspace(demo)
    assert set(exchanges.values_list("kind", flat=True)) == set(Exchange.Kind.values)
    assert exchanges.filter(solidarity=True).count() >= 3
    assert exchanges.filter(on__gt=A_MONDAY).exists()
    assert exchanges.filter(partners__isnull=False).exists()
    assert exchanges.filter(request__isnull=False).exists()


def test_requests_are_answered_by_one_or_by_several_or_not_yet(demo):
    requests = Request.objects.for_workspace(demo)
    assert {request.replies.count() for request in requests} >= {0, 1, 2, 3}
    assert set(requests.values_list("outcome", flat=True)) == {"", *Request.Outcome.values}
    assert requests.asked_of_us().count() >= 5
    assert requests.filter(contact=None).count() == 2


def test_some_people_stand_apart(demo):
    relationships = Relationship.objects.for_workspace(demo)
    assert relationships.exclude(uncounted_at=None).get().contact.full_name == "Patrice Gaudin"
    people = Contact.objects.for_workspace(demo)
    assert people.filter(exchanges=None, commitments=None, interactions=None, requests=None).count() >= 10
    assert people.filter(given_name="").exists()
    assert people.filter(family_name="").exists()
    assert max(len(person.full_name) for person in people) > 60


def test_search_keys_and_headlines_are_those_that_a_save_would_write(demo):
    def derived(person: Contact) -> tuple:
        return person.name_key, person.sort_key, person.headline, sorted(person.search.split())

    for person in Contact.objects.for_workspace(demo):
        written = derived(person)
        person.index()
        assert derived(person) == written
    for point in ContactPoint.objects.for_workspace(demo):
        assert point.key == ContactPoint.key_of(point.kind, point.value)


def test_last_contacts_are_those_that_a_note_would_set(demo):
    relationships = Relationship.objects.for_workspace(demo)
    written = dict(relationships.values_list("contact", "last_contact_on"))
    touch(written, on=A_MONDAY)
    assert dict(relationships.values_list("contact", "last_contact_on")) == written
    assert max(on for on in written.values() if on) <= A_MONDAY


@pytest.mark.sweep
@pytest.mark.parametrize("weekday", range(7))
def test_scores_are_there_at_once_and_say_something(claire, weekday):
    today = A_MONDAY + timedelta(days=weekday)
    load_demo(by=claire, today=today)
    relationships = Relationship.objects.for_workspace(claire.workspace)
    assert not relationships.exclude(scored_on=today).exists()
    labels = Counter(relationships.values_list("balance_label", flat=True))
    assert labels[Direction.TO_GIVE] > 5
    assert labels[Direction.OWED] > 3
    assert labels[Direction.BALANCED] > 5
    assert labels[Direction.UNKNOWN] > 20
    assert relationships.filter(reliability_lo__gte=0.6).count() > 3
    assert may_ask(claire.workspace, today, 1)


def test_exchanges_count_from_the_day_that_a_note_would_fix(demo):
    for line in Exchange.objects.for_workspace(demo):
        assert line.effective_on == effective_on(line.on, A_MONDAY)
    mutual = Exchange.objects.for_workspace(demo).exclude(twin=None)
    assert mutual.count() == 6
    for line in mutual:
        assert (line.share, line.twin.twin_id, line.twin.direction) == (0.5, line.pk, line.opposite)
    assert not Exchange.objects.for_workspace(demo).filter(twin=None, share__lt=1).exists()


def test_a_promise_postponed_too_late_keeps_its_first_clock(demo):
    for change in DueChange.objects.for_workspace(demo):
        promise = change.commitment
        in_time = change.on <= change.old_due_on
        assert promise.due_on == change.new_due_on
        assert promise.clock_due_on == (change.new_due_on if in_time else change.old_due_on)
    assert {change.on <= change.old_due_on for change in DueChange.objects.all()} == {True, False}


def test_every_line_passes_the_checks_of_its_form(demo):
    for model in (Contact, ContactPoint, Exchange, Interaction, Commitment, Request, Reply, *OF_NETWORKS):
        for row in model.objects.for_workspace(demo):
            row.clean_fields(exclude=["nonce", "kinds"])


def test_nobody_can_be_reached_by_mistake(demo):
    fiction = tuple(f"{start} " for start in story.FICTION.values())
    values = dict.fromkeys(ContactPoint.Kind.values, ())
    for kind, value in ContactPoint.objects.for_workspace(demo).values_list("kind", "value"):
        values[kind] += (value,)
    assert all(value.endswith(".example") for value in values["email"])
    assert all(value.startswith(fiction) for value in values["phone"])
    assert len(set(values["email"])) == len(values["email"])


def test_the_same_day_tells_the_same_story(demo, victor):
    load_demo(by=victor, today=A_MONDAY)
    assert counts(victor.workspace) == counts(demo)
    lines = "contact__search", "direction", "kind", "on", "weight", "summary"
    told = [
        list(Exchange.objects.for_workspace(ws).order_by("pk").values_list(*lines)) for ws in (demo, victor.workspace)
    ]
    assert told[0] == told[1]


def test_a_second_load_is_refused_and_writes_nothing(demo, claire):
    before = rows(demo)
    with pytest.raises(AlreadyLoaded):
        load_demo(by=claire, today=A_MONDAY)
    assert rows(demo) == before


def test_one_click_takes_away_all_of_it_and_nothing_else(claire, victor):
    mine = make.contact(claire.workspace, "Nina Costa", firm="Navalys", tags=["banque"], source="Salon")
    make.exchange(mine)
    own_request = make.request(mine)
    Tag.objects.create(workspace=claire.workspace, name="presse")
    load_demo(by=victor, today=A_MONDAY)
    rescore(claire.workspace, on=A_MONDAY)
    before, elsewhere = rows(claire.workspace), rows(victor.workspace)
    load_demo(by=claire, today=A_MONDAY)
    assert remove_demo(by=claire) == 120
    rescore(claire.workspace, on=A_MONDAY)
    assert rows(claire.workspace) == before
    assert rows(victor.workspace) == elsewhere
    own_request.refresh_from_db()


def test_the_next_sweep_forgets_what_fictitious_promises_taught(demo, claire):
    taught = stored_prior(demo)
    remove_demo(by=claire)
    rescore_stale()
    assert stored_prior(demo) != taught
    assert stored_prior(demo) == Prior()


def test_a_fictitious_person_whose_source_was_edited_leaves_with_the_others(demo, claire):
    one, other = Contact.objects.for_workspace(demo)[:2]
    Contact.objects.filter(pk=one.pk).update(source="Salon de Lyon", given_name="Nina")
    mine = make.contact(demo, "Nina Costa", source=DEMO_SOURCE)
    other.delete()
    assert remove_demo(by=claire) == 119
    assert list(Contact.objects.for_workspace(demo)) == [mine]


def test_a_firm_that_the_owner_put_to_use_stays(demo, claire):
    mine = make.contact(demo, "Nina Costa", firm="Navalys")
    binned = Contact.objects.for_workspace(demo).filter(source=DEMO_SOURCE).first()
    binned.bin(by=claire)
    remove_demo(by=claire)
    assert list(Contact.objects.for_workspace(demo)) == [mine]
    assert list(Organisation.objects.for_workspace(demo).values_list("name", flat=True)) == ["Navalys"]


def test_removing_where_there_is_no_demo_removes_nothing(claire):
    make.contact(claire.workspace, "Nina Costa")
    before = rows(claire.workspace)
    assert remove_demo(by=claire) == 0
    assert rows(claire.workspace) == before


def test_the_owner_loads_and_removes_by_a_button(as_claire, workspace):
    desk = {"desk": workspace.slug}
    assert as_claire.post("/demo/create/", desk).status_code == 302
    assert counts(workspace)["Contact"] == 120
    assert as_claire.post("/demo/remove/", desk).status_code == 302
    assert not any(counts(workspace).values())
    acts = LogEntry.objects.for_workspace(workspace).values_list("act", flat=True)
    assert {"journey.demo.loaded", "journey.demo.removed"} <= set(acts)


def test_the_house_knows_whether_the_demo_is_there(claire, victor):
    assert not has_demo(claire.workspace)
    load_demo(by=claire, today=A_MONDAY)
    assert has_demo(claire.workspace)
    assert not has_demo(victor.workspace)
    remove_demo(by=claire)
    assert not has_demo(claire.workspace)


def test_the_button_leaves_a_workspace_with_contacts_alone(as_claire, workspace):
    make.contact(workspace, "Nina Costa")
    before = rows(workspace)
    assert as_claire.post("/demo/create/", {"desk": workspace.slug}).status_code == 302
    assert rows(workspace) == before


@pytest.mark.parametrize("desk", ["", "victor-et-fils"])
def test_a_button_of_another_company_changes_nothing_here(as_claire, demo, workspace, desk):
    before = rows(workspace)
    answer = as_claire.post("/demo/remove/", {"desk": desk})
    assert answer.status_code == 409
    assert "toast--error" in answer.content.decode()
    assert rows(workspace) == before
    remove_demo(by=make.owner_of(workspace))
    assert as_claire.post("/demo/create/", {"desk": desk}).status_code == 409
    assert not counts(workspace)["Contact"]


def test_the_buttons_say_which_company_they_were_drawn_in(as_claire, workspace):
    field = f'<input type="hidden" name="desk" value="{workspace.slug}">'
    assert field in as_claire.get("/").content.decode()
    load_demo(by=make.owner_of(workspace), today=A_MONDAY)
    assert field in as_claire.get("/").content.decode()


def test_only_owners_may_press_it(as_malik, as_ines, workspace):
    for client in (as_malik, as_ines):
        assert client.post("/demo/create/").status_code == 403
        assert client.post("/demo/remove/").status_code == 403
    assert not counts(workspace)["Contact"]


def test_the_command_makes_the_workspace_and_says_how_to_enter(db, client, capsys):
    call_command("demo")
    said = capsys.readouterr().out
    password = said.rsplit("Password: ", 1)[1].strip()
    assert client.login(
        username="demo@ateliers-brivel.example", email="demo@ateliers-brivel.example", password=password
    )
    assert counts(Workspace.objects.get(slug="demo"))["Contact"] == 120


def test_a_company_called_demo_does_not_take_its_place(db):
    assert make.workspace("Demo").slug != "demo"
    call_command("demo")
    assert counts(Workspace.objects.get(slug="demo"))["Contact"] == 120


def test_the_command_leaves_a_demo_that_is_there(db, capsys):
    call_command("demo")
    before = rows(Workspace.objects.get(slug="demo"))
    call_command("demo")
    assert "already there" in capsys.readouterr().out
    assert rows(Workspace.objects.get(slug="demo")) == before


def test_the_command_tells_it_again_with_another_password(db, client):
    call_command("demo")
    workspace = Workspace.objects.get(slug="demo")
    before = rows(workspace)
    call_command("demo", again=True, password="une autre phrase assez longue")
    assert {name: len(found) for name, found in before.items()} == counts(workspace)
    assert before["Contact"][0]["id"] not in Contact.objects.values_list("pk", flat=True)
    email = "demo@ateliers-brivel.example"
    assert client.login(username=email, email=email, password="une autre phrase assez longue")
