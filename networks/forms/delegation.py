"""Who does what a need asks for."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from networks.models import Delegation, Network
from ui.forms import Chips
from workspaces.forms import CardForm, NameField


class DelegationForm(CardForm):
    class Meta:
        model = Delegation
        fields = ["level", "network", "who", "own_hours", "hours"]
        field_classes: ClassVar[dict[str, Any]] = {"who": NameField}
        widgets = {"level": Chips}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = Delegation.Level.choices  # type: ignore[attr-defined]
        self.offer("network", Network.objects.for_workspace(self.workspace).joined(), "—")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("level") == Delegation.Level.NETWORK and "network" in cleaned and not cleaned["network"]:
            self.add_error("network", _("Say which network does it."))
        return cleaned
