"""The test request of a trial: asked there, its clock, its first useful answer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from exchanges.clock import clock_of
from exchanges.models import Request
from tests import make

FORM = reverse("exchanges:request_create")


@pytest.fixture
def trial(workspace):
    return make.trial(make.network(workspace))


def asked(trial, days_ago=10, **fields):
    contact = make.contact(trial.workspace)
    return make.request(contact, trial=trial, asked_on=make.days_ago(days_ago, contact), **fields)


def clock(trial):
    (one,) = clock_of(trial, today=trial.workspace.today())
    return one.answered, one.days, one.waiting


def test_the_clock_runs_until_an_answer_is_of_use(trial):
    request = asked(trial)
    assert clock(trial) == (False, None, 10)
    make.reply(request, positive=False, on=trial.workspace.today() - timedelta(days=8))
    assert clock(trial) == (True, None, 10)
    make.reply(request, responder=make.contact(trial.workspace), on=trial.workspace.today() - timedelta(days=7))
    make.reply(request, responder=make.contact(trial.workspace), on=trial.workspace.today())
    assert clock(trial) == (True, 3, 10)


def test_a_closed_trial_stops_it(trial):
    asked(trial)
    trial.closed_on = trial.workspace.today() - timedelta(days=4)
    assert clock(trial) == (False, None, 6)


def test_the_page_of_the_trial_says_so(as_malik, trial):
    request = asked(trial, summary="Qui galvanise des pièces de six mètres ?")
    page = as_malik.get(trial.get_absolute_url()).content.decode()
    assert "Qui galvanise" in page
    assert "Sans réponse depuis 10 jours" in page
    make.reply(request, on=trial.workspace.today() - timedelta(days=10))
    assert "le jour même" in as_malik.get(trial.get_absolute_url()).content.decode()


def test_the_button_opens_the_form_of_a_request_for_this_trial(as_malik, trial):
    page = as_malik.get(trial.get_absolute_url()).content.decode()
    assert f"{FORM}?network={trial.network_id}&amp;trial={trial.pk}&amp;next={trial.get_absolute_url()}" in page
    form = as_malik.get(FORM, {"trial": trial.pk}).context["form"]
    assert form["trial"].value() == trial.pk


def sent(trial, changes=None):
    first = {"desk": trial.workspace.slug, "asked_by": "us", "summary": "Un galvanisateur"}
    return first | {"asked_on": trial.workspace.today().isoformat(), "trial": trial.pk} | (changes or {})


def test_what_is_asked_there_belongs_to_the_trial_and_to_its_network(as_malik, trial):
    assert as_malik.post(FORM, sent(trial)).status_code == 302
    request = Request.objects.get()
    assert (request.trial, request.network) == (trial, trial.network)


def test_a_correction_leaves_the_request_to_its_trial(as_malik, trial):
    request = asked(trial)
    form = as_malik.get(request.get_absolute_url()).context["form"]
    changes = {"summary": "Autrement", "version": request.version, "trial": form["trial"].value() or ""}
    changes |= {"contact": request.contact_id, "contact_name": str(request.contact)}
    as_malik.post(request.get_absolute_url(), sent(trial, changes))
    request.refresh_from_db()
    assert (request.summary, request.trial) == ("Autrement", trial)


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_company_s_trial_is_not_ours(as_malik, trial, victor, method):
    theirs = make.trial(make.network(victor.workspace, "Chez Victor"))
    answer = getattr(as_malik, method)(
        FORM, {"trial": theirs.pk} if method == "get" else sent(trial, {"trial": theirs.pk})
    )
    assert answer.status_code == (404 if method == "get" else 422)
    assert not Request.objects.exists()


def test_the_clock_is_a_page_of_its_own_too(as_ines, trial):
    asked(trial, summary="Qui galvanise ?")
    page = as_ines.get(reverse("exchanges:trial_clock", args=[trial.pk])).content.decode()
    assert "Qui galvanise" in page
    assert FORM not in page[page.index("<main") : page.index("</main")]
