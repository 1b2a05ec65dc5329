"""What is typed is kept until it is sent: for its writer alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.database.guard import DUTY, ME, NOW, guarded
from waymark.database.sealing_rotation import rotated
from waymark.database.together import together

MINE = f"by_id = {ME}"
EXPIRED = f"{DUTY} = 'expire_drafts' AND expires_at <= {NOW}"


def to(model: str) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_open_questions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = together(
        migrations.CreateModel(
            "Unsent",
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
                ("form", models.CharField(max_length=80)),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("case", to("cases.case")),
            ],
        ),
        migrations.AddConstraint(
            "unsent",
            models.UniqueConstraint(fields=("by", "case", "form"), name="one_unsent_of_a_form"),
        ),
        migrations.AddIndex(
            "unsent", models.Index(fields=["expires_at"], name="unsent_that_expires")
        ),
        *guarded(
            "cases_unsent",
            see=f"({MINE}) OR ({EXPIRED})",
            add=MINE,
            change=MINE,
            delete=f"({MINE}) OR ({EXPIRED})",
            rights="SELECT, INSERT, UPDATE, DELETE",
        ),
        *rotated("cases_unsent", "sealed"),
    )
