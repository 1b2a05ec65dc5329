"""A case for named people, who must not see it, and who looked in an emergency."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.cases import sight
from waymark.cases.sight import NOT_KEPT, kept_from_others, of_a_case
from waymark.database.guard import (
    ME,
    NOW,
    RUNNING,
    also,
    definer,
    granted,
    guarded,
    redefined,
)
from waymark.database.record import Part
from waymark.database.together import together
from waymark.directory.models import Role
from waymark.directory.sight import holds

SIGHT = of_a_case(Part.SIGHT)
KNOWN = of_a_case(Part.CASE)
# Every table with a `case_id` that is there by now; one that comes later guards itself the same.
KEPT = (
    "assessments_assessment",
    "assessments_evidence",
    "assessments_finding",
    "audit_look",
    "cases_changetold",
    "cases_conflictanswer",
    "cases_conflictcheck",
    "cases_consentasking",
    "cases_criminalityrisen",
    "cases_document",
    "cases_earlyend",
    "cases_emergencyopening",
    "cases_emergencywords",
    "cases_endcheck",
    "cases_entry",
    "cases_exclusion",
    "cases_gathering",
    "cases_grant",
    "cases_handover",
    "cases_heldsupport",
    "cases_holder",
    "cases_holderoffer",
    "cases_holdreason",
    "cases_leadreview",
    "cases_leaveproposal",
    "cases_lifting",
    "cases_move",
    "cases_namedperson",
    "cases_need",
    "cases_needchange",
    "cases_openquestion",
    "cases_originalopened",
    "cases_parallelprocess",
    "cases_policeconsidered",
    "cases_questionend",
    "cases_restriction",
    "cases_risk",
    "cases_riskassessment",
    "cases_safeguardingreading",
    "cases_safeguardingreferral",
    "cases_sharingposition",
    "cases_signpost",
    "cases_supervisor",
    "cases_supportconsent",
    "cases_task",
    "cases_toask",
    "cases_told",
    "cases_transfer",
    "cases_transferpackage",
    "cases_unsent",
    "files_file",
    "oversight_supervision",
    "panels_action",
    "panels_actionheard",
    "panels_agendaitem",
    "panels_correction",
    "panels_decision",
    "panels_declaration",
    "panels_discussion",
    "panels_enddeputy",
    "panels_endopinion",
    "panels_endproposal",
    "panels_endwithdrawal",
    "panels_interimstep",
    "panels_minute",
    "panels_nextstep",
    "panels_nextstepopinion",
    "panels_position",
    "panels_proposedcorrection",
    "panels_report",
    "panels_reviewafterexit",
    "panels_reviewextension",
    "referrals_paper",
    "referrals_screening",
    "referrals_subject",
    "sharing_askedfor",
    "sharing_contradiction",
    "sharing_itemanswered",
    "sharing_itemasked",
    "sharing_mark",
    "sharing_moveddate",
    "sharing_ownrecord",
    "sharing_passedon",
    "sharing_reply",
    "sharing_request",
    "sharing_saidbeyond",
    "sharing_withoutanswer",
    "support_answerer",
    "support_answererapart",
    "support_helpoffered",
    "support_need",
    "support_needdisposal",
    "support_personsaid",
    "support_piece",
    "support_piecereport",
    "support_pieceturn",
    "support_plan",
    "support_plangiven",
    "support_reconciliation",
    "support_session",
)
ANSWERED = "answered_by_id, answered_at, agreed, answer"
MINE = f"user_id = {ME}"
# whoever declares that they know the person writes only of themselves
MAY_EXCLUDE = f"{SIGHT} OR (kind = 'declared' AND {MINE} AND set_by_id = {ME} AND {KNOWN})"
MAY_REVIEW = (
    "EXISTS (SELECT FROM cases_task t WHERE t.object_id = cases_emergencyopening.id"
    f" AND t.kind IN ('review_emergency', 'second_emergency') AND t.user_id = {ME})"
)
# a chair who is named before the case is opened to the area says too whether it is rightly so
DECIDES = (
    f"{SIGHT} OR (case_id = ANY (ARRAY(SELECT my_names()))"
    f" AND {holds(Role.CHAIR, Role.VICE_CHAIR)})"
)
OF_AN_OPENING = "EXISTS (SELECT FROM cases_emergencyopening o WHERE o.id = opening_id)"
LEADS = ", ".join(
    f"'{role.value}:'"
    for role in (
        Role.POLICE_OFFICER, Role.POLICE_LEAD, Role.CHAIR, Role.VICE_CHAIR, Role.ADULT_LEAD,
        Role.FAMILIES_LEAD, Role.COORDINATOR,
    )
)  # fmt: skip
# Whether there is anything to open is said only of an opening that is written down by then.
OPENED = f"""
DECLARE
    o public.cases_emergencyopening;
    c public.cases_case;
    moment timestamptz := {NOW};
BEGIN
    SELECT * INTO o FROM public.cases_emergencyopening e WHERE e.id = $1 AND e.user_id = {ME}
        AND e.case_id IS NULL AND e.at > moment - interval '5 minutes';
    IF NOT FOUND OR NOT ARRAY[{LEADS}] && ARRAY(SELECT public.my_posts())
        OR NOT EXISTS (SELECT FROM public.cases_emergencywords w WHERE w.opening_id = o.id)
    THEN
        RETURN;
    END IF;
    SELECT * INTO c FROM public.cases_case k WHERE k.reference = o.reference
        AND k.id NOT IN ({sight.MY_EXCLUSIONS});
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF c.restricted THEN
        UPDATE public.cases_emergencyopening e SET case_id = c.id, needs_second = true
            WHERE e.id = o.id;
    ELSE
        UPDATE public.cases_emergencyopening e SET case_id = c.id, from_at = moment,
            until_at = moment + interval '60 minutes' WHERE e.id = o.id;
    END IF;
    UPDATE public.cases_emergencywords w SET case_id = c.id WHERE w.opening_id = o.id;
    RETURN QUERY SELECT n.user_id, c.area_id FROM public.cases_namedperson n
        WHERE c.restricted AND n.case_id = c.id AND n.until_at IS NULL;
    RETURN QUERY SELECT NULL::bigint, c.area_id;
END
"""
OPENS = "cases_emergencyopening, cases_emergencywords"
MY_HIDDEN_SUBJECTS = f"""SELECT s.id FROM public.referrals_subject s
    WHERE s.lead_first AND s.case_id IS NULL AND {ME} IS NOT NULL
    AND 'police_lead:' || coalesce(s.area_id::text, '') NOT IN (SELECT public.my_posts())"""
HIDDEN_SUBJECT = "subject_id IS NULL OR subject_id <> ALL (ARRAY(SELECT my_hidden_subjects()))"
MY_HIDDEN_ITEMS = """SELECT i.id FROM public.panels_agendaitem i
    WHERE i.case_id IN (SELECT public.my_exclusions())"""
UNHEARD = (
    "SELECT count(*) FROM public.panels_agendaitem i WHERE i.meeting_id = $1"
    " AND i.heard_at IS NULL AND i.carried_to_id IS NULL"
    " AND i.case_id NOT IN (SELECT public.my_exclusions())"
)
NOT_MINE = f"user_id <> {ME}"


def for_sight(table: str) -> list[migrations.RunSQL]:
    return [
        granted(table, "SELECT", to="waymark_sight"),
        also(table, "sight", "FOR SELECT TO waymark_sight USING (true)"),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_documents"),
        ("directory", "0006_suspended"),
        ("referrals", "0007_flood"),
        ("assessments", "0003_from_the_last"),
        ("sharing", "0005_asked_for_a_question"),
        ("support", "0007_delivery"),
        ("panels", "0006_after"),
        ("oversight", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        *together(
            migrations.CreateModel(
                name="EmergencyOpening",
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
                    ("salt", models.BinaryField(default=waymark.database.keys.random_salt)),
                    ("reference", models.CharField(max_length=40)),
                    ("at", models.DateTimeField()),
                    ("needs_second", models.BooleanField(default=False)),
                    ("second_at", models.DateTimeField(null=True)),
                    ("from_at", models.DateTimeField(null=True)),
                    ("until_at", models.DateTimeField(null=True)),
                    ("reviewed_at", models.DateTimeField(null=True)),
                    ("review_date", models.DateField()),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("right", "It was right to open it"),
                                ("not_needed", "It was not needed, and meant well"),
                                ("wrong", "It was wrong, and is taken up with them"),
                            ],
                            max_length=20,
                        ),
                    ),
                ],
                options={
                    "ordering": ["-at", "id"],
                },
            ),
            migrations.CreateModel(
                name="EmergencyWords",
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
                    ("salt", models.BinaryField(default=waymark.database.keys.random_salt)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("reason", "Why it was opened"),
                                ("second", "What the second person said"),
                                ("review", "What the review found"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("words", models.TextField()),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "ordering": ["at", "id"],
                },
            ),
            migrations.CreateModel(
                name="Lifting",
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
                    ("salt", models.BinaryField(default=waymark.database.keys.random_salt)),
                    ("why", models.TextField()),
                    ("at", models.DateTimeField()),
                    ("answered_at", models.DateTimeField(null=True)),
                    ("agreed", models.BooleanField(null=True)),
                    ("answer", models.TextField(blank=True)),
                ],
                options={
                    "ordering": ["at", "id"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="NamedPerson",
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
                    ("salt", models.BinaryField(default=waymark.database.keys.random_salt)),
                    ("why", models.TextField()),
                    ("from_at", models.DateTimeField()),
                    ("until_at", models.DateTimeField(null=True)),
                    ("ended_why", models.TextField(blank=True)),
                ],
                options={
                    "ordering": ["from_at", "id"],
                },
            ),
            migrations.CreateModel(
                name="Restriction",
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
                    ("salt", models.BinaryField(default=waymark.database.keys.random_salt)),
                    ("why", models.TextField()),
                    ("at", models.DateTimeField()),
                    ("answered_at", models.DateTimeField(null=True)),
                    ("agreed", models.BooleanField(null=True)),
                    ("answer", models.TextField(blank=True)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("colleague", "The person works for a body that deals with this"),
                                (
                                    "relative",
                                    "The person is related to somebody who deals with this",
                                ),
                                ("councillor", "The person is a councillor, or well known"),
                                (
                                    "child_of_staff",
                                    "The person is a child of somebody who deals with this",
                                ),
                                ("in_press", "The case is in the press, or may soon be"),
                                ("said_when_referred", "Whoever referred the person said so"),
                                ("other", "Something else"),
                            ],
                            max_length=20,
                        ),
                    ),
                    (
                        "put_to",
                        models.CharField(
                            choices=[
                                ("police_officer", "Police Prevent officer"),
                                ("police_lead", "Police Prevent lead"),
                                ("chair", "Chair of the Channel panel"),
                                ("vice_chair", "Vice-chair of the Channel panel"),
                                ("coordinator", "Prevent co-ordinator"),
                                ("adult_lead", "Prevent adult lead"),
                                ("families_lead", "Prevent families lead"),
                                ("panel_member", "Panel member"),
                                ("partner", "Contact of a partner organisation"),
                                ("referrer", "Professional who refers"),
                                ("support_lead", "Lead of support"),
                                ("provider", "Support provider"),
                                ("information_governance", "Information governance officer"),
                                ("auditor", "Auditor"),
                                ("administrator", "Administrator of accounts"),
                            ],
                            max_length=30,
                        ),
                    ),
                    ("lifted_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["at", "id"],
                    "abstract": False,
                },
            ),
            migrations.AddField(
                model_name="exclusion",
                name="confirmed_at",
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name="exclusion",
                name="confirmed_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="exclusion",
                name="end_asked_at",
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name="exclusion",
                name="end_asked_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="exclusion",
                name="end_why",
                field=models.TextField(blank=True),
            ),
            migrations.AddField(
                model_name="exclusion",
                name="ended_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="exclusion",
                name="kind",
                field=models.CharField(
                    choices=[
                        ("relative", "A relative"),
                        ("partner", "A partner, or a former partner"),
                        ("neighbour", "A neighbour or a friend"),
                        ("other", "Somebody else who knows the person"),
                        ("declared", "Said themselves that they know the person"),
                    ],
                    default="other",
                    max_length=20,
                ),
            ),
            migrations.AddField(
                model_name="exclusion",
                name="proposed_at",
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name="exclusion",
                name="told",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="grant",
                name="by_hand",
                field=models.BooleanField(null=True),
            ),
            migrations.AddField(
                model_name="grant",
                name="ended_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AlterField(
                model_name="exclusion",
                name="from_at",
                field=models.DateTimeField(null=True),
            ),
            migrations.AlterField(
                model_name="exclusion",
                name="why",
                field=models.TextField(),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(
                    condition=models.Q(("restricted", True)),
                    fields=["id"],
                    name="restricted_cases",
                ),
            ),
            migrations.AddConstraint(
                model_name="exclusion",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("until_at", None)),
                    fields=("case", "user"),
                    name="excluded_once",
                ),
            ),
            migrations.AddConstraint(
                model_name="exclusion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("confirmed_at", None), ("confirmed_by", None)),
                        models.Q(
                            ("confirmed_at__isnull", False),
                            ("confirmed_by__isnull", False),
                            models.Q(("confirmed_by", models.F("set_by")), _negated=True),
                            models.Q(("confirmed_by", models.F("user")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="exclusion_confirmed_by_somebody_else",
                ),
            ),
            migrations.AddConstraint(
                model_name="exclusion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("end_asked_at", None), ("end_asked_by", None)),
                        models.Q(("end_asked_at__isnull", False), ("end_asked_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="exclusion_end_asked_by_somebody_at_some_time",
                ),
            ),
            migrations.AddConstraint(
                model_name="exclusion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("ended_by", None),
                        models.Q(
                            models.Q(("ended_by", models.F("user")), _negated=True),
                            models.Q(
                                ("end_asked_by", None),
                                models.Q(("ended_by", models.F("end_asked_by")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        _connector="OR",
                    ),
                    name="nobody_ends_their_own_exclusion",
                ),
            ),
            migrations.AddConstraint(
                model_name="grant",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("by_hand", None),
                        models.Q(
                            ("until_at__isnull", False),
                            (
                                "until_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("from_at"),
                                    "+",
                                    models.Value(datetime.timedelta(days=366)),
                                ),
                            ),
                            ("user__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="granted_by_hand_for_a_year_at_most",
                ),
            ),
            migrations.AddField(
                model_name="emergencyopening",
                name="case",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="emergency_openings",
                    to="cases.case",
                ),
            ),
            migrations.AddField(
                model_name="emergencyopening",
                name="reviewed_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="emergencyopening",
                name="second",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="emergencyopening",
                name="user",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="emergencywords",
                name="by",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="emergencywords",
                name="case",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="cases.case",
                ),
            ),
            migrations.AddField(
                model_name="emergencywords",
                name="opening",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="words",
                    to="cases.emergencyopening",
                ),
            ),
            migrations.AddField(
                model_name="lifting",
                name="answered_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="lifting",
                name="by",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="lifting",
                name="case",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="liftings",
                    to="cases.case",
                ),
            ),
            migrations.AddField(
                model_name="namedperson",
                name="by",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="namedperson",
                name="case",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="named_people",
                    to="cases.case",
                ),
            ),
            migrations.AddField(
                model_name="namedperson",
                name="ended_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="namedperson",
                name="user",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="restriction",
                name="answered_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="restriction",
                name="by",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="restriction",
                name="case",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="restrictions",
                    to="cases.case",
                ),
            ),
            migrations.AddIndex(
                model_name="emergencyopening",
                index=models.Index(fields=["user", "until_at"], name="emergencies_of_one"),
            ),
            migrations.AddConstraint(
                model_name="emergencyopening",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("second", None), ("second_at", None)),
                        models.Q(
                            ("second__isnull", False),
                            ("second_at__isnull", False),
                            models.Q(("second", models.F("user")), _negated=True),
                            models.Q(
                                ("reviewed_by", None),
                                models.Q(("reviewed_by", models.F("second")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        _connector="OR",
                    ),
                    name="emergency_of_two_people",
                ),
            ),
            migrations.AddConstraint(
                model_name="emergencyopening",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("outcome", ""), ("reviewed_at", None), ("reviewed_by", None)),
                        models.Q(
                            ("reviewed_at__isnull", False),
                            ("reviewed_by__isnull", False),
                            models.Q(("reviewed_by", models.F("user")), _negated=True),
                            models.Q(("outcome", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="emergency_reviewed_by_somebody_else",
                ),
            ),
            migrations.AddConstraint(
                model_name="emergencyopening",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("from_at", None), ("until_at", None)),
                        models.Q(
                            ("case__isnull", False),
                            ("until_at__isnull", False),
                            ("until_at__lte", models.F("from_at") + datetime.timedelta(minutes=60)),
                        ),
                        _connector="OR",
                    ),
                    name="emergency_open_for_an_hour_at_most",
                ),
            ),
            migrations.AddConstraint(
                model_name="emergencyopening",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("needs_second", False),
                        ("from_at", None),
                        ("second__isnull", False),
                        _connector="OR",
                    ),
                    name="restricted_opened_by_two",
                ),
            ),
            migrations.AddConstraint(
                model_name="emergencywords",
                constraint=models.UniqueConstraint(
                    fields=("opening", "kind"), name="said_once_of_an_opening"
                ),
            ),
            migrations.AddConstraint(
                model_name="lifting",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("agreed", None), ("answered_at", None), ("answered_by", None)),
                        models.Q(
                            ("agreed__isnull", False),
                            ("answered_at__isnull", False),
                            ("answered_by__isnull", False),
                            models.Q(("answered_by", models.F("by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="lifting_by_two_people",
                ),
            ),
            migrations.AddConstraint(
                model_name="lifting",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("answered_at", None)),
                    fields=("case",),
                    name="one_lifting_waits",
                ),
            ),
            migrations.AddIndex(
                model_name="namedperson",
                index=models.Index(
                    condition=models.Q(("until_at", None)),
                    fields=["user", "case"],
                    name="named_to_one",
                ),
            ),
            migrations.AddConstraint(
                model_name="namedperson",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("until_at", None)),
                    fields=("case", "user"),
                    name="named_once",
                ),
            ),
            migrations.AddConstraint(
                model_name="namedperson",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("ended_by", None), ("until_at", None)),
                        models.Q(
                            ("ended_by__isnull", False),
                            ("until_at__gte", models.F("from_at")),
                            models.Q(("ended_why", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="named_until_after_from",
                ),
            ),
            migrations.AddConstraint(
                model_name="restriction",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("agreed", None), ("answered_at", None), ("answered_by", None)),
                        models.Q(
                            ("agreed__isnull", False),
                            ("answered_at__isnull", False),
                            ("answered_by__isnull", False),
                            models.Q(("answered_by", models.F("by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="restriction_by_two_people",
                ),
            ),
            migrations.AddConstraint(
                model_name="restriction",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("answered_at", None)),
                    fields=("case",),
                    name="one_restriction_waits",
                ),
            ),
            migrations.AddConstraint(
                model_name="restriction",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("lifted_at", None)),
                    fields=("case",),
                    name="one_restriction_at_a_time",
                ),
            ),
        ),
        *guarded(
            "cases_namedperson",
            see=f"{MINE} OR {SIGHT}",
            add=SIGHT,
            change=SIGHT,
            rights="SELECT, INSERT, UPDATE (until_at, ended_by_id, ended_why)",
            to_sight=True,
        ),
        definer("my_names()", "SETOF bigint", f"SELECT n.case_id FROM {sight.NAMED}"),
        *(
            migrations.RunSQL(
                f"ALTER POLICY {one} ON cases_namedperson {how.format(f'{MINE} OR {DECIDES}')}",
                migrations.RunSQL.noop,
            )
            for one, how in (("see", "USING ({})"), ("change", "USING ({0}) WITH CHECK ({0})"))
        ),
        *guarded(
            "cases_restriction",
            see=DECIDES,
            rights=f"SELECT, INSERT, UPDATE ({ANSWERED}, lifted_at)",
        ),
        *guarded("cases_lifting", see=DECIDES, rights=f"SELECT, INSERT, UPDATE ({ANSWERED})"),
        # an opening: one's own, the auditor's, and of those who see who may see the case
        *guarded(
            "cases_emergencyopening",
            see=f"{MINE} OR {holds(Role.AUDITOR)} OR {SIGHT} OR {MAY_REVIEW}",
            add=f"{MINE} AND case_id IS NULL AND from_at IS NULL",
            change=f"({SIGHT} OR {MAY_REVIEW}) AND {NOT_MINE}",
            rights="SELECT, INSERT, UPDATE (second_id, second_at, from_at, until_at,"
            " reviewed_by_id, reviewed_at, outcome)",
            to_sight=True,
        ),
        *guarded(
            "cases_emergencywords",
            see=f"by_id = {ME} OR ({OF_AN_OPENING} AND NOT {holds(Role.AUDITOR)})",
            add=f"by_id = {ME} AND {OF_AN_OPENING}",
            change="false",
            to_sight=True,
        ),
        granted(
            "cases_emergencyopening",
            "UPDATE (case_id, needs_second, from_at, until_at)",
            to="waymark_sight",
        ),
        granted("cases_emergencywords", "UPDATE (case_id)", to="waymark_sight"),
        *(
            also(table, "sight_opens", "FOR UPDATE TO waymark_sight USING (true) WITH CHECK (true)")
            for table in ("cases_emergencyopening", "cases_emergencywords")
        ),
        # whoever says that they know the person; and nobody reads that they are shut out
        migrations.RunSQL(
            f"ALTER POLICY add ON cases_exclusion WITH CHECK ({MAY_EXCLUDE})",
            f"ALTER POLICY add ON cases_exclusion WITH CHECK ({SIGHT})",
        ),
        also(
            "cases_exclusion",
            "not_of_oneself",
            f"AS RESTRICTIVE FOR SELECT TO {RUNNING} USING ({NOT_MINE})",
        ),
        redefined("my_cases(part text)", "SETOF bigint", sight.shown_to_me()),
        redefined("my_exclusions()", "SETOF bigint", sight.kept_from_me()),
        definer(
            "seen_by_post(of_case bigint)",
            "TABLE (user_id bigint, role text)",
            sight.seen_by_post(),
        ),
        definer("my_emergencies()", "SETOF bigint", sight.MY_EMERGENCIES),
        definer(
            "open_in_emergency(opening bigint)", "TABLE (user_id bigint, area_id bigint)", OPENED
        ),
        *(step for table in KEPT if table not in NOT_KEPT for step in kept_from_others(table)),
        also(
            "cases_case",
            "kept_see",
            f"AS RESTRICTIVE FOR SELECT TO {RUNNING}"
            " USING (id <> ALL (ARRAY(SELECT my_exclusions())))",
        ),
        also(
            "cases_case",
            "only_read_change",
            f"AS RESTRICTIVE FOR UPDATE TO {RUNNING}"
            " USING (true) WITH CHECK (id <> ALL (ARRAY(SELECT my_emergencies())))",
        ),
        # asked with every task: of a million people referred, the few whom a lead reads first
        migrations.RunSQL(
            "CREATE INDEX read_first_by_a_lead ON referrals_subject (id)"
            " WHERE lead_first AND case_id IS NULL",
            "DROP INDEX read_first_by_a_lead",
        ),
        # a person who is referred, and read first by the police lead
        definer("my_hidden_subjects()", "SETOF bigint", MY_HIDDEN_SUBJECTS),
        also(
            "cases_task",
            "kept_subject",
            f"AS RESTRICTIVE FOR SELECT TO {RUNNING} USING ({HIDDEN_SUBJECT})",
        ),
        # a meeting: no gap where a case is not there
        definer("my_hidden_items()", "SETOF bigint", MY_HIDDEN_ITEMS),
        also(
            "panels_attendance",
            "kept_item",
            f"AS RESTRICTIVE FOR SELECT TO {RUNNING} USING"
            " (item_id IS NULL OR item_id <> ALL (ARRAY(SELECT my_hidden_items())))",
        ),
        redefined("cases_unheard(meeting bigint)", "bigint", UNHEARD),
    ]
