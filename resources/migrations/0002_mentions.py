import django.db.models.deletion
from django.db import migrations, models

from resources.words import indexed


def mention_all(apps, schema_editor):
    """What was noted before is found too."""
    mention = apps.get_model("resources", "Mention")
    rows = apps.get_model("resources", "Resource").objects.values_list("pk", "workspace", "words")
    mention.objects.bulk_create(
        (
            mention(workspace_id=workspace, resource_id=pk, term=term)
            for pk, workspace, words in rows.iterator()
            for term in indexed(words)
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0001_resources"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("updated", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("term", models.CharField(max_length=40)),
                (
                    "resource",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="resources.resource",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "word of a resource",
                "verbose_name_plural": "words of resources",
                "indexes": [models.Index(fields=["workspace", "term", "resource"], name="mention_found")],
                "constraints": [models.UniqueConstraint(fields=("resource", "term"), name="mention_once")],
            },
        ),
        migrations.RunPython(mention_all, migrations.RunPython.noop),
    ]
