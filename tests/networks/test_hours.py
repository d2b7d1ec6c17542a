"""The time that networks take: noted, or from meetings by itself; by the company's own calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from networks.hours import lines_of, minutes_of
from networks.models import TimeSpent
from tests import make


@pytest.fixture
def club(workspace):
    return make.network(workspace)


def typed(workspace, **changes):
    return {"desk": workspace.slug, "quick": "30", "on": workspace.today().isoformat(), "note": "Dossier"} | changes


def noted(client, club, **changes):
    return client.post(reverse("networks:time_create", args=[club.pk]), typed(club.workspace, **changes))


def test_time_is_noted_with_a_tap(as_malik, club):
    assert noted(as_malik, club).url == club.get_absolute_url()
    spent = TimeSpent.objects.get()
    assert (spent.network, spent.minutes, spent.note) == (club, 30, "Dossier")


def test_or_typed_to_the_minute(as_malik, club):
    noted(as_malik, club, quick="", minutes="47")
    assert TimeSpent.objects.get().minutes == 47


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("minutes", {"quick": ""}),
        ("minutes", {"minutes": "45"}),
        ("minutes", {"minutes": "0", "quick": ""}),
        ("minutes", {"minutes": "10081", "quick": ""}),
        ("minutes", {"minutes": "-5", "quick": ""}),
        ("minutes", {"minutes": "une heure", "quick": ""}),
        ("quick", {"quick": "31"}),
        ("on", {"on": "2999-01-01"}),
        ("on", {"on": "1999-01-01"}),
        ("on", {"on": ""}),
        ("note", {"note": "x" * 201}),
    ],
)
def test_bad_input_is_told_at_its_field(as_malik, club, field, changes):
    answer = noted(as_malik, club, **changes)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not TimeSpent.objects.exists()


def test_time_is_corrected_and_deleted(as_malik, club):
    spent = make.time_spent(club, 90)
    form = as_malik.get(reverse("networks:time_edit", args=[spent.pk])).context["form"]
    assert (form["quick"].value(), form["minutes"].value()) == (90, None)
    sent = typed(club.workspace, version=spent.version, quick="", minutes="25")
    assert as_malik.post(reverse("networks:time_edit", args=[spent.pk]), sent).status_code == 302
    assert TimeSpent.objects.get().minutes == 25
    as_malik.post(reverse("networks:time_delete", args=[spent.pk]))
    assert not TimeSpent.objects.exists()


def test_the_sheet_tells_the_month_and_the_year(as_ines, club, time_machine):
    time_machine.move_to(datetime(2026, 3, 10, 9, tzinfo=UTC))
    make.time_spent(club, 30, on=date(2026, 3, 1))
    make.time_spent(club, 45, on=date(2026, 2, 28))
    make.time_spent(club, 600, on=date(2025, 3, 9))
    make.meeting(club, in_days=-2, presence="present")
    page = as_ines.get(club.get_absolute_url()).text
    assert "2\u00a0h\u00a030 ce mois-ci, 3\u00a0h\u00a015 sur douze mois" in page


def test_a_meeting_that_we_attended_counts_by_itself_with_the_way(workspace, club):
    make.meeting(club, in_days=-1, presence="present", travel_minutes=30)
    make.meeting(club, in_days=-1, presence="late", ends_at=None)
    for presence in ("absent", "excused", "replaced", ""):
        make.meeting(club, in_days=-1, presence=presence)
    make.meeting(club, in_days=-1, presence="present", cancelled=True)
    make.time_spent(club, 15)
    today = workspace.today()
    assert minutes_of(workspace, today - timedelta(days=3), today) == {club.pk: 150 + 90 + 15}


def test_a_day_begins_at_midnight_where_the_company_is(workspace, club):
    late = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)  # half past midnight on the 29th, when summer time begins
    make.meeting(club, starts_at=late, ends_at=late + timedelta(hours=1), presence="present")
    assert minutes_of(workspace, date(2026, 3, 28), date(2026, 3, 28)) == {}
    assert minutes_of(workspace, date(2026, 3, 29), date(2026, 3, 29)) == {club.pk: 60}
    assert lines_of(workspace) == [(club.pk, date(2026, 3, 29), 60)]


def test_two_queries_tell_the_time_of_all_networks(workspace, victor, django_assert_num_queries):
    for number in range(12):
        one = make.network(workspace, f"Réseau {number}")
        make.time_spent(one, 10)
        make.meeting(one, in_days=-1, presence="present")
    make.time_spent(make.network(victor.workspace), 1000)
    today = workspace.today()
    with django_assert_num_queries(2):
        spent = minutes_of(workspace, today - timedelta(days=30), today)
    with django_assert_num_queries(2):
        lines = lines_of(workspace)
    assert (set(spent.values()), len(spent), len(lines)) == ({130}, 12, 24)
