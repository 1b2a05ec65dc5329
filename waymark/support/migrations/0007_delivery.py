"""Providers, each check apart, and what is delivered."""

from importlib import import_module
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import waymark.database.keys
from waymark.database.actor import Duty
from waymark.database.guard import (
    DUTY,
    ME,
    RUNNING,
    also,
    definer,
    for_duty,
    guarded,
    only_appended,
)
from waymark.database.together import together
from waymark.directory.models import Role
from waymark.directory.sight import holds_in

before = import_module("waymark.support.migrations.0002_guard")

WATCH = Duty("watch_support")
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
    ("not_checked", "The provider’s checks are not in date"),
    ("suspended", "The provider is suspended"),
    ("may_give", "The provider may give it again"),
]
LEVELS = [
    ("basic", "Basic"),
    ("standard", "Standard"),
    ("enhanced", "Enhanced"),
    ("enhanced_barred", "Enhanced, with the barred lists"),
]
ESTABLISHED = [
    ("credible", "Credibility with the person"),
    ("local_understanding", "Understanding of the local community"),
    ("reliable", "Reliability"),
    ("shared_values", "Shared values"),
    ("suitable", "Suitability for work with vulnerable people"),
    ("dbs", "DBS check"),
]
MISSED = [
    ("person_could_not", "The person could not come"),
    ("person_did_not_come", "The person did not come, and nobody knows why"),
    ("did_not_engage", "The person did not engage"),
    ("provider_could_not", "Whoever gives the support could not come"),
    ("something_else", "Something else"),
]
REPORTS = [
    ("provider_found", "A provider is found"),
    ("allocation_awaited", "A worker is still to be named"),
    ("allocated", "A worker is named"),
    ("funding_asked", "Funding is asked for"),
    ("funding_agreed", "Funding is agreed"),
    ("funding_refused", "Funding is refused"),
    ("hours_agreed", "Hours are agreed"),
    ("progress", "Progress"),
    ("silence", "What was found out of a silence"),
]
LIFTING_ASKED = Q(lift_asked_at=None, lift_asked_by=None, lift_why="") | (
    Q(lift_asked_at__isnull=False, lift_asked_by__isnull=False) & ~Q(lift_why="")
)
LIFTED = Q(lifted_at=None, lifted_by=None) | (
    Q(lifted_at__isnull=False, lifted_by__isnull=False, lift_asked_at__isnull=False)
    & ~Q(lifted_by=F("lift_asked_by"))
)
SUSPENDED = """SELECT EXISTS (SELECT FROM public.support_suspension s
    WHERE s.organisation_id = $1 AND s.area_id = $2 AND s.lifted_at IS NULL)"""
CONVENERS = holds_in("area_id::text", Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR)
OF_MY_PIECE = f"by_id = {ME} AND case_id IN (SELECT p.case_id FROM support_piece p)"
OF_MY_REQUEST = f"by_id = {ME} AND case_id IN (SELECT r.case_id FROM sharing_request r)"

OF_SUPPORT = f"""{DUTY} = '{WATCH.name}' AND kind IN ('accept_brief', 'log_session',
    'progress_due', 'silent_support', 'silence_unanswered', 'provider_lapses',
    'provider_stopped', 'provider_ready')"""
# who leads or gives a piece sees what waits on it, and ends that with what they enter
OF_MY_PIECE_WAITS = f"""kind IN ('accept_brief', 'log_session', 'progress_due', 'silent_support',
    'silence_unanswered') AND object_id = {before.MINE} AND {before.NOT_EXCLUDED}"""
# what waits for one convener of the area, another may have done
OF_A_PROVIDER = f"""case_id IS NULL AND kind IN ('provider_lapses', 'provider_stopped',
    'provider_ready', 'look_at_suspension') AND {CONVENERS}"""


def of(model: str, name: str = "+", *, null: bool = False) -> Any:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


def record(*fields: tuple[str, Any]) -> list[tuple[str, Any]]:
    """What every record has, and `fields`."""
    key = models.BigIntegerField(
        default=waymark.database.keys.random_key, editable=False, primary_key=True, serialize=False
    )
    return [
        ("id", key),
        ("salt", models.BinaryField(default=waymark.database.keys.random_salt)),
        *fields,
    ]


def checked(condition: Q, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name=name)


def added(model: str, **fields: Any) -> list[migrations.AddField]:
    return [migrations.AddField(model, name, field) for name, field in fields.items()]


BY = ("by", of(settings.AUTH_USER_MODEL))
TABLES = [
    migrations.CreateModel(
        name="Established",
        fields=record(
            ("what", models.CharField(choices=ESTABLISHED, max_length=20)),
            ("by_whom", models.CharField(max_length=200)),
            ("on_date", models.DateField()),
            ("until_date", models.DateField()),
            ("check_of", of("support.providercheck", "established")),
        ),
        options={
            "ordering": ["until_date", "id"],
            "constraints": [
                models.UniqueConstraint(fields=["check_of", "what"], name="established_once"),
                checked(
                    ~Q(by_whom="") & Q(until_date__gte=F("on_date")),
                    "established_by_somebody_before_it_lapses",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Suspension",
        fields=record(
            ("why", models.TextField()),
            ("look_again_date", models.DateField()),
            ("at", models.DateTimeField()),
            ("lift_why", models.TextField(blank=True)),
            ("lift_asked_at", models.DateTimeField(null=True)),
            ("lifted_at", models.DateTimeField(null=True)),
            ("area", of("directory.area")),
            BY,
            ("lift_asked_by", of(settings.AUTH_USER_MODEL, null=True)),
            ("lifted_by", of(settings.AUTH_USER_MODEL, null=True)),
            ("organisation", of("directory.organisation", "suspensions")),
        ),
        options={
            "ordering": ["at", "id"],
            "constraints": [
                checked(~Q(why=""), "suspended_in_words"),
                checked(LIFTING_ASKED, "lifting_asked_by_somebody_in_words"),
                checked(LIFTED, "suspension_lifted_by_two"),
                models.UniqueConstraint(
                    condition=Q(lifted_at=None),
                    fields=["organisation", "area"],
                    name="suspended_once_at_a_time",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="PieceReport",
        fields=record(
            ("kind", models.CharField(choices=REPORTS, max_length=20)),
            ("words", models.TextField()),
            ("hours", models.PositiveSmallIntegerField(null=True)),
            ("at", models.DateTimeField()),
            BY,
            ("case", of("cases.case")),
            ("organisation", of("directory.organisation")),
            ("piece", of("support.piece", "reports")),
        ),
        options={
            "ordering": ["at", "id"],
            "constraints": [
                checked(~Q(words=""), "reported_in_words"),
                checked(
                    Q(hours__isnull=False, kind="hours_agreed")
                    | (~Q(kind="hours_agreed") & Q(hours=None)),
                    "hours_where_hours_are_agreed",
                ),
            ],
        },
    ),
]
COLUMNS = [
    *added(
        "providercheck",
        dbs_level=models.CharField(blank=True, choices=LEVELS, db_default="", max_length=20),
        kinds=models.JSONField(db_default=[], default=list),
        with_children=models.BooleanField(db_default=True, default=True),
        with_adults=models.BooleanField(db_default=True, default=True),
        home_office_until_date=models.DateField(null=True),
    ),
    *added(
        "session",
        missed_why=models.CharField(blank=True, choices=MISSED, db_default="", max_length=20),
        offered=models.TextField(blank=True, db_default=""),
        progress=models.TextField(blank=True, db_default=""),
        next_date=models.DateField(null=True),
    ),
    migrations.AddConstraint(
        "session",
        checked(
            ~Q(missed_why="did_not_engage") | ~Q(offered=""), "did_not_engage_only_after_an_offer"
        ),
    ),
    migrations.AddConstraint(
        "session", checked(~Q(state="held") | Q(missed_why=""), "what_was_held_was_not_missed")
    ),
    migrations.AlterField("pieceturn", "why", models.CharField(choices=WHY, max_length=20)),
]


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0006_asked"),
        ("cases", "0012_told_of_changes"),
        ("sharing", "0005_asked_for_a_question"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = together(
        *TABLES,
        *COLUMNS,
        *guarded(
            "support_established",
            see="check_of_id IN (SELECT c.id FROM support_providercheck c)",
        ),
        only_appended("support_established"),
        *guarded(
            "support_suspension",
            see=before.LOOKS,
            add=CONVENERS,
            change=CONVENERS,
            rights="SELECT, INSERT, UPDATE (lift_why, lift_asked_by_id, lift_asked_at,"
            " lifted_by_id, lifted_at)",
            to_sight=True,
        ),
        definer("provider_suspended(provider bigint, area bigint)", "boolean", SUSPENDED),
        also(
            "support_piece",
            "runs_unless_suspended",
            f"AS RESTRICTIVE FOR UPDATE TO {RUNNING} USING (true) WITH CHECK"
            " (state <> 'running' OR NOT provider_suspended(provider_id, area_id))",
        ),
        *guarded("support_piecereport", see=before.OF_MY_PIECE),
        only_appended("support_piecereport"),
        also("cases_changetold", "of_piece", f"FOR INSERT TO {RUNNING} WITH CHECK ({OF_MY_PIECE})"),
        also(
            "cases_changetold",
            "of_request",
            f"FOR INSERT TO {RUNNING} WITH CHECK ({OF_MY_REQUEST})",
        ),
        also(
            "cases_criminalityrisen",
            "of_piece",
            f"FOR INSERT TO {RUNNING} WITH CHECK ({OF_MY_PIECE})",
        ),
        also("cases_task", "of_piece_see", f"FOR SELECT TO {RUNNING} USING ({OF_MY_PIECE_WAITS})"),
        also(
            "cases_task",
            "of_piece_change",
            f"FOR UPDATE TO {RUNNING} USING ({OF_MY_PIECE_WAITS}) WITH CHECK ({OF_MY_PIECE_WAITS})",
        ),
        also("cases_task", "of_provider_see", f"FOR SELECT TO {RUNNING} USING ({OF_A_PROVIDER})"),
        also(
            "cases_task",
            "of_provider_change",
            f"FOR UPDATE TO {RUNNING} USING ({OF_A_PROVIDER}) WITH CHECK ({OF_A_PROVIDER})",
        ),
        *for_duty("support_piece", WATCH, "see", "change"),
        *for_duty("support_pieceturn", WATCH, "see", "add"),
        *for_duty("support_session", WATCH, "see"),
        *for_duty("support_providercheck", WATCH, "see"),
        *for_duty("support_established", WATCH, "see"),
        *for_duty("support_suspension", WATCH, "see"),
        also("cases_task", "watch_support_see", f"FOR SELECT TO {RUNNING} USING ({OF_SUPPORT})"),
        also(
            "cases_task",
            "watch_support_change",
            f"FOR UPDATE TO {RUNNING} USING ({OF_SUPPORT}) WITH CHECK ({OF_SUPPORT})",
        ),
    )
