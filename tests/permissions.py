"""Who may do what, route by route, and the machinery that plays every cell of that table.

A row is read « GET from reader, 200; POST from member, 422 without a body; the pk is that of a contact ». From it
follows the status of each of 7 actors × 7 methods, with and without htmx; see `expected`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

from workspaces.models import Role

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
MEMBERS: Final = {"owner": Role.OWNER, "member": Role.MEMBER, "reader": Role.READER, "stranger": Role.OWNER}
SEATLESS: Final = ("removed", "curator")
ACTORS: Final = ("anonymous", *MEMBERS, *SEATLESS)
REFUSED: Final = frozenset({401, 403, 404, 405})


@dataclass(frozen=True)
class Rule:
    """From which role a method works, and what it then answers."""

    least: Role
    status: int


@dataclass(frozen=True)
class Row:
    """`keys` names, for each argument of the route, what it points to: see `tests.world`."""

    safe: Rule | None = None
    post: Rule | None = None
    keys: dict[str, str] = field(default_factory=dict)
    # Status for those who sit in no workspace; other than 404 only where a page says `seat_not_required`.
    seatless: dict[str, int] = field(default_factory=dict)
    # Open to all: then for everybody, signed in or not.
    public: bool = False
    # Belongs to the instance: whoever sits anywhere may see it, a stranger too.
    shared: bool = False

    def rule(self, method: str) -> Rule | None:
        return self.safe if method in ("GET", "HEAD") else self.post if method == "POST" else None

    def expected(self, method: str, actor: str) -> int:
        rule = self.rule(method)
        if actor == "anonymous" and not self.public:
            return 302
        if actor in SEATLESS and not self.public:
            return self._seatless(method, actor)
        if rule is None:
            return 405
        if actor in MEMBERS and MEMBERS[actor].rank < rule.least.rank:
            return 403
        is_foreign = actor == "stranger" and self.keys and not (self.public or self.shared)
        return 404 if is_foreign else rule.status

    def _seatless(self, method: str, actor: str) -> int:
        if not self.seatless:
            return 404
        return self.seatless.get(f"{actor} {method.replace('HEAD', 'GET')}", 405 if self.rule(method) is None else 404)


@dataclass(frozen=True)
class Library:
    """A page that we did not write: its statuses in the order of METHODS, by group of actors."""

    anonymous: str
    signed_in: str
    curator: str = ""
    keys: dict[str, str] = field(default_factory=dict)

    def expected(self, method: str, actor: str) -> int:
        line = {"anonymous": self.anonymous, "curator": self.curator or self.signed_in}.get(actor, self.signed_in)
        return int(line.split()[METHODS.index(method)])


def read(status: int = 200, *, least: Role = Role.READER, **keys: str) -> Row:
    return Row(safe=Rule(least, status), keys=keys)


def act(status: int = 302, *, least: Role = Role.MEMBER, **keys: str) -> Row:
    return Row(post=Rule(least, status), keys=keys)


def form(status: int = 422, *, least: Role = Role.MEMBER, shown: int = 200, **keys: str) -> Row:
    """Shows itself to GET and takes POST; without a body it answers `status`."""
    return Row(safe=Rule(least, shown), post=Rule(least, status), keys=keys)


@dataclass(frozen=True)
class Route:
    name: str
    arguments: tuple[str, ...]
    path: str


def routes() -> Iterator[Route]:
    """Every address of the house, libraries included, as `namespace:name`; an unnamed one by its pattern."""
    yield from _walk(get_resolver(), "", "", ())


def _walk(resolver: URLResolver, namespace: str, prefix: str, held: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        arguments = held + (tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner, path, arguments)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name}" if pattern.name else f"unnamed {path}", arguments, path)
