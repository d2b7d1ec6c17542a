"""The sprite holds every outline that the pages draw, and nothing but strokes."""

import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings

spec = importlib.util.spec_from_file_location("vendor", Path(settings.ROOT) / "scripts" / "vendor.py")
vendor = importlib.util.module_from_spec(spec)
spec.loader.exec_module(vendor)


def test_every_icon_that_a_template_draws_is_an_outline():
    drawn = {
        name
        for file in (Path(settings.ROOT) / "templates").rglob("*.html")
        for name in re.findall(r"{% icon \"([^\"]+)\"", file.read_text())
    }
    assert drawn <= set(vendor.used_icons())
    assert [name for name in sorted(drawn) if not vendor.outline(name).is_file()] == []


def test_names_handed_over_by_code_are_found_too():
    assert {"arrow-up-right", "arrow-down-left", "heart-handshake", "phone", "dots"} <= set(vendor.used_icons())


def test_the_sprite_is_made_of_symbols_without_style_or_script():
    root = ElementTree.fromstring(vendor.sprite(["phone", "users"]))  # noqa: S314  our own packages
    assert [symbol.attrib["id"] for symbol in root] == ["phone", "users"]
    tags = {re.sub(r"{.*}", "", each.tag) for symbol in root for each in symbol}
    assert tags <= {"path", "circle", "rect", "line", "ellipse", "polyline"}
    assert not [each for each in root.iter() if set(each.attrib) & {"style", "onload", "class"}]


def test_the_copied_files_fit_the_budget_of_a_first_visit():
    sizes = {name: source.stat().st_size for source, name in vendor.FILES.items()}
    assert sizes["inter-latin.woff2"] <= 75_000
    assert len(vendor.sprite(vendor.used_icons())) <= 24_000


def test_a_missing_package_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(vendor, "FILES", {vendor.ROOT / "node_modules" / "gone": "gone.woff2"})
    assert vendor.main() == 1
    assert "node_modules/gone" in capsys.readouterr().err


def test_a_misspelt_icon_stops_the_copy():
    with pytest.raises(FileNotFoundError, match="phome"):
        vendor.sprite(["phome"])
