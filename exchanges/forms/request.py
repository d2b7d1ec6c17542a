"""Forms of a request: what was asked, by whom it was answered, how it ended."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.db import transaction
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from contacts.editing import create_from_name
from contacts.models import Contact
from exchanges.forms.line import NAMED, LineForm, person_of
from exchanges.models import Reply, Request, Side
from networks.models import Trial
from ui.forms import Combobox, DateInput, Segments
from workspaces.forms import past_day
from workspaces.models import Member

WHO_ASKS: Final = [(Side.US, _("I ask")), (Side.THEM, _("They ask me"))]
YES_OR_NO: Final = [("yes", _("Yes")), ("no", _("No")), ("", _("Neither"))]


class RequestForm(LineForm):
    trial = forms.ModelChoiceField(Trial.objects.none(), required=False, widget=forms.HiddenInput)
    asked_by = forms.ChoiceField(label=_("Who asks"), choices=WHO_ASKS, initial=Side.US, widget=Segments)

    past = ("asked_on", "closed_on")

    class Meta:
        model = Request
        fields = ("asked_by", "summary", "critical", "asked_on", "outcome", "closed_on", *NAMED)
        widgets: ClassVar[dict[str, Any]] = dict.fromkeys(("asked_on", "closed_on"), DateInput)

    def __init__(self, *args: Any, trial: Trial | None = None, **options: Any) -> None:
        """`trial`: the one whose page asks for a test request."""
        super().__init__(*args, **options)
        self.initial["trial"] = trial.pk if trial else None
        self.fields["contact_name"].required = False
        self.fields["trial"].queryset = Trial.objects.for_workspace(self.workspace)  # type: ignore[attr-defined]
        for name in ("outcome", "closed_on"):
            if not self.instance.closed_on:
                del self.fields[name]
            else:
                self.fields[name].required = name == "closed_on"

    def first_values(self, instance: Any, contact: Contact | None) -> dict[str, Any]:
        values = super().first_values(instance, contact)
        values.pop("closed_on", None)
        return values

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        named = cleaned.get("contact") or cleaned.get("contact_name")
        if cleaned.get("asked_by") == Side.THEM and not named and "contact_name" not in self.errors:
            self.add_error("contact_name", _("Say who asks."))
        if cleaned.get("closed_on") and cleaned.get("asked_on") and cleaned["closed_on"] < cleaned["asked_on"]:
            self.add_error("closed_on", _("This comes before the request."))
        if "trial" in self.errors:
            self.add_error(None, _("The trial that this question was meant for is gone."))
        return cleaned

    def line_fields(self) -> dict[str, Any]:
        """A test request keeps its trial whatever is corrected, and names the network that is on trial."""
        given = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        if trial := self.cleaned_data["trial"]:
            given |= {"trial": trial, "network": given.get("network") or trial.network}
        return given


class ReplyForm(forms.ModelForm):
    """The words of an answer: yes or no, when, what."""

    positive = forms.TypedChoiceField(
        label=_("Answer"), choices=YES_OR_NO, coerce="yes".__eq__, empty_value=None, required=False, widget=Segments
    )

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Reply
        fields = ("positive", "on", "summary")
        labels: ClassVar[dict[str, Any]] = {"summary": _("In one line")}
        widgets: ClassVar[dict[str, Any]] = {"on": DateInput}

    def __init__(self, data: Any = None, *, of: Request, instance: Reply | None = None) -> None:
        self.asked, self.today = of, of.workspace.today()
        initial: dict[str, Any] = {"on": self.today}
        if instance:
            initial = {"positive": {True: "yes", False: "no", None: ""}[instance.positive], "version": instance.version}
        super().__init__(data, instance=instance, initial=initial, auto_id="answer-%s")
        self.fields["version"].required = instance is not None

    def clean_on(self) -> date:
        return _since_asked(self.cleaned_data["on"], self.asked)


class AnswerForm(ReplyForm):
    """An answer: ours when we were asked, else that of whoever answered, who may not be the one we asked."""

    contact = forms.ModelChoiceField(Contact.objects.none(), required=False, widget=forms.HiddenInput)
    contact_name = forms.CharField(
        label=_("Who answers"),
        max_length=240,
        widget=Combobox(key="contact", url=reverse_lazy("contacts:contact_options")),  # type: ignore[arg-type]
    )

    def __init__(self, data: Any = None, *, of: Request) -> None:
        super().__init__(data, of=of)
        if of.asked_by == Side.THEM:
            del self.fields["contact"], self.fields["contact_name"]
            return
        self.fields["contact"].queryset = Contact.objects.for_workspace(of.workspace).present()  # type: ignore[attr-defined]
        self.initial["contact"] = of.contact_id
        self.initial["contact_name"] = of.contact.full_name if of.contact else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["contact"] = person_of(self, self.asked.workspace)
        return cleaned

    def write(self, *, by: Member) -> Reply:
        cleaned = self.cleaned_data
        with transaction.atomic():
            responder = cleaned["contact"]
            if self.asked.asked_by == Side.US and responder is None:
                responder = create_from_name(cleaned["contact_name"], by=by)
            words = {name: cleaned[name] for name in self.Meta.fields}
            return self.asked.answer(by=by, responder=responder, **words)


class CloseForm(forms.Form):
    """How a request ended."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Request.Outcome.choices, widget=Segments)
    on = forms.DateField(label=_("Closed on"), widget=DateInput)

    def __init__(self, data: Any = None, *, of: Request) -> None:
        self.asked, self.today = of, of.workspace.today()
        super().__init__(data, initial={"on": self.today}, auto_id="close-%s")

    def clean_on(self) -> date:
        return _since_asked(self.cleaned_data["on"], self.asked)


def _since_asked(on: date, asked: Request) -> date:
    if on < asked.asked_on:
        raise forms.ValidationError(_("This comes before the request."))
    return past_day(on, asked.workspace.today())
