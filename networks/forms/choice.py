"""Choosing: what we decide, what a trial shows, what five questions and seven terms say."""

from datetime import date, datetime
from typing import Any, ClassVar, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.choosing import JUDGED, ROLE_QUESTIONS
from networks.models import Decision, Meeting, Network, Trial
from networks.opinions import HIGHEST
from networks.trying import POINTS, visit
from ui.forms import Chips, DateInput, Segments
from workspaces.forms import CardForm, NameField
from workspaces.models import Member

YES_NO: Final = [("yes", _("Yes")), ("no", _("No")), ("", _("I do not know"))]
SEEN: Final = [("2", _("Yes")), ("1", _("Partly")), ("0", _("No")), ("", _("Not seen"))]
REVIEW_YEARS: Final = 10
VISIT_DAYS: Final = 3660


class DecisionForm(CardForm):
    class Meta:
        model = Decision
        fields = ["verdict", "reason", "review_on"]
        field_classes: ClassVar[dict[str, Any]] = {"reason": NameField}
        widgets = {"verdict": Chips, "review_on": DateInput}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["verdict"].choices = Decision.Verdict.choices  # type: ignore[attr-defined]

    def clean_review_on(self) -> date | None:
        on: date | None = self.cleaned_data["review_on"]
        if on and on <= self.today:
            raise forms.ValidationError(_("This day has to lie ahead."))
        if on and (on - self.today).days > REVIEW_YEARS * 366:
            raise forms.ValidationError(_("This date is too far."))
        return on

    def write(self, *, by: Member) -> Any:
        self.instance.on, self.instance.decided_by = self.today, by
        return super().write(by=by)


class RoleForm(CardForm):
    """Tool or weapon, in five questions; one that is left out counts as a no."""

    class Meta:
        model = Network
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        said = self.instance.role_answers
        for number, words in enumerate(ROLE_QUESTIONS):
            answer = said[number] if number < len(said) else None
            name = f"question_{number}"
            self.fields[name] = forms.ChoiceField(label=words, choices=YES_NO, required=False, widget=Segments)
            self.initial[name] = {True: "yes", False: "no", None: ""}[answer]

    def write(self, *, by: Member) -> Any:
        answers = [self.cleaned_data[f"question_{number}"] for number in range(len(ROLE_QUESTIONS))]
        self.instance.role_answers = [{"yes": True, "no": False}.get(answer) for answer in answers]
        return super().write(by=by)


class FitForm(CardForm):
    """How well a network fits what the company wants, as the owner judges it; left empty, nobody knows."""

    class Meta:
        model = Network
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for term, words in JUDGED.items():
            self.fields[term] = forms.IntegerField(label=str(words), min_value=0, max_value=HIGHEST, required=False)
            self.initial[term] = self.instance.fit.get(term)

    def write(self, *, by: Member) -> Any:
        given = {str(term): self.cleaned_data[term] for term in JUDGED}
        self.instance.fit = {term: value for term, value in given.items() if value is not None}
        return super().write(by=by)


class PointsForm(CardForm):
    """What was seen, point by point; what was not seen says nothing."""

    class Meta:
        model = Trial
        fields = ["notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key, words in POINTS.items():
            self.fields[key] = forms.ChoiceField(label=str(words), choices=SEEN, required=False, widget=Segments)
            self.initial[key] = str(self.instance.points.get(key, ""))
        self.order_fields([*self.unseen, *POINTS, "notes"])

    def write(self, *, by: Member) -> Any:
        self.instance.points = {key: int(self.cleaned_data[key]) for key in POINTS if self.cleaned_data[key]}
        return super().write(by=by)


class VisitForm(CardForm):
    """A visit is a meeting: where and when; the rest is written on its own page."""

    on = forms.DateField(label=_("Date"), widget=DateInput)
    at = forms.TimeField(label=_("At what time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    class Meta:
        model = Meeting
        fields = ["title", "place"]
        field_classes: ClassVar[dict[str, Any]] = {"title": NameField, "place": NameField}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (on := cleaned.get("on")) and abs((on - self.today).days) > VISIT_DAYS:
            self.add_error("on", _("This date is too far."))
        return cleaned

    def write(self, *, by: Member) -> Any:
        on, at = self.cleaned_data["on"], self.cleaned_data["at"]
        self.instance.starts_at = timezone.make_aware(datetime.combine(on, at))
        visit(self.instance.trial, self.instance, by=by)
        return self.instance
