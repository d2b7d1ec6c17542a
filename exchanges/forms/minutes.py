"""One screen after a meeting: what was said, who was there, and for each person what passed and what was promised."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.forms import formset_factory
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from contacts.forms.affiliation import PeopleField
from contacts.imports.cells import clean, clean_text
from contacts.models import Affiliation, Attendance, Contact
from exchanges.forms.commitment import WHO_PROMISES
from exchanges.forms.exchange import ARROWS
from exchanges.forms.line import AHEAD_DAYS, person_of
from exchanges.minutes import Minutes, Passed, Promised
from exchanges.models import Exchange, Side
from networks.models import ATTENDED, Meeting, Presence
from ui.forms import ChipBoxes, Chips, Combobox, DateInput, Segments
from workspaces.models import Workspace

ROWS: Final = 5  # blank ones
ROWS_MAX: Final = 20
KINDS: Final = [("", "—"), *Exchange.Kind.choices]


def whom_field(label: Any) -> forms.CharField:
    box = Combobox(key="contact", url=reverse_lazy("contacts:contact_options"))  # type: ignore[arg-type]
    return forms.CharField(label=label, max_length=240, required=False, widget=box)


class PresentField(PeopleField):
    def label_from_instance(self, obj: Contact) -> SafeString:
        return format_html("<bdi>{}</bdi>", obj)


class PersonForm(forms.Form):
    """What passed with somebody, and what was promised: either, or both. Left blank, it says nothing."""

    contact = forms.ModelChoiceField(Contact.objects.none(), required=False, widget=forms.HiddenInput)
    contact_name = whom_field(_("With"))
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=Exchange.Direction.choices,
        initial=Exchange.Direction.GIVEN,
        required=False,
        widget=Segments(icons=ARROWS),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, required=False)
    summary = forms.CharField(label=_("In one line"), max_length=500, required=False)
    promised_by = forms.ChoiceField(
        label=_("Who promises"), choices=WHO_PROMISES, initial=Side.US, required=False, widget=Segments
    )
    promise = forms.CharField(label=_("Promise"), max_length=300, required=False)
    due_on = forms.DateField(label=_("For when"), required=False, widget=DateInput)

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        self.meeting, self.workspace = meeting, meeting.workspace
        self.fields["contact"].queryset = Contact.objects.for_workspace(self.workspace).present()  # type: ignore[attr-defined]
        self.fields["contact_name"].widget.key = self.add_prefix("contact")

    @property
    def is_blank(self) -> bool:
        """As far as was typed: what is chosen from the start says nothing."""
        names = ("contact_name", "kind", "summary", "promise", "due_on")
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["summary"], cleaned["promise"] = clean(cleaned.get("summary", "")), clean(cleaned.get("promise", ""))
        if self.is_blank:
            return cleaned
        cleaned["contact"] = person_of(self, self.workspace)
        if not cleaned.get("contact_name") and "contact_name" not in self.errors:
            self.add_error("contact_name", _("Say with whom."))
        if cleaned.get("summary") and not cleaned.get("kind") and "kind" not in self.errors:
            self.add_error("kind", _("Say what kind of exchange it was."))
        self._check_promise(cleaned)
        if not self.errors and not (cleaned["kind"] or cleaned["promise"]):
            self.add_error("summary", _("Say what passed, or what was promised."))
        return cleaned

    def _check_promise(self, cleaned: dict[str, Any]) -> None:
        due = cleaned.get("due_on")
        if due and not cleaned["promise"] and "promise" not in self.errors:
            self.add_error("promise", _("Say what is promised."))
        elif due and due < self.meeting.on:
            self.add_error("due_on", _("A promise falls due after it is made."))
        elif due and due > self.workspace.today() + timedelta(days=AHEAD_DAYS):
            self.add_error("due_on", _("This date is too far."))

    def lines(self) -> list[Passed | Promised]:
        if self.is_blank:
            return []
        said = self.cleaned_data
        who = said["contact"] or said["contact_name"]
        found: list[Passed | Promised] = []
        if said["kind"]:
            way = said["direction"] or Exchange.Direction.GIVEN
            found.append(Passed(who=who, direction=way, kind=said["kind"], summary=said["summary"]))
        if said["promise"]:
            side = said["promised_by"] or Side.US
            found.append(Promised(who=who, promised_by=side, summary=said["promise"], due_on=said["due_on"]))
        return found


class GotForm(PersonForm):
    """The one question that nobody should leave a meeting without."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("direction", "promised_by", "promise", "due_on"):
            del self.fields[name]
        self.fields["contact_name"].label = _("From whom")

    def lines(self) -> list[Passed | Promised]:
        if self.is_blank:
            return []
        said, way = self.cleaned_data, Exchange.Direction.RECEIVED
        who = said["contact"] or said["contact_name"]
        return [Passed(who=who, direction=way, kind=said["kind"], summary=said["summary"])]

    def _check_promise(self, cleaned: dict[str, Any]) -> None:
        """None is asked for here."""


Rows = formset_factory(PersonForm, extra=ROWS, max_num=ROWS_MAX, absolute_max=ROWS_MAX + 1, validate_max=True)


class MinutesForm(forms.Form):
    presence = forms.ChoiceField(label=_("Your presence"), choices=Presence.choices, required=False, widget=Chips)
    text = forms.CharField(
        label=_("What was said"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    present = PresentField(Contact.objects.none(), label=_("Who was there"), required=False, widget=ChipBoxes)
    version = forms.IntegerField(widget=forms.HiddenInput)
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])


class MinutesScreen:
    """The whole screen as one thing: valid or not, and the minutes that it says."""

    def __init__(self, workspace: Workspace, meeting: Meeting, data: Mapping[str, Any] | None = None) -> None:
        self.meeting = meeting
        first: dict[str, Any] = {"presence": meeting.presence or Presence.PRESENT, "text": meeting.minutes}
        first |= {"version": meeting.version, "nonce": uuid.uuid4()}
        listed = Attendance.objects.for_workspace(workspace).with_present().filter(meeting=meeting)
        first["present"] = list(listed.filter(presence__in=ATTENDED).values_list("contact", flat=True))
        self.form = MinutesForm(data, initial=first, auto_id="minutes-%s")
        people = Contact.objects.for_workspace(workspace).present().filter(_possible(meeting))
        self.form.fields["present"].queryset = people.order_by("sort_key", "pk")  # type: ignore[attr-defined]
        if meeting.network.asks_reason:
            del self.form.fields["present"]
        self.got = GotForm(data, prefix="got", meeting=meeting, auto_id="minutes-%s")
        self.rows = Rows(data, prefix="rows", form_kwargs={"meeting": meeting}, auto_id="minutes-%s")

    def is_valid(self) -> bool:
        """Every part is checked, so that all errors show at once."""
        return all([self.form.is_valid(), self.got.is_valid(), self.rows.is_valid()])

    def minutes(self) -> Minutes:
        said = self.form.cleaned_data
        return Minutes(
            nonce=said["nonce"],
            version=said["version"],
            presence=said["presence"],
            text=said["text"],
            present=list(said.get("present", ())),
            lines=[line for form in (self.got, *self.rows.forms) for line in form.lines()],
        )


def _possible(meeting: Meeting) -> Q:
    """Those on the list of the meeting, and those who belong to the network."""
    listed = Attendance.objects.filter(meeting=meeting).values("contact")
    belonging = Affiliation.objects.filter(network=meeting.network_id).current(meeting.workspace.today())
    return Q(pk__in=listed) | Q(pk__in=belonging.values("contact"))
