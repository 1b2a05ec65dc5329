"""Supervision of casework, training and clearance; who sees them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.guard import ME, guarded, only_appended
from waymark.database.record import Part
from waymark.directory.models import Role
from waymark.directory.sight import IN_FORCE, holds_in


def of_somebody(table: str) -> list[migrations.RunSQL]:
    """Their own, and that of those who work in an area that one leads."""
    lead = holds_in("a.id", Role.POLICE_LEAD, Role.CHAIR, Role.VICE_CHAIR)
    works_here = (
        "EXISTS (SELECT FROM directory_appointment p JOIN directory_area a"
        " ON p.area_id = a.id OR p.area_id IS NULL"
        f" WHERE p.user_id = {table}.user_id AND {IN_FORCE} AND {lead})"
    )
    mine_or_theirs = f"user_id = {ME} OR {works_here}"
    by_me = f"by_id = {ME} AND ({mine_or_theirs})"
    return [*guarded(table, see=mine_or_theirs, add=by_me), only_appended(table)]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_supervised"),
        ("directory", "0005_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clearance",
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
                ("level", models.CharField(max_length=40)),
                ("expires_date", models.DateField()),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearances",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Supervision",
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
                ("held_date", models.DateField()),
                ("issues", models.JSONField(default=list)),
                ("words", models.TextField()),
                ("next_date", models.DateField()),
                ("at", models.DateTimeField()),
                ("edition", models.CharField(max_length=40)),
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
                        related_name="supervisions",
                        to="cases.case",
                    ),
                ),
                (
                    "with_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(fields=["case", "-held_date"], name="supervision_of_a_case")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("with_user")), _negated=True),
                        name="supervision_of_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True),
                            ("next_date__gt", models.F("held_date")),
                        ),
                        name="supervision_in_words_with_the_next_after_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Training",
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
                ("course", models.CharField(max_length=40)),
                ("done_date", models.DateField()),
                ("renew_date", models.DateField()),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("renew_date__gt", models.F("done_date"))),
                        name="training_renewed_after_it",
                    )
                ],
            },
        ),
        *guarded(
            "oversight_supervision",
            see=of_a_case(Part.WORK),
            add=f"by_id = {ME} AND {of_a_case(Part.WORK)}",
        ),
        only_appended("oversight_supervision"),
        *of_somebody("oversight_training"),
        *of_somebody("oversight_clearance"),
    ]
