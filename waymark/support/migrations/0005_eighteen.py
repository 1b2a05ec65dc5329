"""A parent's answer ends with the eighteenth birthday."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from waymark.database.actor import Duty
from waymark.database.guard import TODAY, also, for_duty, granted, redefined
from waymark.database.together import together

before = import_module("waymark.support.migrations.0002_guard")

WHY = [
    ("consent_given", "Consent is given"),
    ("brief_accepted", "The provider accepts the brief"),
    ("brief_declined", "Whoever was to give it cannot"),
    ("worker_named", "Somebody else is named to give it"),
    ("consent_ended", "Consent is no longer in force"),
    ("age", "The person’s age: somebody else answers now, and has not yet"),
    ("asked_to_stop", "The person asked the provider to stop"),
    ("wants_to_go_on", "The person wants to go on"),
    ("panel", "Held or ended by the panel"),
    ("new_plan", "A new plan is agreed"),
    ("case_ended", "The case has ended"),
]
FOLLOW_AGES = Duty("follow_ages")
# The floor under `support.consents`: somebody who may still answer said yes to the plan in force,
# and the person has not said no. What holds from a birthday to come counts from that day on.
CONSENT_STANDS = f"""
    SELECT coalesce(bool_or(a.state = 'given'), false)
        AND NOT coalesce(
            bool_or(a.answerer = 'person' AND a.state IN ('refused', 'withdrawn')), false)
    FROM (SELECT DISTINCT ON (s.answerer, s.answerer_name) s.answerer, s.state
        FROM public.cases_supportconsent s WHERE s.case_id = $1 AND s.at >=
            (SELECT max(p.agreed_at) FROM public.support_plan p WHERE p.case_id = $1)
        AND (s.holds_from_date IS NULL OR s.holds_from_date <= {TODAY})
        AND EXISTS (SELECT FROM public.support_answerer w WHERE w.case_id = $1
            AND w.kind = s.answerer AND w.name = s.answerer_name AND w.until_at IS NULL)
        ORDER BY s.answerer, s.answerer_name, s.at DESC, s.id DESC) a
"""


def stands(body: str) -> str:
    """The statements that give the function another body, in its place."""
    step = redefined("consent_stands(of_case bigint)", "boolean", body)
    assert isinstance(step.sql, str)
    return step.sql


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0004_declined"),
        ("cases", "0007_eighteen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = together(
        migrations.AlterField("pieceturn", "why", models.CharField(choices=WHY, max_length=20)),
        migrations.AlterField(
            "pieceturn",
            "by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        granted("support_answerer", "SELECT", to="waymark_sight"),
        also("support_answerer", "sight", "FOR SELECT TO waymark_sight USING (true)"),
        migrations.RunSQL(stands(CONSENT_STANDS), stands(before.CONSENT_STANDS)),
        *for_duty("support_plan", FOLLOW_AGES, "see"),
        *for_duty("support_answerer", FOLLOW_AGES, "see", "change"),
        *for_duty("support_piece", FOLLOW_AGES, "see", "change"),
        *for_duty("support_pieceturn", FOLLOW_AGES, "see", "add"),
    )
