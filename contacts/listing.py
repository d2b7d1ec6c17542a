"""The list of contacts: what is searched, in which order, and what one line says. Two queries at most."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from contacts import keys, miniatures
from contacts.models import Affiliation, Contact, Relationship, Tag
from contacts.models.relationship import BALANCE, LAST_CONTACT, NEVER, NEXT_CONTACT, RELIABLE
from networks.models import Network
from ui.paginator import Page, keyset_page
from ui.wording import ago, initials, number, short_day
from workspaces.models import Workspace

DEFAULT: Final = "-last"
NAMES: Final = ("name", "-name")
SCORES: Final = ("-balance", "-reliability")
RHYTHM: Final = "next"
SORTS: Final = (DEFAULT, "last", *NAMES, *SCORES, RHYTHM)
KEYS: Final = {"last": LAST_CONTACT, "balance": BALANCE, "reliability": RELIABLE, RHYTHM: NEXT_CONTACT}

LONGEST_SEARCH: Final = 100

# Up to this many matches are fetched by number and sorted; a more frequent word is met soon along the sort itself.
RARE: Final = 500

COLUMNS: Final = (
    *("last_contact_on", "balance", "balance_lo", "balance_hi", "promise_marks"),
    *("next_summary", "next_by", "next_due_on", "uncounted_at", "rhythm"),
)
PERSON: Final = ("given_name", "family_name", "headline")
SAID: Final = (Relationship.Rhythm.DUE, Relationship.Rhythm.LATE, Relationship.Rhythm.DORMANT)
MARKS: Final = {"k": "kept", "l": "late", "b": "broken", "o": "overdue", "p": "open"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the list, in words and small pictures."""

    pk: int
    name: str
    initials: str
    headline: str
    last: str
    rhythm: str
    rhythm_look: str
    balance: SafeString
    promises: SafeString
    gesture: str
    gesture_when: str
    late: bool


def page_of(
    workspace: Workspace,
    *,
    sort: str = DEFAULT,
    text: str = "",
    tag: Tag | None = None,
    network: Network | None = None,
    bridges: bool = False,
    rhythm: str = "",
    circle: str = "",
    cursor: str = "",
) -> Page[dict[str, Any]]:
    """One page of the present contacts, as plain rows for `line_of`; `bridges`: of those in two networks or more.

    Last met or best scored first, the never met and the unscored come last; longest not met first, the never met lead.
    Next to be called first, whoever is not asked for comes last.
    """
    down, key = ("-", sort[1:]) if sort.startswith("-") else ("", sort)
    if key == "name":
        rows, order, person = _by_name(workspace), [f"{down}sort_key", f"{down}pk"], ""
    else:
        rows, order, person = _by_relationship(workspace, key), [f"{down}key", f"{down}contact_id"], "contact__"
    tie = "relationship__" if key == "name" else ""
    for column, asked in (("rhythm", rhythm), ("circle", circle)):
        if asked:
            rows = rows.filter(**{f"{tie}{column}": asked})
    if tag:
        rows = rows.filter(**{f"{person}tags": tag})
    if network or bridges:
        rows = rows.filter(**{f"{person}pk__in": _belonging(workspace, network, bridges)})
    return keyset_page(_found(rows, workspace, person, text), order, cursor)


def _belonging(workspace: Workspace, network: Network | None, bridges: bool) -> QuerySet[Any]:
    """Those in that network, and those in two or more; what may reveal a belief counts for neither."""
    known = Affiliation.objects.for_workspace(workspace).open_to_all().current(workspace.today())
    found = known.filter(network=network) if network else known
    if bridges:
        several = known.values("contact").annotate(networks=Count("pk")).filter(networks__gte=2)
        found = found.filter(contact__in=several.values("contact"))
    return found.values("contact")


def _by_relationship(workspace: Workspace, key: str) -> QuerySet[Any]:
    rows = Relationship.objects.for_workspace(workspace).filter(contact__deleted_at=None)
    person = {name: F(f"contact__{name}") for name in PERSON}
    return rows.annotate(key=KEYS[key]).values("contact_id", "key", *COLUMNS, **person)


def _by_name(workspace: Workspace) -> QuerySet[Any]:
    rows = Contact.objects.for_workspace(workspace).present()
    relation = {name: F(f"relationship__{name}") for name in COLUMNS}
    return rows.values("pk", "sort_key", *PERSON, contact_id=F("pk"), **relation)


def _found(rows: QuerySet[Any], workspace: Workspace, person: str, text: str) -> QuerySet[Any]:
    """Those that match, by number when they are few, so that no engine ever walks the whole sort for a rare word."""
    if not text.strip():
        return rows
    matches = Contact.objects.for_workspace(workspace).matching(text).values_list("pk", flat=True)
    few = list(matches[: RARE + 1])
    if len(few) <= RARE:
        return rows.filter(**{f"{person}pk__in": few})
    for word in keys.fold(text).split():
        rows = rows.filter(**{f"{person}search__contains": word})
    return rows


def line_of(row: dict[str, Any], today: date) -> Line:
    due, theirs = row["next_due_on"], row["next_by"] == "them"
    name = f"{row['given_name']} {row['family_name']}".strip()
    return Line(
        pk=row["contact_id"],
        name=name,
        initials=initials(name),
        headline=row["headline"],
        last=ago(row["last_contact_on"], today) if row["last_contact_on"] else "",
        rhythm=str(Relationship.Rhythm(row["rhythm"]).label) if row["rhythm"] in SAID else "",
        rhythm_look=row["rhythm"] if row["rhythm"] in SAID[:2] else "",
        balance=_balance_picture(row),
        promises=_promise_picture(row["promise_marks"] or "", get_language() or ""),
        gesture=row["next_summary"],
        gesture_when=_gesture_when(due, today, row["given_name"] or row["family_name"] if theirs else ""),
        late=bool(due and due < today),
    )


def _balance_picture(row: dict[str, Any]) -> SafeString:
    """Two decimals are more than 76 pixels can show."""
    figures = [row[name] for name in ("balance", "balance_lo", "balance_hi")]
    if None in figures:
        figures = [None] * 3
    rounded = tuple(figure if figure is None else round(figure, 2) for figure in figures)
    return _drawn_balance(*rounded, bool(row["uncounted_at"]), get_language() or "")


@lru_cache(maxsize=4096)
def _drawn_balance(
    balance: float | None, low: float | None, high: float | None, uncounted: bool, language: str
) -> SafeString:
    """The same pictures come back with every visit of a list; `language` only keeps them apart."""
    if balance is None or low is None or high is None:
        label = gettext("not counted") if uncounted else gettext("too little evidence")
    else:
        figures = {"balance": number(balance, 2), "low": number(low, 2), "high": number(high, 2)}
        label = gettext("Balance %(balance)s, between %(low)s and %(high)s") % figures
    return miniatures.balance(balance, low, high, label)


@lru_cache(maxsize=1024)
def _promise_picture(marks: str, language: str) -> SafeString:
    """As above; there are few patterns."""
    label = promises_in_words(marks) or gettext("too little evidence")
    return miniatures.promises([MARKS[mark] for mark in marks], label)


def promises_in_words(marks: str) -> str:
    """« 5 last promises: 4 kept, 1 kept late »."""
    count = Counter(marks)
    parts = [
        ngettext("%(count)s kept", "%(count)s kept", count["k"]) % {"count": count["k"]},
        ngettext("%(count)s kept late", "%(count)s kept late", count["l"]) % {"count": count["l"]},
        ngettext("%(count)s broken", "%(count)s broken", count["b"]) % {"count": count["b"]},
        ngettext("%(count)s overdue", "%(count)s overdue", count["o"]) % {"count": count["o"]},
        ngettext("%(count)s to come", "%(count)s to come", count["p"]) % {"count": count["p"]},
    ]
    said = ", ".join(part for part, mark in zip(parts, "klbop", strict=True) if count[mark])
    total = {"count": len(marks), "said": said}
    return ngettext("Last promise: %(said)s", "%(count)s last promises: %(said)s", len(marks)) % total if marks else ""


def _gesture_when(due: date | None, today: date, who: str) -> str:
    """« due 13 March », « 4 days late », and who promised when it was not us."""
    when = ""
    if due and due < today:
        days = (today - due).days
        when = ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}
    elif due:
        when = gettext("due %(day)s") % {"day": short_day(due, today)}
    if not who:
        return when
    promised = gettext("promised by %(name)s") % {"name": who}
    return f"{promised}, {when}" if when else promised


def proposals(contacts: QuerySet[Any], text: str, most: int) -> list[Contact]:
    """Those of these contacts that match, the last met first, in one query; among very many matches, some of them."""
    if text:
        contacts = contacts.filter(pk__in=contacts.matching(text).order_by().values("pk")[:RARE])  # type: ignore[attr-defined]
    last_met = Coalesce("relationship__last_contact_on", Value(NEVER))
    return list(contacts.order_by(last_met.desc(), "-pk").only(*PERSON, "name_key")[:most])
