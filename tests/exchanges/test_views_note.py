"""« Noter »: the forms of the four kinds, what they keep, what they refuse, and that they write once."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from contacts.models import Contact
from exchanges.forms import ExchangeForm
from exchanges.models import Commitment, Exchange, Interaction, Request
from tests import make
from workspaces.models import LogEntry

NOTE = reverse("exchanges:note")
KINDS = {
    "note": Exchange,
    "interaction_create": Interaction,
    "commitment_create": Commitment,
    "request_create": Request,
}


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def exchange(whom, /, **changes):
    day = whom.workspace.today().isoformat()
    given = {"contact": whom.pk, "contact_name": whom.full_name, "direction": "given", "kind": "help"}
    return given | {"weight": 3, "on": day, "desk": whom.workspace.slug, "nonce": uuid.uuid4()} | changes


def interaction(whom, /, **changes):
    return exchange(whom, kind="call") | changes


def promise(whom, /, **changes):
    fields = {"promised_by": "us", "summary": "Envoyer les cotes", "made_on": whom.workspace.today().isoformat()}
    return exchange(whom) | fields | changes


def asked(whom, /, **changes):
    fields = {"asked_by": "us", "summary": "Un soudeur", "asked_on": whom.workspace.today().isoformat()}
    return exchange(whom) | fields | changes


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_has_a_page_that_works_without_script(as_malik, name, paul):
    page = as_malik.get(reverse(f"exchanges:{name}"), {"contact": paul.pk})
    assert page.status_code == 200
    assert 'value="Paul Durand"' in page.text
    assert "<html" in page.text


@pytest.mark.parametrize("name", KINDS)
def test_what_was_written_under_another_tab_is_there(as_malik, name):
    asked = {"contact": "", "contact_name": "Nina <b>", "summary": "Les cotes" + "x" * 900}
    form = as_malik.get(reverse(f"exchanges:{name}"), asked).context["form"]
    assert (form["contact_name"].value(), form["summary"].value()[:10]) == ("Nina <b>", "Les cotesx")
    assert len(form["summary"].value()) == 500


def test_in_a_dialog_only_the_form_is_drawn(as_malik):
    part = as_malik.get(NOTE, headers={"HX-Request": "true", "HX-Target": "dialog-body"})
    assert "<html" not in part.text
    assert 'hx-target="#dialog-body"' in part.text


def test_an_exchange_is_noted(as_malik, malik, paul):
    answer = as_malik.post(NOTE, exchange(paul, summary="Contact du notaire", weight=4, minutes=20))
    line = Exchange.objects.get()
    assert (line.contact, line.direction, line.kind, line.weight, line.minutes) == (paul, "given", "help", 4, 20)
    assert answer.url == paul.get_absolute_url()
    assert LogEntry.objects.get(act="exchanges.exchange.recorded").member == malik


def test_the_common_case_needs_three_fields(as_malik, paul):
    page = as_malik.get(NOTE).context["form"]
    sent = {name: page[name].value() for name in ("direction", "weight", "on", "desk", "nonce")}
    as_malik.post(NOTE, sent | {"contact_name": "Paul Durand", "kind": "lead"})
    assert Exchange.objects.get().contact == paul


def test_both_ways_make_two_halves(as_malik, paul):
    as_malik.post(NOTE, exchange(paul, direction="both"))
    assert sorted(Exchange.objects.values_list("direction", "share")) == [("given", 0.5), ("received", 0.5)]


def test_a_promise_comes_along(as_malik, paul):
    due = paul.workspace.today() + timedelta(days=3)
    as_malik.post(NOTE, exchange(paul, promise="Rappeler", promise_by="them", promise_quick=due.isoformat()))
    made = Commitment.objects.get()
    assert (made.promised_by, made.summary, made.due_on, made.contact) == ("them", "Rappeler", due, paul)


def test_an_interaction_is_noted_with_whoever_started_it(as_malik, paul):
    as_malik.post(reverse("exchanges:interaction_create"), interaction(paul, minutes=12, initiated_by="them"))
    line = Interaction.objects.get()
    assert (line.kind, line.minutes, line.initiated_by) == ("call", 12, "them")


def test_a_promise_is_noted_with_its_due_date(as_malik, paul):
    due = paul.workspace.today() + timedelta(days=1)
    as_malik.post(reverse("exchanges:commitment_create"), promise(paul, due_quick=due.isoformat(), weight=5))
    line = Commitment.objects.get()
    assert (line.due_on, line.clock_due_on, line.weight) == (due, due, 5)


def test_a_request_may_go_to_nobody_in_particular(as_malik, paul):
    data = asked(paul, contact="", contact_name="", critical="on")
    assert as_malik.post(reverse("exchanges:request_create"), data).status_code == 302
    assert (Request.objects.get().contact, Request.objects.get().critical) == (None, True)


def test_a_request_put_to_us_names_who_asks(as_malik, paul):
    data = asked(paul, contact="", contact_name="", asked_by="them")
    assert as_malik.post(reverse("exchanges:request_create"), data).status_code == 422
    assert not Request.objects.exists()


def test_a_new_name_creates_the_contact(as_malik, paul):
    as_malik.post(NOTE, exchange(paul, contact="", contact_name="Zoé Le Goff"))
    zoe = Contact.objects.get(given_name="Zoé")
    assert (zoe.family_name, Exchange.objects.get().contact) == ("Le Goff", zoe)


def test_a_name_typed_over_the_picked_contact_wins(as_malik, paul):
    as_malik.post(NOTE, exchange(paul, contact_name="Zoé Le Goff"))
    assert Exchange.objects.get().contact.given_name == "Zoé"


def test_a_name_borne_twice_must_be_picked(as_malik, paul):
    make.contact(paul.workspace, "Paul Durand")
    page = as_malik.post(NOTE, exchange(paul, contact=""))
    assert page.status_code == 422
    assert "contact_name" in page.context["form"].errors


def test_the_same_form_sent_twice_makes_one_row(as_malik, paul):
    data = exchange(paul, promise="Rappeler", contact="", contact_name="Ana Neuve")
    for _ in range(2):
        assert as_malik.post(NOTE, data).status_code == 302
    assert (Exchange.objects.count(), Commitment.objects.count(), Contact.objects.count()) == (1, 1, 2)


def test_of_two_copies_checked_at_the_same_moment_one_makes_the_contact(malik, paul):
    data = exchange(paul, contact="", contact_name="Ana Neuve")
    copies = [ExchangeForm(data, workspace=paul.workspace) for _ in range(2)]
    assert all(copy.is_valid() for copy in copies)
    assert copies[0].write(by=malik) == copies[1].write(by=malik)
    assert (Exchange.objects.count(), Contact.objects.count()) == (1, 2)


def test_saving_another_stays_on_the_form(as_malik, paul):
    dialog = {"HX-Request": "true", "HX-Target": "dialog-body"}
    part = as_malik.post(NOTE, exchange(paul, then="another"), headers=dialog)
    assert part.status_code == 200
    assert part.context["form"]["contact_name"].value() in (None, "")
    assert 'hx-swap-oob="beforeend"' in part.text


def test_from_another_company_nothing_is_written_and_the_words_stay(as_malik, paul):
    page = as_malik.post(NOTE, exchange(paul, desk="ailleurs", summary="Un mot"))
    assert page.status_code == 409
    assert "Un mot" in page.text
    assert not Exchange.objects.exists()
    form = page.context["form"]
    assert (form["desk"].value(), form["contact"].value()) == (paul.workspace.slug, "")


WRONG = [
    ("note", exchange, {"on": "hier"}, "on"),
    ("note", exchange, {"on": "0001-01-01"}, "on"),
    ("note", exchange, {"on": "9999-12-31"}, "on"),
    ("note", exchange, {"weight": 9}, "weight"),
    ("note", exchange, {"amount": "-1", "kind": "business"}, "amount"),
    ("note", exchange, {"amount": "NaN", "kind": "business"}, "amount"),
    ("note", exchange, {"amount": "1e30", "kind": "business"}, "amount"),
    ("note", exchange, {"amount": "100"}, "amount"),
    ("note", exchange, {"minutes": "99999999999"}, "minutes"),
    ("note", exchange, {"minutes": "-5"}, "minutes"),
    ("note", exchange, {"kind": "gift"}, "kind"),
    ("note", exchange, {"direction": "sideways"}, "direction"),
    ("note", exchange, {"summary": "x" * 501}, "summary"),
    ("note", exchange, {"contact": "", "contact_name": "a\0b"}, "contact_name"),
    ("note", exchange, {"contact": "", "contact_name": ""}, "contact_name"),
    ("note", exchange, {"contact": "x" * 30}, "contact_name"),
    ("note", exchange, {"nonce": "x"}, "nonce"),
    ("note", exchange, {"promise_due": "2026-01-01"}, "promise"),
    ("note", exchange, {"promise": "p", "promise_due": "1999-01-01"}, "promise_due"),
    ("note", exchange, {"partner_names": "Personne Inconnue"}, "partner_names"),
    ("interaction_create", interaction, {"on": "2090-01-01"}, "on"),
    ("interaction_create", interaction, {"initiated_by": "god"}, "initiated_by"),
    ("commitment_create", promise, {"due_on": "1999-01-01"}, "due_on"),
    ("commitment_create", promise, {"due_quick": "vendredi"}, "due_quick"),
    ("commitment_create", promise, {"summary": ""}, "summary"),
    ("request_create", asked, {"asked_on": ""}, "asked_on"),
]


@pytest.mark.parametrize(
    ("name", "fields", "wrong", "field"), WRONG, ids=[f"{one[0]}-{one[3]}-{rank}" for rank, one in enumerate(WRONG)]
)
def test_what_makes_no_sense_is_refused_and_kept_on_the_page(as_malik, paul, name, fields, wrong, field):
    page = as_malik.post(reverse(f"exchanges:{name}"), fields(paul, **wrong))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not any(kind.objects.exists() for kind in KINDS.values())


@pytest.mark.parametrize("name", KINDS)
def test_a_contact_of_another_company_is_refused_like_an_unknown_one(as_malik, paul, victor, name):
    foreign = make.contact(victor.workspace, "Secrète Personne")
    fields = {"note": exchange, "interaction_create": interaction, "commitment_create": promise}.get(name, asked)
    data = fields(paul, contact=foreign.pk, contact_name="Secrète Personne")
    pages = [as_malik.post(reverse(f"exchanges:{name}"), data | {"contact": pk}) for pk in (foreign.pk, 10**9)]
    assert [page.status_code for page in pages] == [422, 422]
    assert pages[0].context["form"].errors == pages[1].context["form"].errors
    assert not any(kind.objects.exists() for kind in KINDS.values())


@pytest.mark.parametrize(
    ("wrong", "more", "promise"),
    [({"kind": ""}, False, False), ({"minutes": "-5"}, True, False), ({"promise_due": "x"}, False, True)],
)
def test_what_is_wrong_is_never_folded_away(as_malik, paul, wrong, more, promise):
    form = as_malik.post(NOTE, exchange(paul, **wrong)).context["form"]
    assert (form.shows_more, form.shows_promise) == (more, promise)


def test_a_request_of_another_company_cannot_be_answered(as_malik, paul, victor):
    foreign = make.request(make.contact(victor.workspace, "Secrète Personne"))
    assert as_malik.post(NOTE, exchange(paul, request=foreign.pk)).status_code == 422


@pytest.mark.parametrize("pk", ["x", "999999999999999999999", "-1", "٣"])
def test_a_foolish_contact_in_the_address_is_not_found(as_malik, pk):
    assert as_malik.get(NOTE, {"contact": pk}).status_code == 404


def test_a_contact_of_another_company_never_prefills(as_malik, victor):
    foreign = make.contact(victor.workspace, "Secrète Personne")
    assert as_malik.get(NOTE, {"contact": foreign.pk}).status_code == 404


@pytest.mark.parametrize("name", KINDS)
def test_a_reader_may_not_note(as_ines, paul, name):
    assert as_ines.post(reverse(f"exchanges:{name}"), exchange(paul)).status_code == 403
    assert not any(kind.objects.exists() for kind in KINDS.values())


def test_a_planned_exchange_waits_for_its_day(as_malik, paul):
    later = paul.workspace.today() + timedelta(days=5)
    as_malik.post(NOTE, exchange(paul, on=later.isoformat()))
    assert Exchange.objects.get().effective_on == later
    paul.relationship.refresh_from_db()
    assert paul.relationship.last_contact_on is None


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Kiritimati", date(2026, 3, 11)), ("Pacific/Niue", date(2026, 3, 10))]
)
def test_today_is_the_day_of_the_company(as_malik, workspace, monkeypatch, zone, day):
    workspace.timezone = zone
    workspace.save()
    noon = datetime(2026, 3, 10, 12, tzinfo=UTC)
    monkeypatch.setattr("workspaces.models.timezone.now", lambda: noon)
    assert as_malik.get(NOTE).context["form"]["on"].value() == day


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example", "/\\evil.example", "/nowhere/at/all/", "javascript:x"]
)
def test_after_saving_nobody_leads_elsewhere(as_malik, paul, evil):
    assert as_malik.post(NOTE, exchange(paul, next=evil)).url == paul.get_absolute_url()


def test_after_saving_one_comes_back_to_the_page_below(as_malik, paul):
    dialog = {"HX-Request": "true", "HX-Target": "dialog-body", "HX-Current-URL": "http://testserver/contacts/?q=a"}
    answer = as_malik.post(NOTE, exchange(paul), headers=dialog)
    assert answer.headers["HX-Location"] == "/contacts/?q=a"


def test_partners_are_existing_contacts(as_malik, paul):
    zoe = make.contact(paul.workspace, "Zoé Le Goff")
    as_malik.post(NOTE, exchange(paul, partner_names="le goff zoe"))
    assert list(Exchange.objects.get().partners.all()) == [zoe]


def test_an_exchange_may_answer_a_request(as_malik, paul):
    need = make.request(paul)
    as_malik.post(NOTE, exchange(paul, request=need.pk, outcome="Devis signé"))
    assert (Exchange.objects.get().request, Exchange.objects.get().outcome) == (need, "Devis signé")


@pytest.mark.parametrize("requests", [1, 25, 100])
def test_the_form_costs_the_same_whatever_is_stored(as_malik, paul, django_assert_max_num_queries, requests):
    for number in range(requests):
        make.request(paul)
        make.network(paul.workspace, f"Club {number}")
        make.need(paul.workspace, f"Besoin {number}")
    with django_assert_max_num_queries(7):
        as_malik.get(NOTE, {"contact": paul.pk})


@pytest.mark.parametrize("lines", [1, 25, 100])
def test_saving_costs_thirteen_statements_at_most(as_malik, paul, django_assert_max_num_queries, lines):
    for _ in range(lines):
        make.request(paul)
        make.exchange(paul)
    with django_assert_max_num_queries(13):
        as_malik.post(NOTE, exchange(paul))
    assert Exchange.objects.count() == lines + 1
