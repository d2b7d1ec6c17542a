"""The shape of what people type about their company, its members and themselves."""

import re
import zoneinfo
from datetime import date
from typing import Any, ClassVar, Final

from allauth.core import context
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ui.forms import Segments, say_blanks
from workspaces import keeping
from workspaces.entrance import COMPANY_KEY, invitation_in
from workspaces.models import Invitation, Member, Role, User, Workspace, fold_email

EARLIEST: Final = date(1950, 1, 1)
CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Marks that turn the direction of what follows, or that no eye sees; joiners stay, for emoji and Arabic letters.
HIDDEN: Final = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def past_day(day: Any, today: date, *, since: date = EARLIEST) -> Any:
    """The day that a field holds, if it holds one: come already, and within what somebody may remember."""
    if day and day > today:
        raise forms.ValidationError(_("This date has not come yet."))
    if day and day < since:
        raise forms.ValidationError(_("This date is too far in the past."))
    return day


class NameField(forms.CharField):
    """One line that reads as it is stored: it goes into letters and onto the terminal of whoever runs the house."""

    def to_python(self, value: Any) -> str:
        return " ".join(CONTROLS.sub(" ", HIDDEN.sub("", super().to_python(value) or "")).split())


class CardForm(forms.ModelForm):
    """A short form for one record: opened in one company (`desk`), saved over one `version`."""

    desk = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    unseen: ClassVar[tuple[str, ...]] = ("desk", "version")

    def __init__(self, data: Any = None, *, workspace: Workspace, instance: Any = None) -> None:
        made = instance or self._meta.model(workspace=workspace)
        first = {"desk": workspace.slug, "version": made.version if made.pk else None}
        super().__init__(data, instance=made, initial=first)
        self.workspace, self.today = workspace, workspace.today()
        say_blanks(self.fields.values())

    def offer(self, name: str, rows: Any, nothing: Any) -> None:
        """The rows of this workspace, the one that is chosen already among them even if it is out of use since."""
        field: Any = self.fields[name]
        chosen = rows.model.objects.for_workspace(self.workspace).filter(pk=getattr(self.instance, f"{name}_id"))
        field.queryset, field.empty_label = rows | chosen, nothing

    def write(self, *, by: Member) -> Any:
        if self.instance.pk:
            keeping.change(self.instance, by=by, version=self.cleaned_data["version"] or 0)
        else:
            keeping.add(self.instance, by=by)
        return self.instance


def timezones() -> list[str]:
    """What the time zone field proposes."""
    return sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))


class SignupForm(forms.Form):
    """What sign-up asks besides e-mail and password; an invited person joins a company that has its name already."""

    company = NameField(
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
        field_classes: ClassVar[dict[str, Any]] = {"name": NameField}


class WorkspaceForm(forms.ModelForm):
    class Meta:
        model = Workspace
        fields = ["name", "timezone", "scores_on"]
        field_classes: ClassVar[dict[str, Any]] = {"name": NameField}
        widgets = {"timezone": forms.TextInput(attrs={"list": "timezones", "autocomplete": "off"})}
        help_texts = {
            "timezone": _("For instance Europe/Paris."),
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
        field_classes: ClassVar[dict[str, Any]] = {"name": NameField}
        widgets = {"language": Segments}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["language"].choices = [("", _("As in the browser")), *User.Language.choices]  # type: ignore[attr-defined]
