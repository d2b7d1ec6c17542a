"""A trial: twelve points, three visits, a proposal."""

import pytest
from django.urls import reverse

from networks import trying
from networks.models import Meeting, Trial
from networks.trying import POINTS, verdict
from tests import make

VISIT = {"title": "Petit-déjeuner", "on": "2026-03-12", "at": "07:30", "place": "Salle du Cours"}


@pytest.fixture
def trial(workspace):
    return make.trial(make.network(workspace))


def address(name, trial):
    return reverse(f"networks:trial_{name}", args=[trial.pk])


def seen(**values):
    return {key: values.get(key, 2) for key in list(POINTS)[:6]}


def test_there_are_twelve_points():
    assert len(POINTS) == 12


@pytest.mark.parametrize(
    ("points", "proposes"),
    [
        ({}, ""),
        (dict.fromkeys(list(POINTS)[:5], 2), ""),
        (dict.fromkeys(list(POINTS)[:6], 2), "join"),
        (dict.fromkeys(list(POINTS)[:10], 1) | dict.fromkeys(list(POINTS)[:4], 2), "join"),
        (dict.fromkeys(list(POINTS)[:6], 1), "watch"),
        (dict.fromkeys(list(POINTS)[:10], 1) | dict.fromkeys(list(POINTS)[:2], 0), "watch"),
        (dict.fromkeys(list(POINTS)[:6], 0), "decline"),
    ],
)
def test_the_points_propose_a_decision_once_enough_are_seen(points, proposes):
    assert verdict(points).proposes == proposes


def test_the_example_of_the_formula():
    points = {"services": 2, "rules": 2, "members": 2, "costs": 1, "freedom": 1, "welcome": 1}
    assert verdict(points).share == pytest.approx(0.75)
    assert verdict(points | {"autre": 2}) == verdict(points)


def test_one_click_opens_a_trial_and_the_second_is_told(as_malik, workspace):
    network = make.network(workspace)
    opens = reverse("networks:trial_open", args=[network.pk])
    assert as_malik.post(opens).url == Trial.objects.get().get_absolute_url()
    assert "déjà" in as_malik.post(opens, follow=True).content.decode()
    assert Trial.objects.count() == 1


def points(client, trial, version=1, **sent):
    return client.post(address("points", trial), {"desk": trial.workspace.slug, "version": version} | sent)


def test_what_was_seen_is_kept_and_what_was_not_says_nothing(as_malik, trial):
    assert points(as_malik, trial, services="2", rules="1", costs="0", welcome="", notes="Accueil").status_code == 302
    trial.refresh_from_db()
    assert (trial.points, trial.notes) == ({"services": 2, "rules": 1, "costs": 0}, "Accueil")
    page = as_malik.get(trial.get_absolute_url())
    assert page.context["form"]["costs"].value() == "0"
    assert "3 points vus" in page.content.decode()


def test_a_point_that_is_no_answer_is_refused(as_malik, trial):
    answer = points(as_malik, trial, services="3")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["services"])


def test_points_over_older_ones_are_told(as_malik, trial):
    points(as_malik, trial, services="2")
    assert points(as_malik, trial, rules="2").status_code == 409
    trial.refresh_from_db()
    assert trial.points == {"services": 2}


def visit(client, trial, **changes):
    return client.post(address("visit", trial), {"desk": trial.workspace.slug} | VISIT | changes, follow=True)


def test_a_visit_is_a_meeting_of_the_network(as_malik, trial):
    visit(as_malik, trial)
    meeting = Meeting.objects.get()
    assert (meeting.trial, meeting.network, meeting.place) == (trial, trial.network, "Salle du Cours")
    assert meeting.starts_at.isoformat() == "2026-03-12T06:30:00+00:00"
    assert "Petit-déjeuner" in as_malik.get(trial.get_absolute_url()).content.decode()


def test_three_visits_and_no_more(as_malik, trial):
    answers = [visit(as_malik, trial) for _ in range(4)]
    assert Meeting.objects.count() == 3
    assert "il est temps de décider" in answers[3].content.decode()
    assert address("visit", trial) not in as_malik.get(trial.get_absolute_url()).content.decode()


def test_a_visit_that_was_called_off_leaves_its_place_to_another(as_malik, malik, trial):
    for _ in range(3):
        visit(as_malik, trial)
    Meeting.objects.latest("pk").cancel(by=malik)
    page = as_malik.get(trial.get_absolute_url()).content.decode()
    assert address("visit", trial) in page
    assert "Annulée" in page
    visit(as_malik, trial)
    assert Meeting.objects.filter(cancelled=False).count() == 3


@pytest.mark.parametrize(
    ("field", "value"), [("title", ""), ("on", "2026-02-30"), ("on", "0001-01-01"), ("at", "25:00")]
)
def test_a_visit_that_makes_no_sense_is_refused_at_its_field(as_malik, trial, field, value):
    answer = visit(as_malik, trial, **{field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Meeting.objects.exists()


def test_a_closed_trial_proposes_and_takes_nothing_more(as_malik, trial):
    Trial.objects.update(points=seen())
    as_malik.post(address("close", trial))
    page = as_malik.get(trial.get_absolute_url()).content.decode()
    assert f"{reverse('networks:decision_create', args=[trial.network_id])}?verdict=join" in page
    assert address("points", trial) not in page
    visit(as_malik, trial)
    assert not Meeting.objects.exists()
    assert points(as_malik, Trial.objects.get(), version=2, services="0").status_code == 302
    assert Trial.objects.get().points == seen()


def test_what_was_marked_and_not_saved_is_closed_with_it(as_malik, trial):
    sent = {"desk": trial.workspace.slug, "version": 1, "services": "2", "notes": "Bon accueil"}
    assert as_malik.post(address("close", trial), sent | {"rules": "3"}).status_code == 422
    assert as_malik.post(address("close", trial), sent | {"version": 9}).status_code == 409
    as_malik.post(address("close", trial), sent)
    trial.refresh_from_db()
    assert (trial.points, trial.notes, trial.closed_on) == ({"services": 2}, "Bon accueil", trial.workspace.today())


def test_closing_twice_is_told(as_malik, claire, trial):
    as_malik.post(address("close", trial))
    assert "déjà" in as_malik.post(address("close", trial), follow=True).content.decode()
    with pytest.raises(trying.TrialClosed):
        trying.close(trial, by=claire, on=trial.workspace.today())


def test_after_a_trial_another_one_may_be_opened(as_malik, trial):
    as_malik.post(address("close", trial))
    as_malik.post(reverse("networks:trial_open", args=[trial.network_id]))
    assert Trial.objects.open().count() == 1


def test_the_proposed_decision_is_filled_in(as_malik, trial):
    asked = reverse("networks:decision_create", args=[trial.network_id])
    assert as_malik.get(asked, {"verdict": "join"}).context["form"]["verdict"].value() == "join"
    assert as_malik.get(asked, {"verdict": "<b>"}).context["form"]["verdict"].value() == ""


def test_a_reader_sees_what_was_seen_and_no_button(as_ines, trial):
    Trial.objects.update(points=seen(rules=0), notes="Bon accueil")
    page = as_ines.get(trial.get_absolute_url()).content.decode()
    assert "Bon accueil" in page
    assert "<form" not in page[page.index("<main") : page.index("</main")]
