"""An invitation for whoever has its link, and its person; lost factors for administrators."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.accounts.sight import KEEPS_ACCOUNTS, MINE
from waymark.database.guard import ME, VISITOR, for_duty, guarded
from waymark.database.together import together
from waymark.directory.notices import SEND_NOTICES


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_guard"), ("directory", "0006_suspended")]
    operations = [
        *together(
            migrations.CreateModel(
                name="Invitation",
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
                    ("sealed", models.BinaryField()),
                    ("made_at", models.DateTimeField()),
                    ("expires_at", models.DateTimeField()),
                    ("used_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "notice",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="directory.notice",
                        ),
                    ),
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
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None), ("used_at", None)),
                            fields=("user",),
                            name="one_link_is_out",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("used_at", None), ("ended_at", None), _connector="OR"
                            ),
                            name="link_used_or_ended",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("user", models.F("by")), _negated=True),
                            name="nobody_invites_themselves",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LostFactors",
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
                    ("asked_at", models.DateTimeField()),
                    ("words", models.TextField()),
                    ("confirmed_at", models.DateTimeField(null=True)),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "confirmed_by",
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
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("user", models.F("asked_by")), _negated=True),
                                models.Q(
                                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                    models.Q(
                                        ("confirmed_at__isnull", False),
                                        ("confirmed_by__isnull", False),
                                        models.Q(
                                            ("confirmed_by", models.F("asked_by")), _negated=True
                                        ),
                                        models.Q(("confirmed_by", models.F("user")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            name="factors_lost_said_by_two",
                        )
                    ],
                },
            ),
        ),
        *guarded(
            "accounts_invitation",
            see=f"({MINE}) OR ({KEEPS_ACCOUNTS}) OR digest = {VISITOR}",
            add=f"({KEEPS_ACCOUNTS}) AND by_id = {ME}",
            change=f"({MINE}) OR ({KEEPS_ACCOUNTS})",
            rights="SELECT, INSERT, UPDATE (sealed, used_at, ended_at)",
        ),
        *for_duty("accounts_invitation", SEND_NOTICES, "see", "change"),
        *guarded(
            "accounts_lostfactors",
            see=KEEPS_ACCOUNTS,
            add=f"({KEEPS_ACCOUNTS}) AND asked_by_id = {ME} AND confirmed_by_id IS NULL",
            change=f"({KEEPS_ACCOUNTS}) AND asked_by_id <> {ME} AND user_id <> {ME}",
            rights="SELECT, INSERT, UPDATE (confirmed_by_id, confirmed_at)",
        ),
    ]
