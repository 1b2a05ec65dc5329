"""Who has left is suspended, then closed; and when somebody last signed in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.clock
import waymark.database.keys
from waymark.database.guard import DUTY, ME, guarded
from waymark.database.together import together
from waymark.directory.models import Role
from waymark.directory.sight import holds

WHY = [
    ("no_address", "The account has no e-mail address"),
    ("closed", "The account is closed"),
    ("refused", "The mail server refuses this address"),
    ("not_now", "The mail server did not take it"),
    ("no_server", "The mail server does not answer"),
    ("over", "The meeting was over before it could be sent"),
    ("ended", "The link in it opens nothing any more"),
]
KEEPS_ACCOUNTS = holds(Role.ADMINISTRATOR)
FOLLOWING = f"{DUTY} = 'follow_leavers'"


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_notices")]
    operations = [
        *together(
            migrations.AddField(
                model_name="user",
                name="opened_date",
                field=models.DateField(default=waymark.database.clock.real_today),
            ),
            migrations.AddField(
                model_name="user",
                name="signed_in_date",
                field=models.DateField(null=True),
            ),
            migrations.AlterField(
                model_name="notice",
                name="why",
                field=models.CharField(blank=True, choices=WHY, max_length=20),
            ),
            migrations.CreateModel(
                name="Suspension",
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
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("left", "They have left, or leave now"),
                                ("away", "They are away for long"),
                                ("misuse", "It may be misused"),
                                ("unused", "Nobody signed in for 90 days"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("words", models.TextField(blank=True)),
                    ("at", models.DateTimeField()),
                    ("woken_at", models.DateTimeField(null=True)),
                    ("closed_at", models.DateTimeField(null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "closed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "receiver",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="suspensions",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "woken_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["at", "id"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("woken_at", None)),
                            fields=("user",),
                            name="suspended_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("by", None), ("kind", "unused")),
                                models.Q(
                                    models.Q(("kind", "unused"), _negated=True),
                                    ("by__isnull", False),
                                    models.Q(("by", models.F("user")), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="suspended_by_another_with_words",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("closed_at", None),
                                    ("closed_by", None),
                                    ("woken_at", None),
                                    ("woken_by", None),
                                ),
                                models.Q(
                                    ("closed_at", None),
                                    ("closed_by", None),
                                    ("woken_at__isnull", False),
                                    ("woken_by__isnull", False),
                                ),
                                models.Q(
                                    ("closed_at__isnull", False),
                                    ("closed_by__isnull", False),
                                    ("woken_at", None),
                                    ("woken_by", None),
                                ),
                                _connector="OR",
                            ),
                            name="woken_or_closed_by_somebody",
                        ),
                    ],
                },
            ),
        ),
        *guarded(
            "directory_suspension",
            see=f"({KEEPS_ACCOUNTS}) OR {FOLLOWING}",
            add=f"(({KEEPS_ACCOUNTS}) AND by_id = {ME}) OR ({FOLLOWING} AND by_id IS NULL)",
            change=KEEPS_ACCOUNTS,
            rights="SELECT, INSERT,"
            " UPDATE (woken_at, woken_by_id, closed_at, closed_by_id, receiver_id)",
        ),
    ]
