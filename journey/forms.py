"""What is typed about the process itself."""

from typing import Any, ClassVar

from journey.models import Skip
from workspaces.forms import CardForm, NameField
from workspaces.models import Member


class SkipForm(CardForm):
    class Meta:
        model = Skip
        fields = ["reason"]
        field_classes: ClassVar[dict[str, Any]] = {"reason": NameField}

    def write(self, *, by: Member) -> Any:
        self.instance.by = by
        return super().write(by=by)
