"""What is not known yet, and what is needed, are rows."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.guard import guarded, only_appended
from waymark.database.record import Part
from waymark.database.together import together

Fields = list[tuple[str, Any]]


def of(model: str, name: str = "+", *, null: bool = False) -> Any:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


def record(*fields: tuple[str, Any]) -> Fields:
    """What every record has, and `fields`."""
    key = models.BigIntegerField(
        default=waymark.database.keys.random_key, editable=False, primary_key=True, serialize=False
    )
    salt = models.BinaryField(default=waymark.database.keys.random_salt)
    return [("id", key), ("salt", salt), ("at", models.DateTimeField()), *fields]


def appended(table: str) -> list[migrations.RunSQL]:
    return [*guarded(table, see=of_a_case(Part.ASSESSMENT)), only_appended(table)]


BY = ("by", of(settings.AUTH_USER_MODEL))
ORDER = {"ordering": ["at", "id"]}
AROSE = [
    ("gathering", "Information gathering"),
    ("risk", "The assessment of risk"),
    ("lead_review", "The lead’s review"),
    ("partner_checks", "The partners’ answers"),
    ("factor", "The assessment of the factors"),
    ("next_step", "The next step"),
    ("later", "The panel, or later"),
]
HOW = [
    ("answered", "Answered by whoever was asked"),
    ("found_out", "Found out in another way"),
    ("not_needed", "No longer needed"),
]
KINDS = [
    ("health", "Health"),
    ("housing", "Housing"),
    ("family", "Family"),
    ("learning", "School or work"),
    ("online", "Online"),
    ("exploitation", "Exploitation by others"),
    ("other", "Something else"),
]
BECAME = [
    ("changed", "It is there, and has changed"),
    ("met", "It is met"),
    ("gone", "It is no longer there"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_eighteen"),
        ("directory", "0004_guard"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = together(
        migrations.RemoveField("gathering", "not_yet_known"),
        migrations.AddField("parallelprocess", "asked_date", models.DateField(null=True)),
        migrations.AddConstraint(
            "parallelprocess",
            models.CheckConstraint(
                condition=Q(asked_date=None) | Q(from_date=None, until_date=None),
                name="no_proceeding_has_no_days",
            ),
        ),
        migrations.CreateModel(
            name="OpenQuestion",
            fields=record(
                ("words", models.TextField()),
                ("who", models.CharField(blank=True, max_length=200)),
                ("arose", models.CharField(choices=AROSE, max_length=20)),
                ("factor", models.CharField(blank=True, max_length=60)),
                BY,
                ("case", of("cases.case", "open_questions")),
                ("organisation", of("directory.organisation", null=True)),
            ),
            options=ORDER
            | {
                "constraints": [
                    models.CheckConstraint(condition=~Q(words=""), name="open_question_in_words"),
                    models.CheckConstraint(
                        condition=Q(organisation__isnull=False, who="")
                        | (Q(organisation=None) & ~Q(who="")),
                        name="open_question_of_one_who_might_know",
                    ),
                    models.CheckConstraint(
                        condition=(Q(arose="factor") & ~Q(factor=""))
                        | (~Q(arose="factor") & Q(factor="")),
                        name="open_question_of_a_factor",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="QuestionEnd",
            fields=record(
                ("how", models.CharField(choices=HOW, max_length=20)),
                ("words", models.TextField()),
                BY,
                ("case", of("cases.case")),
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="cases.openquestion",
                    ),
                ),
            ),
            options=ORDER
            | {
                "constraints": [
                    models.CheckConstraint(condition=~Q(words=""), name="question_ended_in_words")
                ]
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=record(
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("words", models.TextField()),
                ("source", models.CharField(max_length=200)),
                ("told_date", models.DateField()),
                BY,
                ("case", of("cases.case", "needs")),
            ),
            options=ORDER
            | {
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(words="") & ~Q(source=""),
                        name="need_of_the_person_with_its_source",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="NeedChange",
            fields=record(
                ("became", models.CharField(choices=BECAME, max_length=20)),
                ("words", models.TextField()),
                BY,
                ("case", of("cases.case")),
                ("need", of("cases.need", "changes")),
            ),
            options=ORDER
            | {
                "constraints": [
                    models.CheckConstraint(condition=~Q(words=""), name="need_changed_in_words"),
                    models.UniqueConstraint(
                        condition=~Q(became="changed"), fields=["need"], name="need_ended_once"
                    ),
                ]
            },
        ),
        *appended("cases_openquestion"),
        *appended("cases_questionend"),
        *appended("cases_need"),
        *appended("cases_needchange"),
    )
