"""What people type about a resource: one line, whose it is, and how it went when it was called upon."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contacts.forms.affiliation import PeopleForm
from contacts.models import Contact, Organisation
from resources.models import Resource, Use
from strategy.models import Need
from ui.forms import Chips, DateInput, Segments
from workspaces.folding import among
from workspaces.forms import CardForm, NameField, past_day
from workspaces.models import Member

PERSON = "person"
EXAMPLE = forms.TextInput(attrs={"placeholder": _("Labour law, a 12 m booth, the site manager at Navalys…")})


def firms_of(contact: Contact) -> dict[str, Organisation]:
    """Where they work now, by number."""
    positions = contact.positions.filter(ended_on=None, organisation__isnull=False).select_related("organisation")
    found = [position.organisation for position in positions.order_by("pk")]
    return {str(firm.pk): firm for firm in found if firm}


class ResourceForm(CardForm):
    """Of a contact who works somewhere, whose it is is asked; it is verified on the day that it is first written."""

    whose = forms.ChoiceField(label=_("Who has it"), required=False, widget=Segments)

    class Meta:
        model = Resource
        fields = ["words", "kind", "verified_on"]
        field_classes: ClassVar[dict[str, Any]] = {"words": NameField}
        widgets = {"words": EXAMPLE, "kind": Chips, "verified_on": DateInput}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = Need.Resource.choices  # type: ignore[attr-defined]
        contact = self.instance.contact
        self.firms = {} if self.instance.pk or not contact else firms_of(contact)
        if not self.instance.pk:
            del self.fields["verified_on"]
        if self.firms:
            whose: Any = self.fields["whose"]
            whose.choices = [(PERSON, str(contact)), *((pk, str(firm)) for pk, firm in self.firms.items())]
            whose.initial = PERSON
        else:
            del self.fields["whose"]

    def clean_verified_on(self) -> date | None:
        return past_day(self.cleaned_data["verified_on"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if firm := self.firms.get(cleaned.get("whose", "")):
            self.instance.contact, self.instance.organisation = None, firm
        words, kind = cleaned.get("words"), cleaned.get("kind")
        if words and kind and self._is_known(words, kind):
            self.add_error("words", _("You have written this already."))
        return cleaned

    def _is_known(self, words: str, kind: str) -> bool:
        """Whatever its accents and capitals."""
        one = self.instance
        held = {"contact": one.contact_id, "organisation": one.organisation_id, "service": one.service_id}
        others = Resource.objects.for_workspace(self.workspace).filter(kind=kind, **held).exclude(pk=one.pk)
        return among(words, others.values_list("words", flat=True))

    def write(self, *, by: Member) -> Any:
        if not self.instance.pk:
            self.instance.verified_on = self.today
        return super().write(by=by)


class UseForm(CardForm):
    class Meta:
        model = Use
        fields = ["helped", "on", "need", "note"]
        field_classes: ClassVar[dict[str, Any]] = {"note": NameField}
        widgets = {"on": DateInput}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        needs = Need.objects.for_workspace(self.workspace).open().order_by("-criticality", "title")
        self.offer("need", needs, _("None in particular"))

    def clean_on(self) -> date | None:
        return past_day(self.cleaned_data["on"], self.today)

    def write(self, *, by: Member) -> Any:
        """What helped on a day was there on that day."""
        with transaction.atomic():
            use = super().write(by=by)
            if use.helped:
                use.resource.verify(by=by, on=use.on)
        return use


class SpreadForm(PeopleForm):
    """The same resource for each of those who were ticked."""

    words = NameField(label=_("In a few words"), max_length=200, widget=EXAMPLE)
    kind = forms.ChoiceField(label=_("Kind"), choices=Need.Resource.choices, widget=Chips)
