"""Sorting a contact: what they are to the company, and which objective they serve."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import CLOSE, Rank, Relationship
from strategy.models import Objective
from workspaces.http import DIGITS_MAX
from workspaces.models import Workspace


class ObjectiveField(forms.ModelChoiceField):
    def clean(self, value: Any) -> Any:
        """No engine holds a number of so many digits: it is nobody's, like any other that is not ours."""
        if len(str(value or "")) > DIGITS_MAX:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class SortForm(forms.Form):
    rank = forms.ChoiceField(choices=Rank.choices, error_messages={"required": _("Choose A, B, C or watch.")})
    objective = ObjectiveField(Objective.objects.none(), required=False)
    seen = forms.ChoiceField(choices=[("", ""), *Rank.choices], required=False)

    def __init__(self, data: Any = None, *, workspace: Workspace, relationship: Relationship) -> None:
        super().__init__(data, initial={"objective": relationship.objective_id, "seen": relationship.rank})
        ours = Objective.objects.for_workspace(workspace)
        offered = ours.open() | ours.filter(pk=relationship.objective_id)
        self.objectives = list(offered.order_by("pk"))
        self.fields["objective"].queryset = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The method: whoever serves no objective stays outside the active network."""
        cleaned = super().clean() or self.cleaned_data
        close = cleaned.get("rank") in CLOSE
        if close and self.objectives and "objective" in cleaned and not cleaned["objective"]:
            self.add_error("objective", _("For A and B, say which objective they serve; else C or watch."))
        return cleaned


class UnsortForm(forms.Form):
    seen = forms.ChoiceField(choices=Rank.choices)
