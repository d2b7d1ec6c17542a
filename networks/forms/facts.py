"""The facts that the catalogue and a company's own sheet have in common, tidied alike wherever they are typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from networks.models import WayIn
from networks.models.facts import SEPARATOR, joined
from ui.forms import ChipBoxes

AREA = forms.Textarea(attrs={"rows": 3})
LINES = ("name", "subtype", "territory", "audience", "sensitive")


class SeveralField(forms.MultipleChoiceField):
    """Any number of short words, kept as a list."""

    widget = ChipBoxes

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False} | options)


class TidyFacts(forms.ModelForm):
    """What a form leaves out is not tidied."""

    ways_in = SeveralField(label=_("How one joins"), choices=WayIn.choices)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["ways_in"] = self.instance.split("ways_in")

    def clean_ways_in(self) -> str:
        return joined(way for way in WayIn.values if way in self.cleaned_data["ways_in"])

    def clean_site(self) -> str:
        site: str = self.cleaned_data["site"].strip()
        return f"https://{site}" if site and "://" not in site else site

    def clean_description(self) -> str:
        """A browser sends other line ends than those that it was given."""
        return "\n".join(self.cleaned_data["description"].splitlines())

    def clean_services(self) -> str:
        return joined(self.cleaned_data["services"].split(SEPARATOR))

    def clean_territory(self) -> str:
        return joined(self.cleaned_data["territory"].split(SEPARATOR))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("type") and cleaned.get("second_type") == cleaned["type"]:
            self.add_error("second_type", _("The second type is another one than the first."))
        return cleaned
