"""A page as a parser sees it: its skeleton without the text, and the forms that it offers."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

LINKS: Final = {"href", "src", "action", "formaction", "hx-get", "hx-post", "xlink:href", "data", "poster"}
EXECUTED: Final = ("javascript", "data", "vbscript", "file")
VOLATILE: Final = {"checked", "selected", "open", "hidden", "disabled", "aria-current", "aria-invalid"}


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.dangers: list[str] = []
        self.forms: list[Form] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, tuple(sorted(set(values) - VOLATILE))))
        for name in LINKS & set(values):
            scheme = urlsplit("".join(values[name].split())).scheme.lower()
            self.dangers += [f"{tag} {name}={values[name]}"] * (scheme in EXECUTED)
        self._collect(tag, values)

    def _collect(self, tag: str, values: dict[str, str]) -> None:
        if tag == "form":
            self.forms.append(Form(values.get("action", ""), values.get("method", "get").lower()))
        elif tag == "option" and self.forms and self.select:
            self.forms[-1].fields[self.select].append(values.get("value", ""))
        elif tag in ("input", "textarea", "select") and self.forms and values.get("name"):
            self.select = values["name"] if tag == "select" else ""
            known = self.forms[-1].fields.setdefault(values["name"], [])
            known += [values.get("value", "")] * (tag != "select")


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader
