"""What is said in a meeting: declarations, actions heard, corrections proposed; who read papers."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.guard import ME, also, definer, granted, guarded, only_appended
from waymark.database.record import Part
from waymark.database.together import together
from waymark.directory.models import Role
from waymark.directory.sight import IN_FORCE, holds_in

PANEL = of_a_case(Part.PANEL)
CONVENE = holds_in("area_id::text", Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR)
OF_THE_AREA = holds_in(
    "area_id::text", Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR, Role.POLICE_OFFICER,
    Role.POLICE_LEAD,
)  # fmt: skip
INVITED = "meeting_id = ANY (ARRAY(SELECT my_meetings()))"
# Whoever convenes the meeting is told who opened its papers, and when; nobody's other looks.
PAPERS_OPENED = f"""
    SELECT l.actor, l.at FROM public.audit_look l
    WHERE l.object_kind = 'papers' AND l.object_id = $1 AND EXISTS (
        SELECT FROM public.panels_attendance a JOIN public.directory_appointment p
            ON p.area_id = a.area_id OR p.area_id IS NULL
        WHERE a.meeting_id = $1 AND p.user_id = {ME} AND {IN_FORCE}
        AND p.role IN ('chair', 'vice_chair', 'coordinator'))
"""
# Which bodies still owe an answer, for whoever reads the panel's papers: R16 has it printed.
UNANSWERED = """
    SELECT r.organisation_id FROM public.sharing_request r
    WHERE r.case_id = $1 AND r.answered_at IS NULL
    AND $1 IN (SELECT public.my_cases('panel'))
"""
STATES = [("done", "Done"), ("not_done", "Not done"), ("not_due", "Not due yet")]
ANSWERED = [
    ("waiting", "Waits for the chair"), ("accepted", "Accepted"), ("refused", "Refused"),
]  # fmt: skip
ASSESSED = [("confirmed", "Confirmed as it was signed"), ("amended", "Amended")]


def table(name: str, *fields: tuple[str, Any], **options: Any) -> migrations.CreateModel:
    """A table with its key and salt, and with all its columns and constraints at once."""
    key = models.BigIntegerField(
        default=waymark.database.keys.random_key, editable=False, primary_key=True, serialize=False
    )
    salt = models.BinaryField(default=waymark.database.keys.random_salt)
    return migrations.CreateModel(
        name=name, fields=[("id", key), ("salt", salt), *fields], options=options
    )


def to(model: str, related: str = "+", *, null: bool = False, one: bool = False) -> Any:
    kind = models.OneToOneField if one else models.ForeignKey
    on = django.db.models.deletion.PROTECT
    return kind(null=null, on_delete=on, related_name=related, to=model)


def by_somebody(name: str = "by", *, null: bool = False) -> tuple[str, Any]:
    return name, to(settings.AUTH_USER_MODEL, null=null)


def appended(name: str, see: str, add: str | None = None) -> list[migrations.RunSQL]:
    return [*guarded(name, see=see, add=add), only_appended(name)]


CASE, AT = ("case", to("cases.case")), ("at", models.DateTimeField())
TEXT = ("words", models.TextField())
LATER = models.TextField(blank=True, db_default="")
IN_ORDER = ["at", "id"]


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0004_calendar"),
        ("cases", "0009_unsent"),
        ("audit", "0002_guard"),
        ("sharing", "0005_asked_for_a_question"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = together(
        table(
            "Statement",
            ("meeting", to("panels.meeting", "statement", one=True)),
            ("area", to("directory.area")),
            by_somebody("read_by"),
            ("interests", models.TextField(blank=True)),
            ("edition", models.CharField(max_length=40)),
            by_somebody(),
            AT,
            abstract=False,
        ),
        table(
            "Declaration",
            CASE,
            ("item", to("panels.agendaitem", "declarations")),
            ("attendance", to("panels.attendance", "declarations")),
            TEXT,
            by_somebody(),
            AT,
            ordering=IN_ORDER,
            constraints=[
                models.UniqueConstraint(fields=["item", "attendance"], name="one_declaration_each"),
                models.CheckConstraint(name="declared_in_words", condition=~Q(words="")),
            ],
        ),
        table(
            "Discussion",
            CASE,
            ("item", to("panels.agendaitem", "discussions")),
            TEXT,
            ("present", models.TextField(blank=True)),
            ("why_undecided", models.TextField()),
            by_somebody(),
            AT,
            ordering=IN_ORDER,
            constraints=[
                models.CheckConstraint(
                    name="discussed_in_words", condition=~Q(words="") & ~Q(why_undecided="")
                )
            ],
        ),
        table(
            "ActionHeard",
            CASE,
            ("action", to("panels.action", "heard")),
            ("item", to("panels.agendaitem", "actions_heard")),
            ("state", models.CharField(choices=STATES, max_length=10)),
            ("words", models.TextField(blank=True)),
            ("again_date", models.DateField(null=True)),
            by_somebody(),
            AT,
            ordering=IN_ORDER,
            constraints=[
                models.UniqueConstraint(
                    fields=["item", "action"], name="action_heard_once_at_each"
                ),
                models.CheckConstraint(
                    name="action_heard_in_words", condition=Q(state="not_due") | ~Q(words="")
                ),
                models.CheckConstraint(
                    name="action_not_done_has_another_day",
                    condition=~Q(state="not_done") | Q(again_date__isnull=False),
                ),
            ],
        ),
        table(
            "ProposedCorrection",
            CASE,
            ("minute", to("panels.minute", "proposed")),
            TEXT,
            by_somebody(),
            AT,
            ("state", models.CharField(choices=ANSWERED, default="waiting", max_length=10)),
            ("answer", models.TextField(blank=True)),
            by_somebody("answered_by", null=True),
            ("answered_at", models.DateTimeField(null=True)),
            ordering=IN_ORDER,
            constraints=[
                models.CheckConstraint(name="correction_proposed_in_words", condition=~Q(words="")),
                models.CheckConstraint(
                    name="proposed_correction_answered_by_the_chair",
                    condition=Q(state="waiting", answered_at=None, answered_by=None)
                    | (
                        ~Q(state="waiting")
                        & Q(answered_at__isnull=False, answered_by__isnull=False)
                    ),
                ),
                models.CheckConstraint(
                    name="correction_refused_with_a_reason",
                    condition=~Q(state="refused") | ~Q(answer=""),
                ),
            ],
        ),
        migrations.AddField("agendaitem", "place", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("decision", "more_information", LATER),
        migrations.AddField(
            "decision",
            "assessment_is",
            models.CharField(blank=True, choices=ASSESSED, db_default="", max_length=10),
        ),
        migrations.AddField("decision", "amended", LATER.clone()),
        migrations.AddField("decision", "signposted", LATER.clone()),
        migrations.AddField("decision", "social_care_by", LATER.clone()),
        migrations.AddField("decision", "told_what", LATER.clone()),
        migrations.AddField("decision", "told_by", LATER.clone()),
        migrations.AddField("decision", "confirmed_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                name="assessment_amended_in_words",
                condition=~Q(assessment_is="amended") | ~Q(amended=""),
            ),
        ),
        *appended("panels_statement", f"{OF_THE_AREA} OR {INVITED}", CONVENE),
        *appended("panels_declaration", PANEL),
        *appended("panels_discussion", PANEL),
        *appended("panels_actionheard", PANEL),
        *guarded(
            "panels_proposedcorrection",
            see=PANEL,
            rights="SELECT, INSERT, UPDATE (state, answer, answered_by_id, answered_at)",
        ),
        granted("panels_agendaitem", "UPDATE (place)"),
        granted("audit_look", "SELECT", to="waymark_sight"),
        also("audit_look", "papers", "FOR SELECT TO waymark_sight USING (object_kind = 'papers')"),
        definer(
            "papers_opened(meeting bigint)", "TABLE (actor text, at timestamptz)", PAPERS_OPENED
        ),
        granted("sharing_request", "SELECT", to="waymark_sight"),
        also("sharing_request", "at_panel", "FOR SELECT TO waymark_sight USING (true)"),
        definer("unanswered_at_panel(of_case bigint)", "SETOF bigint", UNANSWERED),
    )
