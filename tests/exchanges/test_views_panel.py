"""The panel of a contact, why a score is what it is, the ledger and the mirror."""

from datetime import timedelta

import pytest
from django.urls import reverse

from contacts.models import Relationship
from exchanges import scoring
from exchanges.models import Commitment, Exchange
from tests import make

HTMX = {"HX-Request": "true"}


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


def panel_of(contact):
    return reverse("exchanges:contact_panel", args=[contact.pk])


def why(contact, score):
    return reverse("exchanges:why", args=[contact.pk, score])


def live_together(contact):
    """Two years of give and take, promises and requests."""
    day = contact.workspace.today()
    for months in range(1, 25, 2):
        on = day - timedelta(days=30 * months)
        make.exchange(contact, "received", on=on, kind="business", amount=6200 + months, weight=months % 5 + 1)
        make.exchange(contact, "given", on=on, both=months % 3 == 0)
        promise = make.commitment(contact, "them", made_on=on, due_on=on + timedelta(days=10))
        promise.keep(by=make.owner_of(contact.workspace), on=on + timedelta(days=months))
        make.reply(make.request(contact, asked_on=on), on=on + timedelta(days=months % 7), responder=contact)
    make.exchange(contact, "given", solidarity=True)
    make.commitment(contact, "them", made_on=day - timedelta(days=50), due_on=day - timedelta(days=29))
    make.request(contact, asked_on=day - timedelta(days=9))


def scored(contact):
    scoring.rescore(contact.workspace, on=contact.workspace.today())
    return Relationship.objects.get(contact=contact)


@pytest.mark.parametrize("score", ["reciprocity", "reliability", "responsiveness"])
def test_why_gives_the_stored_figures_again(as_malik, paul, score):
    live_together(paul)
    stored = scored(paul)
    explained = as_malik.get(why(paul, score)).context["explained"]
    assert explained.agrees
    assert getattr(stored, score) is not None
    for figure in explained.figures:
        assert figure.again == pytest.approx(getattr(stored, figure.name), rel=1e-12)


def test_why_tells_every_event_with_its_share(as_malik, paul):
    live_together(paul)
    scored(paul)
    explained = as_malik.get(why(paul, "reciprocity")).context["explained"]
    counted = Exchange.objects.filter(solidarity=False).count()
    assert len(explained.rows) == counted
    assert sum(row.share for row in explained.rows) == pytest.approx(1)
    assert explained.solidary == 1


def test_why_says_when_something_was_noted_since(as_malik, paul):
    live_together(paul)
    scored(paul)
    make.exchange(paul, "given", weight=5)
    assert not as_malik.get(why(paul, "reciprocity")).context["explained"].agrees


def test_why_opens_in_place(as_malik, paul):
    make.exchange(paul, summary="Prêt d’un poste à souder")
    part = as_malik.get(why(paul, "reciprocity"), headers=HTMX | {"HX-Target": "why_reciprocity"})
    assert "Prêt d’un poste à souder" in part.text
    assert "<h1" not in part.text


@pytest.mark.parametrize("score", ["trust", "given", "__class__"])
def test_there_is_no_why_for_an_unknown_score(as_malik, paul, score):
    assert as_malik.get(why(paul, score)).status_code == 404


def test_why_of_another_company_is_not_found(as_malik, victor):
    foreign = make.contact(victor.workspace, "Secrète Personne")
    assert as_malik.get(why(foreign, "reliability")).status_code == 404
    assert as_malik.get(panel_of(foreign)).status_code == 404


def test_with_too_little_evidence_no_number_is_shown(as_malik, paul):
    make.exchange(paul, on=paul.workspace.today() - timedelta(days=900))
    scored(paul)
    lines = as_malik.get(panel_of(paul)).context["lines"]
    assert [(line.known, line.figure) for line in lines] == [(False, "")] * 3


def test_a_score_is_a_sentence_a_picture_a_figure_and_its_evidence(as_malik, paul):
    live_together(paul)
    scored(paul)
    page = as_malik.get(panel_of(paul))
    for line in page.context["lines"]:
        assert line.known
        assert all((line.sentence, line.figure, line.between, line.evidence, line.described))
        assert line.figure in page.text


def test_a_relationship_is_kept_off_the_meter_and_counted_again(as_malik, malik, paul):
    for act, hidden in (("uncount", True), ("count", False)):
        target = HTMX | {"HX-Target": "contact_panel"}
        part = as_malik.post(reverse(f"exchanges:relationship_{act}", args=[paul.pk]), headers=target)
        assert ("why_reciprocity" not in part.text) is hidden
        assert (Relationship.objects.get(contact=paul).uncounted_by == malik) is hidden


def test_a_company_without_scores_hears_nothing_of_them(as_malik, paul):
    type(paul.workspace).objects.update(scores_on=False)
    page = as_malik.get(panel_of(paul))
    assert (page.context["lines"], page.context["notice"]) == ([], False)
    assert as_malik.get(why(paul, "reciprocity")).status_code == 404


def test_what_scores_are_is_said_until_someone_has_read_it(as_malik, paul):
    assert as_malik.get(panel_of(paul)).context["notice"]
    as_malik.post(reverse("exchanges:notice_close"))
    assert not as_malik.get(panel_of(paul)).context["notice"]


def test_the_next_gesture_is_mine_before_theirs_and_the_oldest_first(as_malik, paul):
    day = paul.workspace.today()
    make.commitment(paul, "them", due_on=day - timedelta(days=9), made_on=day - timedelta(days=20))
    make.commitment(paul, summary="sans date")
    first = make.commitment(paul, due_on=day + timedelta(days=2))
    assert as_malik.get(panel_of(paul)).context["gesture"] == first


def test_while_scores_are_computed_the_panel_looks_again_a_few_times(as_malik, paul):
    make.exchange(paul)
    looks = [as_malik.get(panel_of(paul), {"look": look}).context["next_look"] for look in ("", 1, 3, 4, "x", -2)]
    assert looks == [1, 2, 4, 0, 1, 1]
    scored(paul)
    assert as_malik.get(panel_of(paul)).context["next_look"] == 0


def test_looking_again_redraws_the_scores_and_hands_down_no_target(as_malik, paul):
    make.exchange(paul)
    part = as_malik.get(panel_of(paul), {"look": 1}, headers=HTMX | {"HX-Target": "standing"})
    assert part.text.lstrip().startswith('<div id="standing" class="panel">')
    assert "timeline_more" not in part.text


def test_what_came_before_is_fetched_in_place(as_malik, paul):
    for days in range(30):
        make.interaction(paul, on=make.days_ago(days, paul))
    after = as_malik.get(panel_of(paul)).context["timeline"].next
    part = as_malik.get(panel_of(paul), {"after": after}, headers=HTMX | {"HX-Target": "timeline_more"})
    assert len(part.context["events"]) == 18
    assert 'contact_panel" class' not in part.text


def test_a_reader_sees_the_panel_without_its_buttons(as_ines, paul):
    make.commitment(paul)
    page = as_ines.get(panel_of(paul))
    assert page.status_code == 200
    assert "commitments/" not in page.text


@pytest.mark.sweep
@pytest.mark.parametrize("lines", [1, 25, 100])
def test_the_panel_costs_the_same_whatever_is_noted(as_malik, paul, django_assert_max_num_queries, lines):
    zoe = make.contact(paul.workspace, "Zoé Le Goff")
    for _ in range(lines):
        promise = make.commitment(paul, due_on=paul.workspace.today())
        promise.postpone(paul.workspace.today(), by=make.owner_of(paul.workspace), on=paul.workspace.today())
        make.exchange(paul, partners=[zoe])
    with django_assert_max_num_queries(6):
        as_malik.get(panel_of(paul))


@pytest.mark.parametrize("lines", [1, 25, 100])
def test_the_page_of_a_contact_costs_ten_statements_at_most(as_malik, paul, django_assert_max_num_queries, lines):
    for _ in range(lines):
        make.exchange(paul)
        make.commitment(paul)
    with django_assert_max_num_queries(10):
        as_malik.get(paul.get_absolute_url())


SHOWS = ["exchanges", "interactions", "overdue", "mine", "theirs", "settled", "requests"]


def ledger(client, show, **more):
    return client.get(reverse("exchanges:ledger"), {"show": show} | more)


@pytest.mark.sweep
@pytest.mark.parametrize("lines", [1, 25, 100])
@pytest.mark.parametrize("show", SHOWS)
def test_each_view_of_the_ledger_costs_the_same(as_malik, paul, django_assert_max_num_queries, show, lines):
    for number in range(lines):
        club, need = make.network(paul.workspace, f"Club {number}"), make.need(paul.workspace, f"Besoin {number}")
        make.exchange(paul, both=True, network=club, need=need)
        make.interaction(paul, network=club)
        make.request(paul, network=club, need=need)
        for side in ("us", "them"):
            make.commitment(paul, side, due_on=make.days_ago(1, paul), made_on=make.days_ago(5, paul))
        make.commitment(paul).keep(by=make.owner_of(paul.workspace), on=paul.workspace.today())
    with django_assert_max_num_queries(6):
        page = ledger(as_malik, show)
    assert len(page.context["rows"]) == min(25, lines * 2 if show == "overdue" else lines)


def test_leafing_through_the_ledger_shows_every_line_once(as_malik, paul):
    for number in range(60):
        make.exchange(paul, on=make.days_ago(number // 7, paul))
    seen, cursor = [], ""
    while cursor is not None:
        page = ledger(as_malik, "exchanges", page=cursor).context
        seen += [told.event.pk for _contact, told in page["rows"]]
        cursor = page["page"].next
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize("show", SHOWS)
def test_the_ledger_leaves_out_others_and_the_bin(as_malik, malik, paul, victor, show):
    for contact in (paul, make.contact(victor.workspace, "Secrète Personne")):
        live_together(contact)
        make.commitment(contact, due_on=make.days_ago(1, contact), made_on=make.days_ago(5, contact))
    paul.bin(by=malik)
    assert ledger(as_malik, show).context["rows"] == []


def test_an_unknown_view_of_the_ledger_is_the_usual_one(as_malik):
    assert ledger(as_malik, "x' OR 1=1").context["show"] == "exchanges"


def test_the_mirror_reads_my_promises_and_answers(as_malik, claire, paul):
    day = paul.workspace.today()
    for number in range(4):
        make.commitment(paul, made_on=day - timedelta(days=9), due_on=day).keep(by=claire, on=day)
        make.reply(make.request(paul, "them", asked_on=day - timedelta(days=number)))
    late = make.commitment(paul, due_on=day - timedelta(days=3), made_on=day - timedelta(days=9))
    page = as_malik.get(reverse("exchanges:mirror"))
    kept, answered, given = page.context["lines"]
    assert (kept.known, answered.known, given.known) == (True, True, False)
    assert kept.marks == ["overdue", "kept", "kept", "kept", "kept"]
    assert [told.event.pk for _contact, told in page.context["promises"]] == [late.pk]


def test_the_mirror_explains_my_scores_line_by_line(as_malik, claire, paul):
    day = paul.workspace.today()
    make.commitment(paul, made_on=day - timedelta(days=9), due_on=day, summary="Le devis").keep(by=claire, on=day)
    make.reply(make.request(paul, "them", asked_on=day, summary="Un nom"))
    for score, word in (("reliability", "Le devis"), ("responsiveness", "Un nom")):
        page = as_malik.get(reverse(f"exchanges:mirror_{score}"))
        assert (page.context["explained"].agrees, len(page.context["explained"].rows)) == (True, 1)
        assert word in page.text
        assert paul.full_name in page.text


@pytest.mark.parametrize("score", ["reliability", "responsiveness"])
def test_the_mirror_explains_nothing_when_scores_are_off(as_malik, paul, score):
    type(paul.workspace).objects.update(scores_on=False)
    assert as_malik.get(reverse(f"exchanges:mirror_{score}")).status_code == 404


def test_explaining_the_mirror_costs_the_same_whatever_was_promised(as_malik, paul, django_assert_max_num_queries):
    for _ in range(30):
        make.commitment(paul, due_on=paul.workspace.today() - timedelta(days=9))
    with django_assert_max_num_queries(7):
        as_malik.get(reverse("exchanges:mirror_reliability"))


def test_the_mirror_is_silent_on_scores_when_they_are_off(as_malik, paul):
    make.commitment(paul)
    type(paul.workspace).objects.update(scores_on=False)
    page = as_malik.get(reverse("exchanges:mirror"))
    assert page.context["lines"] == []
    assert len(page.context["promises"]) == Commitment.objects.count() == 1


def test_the_mirror_adds_what_all_contacts_exchanged(as_malik, paul):
    zoe = make.contact(paul.workspace, "Zoé Le Goff")
    for _ in range(4):
        make.exchange(paul, "given")
        make.exchange(zoe, "received")
    scored(paul)
    given = as_malik.get(reverse("exchanges:mirror")).context["lines"][2]
    assert (given.known, given.value) == (True, pytest.approx(0))


@pytest.mark.parametrize("promises", [1, 25, 100])
def test_the_mirror_costs_the_same_whatever_was_promised(as_malik, paul, django_assert_max_num_queries, promises):
    for _ in range(promises):
        make.commitment(paul)
        make.request(paul, "them")
    with django_assert_max_num_queries(10):
        as_malik.get(reverse("exchanges:mirror"))
