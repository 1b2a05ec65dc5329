"""Ends and what follows them: deputies, what is passed on, reviews extended by two."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.actor import Duty
from waymark.database.guard import (
    DUTY,
    ME,
    RUNNING,
    also,
    for_duty,
    guarded,
    only_appended,
    redefined,
)
from waymark.database.record import Part
from waymark.database.together import together

USER = settings.AUTH_USER_MODEL
WORK = of_a_case(Part.WORK)
PASS = Duty("pass_endorsements")
# what was taken back before the other post had decided stays hidden from it
END_OPEN = (
    "SELECT (SELECT count(*) > 1 FROM public.panels_endopinion o WHERE o.proposal_id = $1)"
    " OR EXISTS (SELECT FROM public.panels_endproposal p"
    " WHERE p.id = $1 AND p.closed_at IS NOT NULL AND p.outcome <> 'withdrawn')"
)
OF_AN_OPINION = "EXISTS (SELECT FROM panels_endopinion o WHERE o.id = opinion_id)"
RESULTS = [
    ("nothing_new", "Nothing new"),
    ("further", "A further review is proposed"),
    ("reopen", "Re-opened: back to the panel"),
]
ENDS = [
    ("endorsed", "Endorsed by both"),
    ("refused", "Refused"),
    ("lapsed", "Lapsed: the case or the text has changed"),
    ("withdrawn", "An endorsement was withdrawn: both are asked anew"),
]
POSTS = [("chair", "Chair of the Channel panel"), ("police_lead", "Police Prevent lead")]


def of(model: str, name: str = "+", *, null: bool = False) -> Any:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


def one(model: str, name: str) -> Any:
    return models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


def record(*fields: tuple[str, Any]) -> list[tuple[str, Any]]:
    """What every record has, and `fields`."""
    key = models.BigIntegerField(
        default=waymark.database.keys.random_key, editable=False, primary_key=True, serialize=False
    )
    salt = models.BinaryField(default=waymark.database.keys.random_salt)
    return [("id", key), ("salt", salt), *fields]


def words() -> Any:
    return models.TextField(blank=True, db_default="")


AT, BY = ("at", models.DateTimeField()), ("by", of(USER))
ORDER = {"ordering": ["at", "id"]}


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0005_meeting"),
        ("cases", "0010_transfer"),
        migrations.swappable_dependency(USER),
    ]
    operations = together(
        migrations.AddField("decision", "remains", words()),
        migrations.AddField("endopinion", "left_open", words()),
        *(
            migrations.AddField("reviewafterexit", name, words())
            for name in ("engagement", "intent", "capability", "referrer_told")
        ),
        migrations.AlterField(
            "reviewafterexit",
            "result",
            models.CharField(blank=True, choices=RESULTS, max_length=20),
        ),
        migrations.AlterField(
            "endproposal", "outcome", models.CharField(blank=True, choices=ENDS, max_length=10)
        ),
        migrations.CreateModel(
            "EndDeputy",
            fields=record(
                ("case", of("cases.case")),
                ("proposal", of("panels.endproposal", "deputies")),
                ("post", models.CharField(choices=POSTS, max_length=20)),
                ("user", of(USER)),
                ("passed_at", models.DateTimeField(null=True)),
            ),
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["proposal", "post"], name="one_deputy_of_each_post"
                    ),
                    models.UniqueConstraint(
                        fields=["proposal", "user"], name="nobody_deputises_for_both"
                    ),
                    models.UniqueConstraint(
                        condition=Q(passed_at__isnull=False),
                        fields=["proposal"],
                        name="one_deputy_decides",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "EndWithdrawal",
            fields=record(
                ("case", of("cases.case")),
                ("opinion", one("panels.endopinion", "withdrawal")),
                ("why", models.TextField()),
                BY,
                AT,
            ),
            options=ORDER,
        ),
        migrations.CreateModel(
            "ReviewExtension",
            fields=record(
                ("case", of("cases.case", "review_extensions")),
                ("review", one("panels.reviewafterexit", "extension")),
                ("further_date", models.DateField()),
                ("why", models.TextField()),
                BY,
                AT,
                ("answered_by", of(USER, null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("agreed", models.BooleanField(null=True)),
                ("answer", models.TextField(blank=True)),
            ),
            options=ORDER
            | {
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(answered_by=None, answered_at=None, agreed=None)
                        | (
                            Q(
                                answered_by__isnull=False,
                                answered_at__isnull=False,
                                agreed__isnull=False,
                            )
                            & ~Q(answered_by=F("by"))
                        ),
                        name="review_extension_by_two_people",
                    ),
                ],
            },
        ),
        redefined("end_is_open(proposal bigint)", "boolean", END_OPEN),
        *guarded("panels_enddeputy", see=WORK, rights="SELECT, INSERT, UPDATE (passed_at)"),
        *for_duty("panels_enddeputy", PASS, "see", "change"),
        also(
            "cases_task",
            "pass_endorsements_see",
            f"FOR SELECT TO {RUNNING} USING ({DUTY} = '{PASS.name}' AND kind = 'endorse_exit')",
        ),
        *guarded(
            "panels_endwithdrawal",
            see=f"{WORK} AND {OF_AN_OPINION}",
            add=f"{WORK} AND by_id = {ME}",
        ),
        only_appended("panels_endwithdrawal"),
        *guarded(
            "panels_reviewextension",
            see=WORK,
            rights="SELECT, INSERT, UPDATE (agreed, answer, answered_by_id, answered_at)",
        ),
    )
