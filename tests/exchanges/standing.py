"""What the pure formulas make of a contact's ledger, held against what the scoring stored."""

from contacts.models import Contact, Relationship
from exchanges import reciprocity, reliability
from exchanges.explaining import EXPLAINERS
from exchanges.loading import gestures_with, promises_of

STATE = ("given", "received", "squares", "kept", "broken")
BLANK_WHEN_UNCOUNTED = ("reciprocity", "balance", "balance_lo", "balance_hi", "reliability", "reliability_lo")
BLANK_WHEN_UNCOUNTED += ("reliability_hi", "responsiveness", "responsiveness_lo", "responsiveness_hi", "median_delay")
FIGURES = (*STATE, *BLANK_WHEN_UNCOUNTED, "exchange_evidence", "commitment_evidence", "request_evidence")


def stored(contact: Contact) -> Relationship:
    return Relationship.objects.select_related("workspace").get(contact=contact)


def figures(contact: Contact) -> dict[str, float | None]:
    return Relationship.objects.values(*FIGURES).get(contact=contact)


def same(left: dict, right: dict) -> bool:
    return all(_close(left[name], right[name]) for name in left)


def _close(left: float | None, right: float | None) -> bool:
    return left == right if left is None or right is None else abs(left - right) < 1e-9


def state_from_events(contact: Contact) -> dict[str, float]:
    as_of = stored(contact).scored_on
    sums = reciprocity.masses(reciprocity.contributions(gestures_with(contact), as_of=as_of))
    seen = [one for one in reliability.observations(promises_of(contact), as_of=as_of) if not one.provisional]
    kept, broken = sum(one.kept * one.decay for one in seen), sum(one.lost * one.decay for one in seen)
    return {"given": sums.given, "received": sums.received, "squares": sums.squares, "kept": kept, "broken": broken}


def follows_from_events(contact: Contact) -> bool:
    """Whether every stored column is what the formulas give for the events as they are."""
    relationship = stored(contact)
    now = {name: value for name, value in figures(contact).items() if name in STATE}
    return same(now, state_from_events(contact)) and all(
        explain(relationship, contact).agrees for explain in EXPLAINERS.values()
    )
