"""Notices: what an account is told by e-mail, without anything personal."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.database.guard import DUTY, ME, SIGNED_IN, VISITING, for_duty, guarded
from waymark.directory.models import Role
from waymark.directory.notices import SEND_NOTICES
from waymark.directory.sight import holds

ANYBODY = f"{SIGNED_IN} OR {DUTY} <> '' OR {VISITING}"
WHY = [
    ("no_address", "The account has no e-mail address"),
    ("closed", "The account is closed"),
    ("refused", "The mail server refuses this address"),
    ("not_now", "The mail server did not take it"),
    ("no_server", "The mail server does not answer"),
    ("over", "The meeting was over before it could be sent"),
]


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_guard")]
    operations = [
        migrations.CreateModel(
            name="Notice",
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
                ("kind", models.CharField(max_length=40)),
                ("path", models.CharField(blank=True, max_length=200)),
                ("calendar", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, choices=WHY, max_length=20)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(sent_at=None, failed_at=None),
                        fields=["due_at", "id"],
                        name="notices_to_send",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(sent_at=None) | models.Q(failed_at=None),
                        name="notice_sent_or_given_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(path__regex="^(/[A-Za-z0-9_/-]*)?$"),
                        name="notice_names_a_place_only",
                    ),
                ],
            },
        ),
        *guarded(
            "directory_notice",
            see=f"{holds(Role.ADMINISTRATOR)} OR user_id = {ME}",
            add=ANYBODY,
            change=holds(Role.ADMINISTRATOR),
            rights="SELECT, INSERT, UPDATE (tries, due_at, sent_at, failed_at, why)",
        ),
        *for_duty("directory_notice", SEND_NOTICES, "see", "change"),
    ]
