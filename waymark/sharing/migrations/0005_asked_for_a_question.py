"""A question that is open makes a request."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.guard import guarded, only_appended
from waymark.database.record import Part


def of(model: str, name: str = "+") -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_open_questions"),
        ("sharing", "0004_each_its_own"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="AskedFor",
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
                ("at", models.DateTimeField()),
                ("by", of(settings.AUTH_USER_MODEL)),
                ("case", of("cases.case")),
                ("question", of("cases.openquestion", "asked_for")),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_for",
                        to="sharing.request",
                    ),
                ),
            ],
            options={"ordering": ["at", "id"]},
        ),
        *guarded("sharing_askedfor", see=of_a_case(Part.ASSESSMENT)),
        only_appended("sharing_askedfor"),
    ]
