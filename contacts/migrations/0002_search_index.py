"""Let search stay fast: trigrams on PostgreSQL, a narrow index that is read from end to end on SQLite.

Without `fastupdate`, so that the first searches after an import do not read a list of pending entries.
"""

from typing import Any

from django.db import migrations

FORWARDS = {
    "postgresql": [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE INDEX contact_search_trigrams ON contacts_contact USING gin (search gin_trgm_ops) WITH (fastupdate = off)",
    ],
    "sqlite": ["CREATE INDEX contact_search_scan ON contacts_contact (workspace_id, search)"],
}
BACKWARDS = {
    "postgresql": ["DROP INDEX IF EXISTS contact_search_trigrams"],
    "sqlite": ["DROP INDEX IF EXISTS contact_search_scan"],
}


def index_search(apps: Any, schema_editor: Any) -> None:
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def forget_search(apps: Any, schema_editor: Any) -> None:
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]

    operations = [migrations.RunPython(index_search, forget_search)]
