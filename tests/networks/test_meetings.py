"""Meetings of our networks: their pages, their hours across the change of clocks, our presence in one tap."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networks.models import Meeting, Network
from tests import make
from workspaces.models import LogEntry


def at(name: str, pk: int) -> str:
    return reverse(f"networks:{name}", args=[pk])


@pytest.fixture
def club(workspace):
    return make.network(workspace)


def typed(workspace, **changes):
    sent = {"title": "Petit-déjeuner", "starts_at": "2026-12-03T08:00", "ends_at": "2026-12-03T10:00"}
    return {"desk": workspace.slug} | sent | changes


def created(client, club, **changes):
    return client.post(at("meeting_create", club.pk), typed(club.workspace, **changes))


def test_a_meeting_is_written_down_in_the_hours_of_the_company(as_malik, club):
    answer = created(as_malik, club, place="Nantes", travel_minutes="40")
    meeting = Meeting.objects.get()
    assert (answer.url, meeting.network, meeting.travel_minutes) == (club.get_absolute_url(), club, 40)
    assert meeting.starts_at == datetime(2026, 12, 3, 7, tzinfo=UTC)
    assert meeting.uid.endswith("@netcrm")
    assert LogEntry.objects.get(act="networks.meeting.added").subject == "Petit-déjeuner"


def test_an_hour_of_summer_is_one_of_summer(as_malik, club):
    created(as_malik, club, starts_at="2027-07-01T08:00", ends_at="")
    assert Meeting.objects.get().starts_at == datetime(2027, 7, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("starts_at", ""),
        ("starts_at", "demain"),
        ("starts_at", "2026-02-30T08:00"),
        ("starts_at", "2027-03-28T02:30"),
        ("starts_at", "2026-10-25T02:30"),
        ("starts_at", "0001-01-01T00:00"),
        ("starts_at", "9999-12-31T23:59"),
        ("ends_at", "2026-12-03T07:59"),
        ("ends_at", "2027-03-01T08:00"),
        ("travel_minutes", "-1"),
        ("travel_minutes", "1441"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_kept(as_malik, club, field, value):
    answer = created(as_malik, club, **{field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Meeting.objects.exists()


def test_it_may_last_no_time_at_all_and_has_no_end_by_itself(as_malik, club):
    assert created(as_malik, club, ends_at="2026-12-03T08:00").status_code == 302
    assert created(as_malik, club, ends_at="").status_code == 302


def test_a_night_on_which_the_clock_goes_back_lasts_an_hour_more(club):
    night = {"starts_at": datetime(2026, 10, 24, 20, tzinfo=UTC), "ends_at": datetime(2026, 10, 25, 2, tzinfo=UTC)}
    assert make.meeting(club, presence="present", **night).spent_minutes == 6 * 60


def test_whole_days_are_days_of_work_whatever_the_clock_does(as_malik, club):
    created(as_malik, club, starts_at="2026-10-24T11:00", ends_at="2026-10-26T16:00", all_day="on")
    meeting = Meeting.objects.get()
    assert meeting.starts_at == datetime(2026, 10, 23, 22, tzinfo=UTC)
    assert meeting.ends_at == datetime(2026, 10, 25, 23, tzinfo=UTC)
    meeting.presence = "present"
    assert meeting.spent_minutes == 3 * 420


def test_its_page_says_when_and_where_in_the_hours_of_the_company(as_ines, club):
    starts = datetime(2026, 12, 3, 7, tzinfo=UTC)
    meeting = make.meeting(club, starts_at=starts, ends_at=starts + timedelta(hours=2), place="Château بيت")
    page = as_ines.get(meeting.get_absolute_url()).text
    assert "de 8\u00a0h\u00a000 à 10\u00a0h\u00a000" in page
    assert "<bdi>Château بيت</bdi>" in page
    assert "presence" not in page.split("<main")[1].split("</main")[0]


def test_the_sheet_shows_the_next_ones_and_the_last_ones(as_ines, club):
    for days in (-20, -10, -5, -1, 3, 9, 30, 40):
        make.meeting(club, f"J{days:+}", in_days=days)
    make.meeting(club, "Annulée", in_days=2, cancelled=True)
    page = as_ines.get(club.get_absolute_url())
    assert [one.title for one in page.context["coming_meetings"]] == ["J+3", "J+9", "J+30"]
    assert [one.title for one in page.context["past_meetings"]] == ["J-1", "J-5", "J-10"]


@pytest.mark.parametrize("name", ["meeting_list", "network_meetings", "network_detail", "time_list"])
@pytest.mark.parametrize("rows", [1, 25, 100])
def test_a_longer_list_asks_no_more(as_ines, club, name, rows, django_assert_max_num_queries):
    for number in range(rows):
        make.meeting(club, f"Réunion {number}", in_days=number % 50 + 1)
        make.time_spent(club)
    address = reverse("networks:meeting_list") if name == "meeting_list" else at(name, club.pk)
    as_ines.get(address)
    with django_assert_max_num_queries(30 if name == "network_detail" else 8):
        as_ines.get(address)


def test_the_coming_ones_of_all_networks_for_sixty_days(as_ines, workspace, club, victor):
    make.meeting(make.network(workspace, "Autre"), "Proche", in_days=3)
    make.meeting(club, "Loin", in_days=61)
    make.meeting(club, "Hier", in_days=-1)
    make.meeting(make.network(victor.workspace), "Ailleurs", in_days=3)
    page = as_ines.get(reverse("networks:meeting_list"))
    assert [one.title for one in page.context["page"].rows] == ["Proche"]


def test_the_past_ones_of_which_nobody_said_whether_we_were_there(as_malik, club):
    make.meeting(club, "Notée", in_days=-2, presence="absent")
    make.meeting(club, "Annulée", in_days=-2, cancelled=True)
    forgotten = make.meeting(club, "Oubliée", in_days=-3)
    address = f"{reverse('networks:meeting_list')}?show=unnoted"
    assert [one.title for one in as_malik.get(address).context["page"].rows] == ["Oubliée"]
    answer = as_malik.post(at("meeting_presence", forgotten.pk), {"presence": "present", "then": "unnoted"})
    assert answer.url == address
    assert as_malik.get(address).context["page"].rows == []


def test_our_presence_takes_one_tap_and_a_second_takes_it_back(as_malik, club):
    meeting = make.meeting(club, in_days=-1)
    for presence in ("late", "late", ""):
        as_malik.post(at("meeting_presence", meeting.pk), {"presence": presence})
        assert Meeting.objects.get().presence == presence
    assert LogEntry.objects.filter(act="networks.meeting.attended").count() == 2


def test_an_unknown_presence_changes_nothing(as_malik, club):
    meeting = make.meeting(club, in_days=-1, presence="late")
    assert as_malik.post(at("meeting_presence", meeting.pk), {"presence": "perhaps"}).status_code == 302
    assert Meeting.objects.get().presence == "late"


@pytest.mark.parametrize(("presence", "kept"), [("present", ""), ("late", ""), ("excused", "excused")])
def test_nobody_was_at_a_meeting_to_come_but_one_may_be_excused(as_malik, club, presence, kept):
    meeting = make.meeting(club, in_days=1)
    page = as_malik.post(at("meeting_presence", meeting.pk), {"presence": presence}, follow=True)
    assert Meeting.objects.get().presence == kept
    assert ("n’a pas encore commencé" in page.text) == (kept == "")


def test_a_cancelled_meeting_takes_no_time_and_can_be_put_back(as_malik, club):
    meeting = make.meeting(club, in_days=-1, presence="present")
    assert meeting.spent_minutes == 120
    as_malik.post(at("meeting_cancel", meeting.pk))
    assert Meeting.objects.get().spent_minutes == 0
    told = as_malik.post(at("meeting_cancel", meeting.pk), follow=True)
    assert "Cette réunion est annulée" in told.text
    as_malik.post(at("meeting_resume", meeting.pk))
    assert not Meeting.objects.get().cancelled
    assert "a bien lieu" in as_malik.post(at("meeting_resume", meeting.pk), follow=True).text


def test_presence_at_a_cancelled_meeting_is_refused_and_told(as_malik, club):
    meeting = make.meeting(club, in_days=-1, cancelled=True)
    page = as_malik.post(at("meeting_presence", meeting.pk), {"presence": "present"}, follow=True)
    assert Meeting.objects.get().presence == ""
    assert "annulée" in page.text


def test_a_lost_update_shows_both_hours(as_malik, club, workspace):
    meeting = make.meeting(club)
    Meeting.objects.update(version=2, starts_at=datetime(2026, 12, 3, 8, tzinfo=UTC), ends_at=None, title="Midi")
    answer = as_malik.post(at("meeting_edit", meeting.pk), typed(workspace, version="1", ends_at=""))
    told = {one.label: (one.mine, one.theirs) for one in answer.context["differences"]}
    assert answer.status_code == 409
    assert told["Titre"] == ("Petit-déjeuner", "Midi")
    assert ("3\u00a0déc. 08:00", "3\u00a0déc. 09:00") in told.values()


def test_a_meeting_is_deleted_after_a_question(as_malik, club):
    meeting = make.meeting(club)
    assert str(meeting) in as_malik.get(at("meeting_delete", meeting.pk)).text
    assert as_malik.post(at("meeting_delete", meeting.pk)).url == club.get_absolute_url()
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("name", ["meeting_cancel", "meeting_presence", "meeting_delete"])
def test_what_changes_time_makes_the_figures_of_the_network_stale(as_malik, club, name):
    meeting = make.meeting(club, in_days=-1)
    Network.objects.update(stale_since=None)
    as_malik.post(at(name, meeting.pk), {"presence": "present"})
    assert Network.objects.get().stale_since is not None


def test_the_list_of_networks_leads_to_the_meetings(as_ines):
    assert reverse("networks:meeting_list") in as_ines.get(reverse("networks:network_list")).text


def test_a_reader_is_shown_no_button(as_ines, club):
    meeting = make.meeting(club, in_days=-1)
    for address in (meeting.get_absolute_url(), f"{reverse('networks:meeting_list')}?show=unnoted"):
        assert "/presence/" not in as_ines.get(address).text
    assert as_ines.post(at("meeting_presence", meeting.pk), {"presence": "present"}).status_code == 403


def test_the_next_meeting_of_a_network_comes_first_and_the_past_apart(as_ines, club):
    address = at("network_meetings", club.pk)
    make.meeting(club, "Hier", in_days=-1)
    assert [one.title for one in as_ines.get(address).context["page"].rows] == ["Hier"]
    for days in (9, 2, -5):
        make.meeting(club, f"J{days:+}", in_days=days)
    seen = {show: as_ines.get(address, {"show": show}).context["page"].rows for show in ("", "coming", "past", "moon")}
    titles = {show: [one.title for one in rows] for show, rows in seen.items()}
    assert titles == {key: ["J+2", "J+9"] for key in ("", "coming", "moon")} | {"past": ["Hier", "J-5"]}


def test_leafing_through_many_meetings(as_ines, club):
    now = timezone.now()
    for number in range(30):
        make.meeting(club, f"R{number:02}", starts_at=now - timedelta(days=number), ends_at=None)
    first = as_ines.get(at("network_meetings", club.pk)).context["page"]
    second = as_ines.get(at("network_meetings", club.pk), {"page": first.next}).context["page"]
    assert [one.title for one in second.rows] == [f"R{number:02}" for number in range(25, 30)]
