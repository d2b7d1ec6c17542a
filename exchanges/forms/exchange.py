"""Form of an exchange, with the promise that often comes along."""

import re
import uuid
from functools import cache, partial
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts import keys
from contacts.models import Contact
from exchanges.forms.commitment import WHO_PROMISES
from exchanges.forms.line import NAMED, WEIGHTS, LineForm, QuickDate, due_of, quick_dates
from exchanges.models import Commitment, Exchange, Request, Side
from ui.forms import Chips, DateInput, Segments
from workspaces.models import Member

BOTH: Final = "both"
REQUESTS_SHOWN: Final = 30
ARROWS: Final[dict[str, str]] = {
    Exchange.Direction.GIVEN: "arrow-up-right",
    Exchange.Direction.RECEIVED: "arrow-down-left",
}


class ExchangeForm(LineForm):
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=[*Exchange.Direction.choices, (BOTH, _("Both ways"))],
        initial=Exchange.Direction.GIVEN,
        widget=Segments(icons=ARROWS),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Exchange.Kind.choices, widget=Chips(shown=6))
    weight = forms.TypedChoiceField(label=_("Weight"), choices=WEIGHTS, coerce=int, initial=3, widget=Chips)
    partner_names = forms.CharField(
        label=_("Together with"), required=False, max_length=600, help_text=_("Other contacts, separated by commas.")
    )
    promise_by = forms.ChoiceField(
        label=_("Who promises"), choices=WHO_PROMISES, initial=Side.US, required=False, widget=Segments
    )
    promise = forms.CharField(label=_("Promise"), max_length=300, required=False)
    promise_quick = QuickDate(label=_("For when"))
    promise_due = forms.DateField(label=_("Or on"), required=False, widget=DateInput)

    rare = ("weight", "solidarity", "minutes", "request", "outcome", "partner_names")

    class Meta:
        model = Exchange
        fields = ("kind", "on", "weight", "amount", "minutes", "solidarity", "summary", "request", "outcome", *NAMED)
        widgets: ClassVar[dict[str, Any]] = {"on": DateInput}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["promise_quick"].choices = quick_dates(self.today)  # type: ignore[attr-defined]
        self.fields["on"].initial = self.today
        asked = Request.objects.for_workspace(self.workspace).with_present()
        self.fields["request"].queryset = asked  # type: ignore[attr-defined]
        # Asked for only when the form is drawn: what is sent names a request by its number.
        self.fields["request"].choices = cache(partial(self._requests, asked))  # type: ignore[attr-defined]
        if self.instance.pk:
            for name in ("promise_by", "promise", "promise_quick", "promise_due"):
                del self.fields[name]

    def _requests(self, asked: Any) -> list[tuple[Any, str]]:
        """Open requests, those of this contact first, and the one that is already chosen."""
        contact = self.initial.get("contact") or 0
        mine_first = models.Case(models.When(contact=contact, then=0), default=1)
        shown = list(asked.open().select_related("contact").order_by(mine_first, "-asked_on")[:REQUESTS_SHOWN])
        if self.instance.request_id and self.instance.request_id not in {one.pk for one in shown}:
            shown.append(self.instance.request)
        named = [(one.pk, f"{one.summary} ({one.contact})" if one.contact else one.summary) for one in shown]
        return [("", "—"), *named]

    def first_values(self, instance: Any, contact: Contact | None) -> dict[str, Any]:
        values = super().first_values(instance, contact)
        if instance is None:
            return values
        partners = ", ".join(one.full_name for one in instance.partners.all())
        return values | {"direction": BOTH if instance.twin_id else instance.direction, "partner_names": partners}

    @property
    def shows_promise(self) -> bool:
        return self.touches(("promise", "promise_quick", "promise_due"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("amount") is not None and cleaned.get("kind") != Exchange.Kind.BUSINESS:
            self.add_error("amount", _("An amount goes with business done only."))
        if "promise" not in self.fields:
            return cleaned
        cleaned["promise_due"] = due_of(self, "promise_quick", "promise_due")
        if cleaned["promise_due"] and not cleaned.get("promise"):
            self.add_error("promise", _("Say what is promised."))
        made_on = min(cleaned.get("on") or self.today, self.today)
        if cleaned["promise_due"] and cleaned["promise_due"] < made_on:
            self.add_error("promise_due", _("A promise falls due after it is made."))
        return cleaned

    def clean_partner_names(self) -> list[Contact]:
        typed: str = self.cleaned_data["partner_names"]
        if self.instance.pk and "partner_names" not in self.changed_data:
            return list(self.instance.partners.all())
        found = []
        for name in filter(None, (part.strip() for part in re.split(r"[,;\n]", typed))):
            namesakes = Contact.objects.for_workspace(self.workspace).present().filter(name_key=keys.name_key(name))
            if len(some := list(namesakes[:2])) != 1:
                reason = _("%(name)s is not among your contacts.") if not some else _("Several contacts are %(name)s.")
                raise ValidationError(reason, params={"name": name})
            found += some
        return found

    def line_fields(self) -> dict[str, Any]:
        both = self.cleaned_data["direction"] == BOTH
        direction = Exchange.Direction.GIVEN if both else self.cleaned_data["direction"]
        fields = super().line_fields() | {"direction": direction, "partners": self.cleaned_data["partner_names"]}
        return fields | {"both": both}

    def write_more(self, line: Any, *, by: Member) -> None:
        cleaned = self.cleaned_data
        if not cleaned["promise"]:
            return
        Commitment.record(
            by=by,
            today=self.today,
            nonce=cleaned["nonce"] and uuid.uuid5(cleaned["nonce"], "promise"),
            contact=line.contact,
            promised_by=cleaned["promise_by"] or Side.US,
            summary=cleaned["promise"],
            made_on=min(cleaned["on"], self.today),
            due_on=cleaned["promise_due"],
        )
