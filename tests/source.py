"""Our own files, as the tests that guard the house read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

ROOT: Final = Path(settings.ROOT)
ROOMS: Final = (*settings.ROOMS, "netcrm")
FLOORS: Final = ("ui", "workspaces", "strategy", "networks", "contacts", "exchanges", "resources", "journey", "netcrm")


@cache
def tracked() -> tuple[Path, ...]:
    """What git holds, and what it would take with the next `git add`."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listing.stdout.decode().split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    wanted = folders or ROOMS
    return [p for p in tracked() if p.suffix == ".py" and p.relative_to(ROOT).parts[0] in wanted]


def code_files(*folders: str) -> list[Path]:
    """Without migrations, which are written by a command."""
    return [path for path in python_files(*folders) if "migrations" not in path.parts]


def templates() -> list[Path]:
    return [path for path in tracked() if path.relative_to(ROOT).parts[0] == "templates"]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """The calls of a function or method of one of these names."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and called(node) in names:
            yield node


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def where(path: Path, node: ast.AST | None = None) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', '')}"


def length(node: ast.FunctionDef) -> int:
    """Lines of the body, without the docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1 if body else 0


def decorators(node: ast.FunctionDef) -> set[str]:
    found = (d.func if isinstance(d, ast.Call) else d for d in node.decorator_list)
    return {getattr(one, "attr", getattr(one, "id", "")) for one in found}
