"""Every sentence of the code and the templates has a finished French one, and French has nothing else.

Reads with Babel and with Django's own template reader, so that no gettext program is needed. Also holds French
typography: the narrow no-break space before ; : ! ? and inside guillemets, and the curly apostrophe.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"
ROOMS = ["ui", "workspaces", "strategy", "networks", "contacts", "exchanges", "resources", "journey", "netcrm"]
TEMPLATES = ("*.html", "*.txt")
PLAIN = ["_", "gettext", "gettext_lazy", "gettext_noop"]
PLURAL = ["ngettext", "ngettext_lazy"]
CONTEXT = ["pgettext", "pgettext_lazy"]
CONTEXT_PLURAL = ["npgettext", "npgettext_lazy"]
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")
TYPOGRAPHY = {
    "a straight apostrophe (write ’)": re.compile(r"\w'\w"),
    "a plain or missing narrow space before ; : ! ?": re.compile(
        r"[^\W\d_] ?[;!?](?=\s|$)|[^\W_] :(?=\s|$)|[^\W\d_]:(?=\s|$)"
    ),
    "a plain space inside « »": re.compile(r"« | »|«\w|\w»"),
    "a plain space before € or %": re.compile(r"[\d)] ?[€%](?![(\w])"),
}
Key = tuple[str, str]


def main() -> int:
    if not settings.configured:
        settings.configure()
        django.setup()
    with CATALOG.open("rb") as text:
        french = read_po(text, locale="fr")
    wanted = dict(used())
    complaints = [*missing(wanted, french), *stale(wanted, french), *faults(french)]
    for complaint in complaints:
        print(complaint)
    print(f"translations: {len(wanted)} sentences, {len(complaints)} complaints")
    return 1 if complaints else 0


def used() -> Iterator[tuple[Key, str]]:
    """Each (context, sentence) that the program may show, with the place that shows it."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            yield from read(file, file.read_bytes())
    for pattern in TEMPLATES:
        for file in sorted((ROOT / "templates").rglob(pattern)):
            source = templatize(file.read_text(encoding="utf-8"), origin=str(file))
            # What is left of a template is calls and blanks; indentation would confuse the Python reader.
            yield from read(file, "\n".join(line.strip() for line in source.splitlines()).encode())


def read(file: Path, source: bytes) -> Iterator[tuple[Key, str]]:
    names: Any = PLAIN + PLURAL + CONTEXT + CONTEXT_PLURAL
    for line, name, said, _comments in extract_python(io.BytesIO(source), names, [], {"encoding": "utf-8"}):
        words: Any = said if isinstance(said, tuple) else (said,)
        context, sentence = (words[0], words[1]) if name in CONTEXT + CONTEXT_PLURAL else ("", words[0])
        if sentence:
            yield (context or "", sentence), f"{file.relative_to(ROOT)}:{line}"


def key_of(message: Message) -> Key:
    return message.context or "", texts(message.id)[0]


def texts(said: Any) -> tuple[str, ...]:
    """One sentence, or its singular and plural."""
    return tuple(text or "" for text in said) if isinstance(said, (tuple, list)) else (said or "",)


def missing(wanted: dict[Key, str], french: Catalog) -> Iterator[str]:
    known = {key_of(message) for message in french if message.id}
    for key, place in wanted.items():
        if key not in known:
            yield f"{place}: no French for {key[1]!r}" + (f" ({key[0]})" if key[0] else "")


def stale(wanted: dict[Key, str], french: Catalog) -> Iterator[str]:
    for message in french:
        if message.id and key_of(message) not in wanted:
            yield f"line {message.lineno}: nothing says {key_of(message)[1]!r} any more"
    for message in french.obsolete.values():
        yield f"an obsolete entry is left: {key_of(message)[1]!r}"


def faults(french: Catalog) -> Iterator[str]:
    for message in french:
        if message.id:
            yield from (f"line {message.lineno}: {fault}: {key_of(message)[1]!r}" for fault in faults_of(message))


def faults_of(message: Message) -> Iterator[str]:
    ids, said = texts(message.id), texts(message.string)
    if message.fuzzy:
        yield "marked fuzzy"
    if not all(said) or len(said) < len(ids):
        yield "French is empty or lacks its plural"
        return
    # A singular may spell its number out, so the plural, said last, is what must match.
    if sorted(PLACEHOLDER.findall(ids[-1])) != sorted(PLACEHOLDER.findall(said[-1])):
        yield "its placeholders differ"
    if not set(PLACEHOLDER.findall(said[0])) <= set(PLACEHOLDER.findall(ids[-1])):
        yield "its singular has a placeholder of its own"
    for text in said:
        yield from (fault for fault, pattern in TYPOGRAPHY.items() if pattern.search(PLACEHOLDER.sub("x", text)))


if __name__ == "__main__":
    sys.exit(main())
