"""A planned meeting can be called off: it stays, with who did so and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from waymark.database.guard import RUNNING
from waymark.database.together import together

STATES = [
    ("planned", "Planned"),
    ("open", "Open"),
    ("ended", "Ended, minutes not signed"),
    ("signed", "Minutes signed"),
    ("called_off", "Called off"),
]
AS_FAR = (
    Q(state="planned", opened_at=None, ended_at=None, signed_at=None)
    | Q(state="open", opened_at__isnull=False, ended_at=None, signed_at=None)
    | Q(state="ended", opened_at__isnull=False, ended_at__isnull=False, signed_at=None)
    | Q(state="signed", ended_at__isnull=False, signed_at__isnull=False)
)
CALLED_OFF = Q(state="called_off", opened_at=None, called_off_at__isnull=False)
BY_SOMEBODY = Q(called_off_at=None, called_off_by=None) | Q(
    called_off_at__isnull=False, called_off_by__isnull=False
)


def ends_when_all_are_heard(states: str) -> str:
    return (
        "ALTER POLICY ends_when_all_are_heard ON panels_meeting"
        f" TO {RUNNING} USING (true)"
        f" WITH CHECK (state IN ({states}) OR cases_unheard(id) = 0)"
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("panels", "0002_guard"),
    ]
    operations = together(
        migrations.AlterField(
            "meeting",
            "state",
            models.CharField(choices=STATES, default="planned", max_length=10),
        ),
        migrations.AddField("meeting", "called_off_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "meeting",
            "called_off_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "meeting", "called_off_why", models.TextField(blank=True, db_default="")
        ),
        migrations.RemoveConstraint("meeting", "meeting_is_as_far_as_its_times"),
        migrations.AddConstraint(
            "meeting",
            models.CheckConstraint(
                name="meeting_is_as_far_as_its_times", condition=AS_FAR | CALLED_OFF
            ),
        ),
        migrations.AddConstraint(
            "meeting",
            models.CheckConstraint(
                name="meeting_called_off_with_a_reason",
                condition=Q(called_off_at=None) | ~Q(called_off_why=""),
            ),
        ),
        migrations.AddConstraint(
            "meeting",
            models.CheckConstraint(name="meeting_called_off_by_somebody", condition=BY_SOMEBODY),
        ),
        migrations.RunSQL(
            ends_when_all_are_heard("'planned', 'open', 'called_off'"),
            ends_when_all_are_heard("'planned', 'open'"),
        ),
    )
