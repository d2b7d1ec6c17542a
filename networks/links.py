"""What networks do for each other: the circle that « at the service of » must not close. Pure."""

from collections.abc import Iterable


def circle(edges: Iterable[tuple[int, int]], *, source: int, target: int) -> list[int]:
    """The networks of the circle that a link from `source` to `target` would close, from `source` back to it; empty
    when it closes none. The shortest one, so that its names can be read.
    """
    following: dict[int, list[int]] = {}
    for start, end in edges:
        following.setdefault(start, []).append(end)
    came_from: dict[int, int | None] = {target: None}
    rank = [target]
    while rank and source not in came_from:
        ahead = [(end, start) for start in rank for end in following.get(start, ())]
        rank = []
        for end, start in ahead:
            if end not in came_from:
                came_from[end] = start
                rank.append(end)
    if source not in came_from:
        return []
    way, here = [], source
    while (step := came_from[here]) is not None:
        way.append(here)
        here = step
    return [source, target, *reversed(way)] if source != target else [source, source]
