"""The sheet of a network, in three short forms: its facts, what makes it a network, by what it exists."""

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from networks.forms.facts import AREA, LINES, SeveralField, TidyFacts
from networks.models import ExchangeKind, Network
from networks.types import PROFILES, settle
from ui.forms import Chips, Segments
from workspaces.forms import CardForm, NameField
from workspaces.logbook import record
from workspaces.models import Member, Workspace


def unused_name(name: str, workspace: Workspace, *, but: int | None = None) -> str:
    if Network.objects.for_workspace(workspace).named(name).exclude(pk=but).exists():
        raise forms.ValidationError(_("You have a sheet of that name already."))
    return name


class SheetForm(CardForm):
    """What does not apply to the type of the network is not asked."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if type_ := self.sheet_type():
            for name in PROFILES[type_].hidden & self.fields.keys():
                del self.fields[name]

    def sheet_type(self) -> str:
        return str(self.instance.type)


class FactsForm(TidyFacts, SheetForm):
    class Meta:
        model = Network
        fields = [
            *("name", "type", "second_type", "subtype", "reach", "territory", "description", "audience"),
            *("services", "ways_in", "members", "site", "sensitive"),
        ]
        field_classes: ClassVar[dict[str, Any]] = dict.fromkeys(LINES, NameField)
        widgets = {"type": Chips, "reach": Chips, "members": Segments, "description": AREA, "services": AREA}
        help_texts = {
            "services": _("Separated by semicolons."),
            "sensitive": _("For instance a religion or a union: then nobody's belonging is kept without a reason."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["type"].choices = Network._meta.get_field("type").choices  # type: ignore[attr-defined]

    def write(self, *, by: Member) -> Any:
        before = self.initial.get("type")
        if not self.instance.pk:
            settle(self.instance)
        with transaction.atomic():
            network = super().write(by=by)
            if self.cleaned_data["version"] and before != network.type:
                record(by, "networks.network.retyped", network, before=before, after=network.type)
        return network

    def clean_name(self) -> str:
        return unused_name(self.cleaned_data["name"], self.workspace, but=self.instance.pk)


class EssenceForm(SheetForm):
    """The eight things that make a network."""

    functions = SeveralField(label=_("What it is for"), choices=Network.Function.choices)

    class Meta:
        model = Network
        fields = [
            *("bonds", "admission", "exclusive", "attendance", "weekday", "slot", "reciprocity", "exit", "notice_days"),
            *("functions", "purpose", "reliability", "plug_in"),
        ]
        widgets = dict.fromkeys(
            ("bonds", "admission", "reciprocity", "exit", "purpose", "reliability", "plug_in"),
            forms.Textarea(attrs={"rows": 2}),
        )


class ExistenceForm(SheetForm):
    """The four by which it exists; its channels are rows of their own."""

    kinds = SeveralField(label=_("What is exchanged there"), choices=ExchangeKind.choices)

    class Meta:
        model = Network
        fields = ["kinds", "frame", "frame_words", "adherence", "aims", "cadence_days", "host"]
        widgets = {"frame": Segments, "aims": AREA}
