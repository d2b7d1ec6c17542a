"""Forms of a promise: what was promised, and a new due date agreed later."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from exchanges.forms.line import AHEAD_DAYS, WEIGHTS, LineForm, QuickDate, due_of, quick_dates
from exchanges.models import Commitment, Side
from ui.forms import Chips, DateInput, Segments

WHO_PROMISES: Final = [(Side.US, _("I promise")), (Side.THEM, _("They promise"))]


class CommitmentForm(LineForm):
    promised_by = forms.ChoiceField(label=_("Who promises"), choices=WHO_PROMISES, initial=Side.US, widget=Segments)
    weight = forms.TypedChoiceField(label=_("Weight"), choices=WEIGHTS, coerce=int, initial=3, widget=Chips)
    due_quick = QuickDate(label=_("For when"))

    rare = ("weight", "made_on")
    past = ("made_on", "closed_on", "notified_on")

    class Meta:
        model = Commitment
        fields = ("promised_by", "summary", "weight", "made_on", "due_on", "closed_on", "notified_on")
        widgets: ClassVar[dict[str, Any]] = dict.fromkeys(("made_on", "due_on", "closed_on", "notified_on"), DateInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_quick"].choices = quick_dates(self.today)  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["due_quick"]
        else:
            self.fields["due_on"].label = _("Or on")
        if self.instance.outcome:
            self.fields["closed_on"].required = True
        else:
            del self.fields["closed_on"]
        if not self.instance.notified_on:
            del self.fields["notified_on"]

    def first_values(self, instance: Any, contact: Contact | None) -> dict[str, Any]:
        values = super().first_values(instance, contact)
        return {name: value for name, value in values.items() if name not in ("closed_on", "notified_on")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "due_quick" in self.fields:
            cleaned["due_on"] = due_of(self, "due_quick", "due_on")
        made_on = cleaned.get("made_on")
        for name in ("due_on", "closed_on", "notified_on"):
            if made_on and cleaned.get(name) and cleaned[name] < made_on:
                self.add_error(name, _("This comes before the promise was made."))
        return cleaned

    def line_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}


class PostponeForm(forms.Form):
    """A new due date; the old one stays on record."""

    quick = QuickDate(label=_("New date"))
    exact = forms.DateField(label=_("Or on"), required=False, widget=DateInput)

    def __init__(self, data: Any = None, *, today: date, due_on: date | None) -> None:
        super().__init__(data, auto_id="postpone-%s")
        self.today, self.due_on = today, due_on
        choices = [choice for choice in quick_dates(today) if choice[0]]
        self.fields["quick"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        to = cleaned["to"] = due_of(self, "quick", "exact")
        if self.errors:
            return cleaned
        if to is None:
            self.add_error("exact", _("Choose a date."))
        elif to == self.due_on:
            self.add_error("exact", _("It is due on that day already."))
        elif to < self.today:
            self.add_error("exact", _("A new date cannot lie in the past."))
        elif (to - self.today).days > AHEAD_DAYS:
            self.add_error("exact", _("This date is too far."))
        return cleaned
