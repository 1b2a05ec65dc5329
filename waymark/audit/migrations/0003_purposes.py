"""A look says under which grant, and for what; a refused one is written down without telling."""

from django.db import migrations, models

import waymark.database.keys
from waymark.database.guard import ME, guarded, only_appended

MINE = f"user_id = {ME}"
# whoever was refused must not learn from their own looks that there is such a case
MY_OWN = f"actor = 'user:' || {ME}"


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_guard"),
    ]
    operations = [
        migrations.AddField(
            "look", "sight", models.CharField(blank=True, default="", max_length=20)
        ),
        # a version that still runs writes looks without it
        migrations.RunSQL(
            "ALTER TABLE audit_look ALTER COLUMN sight SET DEFAULT ''",
            "ALTER TABLE audit_look ALTER COLUMN sight DROP DEFAULT",
        ),
        migrations.AddField("look", "had_task", models.BooleanField(null=True)),
        migrations.CreateModel(
            "PurposeGiven",
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
                ("user_id", models.BigIntegerField()),
                ("case_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("purpose", models.CharField(blank=True, max_length=60)),
                ("words", models.TextField(blank=True)),
                ("knows", models.BooleanField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user_id", "case_id", "at"], name="purposes_of_one")
                ]
            },
        ),
        *guarded("audit_purposegiven", see=MINE, change="false", to_sight=True),
        only_appended("audit_purposegiven"),
        migrations.RunSQL(
            f"ALTER POLICY see ON audit_look USING ({MY_OWN} AND sight <> 'none')",
            f"ALTER POLICY see ON audit_look USING ({MY_OWN})",
        ),
    ]
