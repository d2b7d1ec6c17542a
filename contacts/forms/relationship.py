"""What the owner says of a tie: how close one feels, and in which circle it is kept."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.circles import HOLDS
from contacts.forms.affiliation import PeopleForm
from contacts.models import Relationship
from ui.forms import Chips, Segments
from workspaces.forms import CardForm
from workspaces.models import Member, Workspace

OUT: Final = "none"


class RelationshipForm(CardForm):
    """Its `version` counts the scorings, which must not look like somebody else's change."""

    class Meta:
        model = Relationship
        fields = ["closeness", "circle"]
        widgets: ClassVar[dict[str, Any]] = {"closeness": Chips, "circle": Segments}
        help_texts = {
            "closeness": _("As you feel it; it weighs most in the strength of the tie."),
            "circle": _("Core: every month, 15 people at most. Active: twice a year, 50. Wide: every year, 150."),
        }

    def write(self, *, by: Member) -> Any:
        self.instance.describe(by=by, closeness=self.cleaned_data["closeness"], circle=self.cleaned_data["circle"])
        return self.instance


class CircleForm(PeopleForm):
    circle = forms.ChoiceField(label=_("Circle"), widget=Chips, initial=Relationship.Circle.CORE)

    def __init__(self, data: Any = None, *, workspace: Workspace, held: dict[str, int]) -> None:
        super().__init__(data, workspace=workspace)
        field: Any = self.fields["circle"]
        words = _("%(circle)s (%(held)s of %(most)s)")
        told = [
            (one.value, words % {"circle": one.label, "held": held.get(one, 0), "most": most})
            for one, most in HOLDS.items()
        ]
        field.choices = [*told, (OUT, _("Out of the circles"))]

    def clean_circle(self) -> str:
        chosen: str = self.cleaned_data["circle"]
        return "" if chosen == OUT else chosen
