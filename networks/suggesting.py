"""A suggestion beside the catalogue: what each fact is now, and what is proposed."""

from dataclasses import dataclass

from networks.comparing import Compared, compared
from networks.models import Suggestion
from networks.models.facts import FACTS


@dataclass(frozen=True, kw_only=True)
class Told:
    """One suggestion for a page; of each fact the values are now, proposed. Once it is settled, now says little."""

    suggestion: Suggestion
    facts: list[Compared]


def told(suggestion: Suggestion) -> Told:
    """Of a new network only what was written."""
    proposed = suggestion.facts
    now = suggestion.entry.facts() if suggestion.entry else {}
    names = [name for name in FACTS if name in proposed]
    return Told(suggestion=suggestion, facts=[compared(name, now.get(name, ""), proposed[name]) for name in names])
