"""What a person chooses when they bring a file in."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from contacts.imports.decoding import ENCODINGS
from contacts.imports.fields import LABELS
from contacts.imports.limits import DEFAULT_LIMITS
from contacts.models import Import

COLUMN: Final = "column_"


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV (Google, Outlook, LinkedIn or any other) or vCard, up to 10 MB and 50,000 lines."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.vcf,.vcard,text/csv,text/vcard"}),
        max_length=200,
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > DEFAULT_LIMITS.bytes:
            raise forms.ValidationError(_("This file is larger than 10 MB. Split it, or take out the photos."))
        return file


class ReadingForm(forms.Form):
    """How to read the file, when we guessed wrong. Blank: guess."""

    encoding = forms.ChoiceField(label=_("Encoding"), required=False)
    delimiter = forms.ChoiceField(
        label=_("Separator"),
        required=False,
        choices=[("", _("Recognised by itself")), (";", ";"), (",", ","), ("\t", _("tab")), ("|", "|")],
    )
    order = forms.ChoiceField(
        label=_("Dates such as 03/04/2025"),
        choices=[("dmy", _("3 April (day first)")), ("mdy", _("4 March (month first)"))],
    )

    def __init__(self, data: Any = None, *, job: Import) -> None:
        super().__init__(data, initial={"order": "dmy"} | job.choices)
        self.job = job
        guess = [("", _("Recognised by itself"))]
        self.fields["encoding"].choices = guess + [(name, name) for name in ENCODINGS]  # type: ignore[attr-defined]
        for index, (title, field) in enumerate(job.columns):
            label = title or _("Column %(number)s") % {"number": index + 1}
            self.fields[f"{COLUMN}{index}"] = forms.ChoiceField(
                label=label, required=False, choices=[("", _("left out")), *LABELS.items()], initial=field or ""
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(COLUMN)]

    def choices(self) -> dict[str, Any]:
        """What was chosen alone, as `read` takes it. With another separator the columns are recognised anew."""
        chosen = {name: self.cleaned_data[name] for name in ("encoding", "delimiter", "order")}
        if chosen["delimiter"] == self.job.choices.get("delimiter", ""):
            chosen["mapping"] = self.job.choices.get("mapping", {}) | self._moved()
        return {name: value for name, value in chosen.items() if value}

    def _moved(self) -> dict[str, str | None]:
        """The columns that the user gave another meaning."""
        moved: dict[str, str | None] = {}
        for index, (_title, field) in enumerate(self.job.columns):
            name = f"{COLUMN}{index}"
            if name in self.data and self.cleaned_data[name] != (field or ""):
                moved[str(index)] = self.cleaned_data[name] or None
        return moved
