"""The words of the worked cases, and how each function of theirs is answered by ours.

The cases were written before the code: their names and labels differ, and one thing may be spelled in several ways.
Whatever a case says that no adapter reads is kept in `unread`, so that a case can never agree by being half ignored
without anyone being told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from exchanges.cases import beliefs, events, networks, reciprocity, rules, ties
from exchanges.cases.words import Words

__all__ = ["ADAPTERS", "Words"]

ADAPTERS: Final[dict[str, Callable[[Words], Any]]] = {
    "decay": events.answer_decay,
    "age_days": events.answer_age_days,
    "incremental_check": events.answer_incremental,
    "event_value": events.answer_event_value,
    "reciprocity": reciprocity.answer_reciprocity,
    "reciprocity_from_masses": reciprocity.answer_reciprocity_from_masses,
    "weighted_reciprocity": networks.answer_weighted_reciprocity,
    "binary_reciprocity": networks.answer_binary_reciprocity,
    "reliability": beliefs.answer_reliability,
    "eb_prior": beliefs.answer_eb_prior,
    "wilson_lower": beliefs.answer_wilson,
    "responsiveness": beliefs.answer_responsiveness,
    "rate_score": rules.answer_rate_score,
    "beta_indicator": rules.answer_beta_indicator,
    "trust": rules.answer_trust,
    "blend": networks.answer_blend,
    "accelerator": networks.answer_accelerator,
    "share_score": networks.answer_share_score,
    "blau": networks.answer_blau,
    "time_profile": networks.answer_time_profile,
    "weapon": networks.answer_weapon,
    "professionalism": networks.answer_professionalism,
    "subsidiarity": networks.answer_subsidiarity,
    "tie_strength": ties.answer_tie_strength,
    "cadence": ties.answer_cadence,
    "contact_status": ties.answer_contact_status,
    "stretch": ties.answer_stretch,
}
