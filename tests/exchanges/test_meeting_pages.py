"""Before a meeting its aide-mémoire; after it one screen: what was said, who was there, what passed or is promised."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Attendance, Contact, Relationship
from exchanges.forms.minutes import ROWS_MAX
from exchanges.minutes import outcome
from exchanges.models import Commitment, Exchange, Interaction
from networks.models import Meeting, Network
from tests import make
from workspaces.models import LogEntry, Workspace


@pytest.fixture
def club(workspace):
    return make.network(workspace)


@pytest.fixture
def meeting(club):
    return make.meeting(club, in_days=-2)


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand", firm="Durand Thermolaquage")


@pytest.fixture
def lucie(workspace):
    return make.contact(workspace, "Lucie Martin")


def brief_of(client, meeting):
    return client.get(reverse("exchanges:meeting_brief", args=[meeting.pk]))


def test_the_brief_says_who_comes_the_codes_and_what_is_open(as_ines, club, paul, workspace):
    meeting = make.meeting(club, in_days=1)
    make.attendance(meeting, paul, "")
    make.rule(club, "On se tutoie", mandatory=False)
    make.rule(club, "Une absence se prévient")
    late, soon = workspace.today() - timedelta(days=4), workspace.today() + timedelta(days=4)
    make.commitment(paul, summary="Les cotes", due_on=soon)
    make.commitment(paul, summary="Le devis", due_on=late, made_on=late)
    make.commitment(paul, "them", summary="Un nom de notaire")
    make.request(paul, "them", summary="Un soudeur")
    make.exchange(paul, summary="Prêt d’une nacelle")
    found = brief_of(as_ines, meeting).context["brief"]
    assert [one.summary for one in found.mine] == ["Le devis", "Les cotes"]
    assert [rule.text for rule in found.rules] == ["Une absence se prévient", "On se tutoie"]
    page = brief_of(as_ines, meeting).text
    for words in ("Durand Thermolaquage", "en retard de 4 jours", "notaire", "Un soudeur", "nacelle", "aujourd’hui"):
        assert words in page


def leaning(contact, label, **changes):
    told = {"balance_label": label, "balance_firmness": "clear", "balance": -0.5} | changes
    Relationship.objects.filter(contact=contact).update(**told)


def test_the_brief_says_what_one_could_give(as_ines, meeting, paul, lucie, workspace):
    nina, kept_out = make.contact(workspace, "Nina Costa"), make.contact(workspace, "Igor Blanc")
    for one in (paul, lucie, nina, kept_out):
        make.attendance(meeting, one, "")
    leaning(paul, "to_give", balance=-0.4)
    leaning(lucie, "to_give", balance=-0.8)
    leaning(nina, "owed", balance=0.8)
    leaning(kept_out, "to_give", uncounted_at=timezone.now())
    asked = [make.request(nina, "them", summary="Un soudeur"), make.request(paul, summary="Un bail")]
    found = brief_of(as_ines, meeting).context["brief"]
    assert (found.to_return, found.asked_of_us, found.we_asked) == ([lucie, paul], asked[:1], asked[1:])
    assert "Ce que vous pourriez donner" in brief_of(as_ines, meeting).text
    Workspace.objects.update(scores_on=False)
    assert brief_of(as_ines, meeting).context["brief"].to_return == []


def test_without_a_list_those_who_belong_to_the_network_are_shown(as_ines, club, meeting, paul, lucie, workspace):
    make.affiliation(paul, club)
    make.affiliation(lucie, club, until=make.days_ago(1, lucie))
    found = brief_of(as_ines, meeting).context["brief"]
    assert (found.people, found.expected) == ([paul], False)
    make.attendance(meeting, lucie, "")
    assert brief_of(as_ines, meeting).context["brief"].people == [lucie]


def test_who_excused_themselves_or_lies_in_the_bin_is_not_met(as_ines, meeting, paul, lucie, malik):
    make.attendance(meeting, paul, "excused")
    make.attendance(meeting, lucie, "")
    make.commitment(lucie, summary="Le plan")
    lucie.bin(by=malik)
    found = brief_of(as_ines, meeting).context["brief"]
    assert (found.people, found.mine) == ([], [])


@pytest.mark.parametrize("rows", [1, 25, 100])
def test_a_longer_list_asks_no_more(as_ines, meeting, workspace, rows, django_assert_max_num_queries):
    for number in range(rows):
        one = make.contact(workspace, f"Membre {number}")
        make.attendance(meeting, one, "")
        if number < 30:
            make.commitment(one)
            make.exchange(one)
            make.request(one)
    with django_assert_max_num_queries(14):
        assert len(brief_of(as_ines, meeting).context["brief"].people) == min(rows, 60)


def at(meeting) -> str:
    return reverse("exchanges:meeting_minutes", args=[meeting.pk])


def sent(meeting, *rows: dict, **changes):
    body = {"version": meeting.version, "nonce": uuid.uuid4(), "presence": "present", "text": "Tour de table"}
    body |= {"rows-TOTAL_FORMS": 5, "rows-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        first = {"direction": "given", "promised_by": "us"}
        body |= {f"rows-{number}-{name}": value for name, value in (first | row).items()}
    return body | changes


def person(contact, **row):
    return {"contact": contact.pk, "contact_name": contact.full_name} | row


def test_one_screen_keeps_all_of_a_meeting(as_malik, malik, meeting, club, paul, lucie, workspace):
    make.affiliation(lucie, club)
    rows = person(paul, kind="lead", summary="Un portail", promise="Envoyer les cotes", due_on="2999-01-01"[:0])
    told = {"got-contact": lucie.pk, "got-contact_name": "Lucie Martin", "got-kind": "information"}
    answer = as_malik.post(at(meeting), sent(meeting, rows, **told, present=[lucie.pk], **{"got-summary": "Un nom"}))
    assert answer.url == meeting.get_absolute_url()
    stored = Meeting.objects.get()
    assert (stored.presence, stored.minutes) == ("present", "Tour de table")
    lines = {(one.contact, one.direction, one.kind, one.summary) for one in Exchange.objects.all()}
    assert lines == {(paul, "given", "lead", "Un portail"), (lucie, "received", "information", "Un nom")}
    assert {(one.network, one.on) for one in Exchange.objects.all()} == {(club, meeting.on)}
    promise = Commitment.objects.get()
    assert (promise.contact, promise.promised_by, promise.made_on) == (paul, "us", meeting.on)
    assert set(Attendance.objects.values_list("contact", "presence")) == {(paul.pk, "present"), (lucie.pk, "present")}


def test_the_page_of_the_meeting_says_what_came_of_it(as_malik, meeting, club, paul, lucie):
    make.exchange(lucie, network=club, on=meeting.on, summary="Noté ailleurs")
    as_malik.post(at(meeting), sent(meeting, person(paul, kind="lead", summary="Un portail", promise="Les cotes")))
    page = as_malik.get(meeting.get_absolute_url()).text
    assert ("Un portail" in page, "Les cotes" in page, "Noté ailleurs" in page) == (True, True, False)
    paul.bin(by=make.owner_of(paul.workspace))
    assert "Un portail" not in as_malik.get(meeting.get_absolute_url()).text
    Contact.objects.update(deleted_at=None)
    assert "Un portail" in as_malik.get(meeting.get_absolute_url()).text
    Network.objects.filter(pk=club.pk).update(sensitive="religion")
    assert "Un portail" not in as_malik.get(meeting.get_absolute_url()).text


def test_all_that_one_screen_may_write_is_found_again(as_malik, meeting):
    rows = [
        {"contact_name": f"Personne {number}", "kind": "lead", "summary": "Un portail", "promise": "Les cotes"}
        for number in range(ROWS_MAX)
    ]
    as_malik.post(at(meeting), sent(meeting, *rows, **{"rows-TOTAL_FORMS": ROWS_MAX}))
    assert len(outcome(meeting)) == 2 * ROWS_MAX


def test_whoever_was_there_was_met_on_that_day(as_malik, meeting, club, paul, lucie):
    as_malik.post(at(meeting), sent(meeting, person(paul, promise="Le devis")))
    line = Interaction.objects.get()
    assert (line.contact, line.kind, line.on, line.network) == (paul, "meeting", meeting.on, club)
    paul.relationship.refresh_from_db()
    assert paul.relationship.last_contact_on == meeting.on


def test_noted_again_later_nobody_is_met_twice(as_malik, meeting, paul):
    for _ in range(2):
        meeting.refresh_from_db()
        make.attendance(meeting, paul) if not Attendance.objects.exists() else None
        as_malik.post(at(meeting), sent(meeting, present=[paul.pk]))
    assert Interaction.objects.count() == 1


def test_whoever_was_not_there_after_all_was_not_met(as_malik, meeting, paul, lucie):
    make.attendance(meeting, lucie, "excused")
    as_malik.post(at(meeting), sent(meeting, person(paul, promise="Le devis")))
    meeting.refresh_from_db()
    as_malik.post(at(meeting), sent(meeting))
    assert not Interaction.objects.exists()
    assert dict(Attendance.objects.values_list("contact", "presence")) == {paul.pk: "", lucie.pk: "excused"}
    paul.relationship.refresh_from_db()
    assert paul.relationship.last_contact_on is None


def test_sent_twice_is_once(as_malik, meeting, paul):
    body = sent(meeting, person(paul, kind="help", promise="Le devis"))
    for _ in range(2):
        answer = as_malik.post(at(meeting), body, follow=True)
    assert (Exchange.objects.count(), Commitment.objects.count(), Interaction.objects.count()) == (1, 1, 1)
    assert "déjà noté" in answer.text
    assert LogEntry.objects.filter(act="networks.meeting.noted").count() == 1


def test_someone_unknown_joins_the_contacts_once(as_malik, meeting):
    unknown = {"contact_name": "سمير الخطيب"}
    as_malik.post(at(meeting), sent(meeting, unknown | {"kind": "help"}, unknown | {"promise": "Le devis"}))
    assert Contact.objects.count() == 1
    assert (Exchange.objects.get().contact, Commitment.objects.get().contact) == (Contact.objects.get(),) * 2


@pytest.mark.parametrize(
    ("field", "row"),
    [
        ("contact_name", {"kind": "help"}),
        ("kind", {"contact_name": "Paul Durand", "summary": "Un nom"}),
        ("kind", {"contact_name": "Paul Durand", "kind": "miracle"}),
        ("summary", {"contact_name": "Paul Durand"}),
        ("summary", {"contact_name": "Paul Durand", "summary": "x" * 501, "kind": "help"}),
        ("promise", {"contact_name": "Paul Durand", "due_on": "2999-01-01"}),
        ("due_on", {"contact_name": "Paul Durand", "promise": "Le devis", "due_on": "2999-01-01"}),
        ("due_on", {"contact_name": "Paul Durand", "promise": "Le devis", "due_on": "2001-01-01"}),
        ("due_on", {"contact_name": "Paul Durand", "promise": "Le devis", "due_on": "demain"}),
        ("direction", {"contact_name": "Paul Durand", "kind": "help", "direction": "sideways"}),
        ("contact_name", {"contact_name": "x" * 241, "kind": "help"}),
    ],
)
def test_an_error_is_told_at_its_row_and_nothing_is_written(as_malik, meeting, paul, lucie, field, row):
    good = person(lucie, kind="help", summary="Bien noté")
    answer = as_malik.post(at(meeting), sent(meeting, good, row, text="Ce que j’ai tapé"))
    errors = [list(form.errors) for form in answer.context["screen"].rows]
    assert (answer.status_code, errors[:2]) == (422, [[], [field]])
    assert "Ce que j’ai tapé" in answer.text
    assert "Bien noté" in answer.text
    assert not any(kind.objects.exists() for kind in (Exchange, Interaction, Attendance))
    assert Meeting.objects.get().minutes == ""


def test_what_was_received_needs_someone_and_a_kind(as_malik, meeting):
    answer = as_malik.post(at(meeting), sent(meeting, **{"got-summary": "Un nom"}))
    assert (answer.status_code, set(answer.context["screen"].got.errors)) == (422, {"contact_name", "kind"})


def test_if_one_line_fails_all_is_as_before(as_malik, meeting, paul, monkeypatch):
    def broken(**_fields):
        raise RuntimeError

    monkeypatch.setattr(Commitment, "record", broken)
    with pytest.raises(RuntimeError):
        as_malik.post(at(meeting), sent(meeting, person(paul, kind="help", promise="Le devis")))
    assert not any(kind.objects.exists() for kind in (Exchange, Interaction, Attendance))
    assert Meeting.objects.get().version == 1


def test_a_lost_update_shows_their_words_and_keeps_mine(as_malik, meeting):
    body = sent(meeting, text="Mes mots")
    Meeting.objects.update(minutes="Leurs mots", version=2)
    answer = as_malik.post(at(meeting), body)
    assert answer.status_code == 409
    assert "Leurs mots" in answer.text
    assert as_malik.post(at(meeting), body | {"version": 2}).status_code == 302
    assert Meeting.objects.get().minutes == "Mes mots"


@pytest.mark.parametrize("place", ["row", "got", "present"])
def test_another_company_s_contact_is_nobody_here(as_malik, meeting, victor, place):
    other = make.contact(victor.workspace, "Zoé Blanc")
    row = person(other, kind="help")
    got = {f"got-{name}": value for name, value in row.items()}
    body = {"row": sent(meeting, row), "got": sent(meeting, **got), "present": sent(meeting, present=[other.pk])}
    assert as_malik.post(at(meeting), body[place]).status_code == 422
    assert not any(kind.objects.exists() for kind in (Exchange, Interaction, Attendance))


@pytest.mark.parametrize("pk", ["9" * 30, "²", "x"])
def test_a_number_that_is_no_contact_is_refused_at_its_field(as_malik, meeting, pk):
    answer = as_malik.post(at(meeting), sent(meeting, present=[pk]))
    assert (answer.status_code, list(answer.context["screen"].form.errors)) == (422, ["present"])
    assert not Attendance.objects.exists()


def test_where_it_reveals_a_belief_what_passed_is_kept_without_its_name(as_malik, workspace, paul):
    meeting = make.meeting(make.network(workspace, "Cercle", sensitive="syndicat"), in_days=-1)
    make.affiliation(paul, meeting.network, reason="Il préside")
    assert "Paul Durand" not in as_malik.get(at(meeting)).text
    assert as_malik.post(at(meeting), sent(meeting, person(paul, kind="help"), present=[paul.pk])).status_code == 302
    assert Exchange.objects.get().network is None
    assert not (Interaction.objects.exists() | Attendance.objects.exists())
    assert brief_of(as_malik, meeting).context["brief"].people == []


@pytest.mark.parametrize(("days", "cancelled", "words"), [(1, False, "pas encore commencé"), (-1, True, "annulée")])
def test_nothing_came_yet_of_a_meeting_to_come_nor_of_a_cancelled_one(as_malik, club, days, cancelled, words):
    meeting = make.meeting(club, in_days=days, cancelled=cancelled)
    for answer in (as_malik.get(at(meeting), follow=True), as_malik.post(at(meeting), sent(meeting), follow=True)):
        assert words in answer.text
    assert Meeting.objects.get().minutes == ""


def test_too_many_rows_or_none_at_all_are_refused(as_malik, meeting):
    assert as_malik.post(at(meeting), sent(meeting, **{"rows-TOTAL_FORMS": 5000})).status_code == 422
    assert as_malik.post(at(meeting), sent(meeting, **{"rows-TOTAL_FORMS": "x"})).status_code == 422
    assert as_malik.post(at(meeting), sent(meeting, nonce="x")).status_code == 422


def test_five_blank_rows_wait_and_one_is_open(as_malik, meeting, paul):
    make.attendance(meeting, paul)
    page = as_malik.get(at(meeting))
    assert len(page.context["screen"].rows.forms) == 5
    assert "<bdi>Paul Durand</bdi>" in page.text
    assert 'data-key="rows-0-contact"' in page.text
