"""A meeting, some time spent, a calendar file: what is typed or chosen about them."""

from datetime import datetime, time, timedelta
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.calendars import reading
from networks.models import Meeting, Network, TimeSpent
from ui.forms import Chips, DateInput, MomentInput
from ui.wording import duration
from workspaces.forms import CardForm, NameField, past_day

FARTHEST: Final = timedelta(days=3660)
USUAL_SPANS: Final = (15, 30, 60, 90, 120)  # minutes


class MeetingForm(CardForm):
    """Hours are those of the company's clock; one that the clock skips or strikes twice is refused by its field."""

    class Meta:
        model = Meeting
        fields = ["title", "starts_at", "ends_at", "all_day", "place", "travel_minutes"]
        field_classes: ClassVar[dict[str, Any]] = {"title": NameField, "place": NameField}
        widgets = {"starts_at": MomentInput, "ends_at": MomentInput}
        help_texts = {"ends_at": _("Without it, an hour and a half is counted.")}

    def clean_travel_minutes(self) -> int:
        return self.cleaned_data["travel_minutes"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and not timezone.now() - FARTHEST * 3 < starts < timezone.now() + FARTHEST:
            self.add_error("starts_at", _("This date is too far."))
        elif starts and ends and ends < starts:
            self.add_error("ends_at", _("This is before the beginning."))
        elif starts and ends and ends - starts > reading.LONGEST:
            self.add_error("ends_at", _("A meeting lasts a month at most."))
        elif starts and cleaned.get("all_day"):
            cleaned.update(self._whole_days(starts, ends))
        return cleaned

    def _whole_days(self, starts: datetime, ends: datetime | None) -> dict[str, datetime | None]:
        zone = ZoneInfo(self.workspace.timezone)
        first, last = (datetime.combine(at.astimezone(zone), time.min, zone) for at in (starts, ends or starts))
        return {"starts_at": first, "ends_at": last if last != first else None}


class TimeForm(CardForm):
    """Minutes are tapped among the usual ones, or typed."""

    quick = forms.TypedChoiceField(label=_("How long"), coerce=int, empty_value=None, required=False, widget=Chips)

    class Meta:
        model = TimeSpent
        fields = ["quick", "minutes", "on", "note"]
        field_classes: ClassVar[dict[str, Any]] = {"note": NameField}
        labels: ClassVar[dict[str, Any]] = {"minutes": _("Or, in minutes")}
        widgets = {"on": DateInput}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["quick"].choices = [(span, duration(span)) for span in USUAL_SPANS]  # type: ignore[attr-defined]
        self.fields["minutes"].required = False
        if self.instance.pk and self.instance.minutes in USUAL_SPANS:
            self.initial.update(quick=self.instance.minutes, minutes=None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        tapped, typed = cleaned.get("quick"), cleaned.get("minutes")
        if "minutes" in self.errors or "quick" in self.errors:
            return cleaned
        if tapped and typed and tapped != typed:
            self.add_error("minutes", _("Two lengths are given: keep one."))
        elif not (tapped or typed):
            self.add_error("minutes", _("Say how long it took."))
        cleaned["minutes"] = typed or tapped
        return cleaned

    def clean_on(self) -> Any:
        return past_day(self.cleaned_data["on"], self.today, since=self.today - FARTHEST)


class CalendarForm(forms.Form):
    """A file that is read as soon as it comes; what is wrong with it is said at its field."""

    calendar = forms.FileField(
        label=_("Calendar"),
        help_text=_("A file of your calendar (.ics), up to 2 MB and 1,000 events."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        max_length=200,
    )

    def __init__(self, *args: Any, network: Network, **options: Any) -> None:
        super().__init__(*args, **options)
        self.network = network

    def clean_calendar(self) -> reading.Reading:
        file: UploadedFile = self.cleaned_data["calendar"]
        if (file.size or 0) > reading.MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(_("This file is larger than 2 MB: export a shorter period."))
        zone = ZoneInfo(self.network.workspace.timezone)
        try:
            return reading.read(file.read(), zone=zone, now=timezone.now())
        except reading.Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
