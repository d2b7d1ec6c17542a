"""Every template compiles; every address, part and file that a page or a view names exists."""

import ast
import re

import pytest
from django.template.loader import get_template

from tests.permissions import routes
from tests.source import ROOT, calls, code_files, templates, where

NAMES = {route.name for route in routes()}
PAGES = [path for path in templates() if path.suffix in (".html", ".txt")]
FRAME = "".join(path.read_text() for path in PAGES if path.parent.name == "layouts")
ADDRESS = re.compile(r"""\{%\s*(?:url|panel)\s+["']([\w:]+)["']""")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_it_compiles_and_its_addresses_exist(path):
    get_template(str(path.relative_to(ROOT / "templates")))
    assert [name for name in ADDRESS.findall(path.read_text()) if name not in NAMES] == []


def test_the_addresses_named_by_the_code_exist():
    named = [
        (where(path, call), call.args[0].value)
        for path in code_files()
        for call in calls(path, "reverse", "reverse_lazy", "redirect", "resolve_url")
        if call.args and isinstance(call.args[0], ast.Constant) and not str(call.args[0].value).startswith("/")
    ]
    assert len(named) > 10
    assert [entry for entry in named if entry[1] not in NAMES] == []


def rendered() -> list[tuple[str, str, set[str]]]:
    """What the views render: where, which template, which parts of it."""
    found = []
    for path in code_files():
        for call in calls(path, "render_page"):
            if len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
                parts = {k.arg: k.value for k in call.keywords}.get("partials")
                names = (
                    {e.value for e in parts.elts if isinstance(e, ast.Constant)}
                    if isinstance(parts, ast.Set)
                    else set()
                )
                found.append((where(path, call), call.args[1].value, names))
    return found


def test_every_template_and_part_that_a_view_renders_exists():
    for place, template, parts in rendered():
        source = get_template(template).template.source
        missing = [part for part in parts if not re.search(rf"\{{%\s*partialdef\s+{part}\b", source)]
        assert missing == [], f"{place}: {template} has no part {missing}"
        assert [part for part in parts if f'id="{part}"' not in source + FRAME] == [], f"{place}: no such element"


def test_no_page_holds_script_style_or_handlers():
    """The policy would refuse them in the browser; here they are refused before."""
    inline = re.compile(
        r"""<script(?![^>]*\b(?:src=|type="application/json"))|<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vars|\bjs:""",
        re.I,
    )
    pages = [path for path in PAGES if path.suffix == ".html"]
    assert [where(path) for path in pages if inline.search(path.read_text())] == []


def test_no_page_loads_anything_from_elsewhere():
    remote = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.I)
    assert [where(path) for path in PAGES if remote.search(path.read_text())] == []
