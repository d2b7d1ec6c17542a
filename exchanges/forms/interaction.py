"""Form of an interaction."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from exchanges.forms.line import LineForm
from exchanges.models import Interaction, Side
from ui.forms import DateInput, Segments

WHOSE_INITIATIVE: Final = [(Side.US, _("Mine")), (Side.THEM, _("Theirs")), ("", _("No matter"))]


class InteractionForm(LineForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Interaction.Kind.choices, initial="call", widget=Segments)
    initiated_by = forms.ChoiceField(
        label=_("On whose initiative"), choices=WHOSE_INITIATIVE, required=False, widget=Segments
    )

    past = ("on",)

    class Meta:
        model = Interaction
        fields = ("kind", "on", "minutes", "initiated_by", "summary", "network")
        widgets: ClassVar[dict[str, Any]] = {"on": DateInput}
