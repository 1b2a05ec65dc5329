"""A case is handed over when the person turns eighteen."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import waymark.database.keys
from waymark.cases.sight import of_a_case, of_a_person
from waymark.database.actor import Duty
from waymark.database.guard import SIGNED_IN, for_duty, guarded, only_appended
from waymark.database.record import Part
from waymark.database.together import together

LEADS = [("adult_lead", "Prevent adult lead"), ("families_lead", "Prevent families lead")]
WHY = [
    ("birthday", "The person turns 18"),
    ("age", "What is known of the person’s age has changed"),
]
FOLLOW_AGES = Duty("follow_ages")
OF_THE_PERSON = of_a_person(Part.PERSON)


def by_user(*, null: bool = True) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_risk_by_kind"), ("people", "0003_disputed_age")]
    operations = together(
        migrations.CreateModel(
            name="Handover",
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
                    models.BinaryField(default=waymark.database.keys.random_salt, editable=False),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="cases.case",
                    ),
                ),
                ("from_lead", models.CharField(choices=LEADS, max_length=20)),
                ("to_lead", models.CharField(choices=LEADS, max_length=20)),
                ("why", models.CharField(choices=WHY, max_length=20)),
                ("from_date", models.DateField()),
                ("words", models.TextField(blank=True)),
                ("by", by_user()),
                ("at", models.DateTimeField()),
                ("accepted_by", by_user()),
                ("accepted_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        name="handover_accepted_by_somebody",
                        condition=Q(accepted_at=None, accepted_by=None)
                        | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                    ),
                    models.CheckConstraint(
                        name="handed_over_in_words_by_somebody",
                        condition=Q(words="") | ~Q(by=None),
                    ),
                ],
            },
        ),
        migrations.AddField("supportconsent", "holds_from_date", models.DateField(null=True)),
        migrations.AddConstraint(
            "supportconsent",
            models.CheckConstraint(
                name="only_the_person_answers_ahead",
                condition=Q(holds_from_date=None) | Q(answerer="person"),
            ),
        ),
        migrations.AlterField("holderoffer", "offered_by", by_user()),
        migrations.AlterField("move", "by", by_user()),
        *guarded("cases_handover", see=of_a_case(Part.WORK), rights="SELECT, INSERT, UPDATE"),
        *guarded("people_agedispute", see=OF_THE_PERSON, add=SIGNED_IN),
        only_appended("people_agedispute"),
        *guarded("people_ageassessment", see=OF_THE_PERSON, add=SIGNED_IN),
        only_appended("people_ageassessment"),
        *for_duty("cases_case", FOLLOW_AGES, "see", "change"),
        *for_duty("cases_task", FOLLOW_AGES, "see", "change"),
        *for_duty("cases_handover", FOLLOW_AGES, "see", "add"),
        *for_duty("cases_holder", FOLLOW_AGES, "see"),
        *for_duty("cases_holderoffer", FOLLOW_AGES, "see", "add", "change"),
        *for_duty("cases_move", FOLLOW_AGES, "add"),
        *for_duty("cases_supportconsent", FOLLOW_AGES, "see"),
        *for_duty("people_person", FOLLOW_AGES, "see"),
        *for_duty("people_birthdate", FOLLOW_AGES, "see"),
        *for_duty("people_agedispute", FOLLOW_AGES, "see"),
        *for_duty("people_ageassessment", FOLLOW_AGES, "see"),
    )
