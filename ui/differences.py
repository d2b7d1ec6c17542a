"""What someone else saved while a form was open, beside what was typed in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext

from ui.wording import short_day


@dataclass(frozen=True, kw_only=True)
class Difference:
    label: str
    mine: str
    theirs: str


def differences(
    mine: forms.BaseForm, stored: forms.BaseForm, *, today: date, left_out: Collection[str]
) -> list[Difference]:
    """Field by field, in the words of the page; what agrees is left out."""
    found = []
    for name, field in mine.fields.items():
        if name in left_out:
            continue
        theirs = _told(stored, name, stored[name].value(), today)
        typed = _told(mine, name, field.to_python(mine[name].value()), today)
        if typed != theirs:
            found.append(Difference(label=str(field.label), mine=typed, theirs=theirs))
    return found


def _told(form: forms.BaseForm, name: str, value: Any, today: date) -> str:
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        at = localtime(value) if is_aware(value) else value  # an unbound form holds the clock of the reader
        return f"{short_day(at.date(), today)} {at:%H:%M}"
    if isinstance(value, date):
        return short_day(value, today)
    choices = {str(key): str(words) for key, words in getattr(form.fields[name], "choices", [])}
    return choices.get(str(getattr(value, "pk", value)), str(value))
