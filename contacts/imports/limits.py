"""How large a file may be; each limit has its refusal or its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    megabytes: int = 10
    rows: int = 50_000
    lines: int = 1_000_000  # blank ones included
    columns: int = 200
    cell: int = 10_000  # characters
    line: int = 1_000_000  # bytes

    @property
    def bytes(self) -> int:
        return self.megabytes * 1024 * 1024


DEFAULT_LIMITS = Limits()
