"""The shape of what an owner states: one short form each."""

from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from strategy.models import Need, Objective, Stake, TimeBudget
from ui.forms import Chips, DateInput, Segments
from workspaces.forms import CardForm, NameField
from workspaces.models import Member, Workspace

AHEAD_YEARS: Final = 10
CRITICALITIES: Final = [
    (1, _("Slightly")),
    (2, _("Somewhat")),
    (3, _("A good deal")),
    (4, _("Very much")),
    (5, _("Everything")),
]


class StatementForm(CardForm):
    """What the kinds share: a title that is written once, a date that lies ahead."""

    def clean_due_on(self) -> date | None:
        due: date | None = self.cleaned_data["due_on"]
        if due and due > self.today + timedelta(days=366 * AHEAD_YEARS):
            raise forms.ValidationError(_("This date is too far."))
        if due and due < self.today and due != self.initial.get("due_on"):
            raise forms.ValidationError(_("This date has passed already."))
        return due

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        alike = self._meta.model.objects.for_workspace(self.workspace).filter(title__iexact=title)
        if alike.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("You have written this already."))
        return title


class StakeForm(StatementForm):
    class Meta:
        model = Stake
        fields = ["title", "kind", "detail"]
        field_classes: ClassVar[dict[str, Any]] = {"title": NameField}
        widgets = {"kind": Chips, "detail": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"title": _("For instance: depend less on one customer; deliver on time.")}


class ObjectiveForm(StatementForm):
    class Meta:
        model = Objective
        fields = ["title", "measure", "due_on", "stake"]
        field_classes: ClassVar[dict[str, Any]] = {"title": NameField, "measure": NameField}
        widgets = {"due_on": DateInput}
        labels = {"stake": _("Which stake it serves")}
        help_texts = {"measure": _("A figure or a fact: two new customers in the food industry.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("stake", Stake.objects.for_workspace(self.workspace), _("None in particular"))


class NeedForm(StatementForm):
    criticality = forms.TypedChoiceField(
        label=_("How much depends on it"), coerce=int, choices=CRITICALITIES, widget=Chips
    )

    class Meta:
        model = Need
        fields = ["title", "resource", "criticality", "span", "strategic", "due_on", "objective"]
        field_classes: ClassVar[dict[str, Any]] = {"title": NameField}
        widgets = {"resource": Chips, "span": Segments, "due_on": DateInput}
        labels = {"objective": _("Which objective it serves")}
        help_texts = {"title": _("For instance: a lawyer who knows labour law; a second supplier of stainless steel.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resource"].choices = Need.Resource.choices  # type: ignore[attr-defined]
        self.offer("objective", Objective.objects.for_workspace(self.workspace).open(), _("None in particular"))


class BudgetForm(CardForm):
    class Meta:
        model = TimeBudget
        fields = ["weekly_hours", "yearly_euros", "hourly_cost"]
        help_texts = {"hourly_cost": _("What you could have earned in that hour. Leave 80 if you do not know.")}

    def write(self, *, by: Member) -> Any:
        """The rhythms of all contacts fit these hours: they are computed again."""
        with transaction.atomic():
            Workspace.objects.filter(pk=self.workspace.pk).update(rescoring_wanted=True)
            return super().write(by=by)
