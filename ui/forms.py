"""How a form is drawn: one field template, and the few widgets that a plain input does not cover."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """Widgets and fields come from our templates directory (`FORM_RENDERER`)."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def say_blanks(fields: Iterable[forms.Field]) -> None:
    """Words for the empty answer of the choices of a model, which Django draws as a row of hyphens."""
    for field in fields:
        if isinstance(field, forms.TypedChoiceField):
            blank = _("Not said") if isinstance(field.widget, forms.RadioSelect) else "—"
            choices: Any = field.choices
            field.choices = [(value, blank if value in ("", None) else words) for value, words in choices]


class Segments(forms.RadioSelect):
    """Two to four answers side by side; `icons` maps a value to the name of its icon."""

    template_name = "components/segments.html"
    look = "group"

    def __init__(self, *args: Any, icons: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.icons = icons or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"icon": self.icons.get(str(value), "")}


class Chips(forms.RadioSelect):
    """One answer among many short words. The first `shown` are in sight, the others behind « … »."""

    template_name = "components/chips.html"
    look = "group"

    def __init__(self, *args: Any, shown: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _, group, _ in context["widget"]["optgroups"] for option in group]
        cut = self.shown or len(options)
        hidden = options[cut:]
        context["widget"] |= {
            "in_sight": options[:cut],
            "behind": hidden,
            "open": any(option["selected"] for option in hidden),
        }
        return context


class ChipBoxes(Chips, forms.CheckboxSelectMultiple):
    """Any number of answers among short words."""


class DateInput(forms.DateInput):
    """The browser's own calendar; it speaks ISO whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and an hour, picked with the browser's own means, where the reader works."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Combobox(forms.TextInput):
    """A name typed, or picked among those that `url` proposes for `?q=` (components/options.html).

    The picked id goes to the form's own hidden field `key`, which typing empties again. Without script it is a
    text input, and the server matches the name itself.
    """

    template_name = "components/combobox.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, key: str, url: str) -> None:
        super().__init__(attrs)
        self.key, self.url = key, url

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"key": self.key, "url": self.url}
        return context
