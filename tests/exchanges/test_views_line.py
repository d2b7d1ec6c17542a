"""Correcting, deleting and settling what was noted; two people at once; what others may not touch."""

from datetime import timedelta

import pytest
from django.urls import reverse

from exchanges.models import (
    AlreadyClosed,
    AlreadySettled,
    Commitment,
    DueChange,
    Exchange,
    Interaction,
    Reply,
    Request,
    StillAsked,
)
from tests import make
from workspaces.models import LogEntry

HTMX = {"HX-Request": "true", "HX-Target": "contact_panel"}


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


@pytest.fixture
def promise(paul):
    return make.commitment(paul, due_on=paul.workspace.today() - timedelta(days=4), made_on=make.days_ago(20, paul))


def url(name, line):
    return reverse(f"exchanges:{name}", args=[line.pk])


def as_sent(form, **changes):
    """What a browser sends back when nothing was touched."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)} | changes


def lines_of(contact):
    return {
        "exchange": make.exchange(contact),
        "interaction": make.interaction(contact),
        "commitment": make.commitment(contact),
        "request": make.request(contact),
    }


@pytest.mark.parametrize("kind", ["exchange", "interaction", "commitment", "request"])
def test_each_kind_can_be_corrected(as_malik, paul, kind):
    line = lines_of(paul)[kind]
    form = as_malik.get(url(f"{kind}_edit", line)).context["form"]
    assert as_malik.post(url(f"{kind}_edit", line), as_sent(form, summary="Corrigé")).status_code == 302
    line.refresh_from_db()
    assert (line.summary, line.version) == ("Corrigé", 2)


@pytest.mark.parametrize("kind", ["exchange", "interaction", "commitment", "request"])
def test_each_kind_can_be_deleted_after_one_question(as_malik, paul, kind):
    line = lines_of(paul)[kind]
    assert as_malik.get(url(f"{kind}_delete", line)).status_code == 200
    assert type(line).objects.filter(pk=line.pk).exists()
    as_malik.post(url(f"{kind}_delete", line))
    assert not type(line).objects.filter(pk=line.pk).exists()


@pytest.mark.parametrize("kind", ["exchange", "interaction", "commitment", "request"])
def test_scores_follow_what_is_corrected_or_deleted(as_malik, paul, kind):
    line = lines_of(paul)[kind]
    for act in ("edit", "delete"):
        type(paul.relationship).objects.update(stale_since=None)
        form = as_malik.get(url(f"{kind}_edit", line)).context["form"]
        as_malik.post(url(f"{kind}_{act}", line), as_sent(form))
        paul.relationship.refresh_from_db()
        assert paul.relationship.stale_since


def test_moving_a_line_to_another_contact_touches_both(as_malik, paul):
    zoe, line = make.contact(paul.workspace, "Zoé Le Goff"), make.exchange(paul)
    type(paul.relationship).objects.update(stale_since=None)
    form = as_malik.get(url("exchange_edit", line)).context["form"]
    as_malik.post(url("exchange_edit", line), as_sent(form, contact=zoe.pk, contact_name="Zoé Le Goff"))
    assert type(paul.relationship).objects.filter(stale_since__isnull=False).count() == 2


@pytest.mark.parametrize("kind", ["exchange", "interaction", "commitment", "request"])
def test_a_lost_update_is_refused_and_shown(as_malik, claire, paul, kind):
    line = lines_of(paul)[kind]
    mine = as_sent(as_malik.get(url(f"{kind}_edit", line)).context["form"], summary="Ma version")
    type(line).objects.filter(pk=line.pk).update(summary="La sienne", version=2)
    page = as_malik.post(url(f"{kind}_edit", line), mine)
    assert page.status_code == 409
    assert [(one.mine, one.theirs) for one in page.context["differences"]] == [("Ma version", "La sienne")]
    line.refresh_from_db()
    assert line.summary == "La sienne"


def test_after_comparing_mine_can_be_saved_on_purpose(as_malik, paul):
    line = make.exchange(paul)
    mine = as_sent(as_malik.get(url("exchange_edit", line)).context["form"], summary="Ma version")
    Exchange.objects.update(summary="La sienne", version=2)
    again = as_malik.post(url("exchange_edit", line), mine).context["form"]
    assert as_malik.post(url("exchange_edit", line), as_sent(again)).status_code == 302
    line.refresh_from_db()
    assert line.summary == "Ma version"


def test_the_two_halves_of_a_mutual_exchange_stay_together(as_malik, paul):
    line = make.exchange(paul, "given", both=True)
    form = as_malik.get(url("exchange_edit", line.twin)).context["form"]
    assert form["direction"].value() == "both"
    as_malik.post(url("exchange_edit", line.twin), as_sent(form, weight=5, kind="lead"))
    assert set(Exchange.objects.values_list("weight", "kind", "share")) == {(5, "lead", 0.5)}
    as_malik.post(url("exchange_delete", line.twin))
    assert not Exchange.objects.exists()


def test_an_exchange_can_become_mutual_and_single_again(as_malik, paul):
    line = make.exchange(paul, "received")
    for direction, rows in (("both", [0.5, 0.5]), ("received", [1.0])):
        form = as_malik.get(url("exchange_edit", line)).context["form"]
        as_malik.post(url("exchange_edit", line), as_sent(form, direction=direction))
        assert list(Exchange.objects.values_list("share", flat=True)) == rows
    assert Exchange.objects.get().direction == "received"


def test_correcting_keeps_partners_whose_names_are_shared(as_malik, paul):
    twins = [make.contact(paul.workspace, "Zoé Le Goff") for _ in range(2)]
    line = make.exchange(paul, partners=twins)
    form = as_malik.get(url("exchange_edit", line)).context["form"]
    as_malik.post(url("exchange_edit", line), as_sent(form, summary="Autre"))
    assert set(line.partners.all()) == set(twins)


ACTS = {"keep": "kept", "break": "broken", "cancel": "cancelled"}


@pytest.mark.parametrize("act", ACTS)
def test_a_promise_is_settled_by_someone_on_a_day(as_malik, malik, promise, act):
    as_malik.post(url(f"commitment_{act}", promise))
    promise.refresh_from_db()
    assert (promise.outcome, promise.settled_by) == (ACTS[act], malik)
    assert promise.closed_on == promise.workspace.today()


def test_a_settled_promise_is_not_settled_twice(as_malik, promise):
    as_malik.post(url("commitment_keep", promise))
    answer = as_malik.post(url("commitment_break", promise), headers=HTMX)
    promise.refresh_from_db()
    assert (answer.status_code, promise.outcome) == (409, "kept")


def test_a_settlement_can_be_undone(as_malik, promise):
    as_malik.post(url("commitment_keep", promise))
    as_malik.post(url("commitment_reopen", promise))
    promise.refresh_from_db()
    assert (promise.outcome, promise.closed_on, promise.settled_by) == ("", None, None)


def test_a_promise_that_is_open_is_not_opened_again(as_malik, promise):
    answer = as_malik.post(url("commitment_reopen", promise), headers=HTMX)
    assert (answer.status_code, LogEntry.objects.filter(act__endswith="reopened").count()) == (409, 0)


def test_whoever_postpones_a_promise_that_was_just_settled_undoes_nothing(claire, malik, promise):
    seen_before = Commitment.objects.get(pk=promise.pk)
    promise.keep(by=claire, on=promise.workspace.today())
    with pytest.raises(AlreadySettled):
        seen_before.postpone(promise.due_on + timedelta(days=9), by=malik, on=promise.workspace.today())
    promise.refresh_from_db()
    assert (promise.outcome, promise.settled_by, DueChange.objects.count()) == ("kept", claire, 0)


def test_the_form_of_a_settled_promise_offers_to_open_it_again(as_malik, promise):
    assert url("commitment_reopen", promise) not in as_malik.get(url("commitment_edit", promise)).text
    as_malik.post(url("commitment_keep", promise))
    assert url("commitment_reopen", promise) in as_malik.get(url("commitment_edit", promise)).text


def test_a_warning_is_dated(as_malik, promise):
    as_malik.post(url("commitment_notify", promise))
    promise.refresh_from_db()
    assert promise.notified_on == promise.workspace.today()


def test_a_new_due_date_keeps_the_old_one_and_the_delay(as_malik, malik, promise):
    old, to = promise.due_on, promise.workspace.today() + timedelta(days=7)
    as_malik.post(url("commitment_postpone", promise), {"quick": to.isoformat()})
    promise.refresh_from_db()
    change = DueChange.objects.get()
    assert (promise.due_on, promise.clock_due_on) == (to, old)
    assert (change.old_due_on, change.new_due_on, change.by) == (old, to, malik)


@pytest.mark.parametrize("date", ["", "demain", "1999-01-01", "9999-01-01"])
def test_a_senseless_new_date_is_refused(as_malik, promise, date):
    assert as_malik.post(url("commitment_postpone", promise), {"exact": date}).status_code == 422
    assert not DueChange.objects.exists()


def test_postponing_to_the_same_day_is_refused(as_malik, paul):
    promise = make.commitment(paul, due_on=paul.workspace.today())
    same = {"exact": promise.due_on.isoformat()}
    assert as_malik.post(url("commitment_postpone", promise), same).status_code == 422


def test_an_act_redraws_the_panel_that_it_sits_in(as_malik, promise):
    part = as_malik.post(url("commitment_keep", promise), headers=HTMX)
    assert part.status_code == 200
    assert 'id="contact_panel"' in part.text
    assert "<html" not in part.text


def test_without_script_an_act_leads_back_to_the_contact(as_malik, promise, paul):
    assert as_malik.post(url("commitment_keep", promise)).url == paul.get_absolute_url()


def test_the_answer_of_a_contact_is_noted_with_its_day(as_malik, paul):
    asked = make.request(paul, asked_on=make.days_ago(5, paul))
    day = make.days_ago(2, paul)
    data = {"contact": paul.pk, "contact_name": "Paul Durand", "positive": "no", "on": day, "summary": "pas avant mai"}
    as_malik.post(url("request_answer", asked), data)
    reply = Reply.objects.get()
    assert (reply.contact, reply.positive, reply.on, reply.summary) == (paul, False, day, "pas avant mai")


def test_our_own_answer_has_no_contact(as_malik, paul):
    asked = make.request(paul, "them")
    as_malik.post(url("request_answer", asked), {"positive": "yes", "on": paul.workspace.today()})
    assert (Reply.objects.get().contact, Reply.objects.get().positive) == (None, True)


@pytest.mark.parametrize("day", ["", "2090-01-01", "1999-01-01"])
def test_an_answer_lies_between_the_request_and_today(as_malik, paul, day):
    asked = make.request(paul, "them")
    assert as_malik.post(url("request_answer", asked), {"positive": "yes", "on": day}).status_code == 422
    assert not Reply.objects.exists()


def test_an_answer_can_be_corrected_and_deleted(as_malik, paul):
    reply = make.reply(make.request(paul, asked_on=make.days_ago(5, paul)), responder=paul)
    words = {"positive": "", "on": make.days_ago(1, paul), "summary": "peut-être", "version": reply.version}
    as_malik.post(url("reply_edit", reply), words)
    reply.refresh_from_db()
    assert (reply.positive, reply.on, reply.summary) == (None, make.days_ago(1, paul), "peut-être")
    as_malik.post(url("reply_delete", reply))
    assert not Reply.objects.exists()


def test_an_answer_corrected_meanwhile_is_not_overwritten(as_malik, claire, paul):
    reply = make.reply(make.request(paul, asked_on=make.days_ago(5, paul)), responder=paul)
    drawn = {"positive": "", "on": make.days_ago(1, paul), "summary": "peut-être", "version": reply.version}
    reply.correct(by=claire, today=paul.workspace.today(), version=reply.version, summary="jamais")
    clash = as_malik.post(url("reply_edit", reply), drawn)
    assert clash.status_code == 409
    assert "jamais" in clash.text
    assert f'name="version" value="{reply.version}"' in clash.text
    assert Reply.objects.get().summary == "jamais"


def test_of_two_answers_of_one_person_the_earliest_day_and_the_latest_word_stay(claire, paul):
    asked = make.request(paul, asked_on=make.days_ago(9, paul))
    for days, word in ((2, "oui"), (5, "non"), (1, "enfin oui")):
        asked.answer(by=claire, on=make.days_ago(days, paul), positive=None, responder=paul, summary=word)
    assert (Reply.objects.get().on, Reply.objects.get().summary) == (make.days_ago(5, paul), "enfin oui")


@pytest.mark.parametrize(("act", "wrong"), [("close", AlreadyClosed), ("reopen", StillAsked)])
def test_a_request_is_closed_and_opened_once(claire, paul, act, wrong):
    asked, today = make.request(paul), paul.workspace.today()
    seen_before = Request.objects.get(pk=asked.pk)
    asked.close("solved", by=claire, on=today)
    if act == "reopen":
        asked.reopen(by=claire, on=today)
    said = {"outcome": "unsolved"} if act == "close" else {}
    with pytest.raises(wrong):
        getattr(seen_before, act)(**said, by=claire, on=today)
    assert Request.objects.get().outcome == ("solved" if act == "close" else "")


def test_correcting_the_words_of_a_planned_exchange_leaves_the_day_from_which_it_counts(claire, paul):
    line = make.exchange(paul, on=paul.workspace.today() + timedelta(days=1))
    counted_from = line.effective_on
    later = paul.workspace.today() + timedelta(days=4)
    line.correct(by=claire, today=later, version=line.version, summary="autrement")
    assert Exchange.objects.get().effective_on == counted_from


def test_a_request_is_closed_with_its_outcome_and_opened_again(as_malik, paul):
    asked = make.request(paul)
    as_malik.post(url("request_close", asked), {"outcome": "solved", "on": paul.workspace.today()})
    asked.refresh_from_db()
    assert (asked.outcome, asked.closed_on) == ("solved", paul.workspace.today())
    as_malik.post(url("request_reopen", asked))
    asked.refresh_from_db()
    assert (asked.outcome, asked.closed_on) == ("", None)


FORMS = ["exchange_edit", "exchange_delete", "interaction_edit", "interaction_delete", "commitment_edit"]
FORMS += ["commitment_delete", "request_edit", "request_delete", "request_answer", "request_close"]
DEEDS = ["keep", "break", "cancel", "notify", "reopen", "postpone"]


def line_for(name, contact):
    return lines_of(contact)[name.partition("_")[0]]


@pytest.mark.parametrize("name", [*FORMS, *(f"commitment_{deed}" for deed in DEEDS), "request_reopen"])
def test_a_line_of_another_company_is_not_found_and_not_touched(as_malik, victor, name):
    line = line_for(name, make.contact(victor.workspace, "Secrète Personne"))
    before = list(type(line).objects.values())
    assert as_malik.post(url(name, line), {"on": "2026-01-01"}).status_code == 404
    assert list(type(line).objects.values()) == before


@pytest.mark.parametrize("name", [*FORMS, *(f"commitment_{deed}" for deed in DEEDS), "request_reopen"])
def test_a_reader_may_not_act(as_ines, paul, name):
    line = line_for(name, paul)
    assert as_ines.post(url(name, line)).status_code == 403


@pytest.mark.parametrize("name", FORMS)
def test_the_lines_of_someone_in_the_bin_are_gone_with_them(as_malik, malik, paul, name):
    line = line_for(name, paul)
    paul.bin(by=malik)
    assert as_malik.get(url(name, line)).status_code == 404


@pytest.mark.parametrize("kind", [Exchange, Interaction, Commitment, Request])
def test_every_line_leads_to_its_own_form(kind, paul):
    line = next(line for line in lines_of(paul).values() if isinstance(line, kind))
    assert line.get_absolute_url() == url(f"{kind.__name__.lower()}_edit", line)
