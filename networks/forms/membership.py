"""Our place in a network, in one short form; the checklist of an exit; the exit itself."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from networks.forms.sheet import SheetForm
from networks.leaving import CHECKLIST
from networks.models import Membership, Status
from strategy.models import Objective
from ui.forms import Chips, DateInput
from workspaces.forms import CardForm, NameField, past_day
from workspaces.models import Member

YEARS: Final = 100  # no company has belonged longer, and none plans further than a tenth of it
WRITTEN_MAX: Final = 1000


class MembershipForm(SheetForm):
    class Meta:
        model = Membership
        fields = [
            *("status", "since", "trial_until", "fee", "fee_period", "renewal_on", "sponsor", "roles"),
            *("objective", "goal", "result", "until"),
        ]
        field_classes: ClassVar[dict[str, Any]] = dict.fromkeys(("sponsor", "roles", "goal", "result"), NameField)
        labels = {"objective": _("For which objective")}
        widgets = {"status": Chips} | dict.fromkeys(("since", "trial_until", "renewal_on", "until"), DateInput)
        help_texts = {
            "result": _("A figure or a fact, looked at when the time comes to renew."),
            "roles": _("For instance treasurer, head of a working group."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["status"].choices = Status.choices  # type: ignore[attr-defined]
        self.offer("objective", Objective.objects.for_workspace(self.workspace).open(), _("None in particular"))

    def sheet_type(self) -> str:
        return str(self.instance.network.type)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_days(cleaned)
        self._check_fee(cleaned)
        if cleaned.get("status") in (None, Status.LEFT):
            return cleaned
        others = Membership.objects.for_workspace(self.workspace).current().filter(network=self.instance.network)
        if others.exclude(pk=self.instance.pk).exists():
            self.add_error("status", _("You have a membership of this network already: correct that one."))
        return cleaned

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        since, until, left = cleaned.get("since"), cleaned.get("until"), cleaned.get("status") == Status.LEFT
        for name in ("since", "trial_until", "renewal_on", "until"):
            if (day := cleaned.get(name)) and abs((day - self.today).days) > YEARS * 366:
                self.add_error(name, _("This date is too far."))
        if left and not until and "until" not in self.errors:
            self.add_error("until", _("Say on which day you left."))
        if left and until and until > self.today:
            self.add_error("until", _("This date has not come yet."))
        sooner = {
            "until": _("It ends before it starts."),
            "trial_until": _("The trial ends before it starts."),
            "renewal_on": _("The renewal comes before the start."),
        }
        for name, words in sooner.items():
            if since and (day := cleaned.get(name)) and day < since:
                self.add_error(name, words)

    def _check_fee(self, cleaned: dict[str, Any]) -> None:
        if not {"fee", "fee_period"} <= cleaned.keys():
            return
        fee, period = cleaned["fee"], cleaned["fee_period"]
        if fee is not None and not period:
            self.add_error("fee_period", _("For how long is this fee paid?"))
        if period and fee is None:
            self.add_error("fee", _("How much is it? Write 0 if it is free."))


class ExitForm(CardForm):
    """The ticks of the checklist, kept so that one may come back to it. Each says on which day it was done."""

    learnt_words = forms.CharField(
        label=_("What you have learnt"),
        max_length=WRITTEN_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Membership
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        done = self.instance.exit_done
        for item in CHECKLIST:
            ticked = forms.BooleanField(label=str(item.words), required=False, help_text=str(item.why))
            self.fields[item.key] = ticked
            self.initial[item.key] = item.key in done
        self.initial["learnt_words"] = done.get("words", "")

    def write(self, *, by: Member) -> Any:
        before = self.instance.exit_done
        day = self.today.isoformat()
        done = {item.key: before.get(item.key, day) for item in CHECKLIST if self.cleaned_data[item.key]}
        if words := self.cleaned_data["learnt_words"]:
            done["words"] = words
        self.instance.exit_done = done
        return super().write(by=by)


class LeaveForm(forms.Form):
    """The last act of the checklist: from which day, and why."""

    on = forms.DateField(label=_("Left on"), widget=DateInput)
    reason = NameField(label=_("Why"), max_length=500)

    def __init__(self, data: Any = None, *, of: Membership) -> None:
        self.membership, self.today = of, of.workspace.today()
        super().__init__(data, initial={"on": self.today}, auto_id="leave-%s")
        for field in self.fields.values():
            field.widget.attrs["form"] = "exit"  # what is ticked above is sent with it

    def clean_on(self) -> date:
        on: date = past_day(self.cleaned_data["on"], self.today)
        if self.membership.since and on < self.membership.since:
            raise forms.ValidationError(_("It ends before it starts."))
        return on
