"""Who is expected at a meeting: one contact at a time."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contacts import keys
from contacts.imports.cells import clean
from contacts.models import Contact
from contacts.models.contact import ContactQuerySet
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
        self.people = Contact.objects.for_workspace(workspace)
        self.fields["contact"].queryset = self.people.present()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["contact"] = known_person(self, self.people)
        return cleaned


def known_person(form: forms.BaseForm, people: ContactQuerySet) -> Contact | None:
    """The picked one, unless another name was typed over; else the only one of that name. Who is picked and gone
    since is looked for by name."""
    form.errors.pop("contact", None)
    typed, picked = clean(form.cleaned_data.get("contact_name", "")), form.cleaned_data.get("contact")
    key = keys.name_key(typed)
    if "contact_name" in form.errors or (picked and key == picked.name_key):
        return picked
    namesakes = people.filter(name_key=key)
    found = list(namesakes.present()[:2]) if key else []
    if len(found) > 1:
        form.add_error("contact_name", _("Several contacts bear this name: pick one in the list."))
    elif not found and key and namesakes.exists():
        form.add_error("contact_name", _("%(name)s is in the bin: restore them first.") % {"name": typed})
    elif not found:
        form.add_error("contact_name", _("Nobody of that name is in your contacts."))
    return found[0] if len(found) == 1 else None
