"""What partners and family tell of changes."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.guard import ME, definer, guarded
from waymark.database.record import Part
from waymark.database.together import together

KINDS = [("change", "A change"), ("concern", "A new concern")]
SOURCES = [
    ("partner", "A partner organisation"),
    ("provider", "Whoever gives or leads support"),
    ("family", "The family"),
    ("person", "The person"),
    ("other", "Somebody else"),
]
# The post and area that a task for a case's lead goes to, for those who do not see the case.
LEADS = """SELECT coalesce(nullif(c.led_by, ''), 'police_officer') || ':' || c.area_id::text
    FROM public.cases_case c WHERE c.id = $1"""
MINE = f"by_id = {ME}"


def of(model: str, name: str = "+", *, null: bool = False) -> Any:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_consent"),
        ("directory", "0004_guard"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = together(
        migrations.CreateModel(
            name="ChangeTold",
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
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("source", models.CharField(choices=SOURCES, max_length=10)),
                ("told_by", models.CharField(max_length=200)),
                ("happened_date", models.DateField()),
                ("words", models.TextField()),
                ("person_knows", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("follows", models.TextField(blank=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("by", of(settings.AUTH_USER_MODEL)),
                ("case", of("cases.case", "changes_told")),
                ("organisation", of("directory.organisation")),
                ("read_by", of(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(words="") & ~Q(told_by=""),
                        name="change_told_in_words_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=Q(follows="", read_by=None, read_at=None)
                        | (~Q(follows="") & Q(read_by__isnull=False, read_at__isnull=False)),
                        name="change_read_whole_or_not",
                    ),
                ],
            },
        ),
        *guarded(
            "cases_changetold",
            see=f"({of_a_case(Part.WORK)}) OR {MINE}",
            add=f"{MINE} AND {of_a_case(Part.CASE)}",
            change=of_a_case(Part.WORK),
            rights="SELECT, INSERT, UPDATE (follows, read_by_id, read_at)",
        ),
        definer("leads_case(of_case bigint)", "text", LEADS),
    )
