"""Who somebody is at their own organisation: for its person, and for an administrator to remove."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.accounts.sight import KEEPS_ACCOUNTS, MINE, SIGN_ON_COLUMNS, SIGN_ON_HOLDER
from waymark.database.guard import definer, guarded
from waymark.database.together import together


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_so_many_words"), ("directory", "0006_suspended")]
    operations = [
        *together(
            migrations.CreateModel(
                name="SignOn",
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
                    ("provider", models.CharField(max_length=20)),
                    ("digest", models.CharField(max_length=64, unique=True)),
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
                        models.UniqueConstraint(
                            fields=("user", "provider"), name="one_link_to_a_provider"
                        )
                    ],
                },
            ),
        ),
        *guarded(
            "accounts_signon",
            see=f"({MINE}) OR ({KEEPS_ACCOUNTS})",
            add=MINE,
            change=MINE,
            delete=f"({MINE}) OR ({KEEPS_ACCOUNTS})",
            rights="SELECT, INSERT, UPDATE (used_at), DELETE",
            to_sight=True,
        ),
        definer("sign_on_holder(digests text[])", SIGN_ON_COLUMNS, SIGN_ON_HOLDER),
    ]
