"""Contacts at a meeting: expected, marked in one tap, taken off; never one from the bin, nor a belief by accident."""

import pytest
from django.urls import reverse

from contacts.models import Attendance, Contact
from tests import make
from workspaces.models import LogEntry


def at(name: str, pk: int) -> str:
    return reverse(f"contacts:{name}", args=[pk])


@pytest.fixture
def club(workspace):
    return make.network(workspace)


@pytest.fixture
def meeting(club):
    return make.meeting(club, in_days=-1)


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand", firm="Durand")


def test_somebody_expected_is_picked_or_named(as_malik, meeting, paul, workspace):
    make.contact(workspace, "سمير الخطيب")
    for sent in ({"contact": paul.pk, "contact_name": "Paul Durand"}, {"contact_name": " سمير الخطيب "}):
        assert as_malik.post(at("attendance_create", meeting.pk), sent).url == meeting.get_absolute_url()
    assert Attendance.objects.count() == 2
    assert "<bdi>سمير الخطيب</bdi>" in as_malik.get(meeting.get_absolute_url()).text


def test_twice_is_once(as_malik, meeting, paul):
    for _ in range(2):
        as_malik.post(at("attendance_create", meeting.pk), {"contact": paul.pk, "contact_name": "Paul Durand"})
    assert (Attendance.objects.count(), LogEntry.objects.filter(act="contacts.attendance.expected").count()) == (1, 1)


@pytest.mark.parametrize("name", ["", "Yann Tanguy", "Lucie Martin", "\x00"])
def test_nobody_is_created_and_the_reason_is_told(as_malik, meeting, workspace, name):
    make.contact(workspace, "Lucie Martin")
    make.contact(workspace, "Lucie Martin")
    answer = as_malik.post(at("attendance_create", meeting.pk), {"contact_name": name})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["contact_name"])
    assert (Attendance.objects.count(), Contact.objects.count()) == (0, 2)


def test_a_name_typed_over_the_picked_one_counts(as_malik, meeting, paul, workspace):
    lucie = make.contact(workspace, "Lucie Martin")
    as_malik.post(at("attendance_create", meeting.pk), {"contact": paul.pk, "contact_name": "Lucie Martin"})
    assert Attendance.objects.get().contact == lucie


def test_another_company_s_contact_is_nobody(as_malik, meeting, victor):
    other = make.contact(victor.workspace, "Zoé Blanc")
    answer = as_malik.post(at("attendance_create", meeting.pk), {"contact": other.pk, "contact_name": "Zoé Blanc"})
    assert (answer.status_code, Attendance.objects.exists()) == (422, False)


def test_the_list_that_proposes_offers_to_create_nobody(as_malik):
    options = reverse("contacts:contact_options")
    assert "data-value" in as_malik.get(options, {"q": "Inconnu"}).text
    assert "data-value" not in as_malik.get(options, {"q": "Inconnu", "known": "1"}).text


def test_all_who_belong_to_the_network_in_one_click(as_malik, meeting, club, paul, workspace):
    gone, binned = make.contact(workspace, "Ancien Membre"), make.contact(workspace, "Jeté Membre")
    make.affiliation(paul, club)
    make.affiliation(gone, club, until=make.days_ago(1, gone))
    make.affiliation(binned, club)
    Contact.objects.filter(pk=binned.pk).update(deleted_at="2026-01-01T00:00Z")
    for _ in range(2):
        as_malik.post(at("attendance_fill", meeting.pk))
    assert [one.contact for one in Attendance.objects.all()] == [paul]


@pytest.mark.parametrize("presence", ["present", "late", "excused", "replaced", "absent"])
def test_a_presence_is_marked_in_one_tap_in_its_place(as_malik, meeting, paul, presence):
    attendance = make.attendance(meeting, paul, "")
    headers = {"HX-Request": "true", "HX-Target": "meeting_people"}
    answer = as_malik.post(at("attendance_mark", attendance.pk), {"presence": presence}, headers=headers)
    assert 'aria-pressed="true"' in answer.text
    assert "<html" not in answer.text
    assert Attendance.objects.get().presence == presence


def test_nobody_was_there_before_it_began_but_one_may_be_excused(as_malik, club, paul):
    attendance = make.attendance(make.meeting(club, in_days=1), paul, "")
    told = as_malik.post(at("attendance_mark", attendance.pk), {"presence": "present"}, follow=True)
    assert "n’a pas encore commencé" in told.text
    as_malik.post(at("attendance_mark", attendance.pk), {"presence": "excused"})
    assert Attendance.objects.get().presence == "excused"


def test_an_unknown_presence_changes_nothing(as_malik, meeting, paul):
    attendance = make.attendance(meeting, paul, "late")
    as_malik.post(at("attendance_mark", attendance.pk), {"presence": "perhaps"})
    assert Attendance.objects.get().presence == "late"


def test_somebody_is_taken_off_the_list(as_malik, meeting, paul):
    attendance = make.attendance(meeting, paul)
    as_malik.post(at("attendance_delete", attendance.pk))
    assert not Attendance.objects.exists()
    assert as_malik.post(at("attendance_delete", attendance.pk)).status_code == 404


def test_those_in_the_bin_never_show(as_malik, meeting, paul, malik):
    attendance = make.attendance(meeting, paul)
    paul.bin(by=malik)
    assert "Paul Durand" not in as_malik.get(meeting.get_absolute_url()).text
    assert as_malik.post(at("attendance_mark", attendance.pk), {"presence": "absent"}).status_code == 404
    sent = {"contact": paul.pk, "contact_name": "Paul Durand"}
    assert as_malik.post(at("attendance_create", meeting.pk), sent).status_code == 422


@pytest.mark.parametrize("told", [{"sensitive": "syndicat"}, {"type": "ideological"}])
def test_where_it_reveals_a_belief_nobody_is_named(as_malik, workspace, paul, told):
    union = make.network(workspace, "Cercle", **told)
    make.affiliation(paul, union, reason="Il préside")
    meeting, sent = make.meeting(union), {"contact": paul.pk, "contact_name": "Paul Durand"}
    assert as_malik.post(at("attendance_create", meeting.pk), sent).status_code == 422
    as_malik.post(at("attendance_fill", meeting.pk))
    assert not Attendance.objects.exists()
    make.attendance(meeting, paul)  # from before the network was known to be one
    page = as_malik.get(meeting.get_absolute_url()).text
    assert ("personne n’est noté" in page, "Paul Durand" in page) == (True, False)


@pytest.mark.parametrize("rows", [1, 25, 100])
def test_a_longer_list_of_people_asks_no_more(as_ines, meeting, workspace, rows, django_assert_max_num_queries):
    for number in range(rows):
        make.attendance(meeting, make.contact(workspace, f"Membre {number}"))
    with django_assert_max_num_queries(8):
        as_ines.get(meeting.get_absolute_url())


def test_a_reader_sees_who_came_and_presses_nothing(as_ines, meeting, paul):
    make.attendance(meeting, paul, "late")
    page = as_ines.get(meeting.get_absolute_url()).text
    assert "En retard" in page
    assert "/mark/" not in page
