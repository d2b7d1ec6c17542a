"""Layouts and components: they compile, draw only icons that exist, and hold nothing that the CSP forbids."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

TEMPLATES = Path(settings.ROOT) / "templates"
OURS = [
    str(file.relative_to(TEMPLATES))
    for folder in ("layouts", "components", "allauth", "account", "mfa", "usersessions")
    for file in sorted((TEMPLATES / folder).rglob("*.html"))
]
STATIC = Path(settings.ROOT) / "static"


@pytest.mark.parametrize("name", [*OURS, "400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_a_template_compiles(name):
    assert get_template(name)


@pytest.mark.parametrize("name", [*OURS, "500.html"])
def test_a_template_holds_no_style_no_script_and_no_handler(name):
    source = (TEMPLATES / name).read_text()
    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=|hx-on|javascript:", source)
    scripts = re.findall(r"<script[^>]*>", source)
    assert all("src=" in tag or 'type="application/json"' in tag for tag in scripts)


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_that_says_no_needs_nothing_and_is_always_the_same(name, language):
    with translation.override(language):
        bare = render_to_string(name)
        asked = render_to_string(name, {"request_path": "/secret/"}, RequestFactory().get("/secret/"))
    assert bare == asked
    assert f'<html lang="{language}"' in bare
    assert "secret" not in bare


@pytest.mark.parametrize("file", sorted(STATIC.glob("js/*.js")), ids=lambda file: file.name)
def test_a_script_is_a_short_module_that_evaluates_nothing(file):
    source = file.read_text()
    assert len(source.splitlines()) <= 100
    assert not re.search(
        r"\beval\(|new Function|innerHTML\s*=|outerHTML\s*=|insertAdjacentHTML|document\.write|\.style\b", source
    )
    assert file.name in (TEMPLATES / "layouts" / "_scripts.html").read_text()


@pytest.mark.parametrize("file", sorted(STATIC.glob("css/*.css")), ids=lambda file: file.name)
def test_a_stylesheet_lives_in_a_layer_and_names_no_colour_of_its_own(file):
    source = file.read_text()
    assert "@layer" in source
    assert source.count("{") == source.count("}")
    if file.name not in ("tokens.css", "print.css"):
        assert not re.search(r"#[0-9a-f]{3,8}\b", source)
    assert file.name in (TEMPLATES / "layouts" / "_styles.html").read_text()


def test_both_ways_to_the_dark_name_the_same_colours():
    source = (STATIC / "css" / "tokens.css").read_text()
    chosen, by_system = re.findall(r"color-scheme: dark;(.*?)\}", source, re.DOTALL)
    assert chosen.split() == by_system.split()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/login/", "/account/signup/", "/account/password/reset/"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_doorstep_speaks_both_languages(path, language):
    page = Client(headers={"accept-language": language}).get(path)
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()
    assert page["Cache-Control"].count("no-store") == 1
