"""Names are one line without anything that hides or commands."""

import pytest

from strategy.forms import ObjectiveForm
from strategy.models import Objective
from tests import make
from workspaces.forms import NameField, PreferencesForm, WorkspaceCreateForm, WorkspaceForm

TYPED = {
    "Atelier\x1b[2J Morvan\r\nBcc: x": "Atelier [2J Morvan Bcc: x",
    "\u202eEvil\u2066 Corp\u200b": "Evil Corp",
    "  Atelier\u2028 du\tPort ": "Atelier du Port",
    "Ferronnerie «\u00a0Élan\u00a0» \U0001f469\u200d\U0001f527": "Ferronnerie « Élan » \U0001f469\u200d\U0001f527",
}


@pytest.mark.parametrize(("typed", "kept"), TYPED.items())
def test_a_name_is_kept_without_what_nobody_sees(typed, kept):
    assert NameField().clean(typed) == kept


@pytest.mark.parametrize("form", [WorkspaceCreateForm, WorkspaceForm, PreferencesForm])
def test_every_form_cleans_its_name(form):
    assert isinstance(form().fields["name"], NameField)
    assert form().fields["name"].max_length == 120


def test_a_name_of_hidden_marks_alone_is_no_name():
    assert not WorkspaceCreateForm({"name": "\u202e\u200b"}).is_valid()


def test_the_company_named_at_sign_up_is_cleaned_too(client, settings, db):
    settings.SIGNUP_OPEN = True
    data = {"email": "new@example.org", "password1": make.PASSWORD, "company": "Evil\x1b]0;x\x07 Corp"}
    client.post("/account/signup/", data)
    assert client.session["company"] == "Evil ]0;x Corp"


def test_what_a_record_was_made_to_point_at_elsewhere_is_not_offered(workspace, victor):
    ours, theirs = make.objective(workspace), make.stake(victor.workspace, "Racheter un confrère")
    Objective.objects.filter(pk=ours.pk).update(stake=theirs)
    form = ObjectiveForm(workspace=workspace, instance=Objective.objects.get(pk=ours.pk))
    assert "Racheter un confrère" not in str(form["stake"])
