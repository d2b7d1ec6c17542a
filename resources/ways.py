"""Through whom somebody is reached: the most trusted way among who knows whom. Pure arithmetic."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

Ties = Mapping[int, Collection[int]]
Way = tuple[int, ...]


def best_way(
    target: int, ties: Ties, trust: Mapping[int, float], in_touch: Collection[int]
) -> tuple[Way, float] | None:
    """Through whom somebody is reached, from us to them, and how far these can be trusted together.
    Formula     the path us, i₁, i₂, target of one to three ties with the largest Π trust(i)
    Inputs      target; ties, both ways; trust of each person, 0 … 1; those with whom we are in touch
    Range       at most two people and 0 … 1; nobody and 1 when we are in touch with the target
    Constants   three ties
    Edge cases  nobody comes twice, so a circle leads nowhere; of equals the shorter path, then the smaller numbers;
                nothing leads there: None
    Source      docs/scoring.md#paths
    Example     best_way(9, {9: [1, 2], 1: [9], 2: [9]}, {1: 0.4, 2: 0.6}, {1, 2})[0] -> (2,)
                best_way(9, {9: [1], 1: [9, 2], 2: [1]}, {1: 0.5, 2: 0.6}, {2})[1] -> 0.3
    """
    if target in in_touch:
        return (), 1.0
    ways: list[Way] = []
    for near in set(ties.get(target, ())) - {target}:
        if near in in_touch:
            ways.append((near,))  # anybody before them could only make it less sure
        else:
            ways += [(far, near) for far in ties.get(near, ()) if far in in_touch]
    if not ways:
        return None
    sure = {way: math.prod(trust[one] for one in way) for way in ways}
    best = min(ways, key=lambda way: (-sure[way], len(way), way))
    return best, sure[best]
