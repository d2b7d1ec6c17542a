"""What the screen of one contact accepts: the person, and rows of e-mails, phones and positions."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from contacts.birthdays import as_typed
from contacts.editing import DETAILS, Card, Job, Reach
from contacts.imports.cells import clean, clean_text
from contacts.imports.dates import read_date
from contacts.imports.points import read_email, read_phone
from contacts.models import Contact, ContactPoint
from networks.models import Network
from ui.forms import Combobox, DateInput
from workspaces.models import Workspace

LONG: Final = ("address", "notes")
ROWS_MAX: Final = 20
TAGS_MAX: Final = 30
FIRST_DAY: Final = "1900-01-01"


class ContactForm(forms.ModelForm):
    birthday = forms.CharField(
        label=_("Birthday"), max_length=60, required=False, help_text=_("For instance 12/03/1970, or 12/03 alone.")
    )
    website = forms.URLField(label=_("Website"), max_length=500, required=False, assume_scheme="https")
    tag_names = forms.CharField(
        label=_("Tags"), max_length=1000, required=False, help_text=_("Separate them with commas.")
    )

    tags_were = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Contact
        fields = DETAILS
        labels: ClassVar[dict[str, Any]] = {
            "given_name": _("Given name"),
            "family_name": _("Family name"),
            "address": _("Postal address"),
            "notes": _("Notes"),
            "met_on": _("Met on"),
            "met_through": _("Met through"),
            "source": _("How you met"),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "met_on": DateInput,
            "address": forms.Textarea(attrs={"rows": 3}),
            "notes": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        ours = Network.objects.for_workspace(self.instance.workspace)
        offered = ours.open_to_all() | ours.filter(pk=self.instance.met_through_id)
        self.fields["met_through"].queryset = offered.order_by("name", "pk").only("name")  # type: ignore[attr-defined]
        self.fields["met_through"].empty_label = "—"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = clean_text(value) if name in LONG else clean(value)
        return cleaned

    def clean_birthday(self) -> str:
        typed = self.cleaned_data["birthday"]
        found, reason = read_date(typed) if typed else ("", None)
        if reason:
            raise forms.ValidationError(_("This is not a date. Write it like 12/03/1970, or 12/03."))
        return found

    def clean_tag_names(self) -> str:
        names = tags_in(self.cleaned_data["tag_names"])
        if len(names) > TAGS_MAX:
            raise forms.ValidationError(_("Thirty tags at most."))
        if any(len(name) > 60 for name in names):
            raise forms.ValidationError(_("A tag holds 60 characters at most."))
        return self.cleaned_data["tag_names"]


def tags_in(text: str) -> tuple[str, ...]:
    return tuple(name for name in map(clean, text.replace(";", ",").split(",")) if name)


class EmailForm(forms.Form):
    kind = ContactPoint.Kind.EMAIL
    value = forms.CharField(
        label=_("E-mail"), max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    label = forms.CharField(label=_("Label"), max_length=40, required=False)

    def clean_value(self) -> str:
        typed = self.cleaned_data["value"]
        found, reason = read_email(typed) if typed else ("", None)
        if reason:
            raise forms.ValidationError(_("This is not one valid e-mail address."))
        return found

    def reach(self) -> Reach:
        return Reach(kind=self.kind, value=self.cleaned_data["value"], label=clean(self.cleaned_data["label"]))


class PhoneForm(EmailForm):
    kind = ContactPoint.Kind.PHONE
    value = forms.CharField(
        label=_("Phone"), max_length=60, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )

    def clean_value(self) -> str:
        """As typed: what is dialled follows from its key."""
        typed = clean(self.cleaned_data["value"])
        if typed and not read_phone(typed)[0]:
            raise forms.ValidationError(_("This is not a phone number."))
        return typed


class JobForm(forms.Form):
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    firm = forms.CharField(
        label=_("Firm"),
        max_length=200,
        required=False,
        widget=Combobox(key="", url=reverse_lazy("contacts:firm_options")),  # type: ignore[arg-type]
    )
    sector = forms.CharField(label=_("Sector"), max_length=120, required=False)
    firm_was = forms.CharField(required=False, widget=forms.HiddenInput)
    sector_was = forms.CharField(required=False, widget=forms.HiddenInput)
    started_on = forms.DateField(label=_("Since"), required=False, widget=DateInput(attrs={"min": FIRST_DAY}))
    ended_on = forms.DateField(label=_("Until"), required=False, widget=DateInput(attrs={"min": FIRST_DAY}))
    is_main = forms.BooleanField(label=_("Shown in the lists"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        started, ended = cleaned.get("started_on"), cleaned.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", _("This is before the beginning."))
        return cleaned | {name: clean(cleaned.get(name, "")) for name in ("title", "firm", "sector")}

    def job(self) -> Job:
        return Job(**self.cleaned_data)


class Rows(BaseFormSet):
    """A row left blank is not kept; there is always one blank row to write in."""

    def filled(self) -> list[forms.Form]:
        return [form for form in self.forms if any(form.cleaned_data.get(name) for name in ("value", "title", "firm"))]


def _rows(form: type[forms.Form]) -> "type[BaseFormSet[Any]]":
    return formset_factory(form, formset=Rows, extra=1, max_num=ROWS_MAX, absolute_max=ROWS_MAX + 1, validate_max=True)


class ContactSheet:
    """The whole screen as one thing: valid or not, and the card that it says."""

    def __init__(self, workspace: Workspace, contact: Contact, card: Card, data: Mapping[str, Any] | None = None):
        self.contact, self.data = contact, data or {}
        self.desk = workspace.slug
        self.form = ContactForm(data, instance=contact, initial=first_details(card))
        self.emails = _rows(EmailForm)(data, prefix="emails", initial=first_reaches(card, ContactPoint.Kind.EMAIL))
        self.phones = _rows(PhoneForm)(data, prefix="phones", initial=first_reaches(card, ContactPoint.Kind.PHONE))
        self.jobs = _rows(JobForm)(data, prefix="jobs", initial=[vars(job) for job in card.jobs])

    def is_valid(self) -> bool:
        """Every part is checked, so that all errors show at once."""
        parts = [part.is_valid() for part in (self.form, self.emails, self.phones, self.jobs)]
        return all(parts)

    @property
    def from_another_desk(self) -> bool:
        """The page was opened in one company and is sent from another."""
        return self.data.get("desk", "") != self.desk

    @property
    def version(self) -> int:
        """The version that the page was drawn from; 0 matches none."""
        sent = self.data.get("version", "")
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0

    @property
    def drawn(self) -> str:
        """What the page was drawn from, as `trace` says it."""
        return str(self.data.get("drawn", ""))

    @property
    def seen(self) -> set[str]:
        """The lookalikes that the page has already shown."""
        return set(self.data.get("seen", "").split())

    def unseen(self, alike: Iterable[Contact]) -> list[Contact]:
        """Whom to ask about: nobody, once the page has shown them all and is sent again."""
        found = list(alike)
        return [] if {str(one.pk) for one in found} <= self.seen else found

    def card(self) -> Card:
        return Card(
            details={name: self.form.cleaned_data[name] for name in DETAILS},
            reaches=tuple(form.reach() for rows in (self.emails, self.phones) for form in rows.filled()),  # type: ignore[attr-defined]
            jobs=tuple(form.job() for form in self.jobs.filled()),  # type: ignore[attr-defined]
            tags=tags_in(self.form.cleaned_data["tag_names"]),
            tags_were=tags_in(self.form.cleaned_data["tags_were"]),
        )


def first_details(card: Card) -> dict[str, Any]:
    tags = ", ".join(card.tags)
    return card.details | {"tag_names": tags, "tags_were": tags, "birthday": as_typed(card.details.get("birthday"))}


def first_reaches(card: Card, kind: str) -> list[dict[str, str]]:
    return [{"value": reach.value, "label": reach.label} for reach in card.reaches if reach.kind == kind]
