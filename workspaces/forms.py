"""The shape of what people type about their company, its members and themselves."""

import zoneinfo
from typing import Any

from allauth.core import context
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ui.forms import Segments
from workspaces.entrance import COMPANY_KEY, invitation_in
from workspaces.models import Invitation, Member, Role, User, Workspace, fold_email


def timezones() -> list[str]:
    """What the time zone field proposes."""
    return sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))


class SignupForm(forms.Form):
    """What sign-up asks besides e-mail and password; an invited person joins a company that has its name already."""

    company = forms.CharField(
        label=_("Your company"),
        max_length=Workspace._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if invitation_in(context.request):
            del self.fields["company"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Remember the name: `entrance.seat` opens the company once the address is verified."""
        request.session[COMPANY_KEY] = self.cleaned_data.get("company", "")


class WorkspaceCreateForm(forms.ModelForm):
    class Meta:
        model = Workspace
        fields = ["name"]


class WorkspaceForm(forms.ModelForm):
    class Meta:
        model = Workspace
        fields = ["name", "timezone", "scores_on"]
        widgets = {"timezone": forms.TextInput(attrs={"list": "timezones", "autocomplete": "off"})}
        help_texts = {
            "scores_on": _("Without it, nothing is computed and no score is shown to anyone in this workspace."),
        }


class InvitationForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "role"]
        widgets = {"role": Segments}

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def clean_email(self) -> str:
        email = fold_email(self.cleaned_data["email"])
        if Member.objects.for_workspace(self.workspace).filter(user__email=email, removed_at=None).exists():
            raise forms.ValidationError(_("This person is a member already."))
        return email


class MemberForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=Segments)


class PreferencesForm(forms.ModelForm):
    theme = forms.ChoiceField(
        label=_("Display"),
        choices=[("", _("Automatic")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=Segments,
        required=False,
    )

    class Meta:
        model = User
        fields = ["name", "language"]
        widgets = {"language": Segments}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["language"].choices = [("", _("As in the browser")), *User.Language.choices]  # type: ignore[attr-defined]
