"""The panel’s calendar: dates ahead, invitations answered, agreements of members; steps between."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.guard import ME, RUNNING, also, definer, granted, guarded, only_appended
from waymark.database.record import Part
from waymark.directory.models import Role
from waymark.directory.sight import holds_in

PANEL = of_a_case(Part.PANEL)
OF_THE_AREA = holds_in(
    "area_id::text", Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR, Role.POLICE_OFFICER,
    Role.POLICE_LEAD,
)  # fmt: skip
CONVENE = holds_in("area_id::text", Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR)
INVITED = "meeting_id = ANY (ARRAY(SELECT my_meetings()))"
# whoever is invited for one case learns who else is there for the whole, and for that case
WHOLE = (
    "SELECT a.meeting_id FROM public.panels_attendance a"
    f" WHERE a.user_id = {ME} AND a.item_id IS NULL"
)
MY_ITEMS = f"SELECT a.item_id FROM public.panels_attendance a WHERE a.user_id = {ME}"
SEES_BEFORE = f"{OF_THE_AREA} OR user_id = {ME} OR {INVITED}"
SEES = (
    f"{OF_THE_AREA} OR user_id = {ME} OR ({INVITED} AND (item_id IS NULL"
    " OR meeting_id = ANY (ARRAY(SELECT my_whole_meetings()))"
    " OR item_id = ANY (ARRAY(SELECT my_items()))))"
)
MINE = f"EXISTS (SELECT FROM panels_attendance a WHERE a.id = attendance_id AND a.user_id = {ME})"
STAYS_UNKNOWN = (
    "SELECT EXISTS (SELECT FROM public.referrals_referrer r"
    " JOIN public.referrals_subject s ON s.referral_id = r.referral_id"
    " WHERE s.case_id = $1 AND r.stays_unknown)"
)
OF_AN_ITEM = (
    "SELECT EXISTS (SELECT FROM public.panels_agendaitem i"
    " WHERE i.id = $1 AND public.referrer_stays_unknown(i.case_id))"
)


def key() -> list[tuple[str, Any]]:
    return [
        (
            "id",
            models.BigIntegerField(
                default=waymark.database.keys.random_key,
                editable=False,
                primary_key=True,
                serialize=False,
            ),
        ),
        ("salt", models.BinaryField(default=waymark.database.keys.random_salt)),
    ]


def to(model: str, related: str = "+", **more: Any) -> Any:
    protect = django.db.models.deletion.PROTECT
    return models.ForeignKey(on_delete=protect, related_name=related, to=model, **more)


def done() -> list[tuple[str, Any]]:
    return [("by", to(settings.AUTH_USER_MODEL)), ("at", models.DateTimeField())]


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0003_called_off"),
        ("cases", "0003_guard"),
        ("directory", "0004_guard"),
        ("referrals", "0005_came_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("meeting", "at_time", models.TimeField(null=True)),
        migrations.AddField("meeting", "remote", models.CharField(blank=True, max_length=500)),
        migrations.AddField("meeting", "extraordinary_why", models.TextField(blank=True)),
        migrations.AddField("meeting", "sequence", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(
            "attendance",
            "kind",
            models.CharField(
                blank=True,
                choices=[
                    ("member", "Member of the panel"),
                    ("referrer", "Who referred"),
                    ("agency", "An agency that knows the person"),
                    ("support", "Who leads or gives support"),
                    ("interpreter", "An interpreter"),
                    ("other", "Somebody else"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            "attendance", "deputy_for", to("panels.attendance", "deputies", null=True)
        ),
        migrations.AddConstraint(
            "attendance",
            models.CheckConstraint(
                name="who_referred_is_heard_on_one_case",
                condition=~Q(kind="referrer") | Q(item__isnull=False, member=False),
            ),
        ),
        migrations.CreateModel(
            "MeetingMove",
            [
                *key(),
                ("meeting", to("panels.meeting", "moves")),
                ("area", to("directory.area")),
                ("from_date", models.DateField()),
                ("to_date", models.DateField()),
                ("why", models.CharField(blank=True, max_length=300)),
                *done(),
            ],
            {"ordering": ["at", "id"]},
        ),
        migrations.CreateModel(
            "InvitationAnswer",
            [
                *key(),
                ("attendance", to("panels.attendance", "answers")),
                ("meeting", to("panels.meeting")),
                ("area", to("directory.area")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("comes", "Comes"),
                            ("declines", "Does not come"),
                            ("deputy", "Sends a deputy"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300)),
                ("deputy", to(settings.AUTH_USER_MODEL, null=True)),
                *done(),
            ],
            {
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        name="answer_says_why_or_whom",
                        condition=Q(kind="comes", deputy=None)
                        | (Q(kind="declines", deputy=None) & ~Q(why=""))
                        | Q(kind="deputy", deputy__isnull=False),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "ConfidentialityAgreement",
            [
                *key(),
                ("area", to("directory.area")),
                ("user", to(settings.AUTH_USER_MODEL, "confidentiality_agreements")),
                ("agreed_date", models.DateField()),
                ("on_paper", models.BooleanField()),
                ("edition", models.CharField(max_length=40)),
                *done(),
            ],
            {"ordering": ["agreed_date", "at", "id"]},
        ),
        migrations.CreateModel(
            "InterimStep",
            [
                *key(),
                ("case", to("cases.case", "interim_steps")),
                ("what", models.TextField()),
                ("why", models.TextField()),
                ("until_date", models.DateField()),
                ("organisation", to("directory.organisation")),
                *done(),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("agreed", "Agreed"), ("not_agreed", "Not agreed")],
                        max_length=12,
                    ),
                ),
                ("answer_words", models.TextField(blank=True)),
                ("answered_by", to(settings.AUTH_USER_MODEL, null=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            {
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        name="interim_step_answered_by_another",
                        condition=Q(answer="", answered_by=None, answered_at=None)
                        | (
                            ~Q(answer="")
                            & Q(answered_by__isnull=False, answered_at__isnull=False)
                            & ~Q(answered_by=F("by"))
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "Report",
            [
                *key(),
                ("case", to("cases.case", "panel_reports")),
                ("item", to("panels.agendaitem", "reports")),
                ("attendance", to("panels.attendance", "reports")),
                ("words", models.TextField()),
                *done(),
            ],
            {"ordering": ["at", "id"]},
        ),
        definer("my_whole_meetings()", "SETOF bigint", WHOLE),
        definer("my_items()", "SETOF bigint", MY_ITEMS),
        migrations.RunSQL(
            f"ALTER POLICY see ON panels_attendance USING ({SEES})",
            f"ALTER POLICY see ON panels_attendance USING ({SEES_BEFORE})",
        ),
        granted("referrals_referrer", "SELECT", to="waymark_sight"),
        also("referrals_referrer", "sight_of_wishes", "FOR SELECT TO waymark_sight USING (true)"),
        definer("referrer_stays_unknown(of_case bigint)", "boolean", STAYS_UNKNOWN),
        definer("item_referrer_stays_unknown(item bigint)", "boolean", OF_AN_ITEM),
        also(
            "panels_attendance",
            "unknown_referrer_in_no_attendance",
            f"AS RESTRICTIVE FOR INSERT TO {RUNNING} WITH CHECK"
            " (kind <> 'referrer' OR NOT item_referrer_stays_unknown(item_id))",
        ),
        *guarded(
            "panels_meetingmove",
            see=f"{OF_THE_AREA} OR {INVITED}",
            add=CONVENE,
        ),
        only_appended("panels_meetingmove"),
        *guarded(
            "panels_invitationanswer",
            see=f"{CONVENE} OR by_id = {ME}",
            add=f"by_id = {ME} AND {MINE}",
        ),
        only_appended("panels_invitationanswer"),
        *guarded(
            "panels_confidentialityagreement",
            see=f"{OF_THE_AREA} OR user_id = {ME}",
            add=f"by_id = {ME} AND (user_id = {ME} OR {CONVENE})",
        ),
        only_appended("panels_confidentialityagreement"),
        *guarded(
            "panels_interimstep",
            see=PANEL,
            rights="SELECT, INSERT, UPDATE (answer, answer_words, answered_by_id, answered_at)",
        ),
        *guarded("panels_report", see=PANEL),
        only_appended("panels_report"),
    ]
