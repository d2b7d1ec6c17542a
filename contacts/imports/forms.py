"""What a person chooses when they bring a file in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from contacts.imports.decoding import ENCODINGS
from contacts.imports.limits import DEFAULT_LIMITS


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

    def __init__(self, data: Any = None, *, chosen: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"order": "dmy"} | (chosen or {}))
        guess = [("", _("Recognised by itself"))]
        self.fields["encoding"].choices = guess + [(name, name) for name in ENCODINGS]  # type: ignore[attr-defined]

    def choices(self) -> dict[str, Any]:
        """Only what was chosen, as `read` takes it."""
        return {name: value for name, value in self.cleaned_data.items() if value}
