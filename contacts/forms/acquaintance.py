"""Whom a contact knows: one of our contacts, and how."""

from typing import Any, ClassVar, Self

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contacts.forms.attendance import known_person
from contacts.models import Acquaintance, Contact
from ui.forms import Chips, Combobox
from workspaces.forms import CardForm, NameField


class AcquaintanceForm(CardForm):
    """Read from one side (`seen_by`): « Paul… is the supplier of » says what Paul is."""

    contact = forms.ModelChoiceField(Contact.objects.none(), required=False, widget=forms.HiddenInput)
    contact_name = forms.CharField(
        label=_("Name"),
        max_length=240,
        widget=Combobox(
            key="contact",
            url=format_lazy("{}?known=1", reverse_lazy("contacts:contact_options")),  # type: ignore[arg-type]
            attrs={"data-first": True},
        ),
    )
    field_order = ("contact_name", "kind", "note")

    side: ClassVar[Contact]

    class Meta:
        model = Acquaintance
        fields = ["kind", "note"]
        field_classes: ClassVar[dict[str, Any]] = {"note": NameField}
        widgets = {"kind": Chips}

    @classmethod
    def seen_by(cls, contact: Contact) -> type[Self]:
        return type(cls.__name__, (cls,), {"side": contact})

    def __init__(self, data: Any = None, **options: Any) -> None:
        row = options["instance"]
        if row.pk:
            row.seen_from(self.side)
        super().__init__(data, **options)
        self.fields["kind"].label = f"{self.side}…"
        self.people = Contact.objects.for_workspace(self.workspace)
        if row.pk:
            del self.fields["contact"], self.fields["contact_name"]
        else:
            self.fields["contact"].queryset = self.people.present()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.instance.pk and (person := known_person(self, self.people)):
            self._check(person)
            self.instance.other = person
        return cleaned

    def _check(self, person: Contact) -> None:
        names = {"one": self.side, "other": person}
        pair = Q(one=self.side, other=person) | Q(one=person, other=self.side)
        if person == self.side:
            self.add_error("contact_name", _("This is the person whose page it is: name somebody else."))
        elif Acquaintance.objects.for_workspace(self.workspace).filter(pair).exists():
            told = _("It is noted already that %(one)s and %(other)s know each other: correct it on their page.")
            self.add_error("contact_name", told % names)
