"""The facts of the catalogue as people type them: a suggestion, a filter, the name of a sheet that is taken."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from networks.forms.facts import AREA, LINES, TidyFacts
from networks.forms.sheet import unused_name
from networks.models import CatalogueEntry, Network, NetworkType, Reach, WayIn
from networks.models.facts import FACTS
from networks.taking import take
from ui.forms import Chips, Segments, say_blanks
from workspaces.forms import CardForm, NameField
from workspaces.models import Member, Workspace

SEARCH_MAX = 100


class EntryFactsForm(TidyFacts):
    """What anybody may know of a network, checked as the catalogue's file is."""

    class Meta:
        model = CatalogueEntry
        fields = list(FACTS)
        field_classes: ClassVar[dict[str, Any]] = dict.fromkeys(LINES, NameField)


class SuggestionForm(EntryFactsForm):
    """A new network, or what should change of one: an owner's proposal to the curators."""

    desk = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Where you have it from"),
        help_text=_("A page, a brochure, somebody there: the curators check before they publish."),
        max_length=300,
        required=False,
    )

    class Meta(EntryFactsForm.Meta):
        widgets = {"type": Chips, "reach": Chips, "members": Segments, "description": AREA, "services": AREA}
        help_texts = {
            "territory": _("Separated by semicolons."),
            "services": _("Separated by semicolons."),
            "sensitive": _("For instance a religion or a union."),
        }

    def __init__(self, data: Any = None, *, workspace: Workspace, entry: CatalogueEntry | None = None) -> None:
        known = entry.facts() if entry else {}
        super().__init__(data, instance=CatalogueEntry(**known), initial={"desk": workspace.slug})
        self.known = known
        self.fields["type"].choices = NetworkType.choices  # type: ignore[attr-defined]
        say_blanks(self.fields.values())

    def clean_name(self) -> str:
        """A correction keeps its name, or takes one that no other entry has."""
        name: str = self.cleaned_data["name"]
        if name != self.known.get("name") and CatalogueEntry.objects.published().filter(name__iexact=name).exists():
            raise forms.ValidationError(_("The catalogue has it already: open it there, then correct it."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.proposed():
            raise forms.ValidationError(_("Nothing differs from the catalogue yet: change what is wrong, then send."))
        return cleaned

    def proposed(self) -> dict[str, Any]:
        """What differs from the catalogue; for a new network, all that was written."""
        return {name: value for name in FACTS if (value := self.cleaned_data[name]) != self.known.get(name, "")}


class TakeForm(CardForm):
    """One's own sheet from an entry: only its name is asked, and only when the entry cannot give it."""

    class Meta:
        model = Network
        fields = ["name"]
        field_classes: ClassVar[dict[str, Any]] = {"name": NameField}

    def clean_name(self) -> str:
        return unused_name(self.cleaned_data["name"], self.workspace)

    def write(self, *, by: Member) -> Any:
        take(self.instance, by=by)
        return self.instance


class FilterForm(forms.Form):
    """What the list is narrowed to, as its address says; what it cannot mean is left out."""

    q = forms.CharField(required=False)
    type = forms.ChoiceField(label=_("Type"), required=False)
    reach = forms.ChoiceField(label=_("Reach"), required=False)
    territory = forms.ChoiceField(label=_("Territory"), required=False)
    service = forms.ChoiceField(label=_("Service"), required=False)
    way = forms.ChoiceField(label=_("How one joins"), required=False)
    nature = forms.ChoiceField(label=_("Nature"), required=False)

    def __init__(self, data: Any, *, territories: Iterable[str], services: Iterable[str]) -> None:
        super().__init__(data)
        offered: dict[str, Iterable[tuple[Any, Any]]] = {
            "type": NetworkType.choices,
            "reach": Reach.choices,
            "way": WayIn.choices,
            "nature": CatalogueEntry.Nature.choices,
            "territory": ((word, word) for word in territories),
            "service": ((word, word) for word in services),
        }
        for name, choices in offered.items():
            self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value[:SEARCH_MAX] for name, value in self.cleaned_data.items() if value}

    def narrowing(self) -> list[dict[str, Any]]:
        """All but the search, bare: the widgets would draw a template for each of a hundred options."""
        chosen = self.chosen()
        return [
            {"name": name, "label": field.label, "choices": field.choices, "chosen": chosen.get(name, "")}
            for name, field in self.fields.items()
            if isinstance(field, forms.ChoiceField)
        ]
