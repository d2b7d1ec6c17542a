"""The shape of what an owner states: one short form each."""

from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from strategy import stating
from strategy.models import Need, Objective, Stake, TimeBudget
from ui.forms import Chips, DateInput, Segments
from workspaces.forms import NameField
from workspaces.models import Member, Workspace

AHEAD_YEARS: Final = 10
CRITICALITIES: Final = [
    (1, _("Slightly")),
    (2, _("Somewhat")),
    (3, _("A good deal")),
    (4, _("Very much")),
    (5, _("Everything")),
]


class StatementForm(forms.ModelForm):
    """What the kinds share: stated from one company (`desk`), reworded over one `version`, under a title of its own."""

    desk = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    unseen: ClassVar[tuple[str, ...]] = ("desk", "version")

    def __init__(self, data: Any = None, *, workspace: Workspace, instance: Any = None) -> None:
        made = instance or self._meta.model(workspace=workspace)
        first = {"desk": workspace.slug, "version": made.version if made.pk else None}
        super().__init__(data, instance=made, initial=first)
        self.workspace, self.today = workspace, workspace.today()

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

    def write(self, *, by: Member) -> Any:
        if self.instance.pk:
            stating.reword(self.instance, by=by, version=self.cleaned_data["version"] or 0)
        else:
            stating.state(self.instance, by=by)
        return self.instance


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
        _offer(self, "stake", Stake.objects.for_workspace(self.workspace), _("None in particular"))


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
        _offer(self, "objective", Objective.objects.for_workspace(self.workspace).open(), _("None in particular"))


def _offer(form: StatementForm, name: str, rows: Any, nothing: Any) -> None:
    """The rows of this workspace, the one that is chosen already among them even if it is closed since."""
    chosen = getattr(form.instance, f"{name}_id")
    field: Any = form.fields[name]
    field.queryset = (rows | rows.model.objects.for_workspace(form.workspace).filter(pk=chosen)).order_by("title")
    field.empty_label = nothing


class BudgetForm(StatementForm):
    class Meta:
        model = TimeBudget
        fields = ["weekly_hours", "yearly_euros", "hourly_cost"]
        help_texts = {"hourly_cost": _("What you could have earned in that hour. Leave 80 if you do not know.")}

    def __init__(self, data: Any = None, *, workspace: Workspace, instance: TimeBudget | None = None) -> None:
        budget = instance or TimeBudget.objects.for_workspace(workspace).first()
        super().__init__(data, workspace=workspace, instance=budget)
