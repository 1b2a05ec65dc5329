"""A case moves to another area when both chairs agree; and what the person is pointed to."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.actor import Duty
from waymark.database.guard import ME, RUNNING, also, for_duty, guarded, only_appended
from waymark.database.record import Part
from waymark.directory.models import Role
from waymark.directory.sight import holds_in

USER = settings.AUTH_USER_MODEL
WORK = of_a_case(Part.WORK)
JOINING = holds_in("to_area_id::text", Role.CHAIR, Role.VICE_CHAIR)
LEAVING = holds_in("from_area_id::text", Role.CHAIR, Role.VICE_CHAIR)
EITHER = f"{WORK} OR {JOINING} OR {LEAVING}"
# whom a transfer lets see that the case is there: they end that sight with their own answer
ASKED_OF_US = (
    "part = 'case' AND EXISTS (SELECT FROM cases_transfer t WHERE t.case_id = cases_grant.case_id"
    f" AND t.closed_at IS NULL AND {holds_in('t.to_area_id::text', Role.CHAIR, Role.VICE_CHAIR)})"
)


def of(model: str, name: str = "+", *, null: bool = False) -> Any:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


def record(*fields: tuple[str, Any]) -> list[tuple[str, Any]]:
    """What every record has, and `fields`."""
    key = models.BigIntegerField(
        default=waymark.database.keys.random_key, editable=False, primary_key=True, serialize=False
    )
    salt = models.BinaryField(default=waymark.database.keys.random_salt)
    at, by = ("at", models.DateTimeField()), ("by", of(USER))
    return [("id", key), ("salt", salt), at, by, *fields]


def words(*, blank: bool = False) -> Any:
    return models.TextField(blank=blank)


def short(*, blank: bool = False, most: int = 200) -> Any:
    return models.CharField(blank=blank, max_length=most)


OUTCOMES = [("moved", "The case has moved"), ("stays", "The case stays where it is")]
KINDS = [
    ("early_help", "Early Help"),
    ("caf", "Common Assessment Framework referral"),
    ("health", "Health"),
    ("service", "A support service"),
    ("other", "Something else"),
]
ORDER = {"ordering": ["at", "id"]}
TRANSFER_KEEPS = [
    models.UniqueConstraint(
        condition=Q(closed_at=None), fields=["case"], name="one_transfer_at_a_time"
    ),
    models.CheckConstraint(
        condition=(Q(to_area__isnull=False, outside="", receiver="") & ~Q(to_area=F("from_area")))
        | (Q(to_area=None) & ~Q(outside="") & ~Q(receiver="")),
        name="transfer_to_an_area_or_a_named_panel",
    ),
    models.CheckConstraint(
        condition=Q(answered_at=None, answered_by=None, accepted=None, answer="")
        | (
            Q(answered_at__isnull=False, answered_by__isnull=False, accepted__isnull=False)
            & ~Q(answer="")
            & (Q(to_area=None) | ~Q(answered_by=F("by")))
        ),
        name="transfer_answered_by_another_with_a_reason",
    ),
    models.CheckConstraint(
        condition=Q(closed_at=None, closed_by=None, outcome="")
        | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
        name="transfer_closed_with_its_outcome",
    ),
    models.CheckConstraint(
        condition=~Q(outcome="moved") | Q(accepted=True), name="transfer_moves_only_when_accepted"
    ),
    models.CheckConstraint(
        condition=Q(to_area__isnull=False)
        | Q(accepted=None)
        | Q(accepted=False)
        | (~Q(accepted_by_name="") & Q(accepted_date__isnull=False)),
        name="transfer_outside_accepted_by_a_named_receiver",
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_unsent"),
        ("directory", "0001_tables"),
        migrations.swappable_dependency(USER),
    ]
    operations = [
        migrations.AddField(
            "endcheck", "unacknowledged", models.TextField(blank=True, db_default="")
        ),
        migrations.CreateModel(
            "Transfer",
            fields=record(
                ("case", of("cases.case", "transfers")),
                ("from_area", of("directory.area")),
                ("to_area", of("directory.area", null=True)),
                ("outside", short(blank=True)),
                ("receiver", short(blank=True)),
                ("why", words()),
                ("about", words()),
                ("goes_along", words()),
                ("until_date", models.DateField(null=True)),
                ("accepted", models.BooleanField(null=True)),
                ("answer", words(blank=True)),
                ("accepted_by_name", short(blank=True)),
                ("accepted_date", models.DateField(null=True)),
                ("answered_by", of(USER, null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(blank=True, choices=OUTCOMES, max_length=10),
                ),
                ("closed_why", words(blank=True)),
                ("closed_by", of(USER, null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ),
            options=ORDER | {"constraints": TRANSFER_KEEPS},
        ),
        migrations.CreateModel(
            "TransferPackage",
            fields=record(
                ("case", of("cases.case")),
                ("transfer", of("cases.transfer", "packages")),
                ("parts", short()),
                ("receiver", short()),
                ("digest", short(most=64)),
            ),
            options=ORDER,
        ),
        migrations.CreateModel(
            "Signpost",
            fields=record(
                ("case", of("cases.case", "signposts")),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("to", short()),
                ("what", words()),
                ("by_whom", short()),
                ("on_date", models.DateField()),
                ("received_by", short(blank=True)),
                ("received_date", models.DateField(null=True)),
                ("recorded_by", of(USER, null=True)),
                ("recorded_at", models.DateTimeField(null=True)),
            ),
            options=ORDER
            | {
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            received_by="", received_date=None, recorded_by=None, recorded_at=None
                        )
                        | (
                            Q(received_date__isnull=False, recorded_by__isnull=False)
                            & Q(recorded_at__isnull=False)
                            & ~Q(received_by="")
                        ),
                        name="signpost_received_by_somebody_named",
                    )
                ]
            },
        ),
        *guarded(
            "cases_transfer",
            see=EITHER,
            add=WORK,
            rights="SELECT, INSERT, UPDATE (accepted, answer, accepted_by_name, accepted_date,"
            " answered_by_id, answered_at, outcome, closed_why, closed_by_id, closed_at)",
        ),
        also(
            "cases_transfer",
            "closed_stays",
            f"AS RESTRICTIVE FOR UPDATE TO {RUNNING} USING (closed_at IS NULL) WITH CHECK (true)",
        ),
        *for_duty("cases_transfer", Duty("follow_ages"), "see"),
        also("cases_grant", "asked_of_us", f"FOR SELECT TO {RUNNING} USING ({ASKED_OF_US})"),
        *guarded("cases_transferpackage", see=WORK),
        only_appended("cases_transferpackage"),
        *guarded(
            "cases_signpost",
            see=f"{WORK} OR by_id = {ME}",
            add=WORK,
            rights="SELECT, INSERT,"
            " UPDATE (received_by, received_date, recorded_by_id, recorded_at)",
        ),
    ]
