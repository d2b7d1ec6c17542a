"""Who is expected at a meeting: one contact at a time."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contacts import keys
from contacts.imports.cells import clean
from contacts.models import Contact
from ui.forms import Combobox
from workspaces.models import Workspace


class AttendanceForm(forms.Form):
    """One of our contacts, picked or named; nobody is created here."""

    contact = forms.ModelChoiceField(Contact.objects.none(), required=False, widget=forms.HiddenInput)
    contact_name = forms.CharField(
        label=_("Add a person"),
        max_length=240,
        widget=Combobox(key="contact", url=format_lazy("{}?known=1", reverse_lazy("contacts:contact_options"))),  # type: ignore[arg-type]
    )

    def __init__(self, data: Any = None, *, workspace: Workspace) -> None:
        super().__init__(data, auto_id="expected-%s")
        self.people = Contact.objects.for_workspace(workspace).present()
        self.fields["contact"].queryset = self.people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The picked one, unless another name was typed over."""
        cleaned = super().clean() or self.cleaned_data
        typed, picked = keys.name_key(clean(cleaned.get("contact_name", ""))), cleaned.get("contact")
        if not self.errors and not (picked and typed == picked.name_key):
            cleaned["contact"] = self._named(typed)
        return cleaned

    def _named(self, key: str) -> Contact | None:
        found = list(self.people.filter(name_key=key)[:2]) if key else []
        if len(found) > 1:
            self.add_error("contact_name", _("Several contacts bear this name: pick one in the list."))
        elif not found:
            self.add_error("contact_name", _("Nobody of that name is in your contacts."))
        return found[0] if len(found) == 1 else None
