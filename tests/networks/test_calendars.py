"""Calendar files in and out: what is read of them, what is refused, and that the same file twice doubles nothing."""

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar

from networks.calendars.reading import EVENTS_MAX
from networks.models import Meeting
from tests import make

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)  # a Tuesday


@pytest.fixture
def club(workspace):
    return make.network(workspace)


@pytest.fixture(autouse=True)
def the_clock(time_machine, as_malik, as_ines, club):
    time_machine.move_to(NOW)


def event(*lines: str, uid: str = "1@club", start: str = "DTSTART:20260401T070000Z") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", start, *lines, "END:VEVENT"])


def calendar(*events: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR", ""]).encode()


def brought(client, club, data: bytes, name: str = "club.ics"):
    sent = {"calendar": SimpleUploadedFile(name, data, "text/calendar")}
    return client.post(reverse("networks:meeting_import", args=[club.pk]), sent)


def counts(answer) -> tuple[int, int, int, int]:
    report = answer.context["report"]
    return report.created, report.updated, report.unchanged, report.cancelled


def left(answer) -> dict[str, int]:
    return {reason: number for reason, number, _titles in answer.context["report"].left}


def starts() -> list[str]:
    return [f"{one.starts_at:%m-%d %H:%M}" for one in Meeting.objects.order_by("starts_at")]


def test_an_event_becomes_a_meeting(as_malik, club):
    lines = ("DTEND:20260401T090000Z", "SUMMARY:Petit-déjeuner\\, n° 3", "LOCATION:Salle du Cours", "X-ODD:y")
    assert counts(brought(as_malik, club, calendar(event(*lines)))) == (1, 0, 0, 0)
    meeting = Meeting.objects.get()
    assert (meeting.title, meeting.place) == ("Petit-déjeuner, n° 3", "Salle du Cours")
    assert (meeting.uid, meeting.lasted_minutes) == ("1@club", 120)


@pytest.mark.parametrize(
    ("line", "hour"),
    [
        ("DTSTART:20260701T070000Z", 7),
        ("DTSTART:20260701T090000", 7),
        ("DTSTART;TZID=Europe/Paris:20260701T090000", 7),
        ("DTSTART;TZID=Europe/London:20260701T080000", 7),
        ("DTSTART;TZID=Romance Standard Time:20260701T090000", 7),
        ("DTSTART;TZID=America/New_York:20260701T030000", 7),
        ("DTSTART;TZID=Europe/Paris:20260329T023000", 1),  # an hour that the clock skips
    ],
)
def test_universal_local_and_floating_times(as_malik, club, line, hour):
    brought(as_malik, club, calendar(event(start=line)))
    assert Meeting.objects.get().starts_at.astimezone(UTC).hour == hour


def test_a_zone_that_nobody_knows_is_read_as_ours_and_told(as_malik, club):
    answer = brought(as_malik, club, calendar(event(start="DTSTART;TZID=Mars/Olympus:20260701T090000")))
    assert answer.context["report"].zones == ["Mars/Olympus"]
    assert Meeting.objects.get().starts_at == datetime(2026, 7, 1, 7, tzinfo=UTC)


def test_what_a_file_says_of_zones_is_not_listened_to(as_malik, club):
    odd = "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\n"
    odd += "TZOFFSETTO:+0900\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    brought(as_malik, club, calendar(odd, event(start="DTSTART;TZID=Europe/Paris:20260701T090000")))
    assert Meeting.objects.get().starts_at == datetime(2026, 7, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(("end", "days"), [("", 1), ("DTEND;VALUE=DATE:20260330", 2), ("DURATION:P1D", 1)])
def test_whole_days(as_malik, club, end, days):
    lines = [end] if end else []
    brought(as_malik, club, calendar(event(*lines, start="DTSTART;VALUE=DATE:20260328")))
    meeting = Meeting.objects.get()
    assert (meeting.all_day, meeting.lasted_minutes) == (True, days * 420)
    assert meeting.starts_at == datetime(2026, 3, 27, 23, tzinfo=UTC)


def test_a_weekly_meeting_keeps_its_hour_when_the_clock_changes(as_malik, club):
    rule = "RRULE:FREQ=WEEKLY;COUNT=4"
    brought(as_malik, club, calendar(event(rule, start="DTSTART;TZID=Europe/Paris:20260319T080000")))
    assert starts() == ["03-19 07:00", "03-26 07:00", "04-02 06:00", "04-09 06:00"]


def test_a_recurrence_without_end_is_cut_at_twelve_months_and_told(as_malik, club):
    lines = ("SUMMARY:Club", "RRULE:FREQ=WEEKLY")
    answer = brought(as_malik, club, calendar(event(*lines, start="DTSTART:20200107T070000Z")))
    assert counts(answer) == (53, 0, 0, 0)
    assert answer.context["report"].endless == ["Club"]
    assert (starts()[0], Meeting.objects.latest("starts_at").starts_at.date().isoformat()) == (
        "03-10 07:00",
        "2027-03-09",
    )


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("FREQ=WEEKLY;UNTIL=20260415T065959Z", ["04-01 07:00", "04-08 07:00"]),
        ("FREQ=WEEKLY;UNTIL=20260415T070000Z", ["04-01 07:00", "04-08 07:00", "04-15 07:00"]),
        ("FREQ=WEEKLY;UNTIL=20260408", ["04-01 07:00", "04-08 07:00"]),
        ("FREQ=MONTHLY;BYDAY=1WE;COUNT=2", ["04-01 07:00", "05-06 07:00"]),
    ],
)
def test_a_recurrence_ends_when_it_says(as_malik, club, rule, found):
    answer = brought(as_malik, club, calendar(event(f"RRULE:{rule}")))
    assert (starts(), answer.context["report"].endless) == (found, [])


def test_days_added_and_days_taken_out(as_malik, club):
    lines = ("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260408T070000Z", "RDATE:20260410T070000Z")
    answer = brought(as_malik, club, calendar(event(*lines)))
    assert starts() == ["04-01 07:00", "04-10 07:00", "04-15 07:00"]
    assert sum(left(answer).values()) == 1


def test_one_time_of_a_series_is_moved_renamed_or_cancelled(as_malik, club):
    series = event("RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Club")
    moved = event("RECURRENCE-ID:20260408T070000Z", "SUMMARY:Club au port", start="DTSTART:20260409T100000Z")
    brought(as_malik, club, calendar(moved, series))
    assert starts() == ["04-01 07:00", "04-09 10:00", "04-15 07:00"]
    off = event("RECURRENCE-ID:20260415T070000Z", "STATUS:CANCELLED", "SUMMARY:Club", start="DTSTART:20260415T070000Z")
    assert counts(brought(as_malik, club, calendar(series, moved, off))) == (0, 0, 2, 1)
    assert Meeting.objects.get(cancelled=True).starts_at.day == 15


def test_the_same_file_again_changes_nothing_and_a_new_one_updates(as_malik, club):
    first = calendar(event("SUMMARY:Club"), event("RRULE:FREQ=WEEKLY;COUNT=2", uid="2"))
    assert counts(brought(as_malik, club, first)) == (3, 0, 0, 0)
    Meeting.objects.filter(uid="1@club").update(presence="excused", travel_minutes=30, minutes="Notes")
    assert counts(brought(as_malik, club, first)) == (0, 0, 3, 0)
    later = calendar(event("SUMMARY:Club", start="DTSTART:20260402T070000Z"))
    assert counts(brought(as_malik, club, later)) == (0, 1, 0, 0)
    meeting = Meeting.objects.get(uid="1@club")
    assert (meeting.starts_at.day, meeting.presence, meeting.travel_minutes) == (2, "excused", 30)


def test_a_series_at_another_hour_is_moved_and_at_another_day_leaves_nothing_behind(as_malik, club):
    def series(start):
        return calendar(event("RRULE:FREQ=WEEKLY;COUNT=2", start=f"DTSTART:{start}"))

    brought(as_malik, club, series("20260401T070000Z"))
    assert counts(brought(as_malik, club, series("20260401T120000Z"))) == (0, 2, 0, 0)
    assert counts(brought(as_malik, club, series("20260403T070000Z"))) == (2, 0, 0, 2)
    assert Meeting.objects.filter(cancelled=False).count() == 2


def test_a_cancelled_event_cancels_and_is_not_brought_in_by_itself(as_malik, club):
    off = calendar(event("STATUS:CANCELLED", "SUMMARY:Club"))
    assert counts(brought(as_malik, club, off)) == (0, 0, 0, 0)
    brought(as_malik, club, calendar(event("SUMMARY:Club")))
    assert counts(brought(as_malik, club, off)) == (0, 0, 0, 1)
    assert counts(brought(as_malik, club, off)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("lines", "start", "reason"),
    [
        ((), "DTSTART:20250309T070000Z", "il a eu lieu il y a plus d’un an"),
        ((), "DTSTART:hier", "ses dates sont illisibles"),
        ((), "X-NOTHING:1", "ses dates sont illisibles"),
        ((), "DTSTART:00010101T000000Z", "ses dates sont illisibles"),
        ((), "DTSTART:20261340T000000Z", "ses dates sont illisibles"),
        (("DTEND;VALUE=DATE:20260402",), "DTSTART:20260401T070000Z", "ses dates sont illisibles"),
        (("DTEND:20260401T060000Z",), "DTSTART:20260401T070000Z", "la fin précède le début"),
        (("DURATION:-PT1H",), "DTSTART:20260401T070000Z", "la fin précède le début"),
        (("DTEND:20270401T060000Z",), "DTSTART:20260401T070000Z", "il dure plus d’un mois"),
        (("RRULE:FREQ=SECONDLY",), "DTSTART:20260401T070000Z", "il se répète d’une façon qui n’est pas comprise ici"),
        (("RRULE:FREQ=ODD",), "DTSTART:20260401T070000Z", "il se répète d’une façon qui n’est pas comprise ici"),
        (
            ("RRULE:FREQ=DAILY;INTERVAL=0",),
            "DTSTART:20260401T070000Z",
            "il se répète d’une façon qui n’est pas comprise ici",
        ),
        (
            ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",),
            "DTSTART:20260401T070000Z",
            "il se répète, et rien n’en est à venir dans les douze mois",
        ),
        (
            ("RRULE:FREQ=WEEKLY;COUNT=3",),
            "DTSTART:20250601T070000Z",
            "il se répète, et rien n’en est à venir dans les douze mois",
        ),
    ],
)
def test_what_is_left_out_is_told_with_its_reason(as_malik, club, lines, start, reason):
    answer = brought(as_malik, club, calendar(event(*lines, start=start), event(uid="fine")))
    assert left(answer) == {reason: 1}
    assert Meeting.objects.get().uid == "fine"


REFUSED = {
    "n’est pas un agenda": [
        b"",
        b" ",
        b"bonjour",
        b"BEGIN:VCARD\nEND:VCARD",
        b"%PDF-1.4",
        b"PK\x03\x04",
        b"\x89PNG\xff\xff",
    ],
    "avant la fin": [b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n", calendar(event())[:-30]],
    "inachevé": [calendar("BEGIN:VEVENT\r\nUID:1")],
    "UTF-8": [calendar(event("SUMMARY:Café")).decode().encode("latin-1")],
    "plus de 1 000": [
        calendar(*(event(uid=str(number)) for number in range(10_000))),
        calendar(*(event("RRULE:FREQ=DAILY", uid=str(number)) for number in range(3))),
        calendar(event(*["EXDATE:20260401T070000Z"] * 30_000)),
    ],
    "2\u00a0Mo": [calendar(event("DESCRIPTION:" + "x" * 2_200_000))],
}


@pytest.mark.parametrize(
    ("words", "data"),
    [pytest.param(words, one, id=f"{words} {n}") for words, all_ in REFUSED.items() for n, one in enumerate(all_)],
)
def test_a_file_that_will_not_do_is_refused_at_the_field_and_nothing_is_written(as_malik, club, words, data):
    started, answer = monotonic(), brought(as_malik, club, data)
    assert answer.status_code == 422
    said = " ".join(answer.context["form"].errors["calendar"])
    assert words in said or (not data and "vide" in said)
    assert not Meeting.objects.exists()
    assert monotonic() - started < 10


def test_a_thousand_events_come_in(as_malik, club):
    data = calendar(*(event(uid=str(number)) for number in range(EVENTS_MAX)))
    assert counts(brought(as_malik, club, data)) == (EVENTS_MAX, 0, 0, 0)
    assert counts(brought(as_malik, club, data)) == (0, 0, EVENTS_MAX, 0)


def test_hostile_words_stay_words_and_marks_of_direction_go(as_malik, club):
    lines = ("SUMMARY:<script>alert(1)</script> \u202eسمير\x07", "LOCATION:" + "x" * 500)
    answer = brought(as_malik, club, calendar(event(*lines)))
    meeting = Meeting.objects.get()
    assert meeting.title == "<script>alert(1)</script> سمير"
    assert len(meeting.place) == 300
    assert "<script>alert" not in as_malik.get(meeting.get_absolute_url()).text
    assert answer.status_code == 200


@pytest.mark.parametrize("uid", ["", "x" * 400, "\x00", "é" * 100, "a/20260401"], ids=range(5))
def test_any_name_of_an_event_is_known_again(as_malik, club, uid):
    data = calendar(event("SUMMARY:Club", "RRULE:FREQ=WEEKLY;COUNT=2", uid=uid))
    assert counts(brought(as_malik, club, data))[0] == 2
    assert counts(brought(as_malik, club, data)) == (0, 0, 2, 0)


def test_the_same_event_in_two_networks_is_two_meetings(as_malik, club, workspace):
    brought(as_malik, club, calendar(event()))
    assert counts(brought(as_malik, make.network(workspace, "Autre"), calendar(event()))) == (1, 0, 0, 0)


def test_meetings_go_out_and_come_back_as_they_are(as_malik, as_ines, club):
    day = {"starts_at": datetime(2026, 3, 28, 23, tzinfo=UTC), "ends_at": datetime(2026, 3, 29, 22, tzinfo=UTC)}
    make.meeting(club, "Séminaire ; بيت", all_day=True, **day)
    make.meeting(club, "Petit-déjeuner", place="Nantes, salle 2", minutes="Secret", starts_at=NOW, ends_at=None)
    make.meeting(club, "Annulée", cancelled=True)
    out = as_ines.get(reverse("networks:network_calendar", args=[club.pk]))
    assert out["Content-Type"].startswith("text/calendar")
    assert out["Content-Disposition"].startswith("attachment")
    assert b"Secret" not in out.content
    assert counts(brought(as_malik, club, out.content)) == (0, 0, 3, 0)


def test_what_goes_out_any_calendar_can_read(as_ines, club):
    make.meeting(club, "Ligne\r\nBEGIN:VALARM", place="x" * 200)
    out = as_ines.get(reverse("networks:network_calendar", args=[club.pk])).content
    events = Calendar.from_ical(out).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in events] == ["Ligne\nBEGIN:VALARM"]
    assert not Calendar.from_ical(out).walk("VALARM")


def test_an_occurrence_crosses_midnight_and_lasts_what_it_lasts(as_malik, club):
    lines = ("DURATION:PT4H", "RRULE:FREQ=MONTHLY;COUNT=2")
    brought(as_malik, club, calendar(event(*lines, start="DTSTART;TZID=Europe/Paris:20260331T220000")))
    assert [one.ends_at - one.starts_at for one in Meeting.objects.all()] == [timedelta(hours=4)] * 2


def test_a_reader_takes_out_but_brings_nothing_in(as_ines, club):
    assert brought(as_ines, club, calendar(event())).status_code == 403
    assert not Meeting.objects.exists()
