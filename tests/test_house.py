"""The house keeps its shape: keys point down, files stay short, names keep their meaning, doors stay where they are."""

import ast
import re
from itertools import chain

import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.urls import get_resolver

from tests.permissions import routes
from tests.source import (
    FLOORS,
    ROOMS,
    ROOT,
    called,
    calls,
    code_files,
    decorators,
    functions,
    length,
    python_files,
    templates,
    tracked,
    tree,
    where,
)
from workspaces.owned import Owned

# Belong to the instance, to no workspace.
GLOBAL_MODELS = {
    *("workspaces.Workspace", "workspaces.User", "workspaces.Heartbeat"),
    *("networks.CatalogueEntry", "networks.Suggestion", "networks.CurationEntry"),
}
# Belongs to a workspace, but outlives what it speaks of and is never edited.
LOG = {"workspaces.LogEntry"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "services", "mixins", "signals", "misc"}
NOUN_VERB = re.compile(rf"({'|'.join(FLOORS)}):[a-z]+(_[a-z]+)*")
SAFE_HTML = {"ui/templatetags/ui.py"}
# Column names from the code itself, for an engine without psycopg's composer.
COMPOSED = {"exchanges/storing.py", "benchmarks/jobs.py"}
VIEW_DECORATORS = {"require_safe", "require_POST", "require_http_methods"}

OURS = [model for model in apps.get_models() if model._meta.app_label in FLOORS]
LOCKS = [path for path in tracked() if path.parent.name == "requirements" or path.name == "package-lock.json"]
TESTS = [path for path in python_files("tests") if path.name.startswith("test_")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_keys_point_down(model):
    floor = FLOORS.index(model._meta.app_label)
    targets = [field.related_model for field in model._meta.get_fields() if field.concrete and field.is_relation]
    above = [t._meta.label for t in targets if t._meta.app_label in FLOORS and FLOORS.index(t._meta.app_label) > floor]
    assert above == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_row_belongs_to_a_workspace_or_says_why_not(model):
    label = model._meta.label
    assert issubclass(model, Owned) != (label in GLOBAL_MODELS | LOG), f"{label}: Owned, or in GLOBAL_MODELS"


@pytest.mark.parametrize("model", [m for m in OURS if issubclass(m, Owned)], ids=lambda model: model._meta.label)
def test_what_is_unique_is_unique_within_a_workspace(model):
    """Else a refusal would tell one company what another one holds. Secrets are unique everywhere."""
    owned = {f.name for f in model._meta.fields if f.is_relation and issubclass(f.related_model, Owned)}
    keys = [set(c.fields) for c in model._meta.constraints if hasattr(c, "fields")]
    keys += [{f.name} for f in model._meta.fields if f.unique and not f.primary_key and f.name != "token_hash"]
    assert [key for key in keys if not key & (owned | {"workspace"})] == []


def test_no_file_is_longer_than_four_hundred_lines():
    long = [(where(path), n) for path in python_files() if (n := path.read_text().count("\n")) > 400]
    assert [entry for entry in long if "/migrations/" not in entry[0]] == []


def test_no_template_is_longer_than_a_hundred_and_fifty_lines():
    assert [(where(path), n) for path in templates() if (n := path.read_text().count("\n")) > 150] == []


def test_nine_functions_in_ten_fit_in_twenty_five_lines_and_none_exceeds_forty():
    sizes = [(length(node), where(path, node)) for path in code_files() for node in functions(path)]
    assert [entry for entry in sizes if entry[0] > 40] == []
    assert sorted(size for size, _place in sizes)[int(len(sizes) * 0.9)] <= 25


def test_views_keep_to_their_budget():
    views = [(length(node), where(path, node)) for path in code_files() for node in functions(path) if is_view(node)]
    assert len(views) > 10
    assert [entry for entry in views if entry[0] > 40] == []


def is_view(node: ast.FunctionDef) -> bool:
    return bool(decorators(node) & VIEW_DECORATORS)


def test_a_task_is_five_lines_at_most():
    tasks = [(length(n), where(p, n)) for p in code_files() for n in functions(p) if "shared_task" in decorators(n)]
    assert tasks
    assert [entry for entry in tasks if entry[0] > 5] == []


def test_the_body_of_a_test_is_sixteen_lines_at_most():
    bodies = [(length(n), where(p, n)) for p in TESTS for n in functions(p) if n.name.startswith("test_")]
    assert [entry for entry in bodies if entry[0] > 16] == []


def test_decorators_and_bases_stay_few():
    nodes = [(path, node) for path in code_files() for node in ast.walk(tree(path))]
    assert [where(p, n) for p, n in nodes if isinstance(n, ast.FunctionDef) and len(n.decorator_list) > 3] == []
    assert [where(p, n) for p, n in nodes if isinstance(n, ast.ClassDef) and len(n.bases) > 2] == []


def test_no_drawer_is_called_misc():
    parts = [(where(path), {*path.relative_to(ROOT).parts[:-1], path.stem}) for path in python_files(*ROOMS, "tests")]
    assert [place for place, names in parts if names & FORBIDDEN_NAMES] == []


def test_every_signature_is_typed():
    bare = []
    for path in code_files():
        for node in functions(path):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            untyped = [a.arg for a in arguments if a.annotation is None and a.arg not in ("self", "cls")]
            bare += [where(path, node)] if untyped or (node.returns is None and node.name != "__init__") else []
    assert bare == []


def test_an_address_a_view_and_its_name_are_one_word():
    patterns = {route.name: route for route in routes() if route.name.split(":")[0] in settings.ROOMS}
    views = {}
    for room in get_resolver().url_patterns:
        views |= {f"{getattr(room, 'namespace', '')}:{p.name}": p.callback for p in flat(room)}
    assert [name for name in patterns if not NOUN_VERB.fullmatch(name)] == []
    assert [name for name in patterns if views[name].__name__ != name.partition(":")[2]] == []


def flat(resolver):
    inner = getattr(resolver, "url_patterns", None)
    return [resolver] if inner is None else list(chain.from_iterable(map(flat, inner)))


def test_every_act_has_its_words_and_every_word_its_act():
    declared = {act for room in settings.ROOMS for act in getattr(apps.get_app_config(room), "acts", {})}
    named = re.compile(rf"({'|'.join(settings.ROOMS)}|{{}})\.[a-z_{{}}]+\.[a-z_{{}}]+")
    files = [path for path in code_files(*settings.ROOMS) if path.name != "apps.py"]
    literal = {text for path in files for text in constants(path) if named.fullmatch(text)} - names_of_files()
    built = {text for text in literal if "{}" in text}
    covered = {act for act in declared if any(re.fullmatch(b.replace("{}", "[a-z_]+"), act) for b in built)}
    assert literal - built - declared == set(), "said to the logbook, without words in the room's `acts`"
    assert declared - literal - covered == set(), "words for an act that nobody writes"


def names_of_files() -> set[str]:
    """`contacts.imports.draft` is a module, `workspaces.tasks.beat` a task."""
    files = [path.relative_to(ROOT).with_suffix("").parts for path in code_files()]
    tasks = {f"{p.relative_to(ROOT).parts[0]}.tasks.{n.name}" for p in code_files() for n in functions(p)}
    return {".".join(parts) for parts in files} | tasks


def constants(path) -> set[str]:
    """The strings of a file; an f-string with {} where a value goes."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        if isinstance(node, ast.JoinedStr):
            found.add("".join(p.value if isinstance(p, ast.Constant) else "{}" for p in node.values))
    return found


def test_views_reach_rows_through_their_workspace():
    owned = {model.__name__ for model in OURS if issubclass(model, Owned)} | {"LogEntry"}
    reads = []
    for path in [p for p in code_files() if "views" in p.parts or p.stem == "views"]:
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Attribute)
                and node.value.attr == "objects"
            ):
                model = getattr(node.value.value, "id", "")
                reads += [(where(path, node), node.attr)] if model in owned and node.attr != "for_workspace" else []
    assert [entry for entry in reads if entry[1] != "for_token"] == []


def test_no_file_names_a_registry_or_a_machine():
    hosts = "|".join(
        ["py" + "pi", "python" + "hosted", "npm" + "js", "regis" + "try", "arti" + "factory", "ne" + "xus"]
    )
    registry = re.compile(rf"https?://[\w.-]*({hosts})[\w.-]*[./]", re.IGNORECASE)
    machine = re.compile(r"(?<![\w.>/)}])/(?:home|root|work|Users)/\w")
    named = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "ignore")
        named += [f"{where(path)} {m[0]}" for m in chain(registry.finditer(text), machine.finditer(text))]
    assert named == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_lock_files_name_no_host_but_those_that_ask_for_support(path):
    text = re.sub(r'"funding":\s*(\{[^}]*\}|\[[^\]]*\])', "", path.read_text())
    assert re.findall(r"https?://[^\s\"']+", text) == []
    assert not re.search(r"^\s*(-i|--index-url|--extra-index-url|--find-links|registry)\b", text, re.MULTILINE)


def test_nothing_is_read_from_outside_the_repository():
    outside = re.compile(r"(~|/(etc|home|mnt|opt|root|srv|tmp|usr|var|work)(/.*)?|\.\./\.\..*)")
    places = [
        f"{where(path)} {text}"
        for path in code_files(*ROOMS, "scripts", "benchmarks", "manage.py")
        for text in constants(path)
        if outside.fullmatch(text)
    ]
    assert places == []


def test_html_is_declared_safe_in_one_place_only():
    code = [where(p) for p in code_files() for _call in calls(p, "mark_safe", "SafeString", "SafeText")]
    pages = [where(path) for path in templates() if re.search(r"\|\s*safe(seq)?\b", path.read_text())]
    loose = [where(p) for p in templates() if p.suffix != ".txt" and "autoescape off" in p.read_text()]
    assert {place.rstrip(":") for place in code} <= SAFE_HTML
    assert pages + loose == []


def test_no_statement_is_glued_together():
    """`psycopg.sql` composes names; elsewhere a statement is one literal."""
    verbs = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|TRUNCATE|WITH|COPY)\b")
    glued = []
    for path in python_files(*ROOMS, "scripts", "benchmarks"):
        for node in ast.walk(tree(path)):
            text = (node.values or [None])[0] if isinstance(node, ast.JoinedStr) else getattr(node, "left", None)
            if isinstance(node, ast.Call) and called(node) == "format" and isinstance(node.func, ast.Attribute):
                text = node.func.value
            if isinstance(text, ast.Constant) and isinstance(text.value, str) and verbs.match(text.value):
                glued.append(where(path, node).partition(":")[0])
    assert set(glued) <= COMPOSED


def test_no_query_takes_its_arguments_from_the_address():
    spread = [
        where(path, node)
        for path in code_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword) and node.arg is None and ast.unparse(node.value).startswith("request.")
    ]
    assert spread == []


def test_each_signature_has_a_salt_of_its_own():
    salts = []
    for path in code_files():
        for call in calls(path, "Signer", "TimestampSigner", "salted_hmac"):
            given = {k.arg: k.value for k in call.keywords}.get("salt") or (call.args[0] if call.args else None)
            assert isinstance(given, ast.Constant), f"{where(path, call)} signs without a salt of its own"
            salts.append(given.value)
    assert len(salts) == len(set(salts))


def test_nothing_is_pickled_and_nothing_evaluated():
    risky = re.compile(r"^(?:import|from) (?:pickle|marshal|shelve)\b|\b(?:eval|exec)\(", re.MULTILINE)
    assert [where(path) for path in code_files() if risky.search(path.read_text())] == []


def test_the_admin_shows_accounts_and_the_catalogue_only():
    from django.contrib import admin

    labels = {model._meta.label for model in admin.site._registry}
    accounts = {"workspaces.User", "account.EmailAddress", "socialaccount.SocialAccount"}
    catalogue = {"networks.CatalogueEntry", "networks.Suggestion", "networks.CurationEntry"}
    assert labels == accounts | catalogue


def test_the_checks_of_a_deployment_have_nothing_to_say(settings, monkeypatch):
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)  # set where a browser is driven
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_PRELOAD = 63_072_000, True
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    assert [str(finding) for finding in run_checks(include_deployment_checks=True)] == []
