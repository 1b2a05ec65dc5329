"""Consent is asked by somebody, in words, and each asking is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.guard import guarded, only_appended
from waymark.database.record import Part

WORK = of_a_case(Part.WORK)
ASKED = "asked_by_id, asked_at, asked_date, with_them, parent_knew, approved_by"
KEY = models.BigIntegerField(
    default=waymark.database.keys.random_key, editable=False, primary_key=True, serialize=False
)
SALT = models.BinaryField(default=waymark.database.keys.random_salt)
PARENT_KNEW = [("yes", "A parent or guardian knew"), ("no", "No parent or guardian knew")]


def to(model: str, related: str = "+", **more: object) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related,
        to=model,
        **more,  # type: ignore[arg-type]
    )


USER = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_transfer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            "ConsentAsking",
            fields=[
                ("id", KEY),
                ("salt", SALT),
                ("case", to("cases.case", "askings")),
                ("asker", to(USER)),
                ("police_why", models.TextField(blank=True)),
                ("along", models.TextField()),
                ("place", models.TextField()),
                ("interpreter", models.TextField()),
                ("visit_risk", models.TextField()),
                ("how", models.TextField()),
                ("planned_date", models.DateField()),
                ("invited", models.TextField(blank=True)),
                ("notice", models.CharField(max_length=40)),
                ("by", to(USER)),
                ("at", models.DateTimeField()),
                ("asked_by", to(USER, null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("asked_date", models.DateField(null=True)),
                ("with_them", models.TextField(blank=True)),
                (
                    "parent_knew",
                    models.CharField(blank=True, choices=PARENT_KNEW, max_length=10),
                ),
                ("approved_by", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        name="consent_asked_by_somebody_on_a_day",
                        condition=models.Q(asked_at=None, asked_by=None, asked_date=None)
                        | models.Q(
                            asked_at__isnull=False,
                            asked_by__isnull=False,
                            asked_date__isnull=False,
                        ),
                    ),
                    models.CheckConstraint(
                        name="no_child_is_asked_unknown_to_all",
                        condition=~models.Q(parent_knew="no") | ~models.Q(approved_by=""),
                    ),
                ],
            },
        ),
        migrations.AddField(
            "supportconsent", "asking", to("cases.consentasking", "answers", null=True)
        ),
        migrations.AddField(
            "supportconsent", "capacity_steps", models.TextField(blank=True, db_default="")
        ),
        migrations.CreateModel(
            "SafeguardingReading",
            fields=[
                ("id", KEY),
                ("salt", SALT),
                ("case", to("cases.case")),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reading",
                        to="cases.safeguardingreferral",
                    ),
                ),
                ("words", models.TextField()),
                ("by", to(USER)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        name="safeguarding_read_in_words", condition=~models.Q(words="")
                    )
                ],
            },
        ),
        *guarded("cases_consentasking", see=WORK, rights=f"SELECT, INSERT, UPDATE ({ASKED})"),
        *guarded("cases_safeguardingreading", see=WORK),
        only_appended("cases_safeguardingreading"),
    ]
