"""The table of files, and how much one person has added. Who sees a row is made with cases."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import waymark.database.keys
from waymark.database.together import together

KINDS = [
    ("pdf", "PDF"), ("docx", "Word document"), ("xlsx", "Excel sheet"),
    ("odt", "OpenDocument text"), ("ods", "OpenDocument sheet"), ("txt", "Plain text"),
    ("csv", "Table as text"), ("jpeg", "Picture"), ("png", "Picture"),
]  # fmt: skip
STATES = [("held", "Being checked"), ("clean", "Checked"), ("refused", "Refused")]


class Migration(migrations.Migration):
    initial = True
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = together(
        migrations.CreateModel(
            "File",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=waymark.database.keys.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("salt", models.BinaryField(default=waymark.database.keys.random_salt)),
                ("case_id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=12)),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(choices=KINDS, max_length=4)),
                ("size", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("sealed_name", models.BinaryField()),
                ("stored", models.CharField(max_length=64, unique=True)),
                ("sealed_key", models.BinaryField(default=bytes)),
                ("state", models.CharField(choices=STATES, default="held", max_length=7)),
                ("why", models.CharField(blank=True, max_length=20)),
                ("pages", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "file",
            models.UniqueConstraint(fields=["reference", "number"], name="file_by_its_reference"),
        ),
        migrations.AddConstraint(
            "file",
            models.CheckConstraint(
                name="file_checked_or_held",
                condition=Q(state="held", checked_at=None, why="", pages=0)
                | Q(state="clean", checked_at__isnull=False, why="", pages__gte=1)
                | (Q(state="refused", checked_at__isnull=False, pages=0) & ~Q(why="")),
            ),
        ),
        migrations.AddIndex(
            "file",
            models.Index(
                fields=["at", "id"], condition=Q(state="held"), name="files_in_quarantine"
            ),
        ),
    )
