"""Take each guard away, one at a time, in a copy of the repository: the tests must notice every time.

A guard that can go without a red test is a guard that nobody would miss. Run by `make test-long`; `--sample N` plays
N of them, spread over the list, as the ordinary tests do.
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("workspaces", "strategy", "networks", "contacts", "exchanges", "resources", "journey")
MATRIX = "tests/test_permissions.py"
FOREIGN = f"{MATRIX}::test_a_foreign_object_answers_like_an_absent_one"
ISOLATION = "tests/test_isolation.py"
ENTRANCE = "tests/workspaces"


@dataclass(frozen=True)
class Mutant:
    """One edit of one file, and the tests that should mind."""

    name: str
    path: str
    before: str
    after: str
    line: int
    tests: tuple[str, ...]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="only so many")
    parser.add_argument("--only", default="", help="those whose name holds this")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    mutants = [mutant for mutant in all_mutants() if options.only in mutant.name]
    if options.sample:
        step = max(1, len(mutants) // options.sample)
        mutants = mutants[::step][: options.sample]
    if options.list:
        print("\n".join(mutant.name for mutant in mutants))
        return 0
    return play(mutants)


def play(mutants: list[Mutant]) -> int:
    with tempfile.TemporaryDirectory(prefix="netcrm-mutants-") as folder:
        copy = Path(folder) / "copy"
        copy_repository(copy)
        survivors = [mutant.name for mutant in mutants if survives(mutant, copy)]
    print(f"guards: {len(mutants) - len(survivors)} of {len(mutants)} missed when taken away", flush=True)
    print("".join(f"  nobody misses {name}\n" for name in survivors), end="")
    return 1 if survivors or not mutants else 0


def copy_repository(copy: Path) -> None:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listing.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)  # noqa: S607


def survives(mutant: Mutant, copy: Path) -> bool:
    file = copy / mutant.path
    original = file.read_text()
    file.write_text(mutated(mutant, original))
    try:
        code = run_tests(mutant.tests, copy)
    finally:
        file.write_text(original)
    if code not in (0, 1):
        sys.exit(f"guards: the tests could not run for {mutant.name} (pytest said {code})")
    print(f"guards: {'SURVIVED' if code == 0 else 'missed'}  {mutant.name}", flush=True)
    return code == 0


def mutated(mutant: Mutant, text: str) -> str:
    """The edit falls on its own line only, since the same words may stand elsewhere."""
    lines = text.splitlines(keepends=True)
    index = mutant.line - 1
    if mutant.before not in lines[index]:
        raise ValueError(f"{mutant.path}:{mutant.line} does not hold {mutant.before!r}")
    lines[index] = lines[index].replace(mutant.before, mutant.after, 1)
    return "".join(lines)


def run_tests(tests: tuple[str, ...], copy: Path) -> int:
    environment = os.environ | {
        "DATA_DIR": str(copy.parent / "data"),
        "DATABASE_URL": f"sqlite:///{copy.parent / 'mutants.sqlite3'}",
        "REDIS_URL": "",
        "BASE_URL": "http://localhost:8000",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-migrations", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False).returncode  # noqa: S603


def all_mutants() -> list[Mutant]:
    return [*decorators(), *filters(), *by_hand()]


def sources() -> Iterator[tuple[str, ast.Module, list[str]]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                text = path.read_text()
                yield str(path.relative_to(ROOT)), ast.parse(text), text.splitlines()


def decorators() -> Iterator[Mutant]:
    """Each view without its role."""
    for path, tree, lines in sources():
        for view in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            for decorator in view.decorator_list:
                line = lines[decorator.lineno - 1].strip()
                if line.startswith("@role_required"):
                    name = f"{path} {view.name} without {line}"
                    yield Mutant(name, path, line, "", decorator.lineno, (MATRIX, "-k", cell(path, view.name)))


def cell(path: str, view: str) -> str:
    """The matrix cells of one view."""
    return f"test_each_actor_gets_what_the_row_says and {Path(path).parts[0]} and {view}]"


def filters() -> Iterator[Mutant]:
    """Each query without its workspace."""
    for path, _tree, lines in sources():
        for number, line in enumerate(lines, 1):
            for before in workspace_filters(line):
                room = Path(path).parts[0]
                near = f"{room} or no_id_or_body or no_filter"
                tests = (FOREIGN, f"tests/{room}", ISOLATION, "-k", near, "-m", "not slow and not browser")
                yield Mutant(f"{path}:{number} without {before}", path, before, ".all()", number, tests)


def workspace_filters(line: str) -> Iterator[str]:
    start = line.find(".for_workspace(")
    while start >= 0 and "def for_workspace" not in line:
        depth, end = 0, start
        for end in range(start, len(line)):
            depth += (line[end] == "(") - (line[end] == ")")
            if line[end] == ")" and depth == 0:
                break
        yield line[start : end + 1]
        start = line.find(".for_workspace(", end)


def by_hand() -> Iterator[Mutant]:
    """The guards that stand once for the whole house."""
    yield from street_door()
    yield from seats()
    yield from keys()
    yield from entrance()
    yield from desks()


def street_door() -> Iterator[Mutant]:
    settings, headers = "netcrm/settings.py", ("tests/test_headers.py",)
    yield once(settings, '"django.contrib.auth.middleware.LoginRequiredMiddleware",', "", (MATRIX,))
    yield once(settings, '"django.middleware.csrf.CsrfViewMiddleware",', "", (MATRIX, "-k", "token"))
    yield once(settings, '"csp.middleware.CSPMiddleware",', "", headers)
    yield once(settings, '"netcrm.middleware.HeadersMiddleware",', "", headers)
    yield once(settings, '"script-src": [SELF],', '"script-src": [SELF, UNSAFE_INLINE],', headers)
    yield once("netcrm/middleware.py", "if request.path.startswith(self.admin):", "if True:", headers)


def seats() -> Iterator[Mutant]:
    file, rows, views = "workspaces/middleware.py", "workspaces/models.py", "workspaces/views.py"
    yield once(file, "raise Http404", "return None", (MATRIX,))
    yield once(file, " and member.removed_at is None", "", (ENTRANCE, MATRIX))
    yield once(file, " and not user.is_staff", "", (ENTRANCE,))
    yield once(file, "now - since > CURATOR_SECONDS or ", "", (ENTRANCE,))
    yield once(file, " or now - seen > CURATOR_IDLE_SECONDS", "", (ENTRANCE,))
    yield once("workspaces/decorators.py", "if not request.member.may(role):", "if False:", (MATRIX,))
    yield once(rows, "return Role(self.role).rank >= role.rank", "return True", (MATRIX,))
    found = "return self.member_set.filter(removed_at=None)"
    yield once(rows, found, found.replace("removed_at=None", ""), (ENTRANCE, MATRIX))
    yield once(rows, "if leaving and not owners", "if False and not owners", (ENTRANCE,))
    found = "get_object_or_404(request.user.seats(), workspace__pk=pk)"
    yield once(views, found, "get_object_or_404(Member, workspace__pk=pk)", (MATRIX,))


def keys() -> Iterator[Mutant]:
    """Invitations."""
    rows = "workspaces/models.py"
    pending = ["accepted_at=None", "revoked_at=None", "expires_at__gt=Now()"]
    for condition in pending:
        rest = ", ".join(other for other in pending if other != condition)
        yield once(rows, ", ".join(pending), rest, (ENTRANCE,), name=f"{rows} without {condition}")
    yield once(rows, "count() >= INVITATIONS_PER_HOUR", "count() >= 10**9", (ENTRANCE,))
    yield once(rows, "count() >= INVITATIONS_PER_DAY", "count() >= 10**9", (ENTRANCE,))
    yield once(rows, "if user.is_staff:", "if False:", (ENTRANCE,))
    yield once("workspaces/views.py", 'if request.method != "POST":', "if False:", (MATRIX, ENTRANCE))


def entrance() -> Iterator[Mutant]:
    door = "workspaces/entrance.py"
    yield once(door, "if not super().is_safe_url(url):", "if False:", (ENTRANCE,))
    yield once(door, "resolve(unquote(urlsplit(url).path))", "pass", (ENTRANCE,))
    found = "raise ImmediateHttpResponse(ratelimit.respond_429(request)) from too_many"
    yield once(door, found, "pass", (ENTRANCE,))
    yield once(door, 'return fold_email(credentials.get("email", ""))', "return str(id(request))", (ENTRANCE,))
    found = "return bool(settings.SIGNUP_OPEN) or invitation_in(request) is not None"
    yield once(door, found, "return True", (ENTRANCE,))
    yield once(door, "if may_write_to(self.request, email):", "if True:", (ENTRANCE,))


def desks() -> Iterator[Mutant]:
    """Two tabs in two companies."""
    found = 'return request.POST.get("desk", "") != request.workspace.slug'
    yield once("workspaces/http.py", found, "return False", (MATRIX, ENTRANCE))


def once(path: str, before: str, after: str, tests: tuple[str, ...], *, name: str = "") -> Mutant:
    lines = (ROOT / path).read_text().splitlines()
    places = [number for number, line in enumerate(lines, 1) if before in line]
    if len(places) != 1:
        raise ValueError(f"{path} holds {before!r} {len(places)} times")
    return Mutant(name or f"{path} without {before}", path, before, after, places[0], tests)


if __name__ == "__main__":
    sys.exit(main())
