"""The unit of every ratio: a bare Django view, and beside it the smallest honest list page over the same rows.

Served by granian from `benchmarks.anchor:application`; ANCHOR_DATABASE names the PostgreSQL database of the run.
"""

import os
from typing import Any

import django
import environ
from django.conf import settings
from django.http import HttpRequest, HttpResponse

settings.configure(
    SECRET_KEY="bench",  # noqa: S106 - it signs nothing
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="benchmarks.anchor",
    MIDDLEWARE=[],
    DATABASES={"default": environ.Env.db_url_config(os.environ["ANCHOR_DATABASE"]) | {"CONN_MAX_AGE": None}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.template import Context, engines  # noqa: E402
from django.urls import path  # noqa: E402

ROWS = """
SELECT c.id, c.given_name, c.family_name, c.headline, r.last_contact_on, r.balance
FROM contacts_relationship r JOIN contacts_contact c ON c.id = r.contact_id
WHERE r.workspace_id = (SELECT min(id) FROM workspaces_workspace) AND c.deleted_at IS NULL
ORDER BY COALESCE(r.last_contact_on, '0001-01-01') DESC, r.contact_id DESC LIMIT 26
"""
PAGE = """<!doctype html><title>Contacts</title><table>{% for row in rows %}<tr><td><a href="/{{ row.0 }}/">
{{ row.1 }} {{ row.2 }}</a></td><td>{{ row.3 }}</td><td>{{ row.4 }}</td><td>{{ row.5 }}</td></tr>{% endfor %}</table>"""


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("well")


def page(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        rows: list[Any] = cursor.fetchall()
    engine: Any = engines["django"].engine  # type: ignore[attr-defined]
    return HttpResponse(_template(engine).render(Context({"rows": rows})))


def _template(engine: Any, cache: dict[str, Any] = {}) -> Any:  # noqa: B006 - one parsed template for all requests
    return cache.setdefault("page", engine.from_string(PAGE))


urlpatterns = [path("", bare), path("page/", page)]
application = get_wsgi_application()
