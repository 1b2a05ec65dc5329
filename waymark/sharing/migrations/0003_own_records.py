"""Where each organisation keeps its own record, and who sees what it says of that (1.4.1)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.guard import guarded, only_appended
from waymark.database.record import Part

OF_THE_CASE = of_a_case(Part.REQUEST)
ASKED_OF_US = "request_id = ANY (ARRAY(SELECT my_objects('request')))"
OF_THAT_CASE = "case_id = (SELECT r.case_id FROM sharing_request r WHERE r.id = request_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_guard"),
        ("directory", "0004_guard"),
        ("sharing", "0002_guard"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnRecord",
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
                ("file_number", models.CharField(blank=True, max_length=100)),
                ("kept_for", models.CharField(max_length=300)),
                ("where", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_records",
                        to="cases.case",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_records",
                        to="sharing.request",
                    ),
                ),
            ],
            options={
                "ordering": ["organisation__name", "-at", "id"],
            },
        ),
        *guarded(
            "sharing_ownrecord",
            see=f"({OF_THE_CASE}) OR {ASKED_OF_US}",
            add=f"({OF_THE_CASE}) OR ({ASKED_OF_US} AND {OF_THAT_CASE})",
        ),
        only_appended("sharing_ownrecord"),
    ]
