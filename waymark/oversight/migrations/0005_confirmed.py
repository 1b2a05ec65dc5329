"""Who confirms an organisation's people, what was said of each, and who is warned."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import waymark.database.keys
from waymark.cases.access.left_behind import FOLLOW_LEAVERS
from waymark.database.guard import DUTY, ME, SIGNED_IN, guarded, only_appended
from waymark.database.together import together
from waymark.directory.models import Role
from waymark.directory.sight import holds

KEEPS = holds(Role.ADMINISTRATOR)
FOLLOWS = f"{DUTY} = '{FOLLOW_LEAVERS.name}'"
ASKED = (
    f"EXISTS (SELECT FROM cases_task t WHERE t.user_id = {ME} AND t.done_at IS NULL"
    " AND t.kind IN ('confirm_people', 'confirm_person') AND t.object_id = organisation_id)"
)
SAYS = [
    ("here", "Still here, and in the same work"),
    ("moved", "Has moved to other work"),
    ("left", "Has left"),
]


def own() -> list[tuple[str, Any]]:
    key = models.BigIntegerField(
        default=waymark.database.keys.random_key, editable=False, primary_key=True, serialize=False
    )
    return [("id", key), ("salt", models.BinaryField(default=waymark.database.keys.random_salt))]


def to(table: str, name: str = "+") -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=table
    )


class Migration(migrations.Migration):
    dependencies = [("oversight", "0004_left_work"), ("directory", "0007_unconfirmed")]
    operations = [
        *together(
            migrations.CreateModel(
                name="ConfirmingPerson",
                fields=[
                    *own(),
                    ("at", models.DateTimeField()),
                    ("by", to(settings.AUTH_USER_MODEL)),
                    ("organisation", to("directory.organisation", "confirming")),
                    ("user", to(settings.AUTH_USER_MODEL)),
                ],
                options={"ordering": ["at", "id"]},
            ),
            migrations.CreateModel(
                name="PersonConfirmed",
                fields=[
                    *own(),
                    ("says", models.CharField(choices=SAYS, max_length=10)),
                    ("words", models.TextField(blank=True)),
                    ("at", models.DateTimeField()),
                    ("on_date", models.DateField()),
                    ("by", to(settings.AUTH_USER_MODEL)),
                    ("organisation", to("directory.organisation")),
                    ("user", to(settings.AUTH_USER_MODEL, "confirmations")),
                ],
                options={
                    "ordering": ["at", "id"],
                    "indexes": [
                        models.Index(fields=["user", "-on_date"], name="confirmations_of_somebody")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=~Q(user=F("by")), name="nobody_confirms_themselves"
                        ),
                        models.CheckConstraint(
                            condition=Q(says="here") | ~Q(words=""), name="moved_or_left_in_words"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PersonUnconfirmed",
                fields=[
                    *own(),
                    ("warned_date", models.DateField()),
                    ("suspend_date", models.DateField()),
                    ("user", to(settings.AUTH_USER_MODEL, "unconfirmed")),
                ],
                options={
                    "ordering": ["warned_date", "id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(suspend_date__gt=F("warned_date")),
                            name="suspended_only_after_a_warning",
                        )
                    ],
                },
            ),
        ),
        *guarded(
            "oversight_confirmingperson",
            see=f"({SIGNED_IN}) OR {FOLLOWS}",
            add=f"({KEEPS}) AND by_id = {ME}",
            change="false",
        ),
        only_appended("oversight_confirmingperson"),
        *guarded(
            "oversight_personconfirmed",
            see=f"({KEEPS}) OR by_id = {ME} OR {FOLLOWS}",
            add=f"by_id = {ME} AND (({KEEPS}) OR {ASKED})",
            change="false",
        ),
        only_appended("oversight_personconfirmed"),
        *guarded(
            "oversight_personunconfirmed",
            see=f"({KEEPS}) OR user_id = {ME} OR {FOLLOWS}",
            add=FOLLOWS,
            change="false",
        ),
        only_appended("oversight_personunconfirmed"),
    ]
