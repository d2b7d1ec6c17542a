"""What every form of the ledger shares."""

import uuid
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache, partial
from typing import Any, ClassVar, Final

from django import forms
from django.db import transaction
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts import keys
from contacts.editing import create_from_name
from contacts.imports.cells import clean
from contacts.models import Contact
from networks.models import Network
from strategy.models import Need
from ui.forms import Chips, Combobox
from ui.wording import short_weekday
from workspaces.forms import EARLIEST
from workspaces.http import DIGITS_MAX
from workspaces.models import Member, Workspace

AHEAD_DAYS: Final = 3660
NAMED: Final[dict[str, Any]] = {"network": Network, "need": Need}  # what a line may name, besides people
NAMES: Final = {"network": "name", "need": "title"}
WEIGHTS: Final = [(1, _("Slight")), (2, _("Small")), (3, _("Ordinary")), (4, _("Large")), (5, _("Decisive"))]


def quick_dates(today: date) -> list[tuple[str, str]]:
    """The due dates that people say: no date, tomorrow, Friday, in a week, at the end of the month."""
    friday = today + timedelta(days=(4 - today.weekday()) % 7 or 7)
    month_end = today.replace(day=monthrange(today.year, today.month)[1])
    choices: list[tuple[date | str, str]] = [("", gettext("No date")), (today + timedelta(days=1), gettext("Tomorrow"))]
    choices += [(friday, short_weekday(friday, today)), (today + timedelta(days=7), gettext("In a week"))]
    if month_end > today:
        choices.append((month_end, gettext("End of the month")))
    seen: dict[str, str] = {}
    for day, words in choices:
        seen.setdefault(day.isoformat() if isinstance(day, date) else day, words)
    return list(seen.items())


class LineForm(forms.ModelForm):
    """What the four kinds share: with whom, sent once (`nonce`), from one company (`desk`), over one `version`."""

    contact = forms.ModelChoiceField(Contact.objects.none(), required=False, widget=forms.HiddenInput)
    contact_name = forms.CharField(
        label=_("With"),
        max_length=240,
        widget=Combobox(key="contact", url=reverse_lazy("contacts:contact_options")),  # type: ignore[arg-type]
    )
    nonce = forms.UUIDField(required=False, widget=forms.HiddenInput)
    desk = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    rare: ClassVar[tuple[str, ...]] = ()  # fields behind « More »
    unseen: ClassVar[tuple[str, ...]] = ("version", "nonce", "desk", "contact")
    past: ClassVar[tuple[str, ...]] = ()  # dates of what has happened; the others may lie ahead

    def __init__(
        self,
        data: Any = None,
        *,
        workspace: Workspace,
        instance: Any = None,
        contact: Contact | None = None,
        named: Mapping[str, Any] | None = None,
    ):
        """`named`: the network and the need that the page it was opened from is about, and words typed before."""
        self.workspace, self.today = workspace, workspace.today()
        self.started_from = instance
        first = self.first_values(instance, contact) | dict(named or {})
        super().__init__(data, instance=instance, initial=first, auto_id="note-%s")
        for name, model in NAMED.items():
            if name in self.fields:
                rows = model.objects.for_workspace(workspace)
                if name == "network":  # to name one that may reveal a belief would say who is there
                    rows = rows.open_to_all()
                self.fields[name].queryset = rows  # type: ignore[attr-defined]
                # As with requests: asked for only when the form is drawn.
                self.fields[name].choices = cache(partial(self._named, name, rows))  # type: ignore[attr-defined]
        self.fields["contact"].queryset = Contact.objects.for_workspace(workspace).present()  # type: ignore[attr-defined]
        self.fields["version"].required = instance is not None
        self.fields[self.first_question()].widget.attrs["data-first"] = True

    def _named(self, name: str, rows: Any) -> list[tuple[Any, str]]:
        """The networks that we have not left, the needs that are open, and the one that is chosen in any case."""
        offered = rows.nearest_first() if name == "network" else rows.open().order_by("-criticality", "title", "pk")
        shown = [(one.pk, str(one)) for one in offered.only(NAMES[name])]
        sent = str(self.data.get(name, ""))
        chosen = int(sent) if sent.isdecimal() and len(sent) <= DIGITS_MAX else self.initial.get(name)
        if chosen and chosen not in dict(shown):
            shown += [(one.pk, str(one)) for one in rows.filter(pk=chosen)]
        return [("", "—"), *shown]

    @property
    def offers_names(self) -> bool:
        """Whether there is any network or need to name."""
        return any(len(list(self.fields[name].choices)) > 1 for name in NAMED if name in self.fields)  # type: ignore[attr-defined]

    def first_question(self) -> str:
        """Where the focus goes: past the contact when it is known already."""
        if not self.initial.get("contact"):
            return "contact_name"
        return "kind" if "kind" in self.fields else "summary"

    def first_values(self, instance: Any, contact: Contact | None) -> dict[str, Any]:
        contact = instance.contact if instance else contact
        values: dict[str, Any] = {
            "contact": contact and contact.pk,
            "contact_name": contact.full_name if contact else "",
        }
        if instance:
            return values | {"version": instance.version}
        return values | {"nonce": uuid.uuid4(), "desk": self.workspace.slug} | dict.fromkeys(self.past, self.today)

    @property
    def from_another_desk(self) -> bool:
        """The page was opened in one company and is sent from another."""
        return self.instance.pk is None and self.data.get("desk", "") != self.workspace.slug

    @property
    def shows_more(self) -> bool:
        """A line being corrected shows all; a new one only what was filled in or is wrong."""
        return bool(self.instance.pk) or self.touches(self.rare)

    @property
    def shows_names(self) -> bool:
        """The network and the need stand in sight once they are chosen, or when the page behind fills them in."""
        return any(self[name].value() or self[name].errors for name in NAMED if name in self.fields)

    def touches(self, names: Iterable[str]) -> bool:
        return self.is_bound and not set(names).isdisjoint([*self.errors, *self.changed_data])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["contact"] = person_of(self, self.workspace)
        for name, value in list(cleaned.items()):
            if isinstance(value, date):
                self._check_day(name, value)
        return cleaned

    def _check_day(self, name: str, day: date) -> None:
        last = self.today + timedelta(days=1 if name in self.past else AHEAD_DAYS)
        if day < EARLIEST:
            self.add_error(name, _("This date is too far in the past."))
        elif day > last:
            self.add_error(name, _("This date has not come yet.") if name in self.past else _("This date is too far."))

    def line_fields(self) -> dict[str, Any]:
        """What the verb of the model takes, besides the contact."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def write(self, *, by: Member) -> Any:
        """Record or correct the line, with its contact if it is a new one, in one transaction."""
        nonce = None if self.instance.pk else self.cleaned_data["nonce"]
        with transaction.atomic():
            if known := self._meta.model.objects.already(by, nonce):
                return known
            whom, typed = self.cleaned_data["contact"], self.cleaned_data["contact_name"]
            fields = self.line_fields() | {"contact": whom or (create_from_name(typed, by=by) if typed else None)}
            if self.instance.pk:
                self.instance.correct(by=by, today=self.today, version=self.cleaned_data["version"], **fields)
                return self.instance
            line = self._meta.model.record(by=by, today=self.today, nonce=nonce, **fields)
            self.write_more(line, by=by)
        return line

    def write_more(self, line: Any, *, by: Member) -> None:
        """Other rows that the same form makes."""


def person_of(form: forms.BaseForm, workspace: Workspace) -> Contact | None:
    """The picked contact, unless another name was typed over; else the only one of that name; else a new one: None."""
    typed = form.cleaned_data["contact_name"] = clean(form.cleaned_data.get("contact_name", ""))
    picked = form.cleaned_data.get("contact")
    if "contact" in form.errors:
        form.add_error("contact_name", _("Pick a contact again."))
    if picked and keys.name_key(typed) in ("", picked.name_key):
        return picked
    if not typed or "contact_name" in form.errors:
        return None
    if not (key := keys.name_key(typed)):
        form.add_error("contact_name", _("Write a name."))
    namesakes = list(Contact.objects.for_workspace(workspace).present().filter(name_key=key)[:2])
    if len(namesakes) > 1:
        form.add_error("contact_name", _("Several contacts bear this name: pick one in the list."))
    return namesakes[0] if len(namesakes) == 1 else None


def due_of(form: forms.BaseForm, quick: str, exact: str) -> date | None:
    """A date tapped among the quick ones or picked in the calendar; both, when they differ, are one too many."""
    tapped, picked = form.cleaned_data.get(quick), form.cleaned_data.get(exact)
    if tapped and picked and tapped != picked:
        form.add_error(exact, _("Two dates are given: keep one."))
    return picked or tapped


class QuickDate(forms.TypedChoiceField):
    """Chips of dates; its choices are those of the day on which the form is drawn, any date is understood."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=date.fromisoformat, empty_value=None, required=False, widget=Chips, **options)

    def valid_value(self, value: Any) -> bool:
        try:
            date.fromisoformat(str(value))
        except ValueError:
            return False
        return True
