"""An account that its organisation does not confirm is suspended by a duty, as one that nobody uses;
whom an organisation says to have left, by the same."""

from django.db import migrations, models
from django.db.models import F, Q

from waymark.database.actor import Duty
from waymark.database.guard import DUTY, RUNNING, also, for_duty

FOLLOW_LEAVERS = Duty("follow_leavers")
KINDS = [
    ("left", "They have left, or leave now"),
    ("away", "They are away for long"),
    ("misuse", "It may be misused"),
    ("unused", "Nobody signed in for 90 days"),
    ("unconfirmed", "Their organisation did not confirm them"),
]
BY_ITSELF = ["unused", "unconfirmed"]


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_suspended")]
    operations = [
        migrations.AlterField("suspension", "kind", models.CharField(choices=KINDS, max_length=20)),
        migrations.RemoveConstraint("suspension", "suspended_by_another_with_words"),
        migrations.AddConstraint(
            "suspension",
            models.CheckConstraint(
                name="suspended_by_another_with_words",
                condition=Q(kind__in=BY_ITSELF, by=None)
                | (~Q(kind__in=BY_ITSELF) & Q(by__isnull=False) & ~Q(by=F("user")) & ~Q(words="")),
            ),
        ),
        also(
            "directory_suspension",
            "follow_leavers_add",
            f"FOR INSERT TO {RUNNING} WITH CHECK ({DUTY} = '{FOLLOW_LEAVERS.name}')",
        ),
        *for_duty("directory_appointment", FOLLOW_LEAVERS, "change"),
    ]
