"""An age can be in dispute."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.database.together import together

USER = settings.AUTH_USER_MODEL
ROW = [
    (
        "id",
        models.BigIntegerField(
            default=waymark.database.keys.random_key,
            editable=False,
            primary_key=True,
            serialize=False,
        ),
    ),
    ("salt", models.BinaryField(default=waymark.database.keys.random_salt, editable=False)),
]


def to(model: str, related_name: str = "+") -> models.ForeignKey:  # type: ignore[type-arg]
    protect = django.db.models.deletion.PROTECT
    return models.ForeignKey(on_delete=protect, related_name=related_name, to=model)


def to_one(model: str, related_name: str = "+") -> models.OneToOneField:  # type: ignore[type-arg]
    protect = django.db.models.deletion.PROTECT
    return models.OneToOneField(on_delete=protect, related_name=related_name, to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_corrected"),
        migrations.swappable_dependency(USER),
    ]
    operations = together(
        migrations.CreateModel(
            name="AgeDispute",
            fields=[
                *ROW,
                ("person", to("people.person", "age_disputes")),
                ("source", models.CharField(max_length=200)),
                ("why", models.TextField()),
                ("assess_by_date", models.DateField()),
                ("by", to(USER)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        name="age_disputed_why", condition=models.Q(("why", ""), _negated=True)
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgeAssessment",
            fields=[
                *ROW,
                ("person", to("people.person", "age_assessments")),
                ("dispute", to_one("people.agedispute", "assessment")),
                ("birth_date", to_one("people.birthdate")),
                ("body", models.CharField(max_length=200)),
                ("assessed_date", models.DateField()),
                ("words", models.TextField()),
                ("by", to(USER)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        name="age_assessed_in_words",
                        condition=models.Q(("words", ""), _negated=True),
                    )
                ],
            },
        ),
    )
