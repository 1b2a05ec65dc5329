"""Sessions, factors, attempts to sign in, and words kept over a session's end."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.database.together import together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0006_suspended"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = together(
        migrations.CreateModel(
            name="Attempt",
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
                ("subject", models.CharField(max_length=64)),
                ("failed", models.BooleanField()),
                ("wait", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "at"], name="attempts_of_a_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("failed", True), ("wait", 0), _connector="OR"),
                        name="only_a_failure_waits",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeApp",
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
                ("sealed", models.BinaryField()),
                ("last_step", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Passkey",
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
                ("name", models.CharField(max_length=60)),
                ("credential", models.BinaryField(unique=True)),
                ("public_key", models.BinaryField()),
                ("count", models.BigIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
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
                ("slot", models.PositiveSmallIntegerField()),
                ("hashed", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "slot"), name="one_code_of_a_slot")
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
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
                ("digest", models.CharField(max_length=64, unique=True)),
                ("data", models.TextField()),
                ("begun_at", models.DateTimeField()),
                ("used_at", models.DateTimeField()),
                ("fresh_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "ends_at"], name="sessions_of_somebody"),
                    models.Index(fields=["ends_at"], name="sessions_that_end"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Typed",
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
                ("digest", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "digest"], name="typed_in_a_browser")],
            },
        ),
    )
