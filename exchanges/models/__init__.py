"""The ledger: what was given, received, promised and asked, line by line."""

from exchanges.models.commitment import AlreadySettled, Commitment, DueChange, StillOpen
from exchanges.models.exchange import Exchange
from exchanges.models.interaction import Interaction
from exchanges.models.ledger import LedgerQuerySet, Side
from exchanges.models.request import AlreadyClosed, Reply, Request, StillAsked
from exchanges.models.scoring_run import ScoringRun

__all__ = [
    "AlreadyClosed",
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
    "StillAsked",
    "StillOpen",
]
