"""An open case has a supervisor; a duty asks for contacts to be confirmed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.actor import Duty
from waymark.database.guard import for_duty, guarded
from waymark.database.record import Part

KEEP_DIRECTORY = Duty("keep_directory")


def to(model: str, name: str = "+") -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_told_of_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            "Supervisor",
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
                (
                    "salt",
                    models.BinaryField(default=waymark.database.keys.random_salt),
                ),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("case", to("cases.case", "supervisors")),
                ("user", to(settings.AUTH_USER_MODEL)),
                ("given_by", to(settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["from_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(until_at=None),
                        fields=["case"],
                        name="one_supervisor_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
                        name="supervised_until_after_from",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=Q(until_at=None), fields=["user"], name="supervised_by_one"
                    )
                ],
            },
        ),
        *guarded(
            "cases_supervisor",
            see=of_a_case(Part.WORK),
            rights="SELECT, INSERT, UPDATE (until_at)",
        ),
        *for_duty("cases_task", KEEP_DIRECTORY, "see"),
    ]
