"""What we think of a network: the short questionnaire, any part of it."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from networks.models import Network
from networks.opinions import HIGHEST, INDICATORS, RULES
from workspaces.forms import CardForm
from workspaces.models import Member

ITEMS = {**INDICATORS, **RULES}


class OpinionsForm(CardForm):
    """One field for each sentence; what is left empty is no opinion."""

    template_name = "networks/_opinions.html"

    class Meta:
        model = Network
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, sentence in ITEMS.items():
            self.initial[name] = self.instance.opinions.get(name)
            self.fields[name] = forms.IntegerField(
                label=sentence,  # type: ignore[arg-type]
                required=False,
                validators=[MinValueValidator(0), MaxValueValidator(HIGHEST)],
                widget=forms.NumberInput(attrs={"min": 0, "max": HIGHEST, "inputmode": "numeric"}),
                error_messages={"invalid": _("Write a whole number from 0 to 10.")},
            )

    def about_indicators(self) -> list[forms.BoundField]:
        return [self[name] for name in INDICATORS]

    def about_rules(self) -> list[forms.BoundField]:
        return [self[name] for name in RULES]

    def write(self, *, by: Member) -> Any:
        given = {name: self.cleaned_data[name] for name in ITEMS}
        self.instance.opinions = {name: value for name, value in given.items() if value is not None}
        return super().write(by=by)
