"""Copy what the pages use out of node_modules into the git-ignored build/static/vendor.

Fonts as they are; icons as one sprite of the outlines that templates and code name. Run by `make setup`.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "static" / "vendor"
INTER = ROOT / "node_modules" / "@fontsource-variable" / "inter"
ICONS = ROOT / "node_modules" / "@tabler" / "icons"
ROOMS = ("ui", "workspaces", "strategy", "networks", "contacts", "exchanges", "resources", "journey")

FILES = {
    INTER / "files" / "inter-latin-opsz-normal.woff2": "inter-latin.woff2",
    INTER / "files" / "inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
    INTER / "LICENSE": "inter-LICENSE.txt",
    ICONS / "LICENSE": "icons-LICENSE.txt",
}

ICON_TAG = re.compile(r"""{%[^%]*\bicon\b[^%]*%}""")
DRAWN = re.compile(r"""{%\s*icon\s+["']([^"']+)["']""")
WORD = re.compile(r"""["']([a-z0-9-]+)["']""")


def main() -> int:
    missing = [str(source.relative_to(ROOT)) for source in FILES if not source.is_file()]
    if missing:
        print("Run `npm ci` first; absent:", ", ".join(missing), file=sys.stderr)
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        shutil.copyfile(source, TARGET / name)
    names = used_icons()
    (TARGET / "icons.svg").write_text(sprite(names), encoding="utf-8")
    print(f"vendor: {len(FILES)} files, {len(names)} icons")
    return 0


def used_icons() -> list[str]:
    """Every outline that a template's icon tag or a room's code names; a misspelt one in a tag stops here.

    Code hands names over through variables, so any word there that is an outline counts when its line speaks of
    icons, or when it has a hyphen. A few too many do no harm.
    """
    names = set()
    for file in ROOT.glob("templates/**/*.html"):
        text = file.read_text(encoding="utf-8")
        names |= set(DRAWN.findall(text))
        names |= {word for tag in ICON_TAG.findall(text) for word in WORD.findall(tag) if outline(word).is_file()}
    for file in (each for room in ROOMS for each in ROOT.glob(f"{room}/**/*.py")):
        for line in file.read_text(encoding="utf-8").splitlines():
            words = (word for word in WORD.findall(line) if "-" in word or "icon" in line)
            names |= {word for word in words if outline(word).is_file()}
    return sorted(names)


def outline(name: str) -> Path:
    return ICONS / "icons" / "outline" / f"{name}.svg"


def sprite(names: list[str]) -> str:
    symbols = "".join(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes(name)}</symbol>\n' for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}</svg>\n'


def shapes(name: str) -> str:
    """The strokes of one outline, without its frame and without the invisible square it starts with."""
    inside = re.search(r"<svg[^>]*>(.*)</svg>", outline(name).read_text(encoding="utf-8"), re.DOTALL)
    if inside is None:
        raise ValueError(f"{name}.svg is not an icon")
    strokes = re.sub(r'<path stroke="none"[^>]*/>', "", inside[1])
    return re.sub(r"\s+", " ", strokes).replace("> <", "><").strip()


if __name__ == "__main__":
    sys.exit(main())
