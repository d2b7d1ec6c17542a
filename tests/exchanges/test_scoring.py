"""What is stored is what the formulas say of the ledger, whatever was written, in whatever order, by however many."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from contacts.models import Relationship
from exchanges import scoring
from exchanges.beta import Prior, eb_prior
from exchanges.models import Commitment, Exchange, Interaction, Request, ScoringRun
from tests import make
from tests.exchanges.standing import BLANK_WHEN_UNCOUNTED, STATE, figures, follows_from_events, same, stored
from workspaces.models import Workspace

slowly = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def rescored(contact):
    scoring.rescore_stale()
    return stored(contact)


def in_full(contact):
    return scoring.rescore(contact.workspace, on=contact.workspace.today())


def a_promise(contact, outcome="kept", *, due=10, closed=10, by="them", **fields):
    made_on = make.days_ago(due + 20, contact)
    promise = make.commitment(contact, by, due_on=make.days_ago(due, contact), made_on=made_on, **fields)
    if outcome:
        settle(promise, outcome, make.days_ago(closed, contact))
    return promise


def settle(promise, outcome, on):
    verb = {"kept": promise.keep, "broken": promise.break_, "cancelled": promise.cancel}[outcome]
    verb(by=make.owner_of(promise.workspace), on=on)


def a_full_ledger(contact):
    make.exchange(contact, "given", weight=5)
    make.exchange(contact, "received", kind="business", amount="12000.50", on=make.days_ago(200, contact))
    make.exchange(contact, both=True, on=make.days_ago(40, contact))
    make.exchange(contact, "given", solidarity=True)
    make.exchange(contact, "given", on=make.days_ago(-30, contact))
    for outcome, closed in (("kept", 10), ("kept", 0), ("broken", 5), ("cancelled", 5), ("cancelled", 30), ("", 0)):
        a_promise(contact, outcome, closed=closed)
    make.reply(make.request(contact, asked_on=make.days_ago(20, contact)), responder=contact)
    make.request(contact, asked_on=make.days_ago(9, contact))


# --- The stored columns are the formulas ----------------------------------------------------------


def test_every_column_follows_from_the_events(paul):
    a_full_ledger(paul)
    rescored(paul)
    assert follows_from_events(paul)
    assert all(value is not None for value in figures(paul).values())


def test_many_relationships_scored_at_once_do_not_mix(workspace):
    contacts = [make.contact(workspace) for _ in range(6)]
    for contact in contacts[::2]:
        a_full_ledger(contact)
    make.exchange(contacts[1], "given")
    in_full(contacts[0])
    assert all(follows_from_events(contact) for contact in contacts)
    assert figures(contacts[5])["balance"] is None


def test_workspaces_do_not_mix(paul, victor):
    theirs = make.contact(victor.workspace, "Zoé Autre")
    make.exchange(theirs, "given")
    make.exchange(paul, "received")
    rescored(paul)
    assert (stored(paul).given, stored(theirs).given) == (0.0, 3.0)


def test_scoring_twice_changes_no_digit(paul):
    a_full_ledger(paul)
    in_full(paul)
    before = figures(paul)
    in_full(paul)
    assert figures(paul) == before


def test_who_gives_and_who_receives_are_symmetrical(paul, workspace):
    mirror = make.contact(workspace, "Zoé Autre")
    for days, weight in ((3, 2), (90, 5), (800, 4)):
        make.exchange(paul, "given", on=make.days_ago(days, paul), weight=weight)
        make.exchange(mirror, "received", on=make.days_ago(days, paul), weight=weight)
    rescored(paul)
    given, received = stored(paul), stored(mirror)
    assert (given.balance, given.balance_lo) == pytest.approx((-received.balance, -received.balance_hi))
    assert given.reciprocity == pytest.approx(received.reciprocity)


@pytest.mark.parametrize("years", [0, 1, 5, 20, 61])
def test_ageing_never_strengthens_a_balance(paul, years):
    for days in (0, 100, 2000):
        make.exchange(paul, "given", on=make.days_ago(days, paul), weight=5)
    today = paul.workspace.today()
    balances = []
    for later in (years * 365, years * 365 + 200):
        scoring.rescore(paul.workspace, on=today + timedelta(days=later))
        balances.append(abs(stored(paul).balance or 0))
    assert balances[0] >= balances[1]


def test_twenty_years_of_monthly_exchanges_keep_their_digits(paul):
    for month in range(240):
        make.exchange(paul, "given" if month % 2 else "received", on=make.days_ago(30 * month, paul))
    rescored(paul)
    assert follows_from_events(paul)


# --- Incremental and full agree -------------------------------------------------------------------

DAYS = some.integers(-5, 3000)
ACTS = some.one_of(
    some.tuples(some.just("give"), some.integers(1, 5), DAYS),
    some.tuples(some.just("receive"), some.integers(1, 5), DAYS),
    some.tuples(some.just("exchange both ways"), some.integers(1, 5), DAYS),
    some.tuples(some.just("promise"), some.integers(1, 5), DAYS),
    some.tuples(some.just("ask"), some.integers(1, 5), DAYS),
    some.tuples(some.sampled_from(["keep", "break", "cancel", "reopen", "postpone"]), some.integers(0, 9), DAYS),
    some.tuples(
        some.sampled_from(["answer", "edit", "delete", "edit promise", "delete promise"]), some.integers(0, 9), DAYS
    ),
    some.tuples(some.just("sweep"), some.just(0), some.just(0)),
)


def act(contact, what, n, days):
    on = make.days_ago(days, contact)
    match what:
        case "give" | "receive":
            make.exchange(contact, "given" if what == "give" else "received", weight=n, on=on)
        case "exchange both ways":
            make.exchange(contact, both=True, weight=n, on=on)
        case "promise":
            make.commitment(contact, "them", weight=n, due_on=on, made_on=on)
        case "ask":
            make.request(contact, asked_on=on)
        case "sweep":
            scoring.rescore_stale()
        case _:
            act_on_a_line(contact, what, n, on)


def act_on_a_line(contact, what, n, on):
    model = Request if what == "answer" else Exchange if what in ("edit", "delete") else Commitment
    lines = list(model.objects.filter(contact=contact).order_by("pk"))
    if not lines:
        return
    line, by, today = lines[n % len(lines)], make.owner_of(contact.workspace), contact.workspace.today()
    match what:
        case "answer":
            line.answer(by=by, on=on, positive=bool(n % 2), responder=contact)
        case "edit" | "edit promise":
            changed = {"on": on} if what == "edit" else {"due_on": on}
            line.correct(by=by, today=today, version=line.version, weight=n % 5 + 1, **changed)
        case "delete" | "delete promise":
            line.remove(by=by, today=today)
        case "postpone" if not line.outcome:
            line.postpone(on, by=by, on=today)
        case "reopen" if line.outcome:
            line.reopen(by=by, on=today)
        case "keep" | "break" | "cancel" if not line.outcome:
            settle(line, {"keep": "kept", "break": "broken", "cancel": "cancelled"}[what], on)


@slowly
@given(acts=some.lists(ACTS, max_size=14))
def test_incremental_is_full_after_any_sequence_of_acts(workspace, acts):
    contact = make.contact(workspace)
    for what, n, days in acts:
        act(contact, what, n, days)
    scoring.rescore_stale()
    assert follows_from_events(contact)
    step_by_step = {name: figures(contact)[name] for name in STATE}
    in_full(contact)
    at_once = figures(contact)
    assert same(step_by_step, at_once)
    Relationship.objects.filter(contact=contact).mark_stale()
    scoring.rescore_stale()
    assert same(at_once, figures(contact))


@pytest.mark.parametrize(
    ("model", "verb"), [(Exchange, "given"), (Commitment, "them"), (Request, "us"), (Interaction, "call")]
)
def test_deleting_a_line_leaves_no_trace_of_it(paul, claire, model, verb):
    a_full_ledger(paul)
    rescored(paul)
    before = figures(paul)
    maker = {Exchange: make.exchange, Commitment: make.commitment, Request: make.request, Interaction: make.interaction}
    line = maker[model](paul, verb)
    scoring.rescore_stale()
    line.remove(by=claire, today=paul.workspace.today())
    scoring.rescore_stale()
    assert same(before, figures(paul))


def test_a_line_moved_to_someone_else_rescores_both(paul, workspace, claire):
    zoe = make.contact(workspace, "Zoé Autre")
    line = make.exchange(paul, "given")
    rescored(paul)
    line.correct(by=claire, today=workspace.today(), version=line.version, contact=zoe)
    rescored(paul)
    assert (stored(paul).given, stored(zoe).given) == (0.0, 3.0)


# --- The prior ------------------------------------------------------------------------------------


def test_the_prior_is_learnt_from_closed_promises_and_kept_with_its_date(workspace):
    for outcome, closed in (("kept", 10), ("broken", 10), ("kept", 10), ("", 0)):
        a_promise(make.contact(workspace), outcome, closed=closed)
    run = in_full(make.contact(workspace))
    faded = 2 ** (-10 / 730)
    assert (run.prior_alpha, run.prior_beta) == pytest.approx(eb_prior([(faded, 0), (0, faded), (faded, 0)]))
    assert (run.on, run.relationships) == (workspace.today(), 5)


def test_a_single_rescoring_uses_the_stored_prior(paul):
    ScoringRun.objects.create(workspace=paul.workspace, on=paul.workspace.today(), prior_alpha=6, prior_beta=2)
    a_promise(paul, closed=0, due=0)
    assert rescored(paul).reliability == pytest.approx(7 / 9)
    assert scoring.stored_prior(paul.workspace) == Prior(6, 2)


def test_without_any_full_run_the_prior_is_uniform(paul):
    a_promise(paul, closed=0, due=0)
    assert rescored(paul).reliability == pytest.approx(2 / 3)


def test_promises_of_the_bin_and_off_the_meter_teach_nothing(workspace, claire):
    binned, uncounted = make.contact(workspace), make.contact(workspace)
    a_promise(binned, "broken")
    a_promise(uncounted, "broken")
    binned.bin(by=claire)
    stored(uncounted).uncount(by=claire)
    run = in_full(binned)
    assert (run.prior_alpha, run.prior_beta) == (1.0, 1.0)


def test_a_contact_comes_back_from_the_bin_with_scores(paul, claire):
    a_full_ledger(paul)
    paul.bin(by=claire)
    in_full(paul)
    paul.restore(by=claire)
    assert follows_from_events(paul)


# --- Switched off, kept off the meter ---------------------------------------------------------------


def test_a_relationship_off_the_meter_is_blanked_and_comes_back(paul, claire):
    a_full_ledger(paul)
    before = figures(rescored(paul).contact)
    stored(paul).uncount(by=claire)
    scoring.rescore_stale()
    assert {figures(paul)[name] for name in BLANK_WHEN_UNCOUNTED} == {None}
    assert (stored(paul).balance_label, stored(paul).reliability_label, stored(paul).given) == ("", "", 0.0)
    stored(paul).count(by=claire)
    scoring.rescore_stale()
    assert same(before, figures(paul))


def test_a_workspace_switches_its_scores_off_and_on(paul, claire, workspace):
    a_full_ledger(paul)
    before = figures(rescored(paul).contact)
    workspace.edit(by=claire, scores_on=False)
    scoring.rescore_stale()
    assert {figures(paul)[name] for name in BLANK_WHEN_UNCOUNTED} == {None}
    make.exchange(paul)
    scoring.rescore_stale()
    assert figures(paul)["received"] == 0.0
    workspace.edit(by=claire, scores_on=True)
    scoring.rescore_stale()
    assert figures(paul)["received"] == pytest.approx(before["received"] + 3)


def test_a_switch_thrown_while_the_sweep_begins_is_not_lost(paul, claire, workspace, monkeypatch):
    a_full_ledger(paul)
    rescored(paul)
    workspace.edit(by=claire, name="Morvan SARL")
    waiting = Workspace.objects.wanting_scores
    thrown = {"scores_on": False, "by": claire}
    monkeypatch.setattr(type(Workspace.objects), "wanting_scores", lambda _: [waiting(), workspace.edit(**thrown)][0])
    scoring.rescore_stale()
    assert figures(paul)["balance"] is None


# --- What the lists show of promises ----------------------------------------------------------------


def test_promises_are_drawn_as_letters_oldest_due_date_first(paul):
    a_promise(paul, "kept", due=60, closed=60)
    a_promise(paul, "kept", due=50, closed=49)
    a_promise(paul, "kept", due=45, closed=40)
    a_promise(paul, "broken", due=40, closed=38)
    a_promise(paul, "cancelled", due=30, closed=31)
    a_promise(paul, "cancelled", due=25, closed=20)
    a_promise(paul, "", due=5)
    a_promise(paul, "", due=-5)
    assert rescored(paul).promise_marks == "kklbbop"


def test_only_the_latest_eight_are_drawn(paul):
    for due in range(30, 10, -2):
        a_promise(paul, "kept", due=due, closed=due)
    a_promise(paul, "broken", due=1, closed=1)
    assert rescored(paul).promise_marks == "kkkkkkkb"


def test_my_own_promises_are_not_drawn_as_theirs(paul):
    a_promise(paul, "broken", by="us")
    assert (rescored(paul).promise_marks, stored(paul).broken) == ("", 0.0)


def test_my_open_promise_is_the_next_gesture_before_theirs(paul, claire):
    a_promise(paul, "", due=9, summary="Rappeler Karim")
    mine = a_promise(paul, "", due=-3, by="us", summary="Envoyer le devis")
    assert (rescored(paul).next_summary, stored(paul).next_by) == ("Envoyer le devis", "us")
    mine.keep(by=claire, on=paul.workspace.today())
    assert (rescored(paul).next_summary, stored(paul).next_by) == ("Rappeler Karim", "them")
    assert stored(paul).next_due_on == make.days_ago(9, paul)


def test_nothing_open_leaves_no_next_gesture(paul):
    a_promise(paul, "kept")
    assert (rescored(paul).next_summary, stored(paul).next_due_on) == ("", None)
