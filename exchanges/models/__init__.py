"""The ledger: what was given, received, promised and asked, line by line."""

from exchanges.models.commitment import AlreadySettled, Commitment, DueChange
from exchanges.models.exchange import Exchange
from exchanges.models.interaction import Interaction
from exchanges.models.ledger import LedgerQuerySet, Side
from exchanges.models.request import Reply, Request
from exchanges.models.scoring_run import ScoringRun

__all__ = [
    "AlreadySettled",
    "Commitment",
    "DueChange",
    "Exchange",
    "Interaction",
    "LedgerQuerySet",
    "Reply",
    "Request",
    "ScoringRun",
    "Side",
]
