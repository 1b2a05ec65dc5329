"""Each organisation is asked in its own words; what it says is weighed, and passed on in sight.

What was answered stands apart from that it was: a co-ordinator writes it down, and does not read it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.guard import DUTY, RUNNING, also, guarded, only_appended
from waymark.database.record import Part
from waymark.database.together import together

REQUEST, WORK = of_a_case(Part.REQUEST), of_a_case(Part.WORK)
MY_REQUESTS = "ANY (ARRAY(SELECT my_objects('request')))"
OF_OURS = f"request_id = {MY_REQUESTS}"
OF_OUR_REPLY = f"reply_id IN (SELECT r.id FROM sharing_reply r WHERE r.request_id = {MY_REQUESTS})"
# an answer also ends what the police and the chair wait for; passing on gives it to the police
THEN, SINCE = (
    "kind = 'answer_request'",
    "kind IN ('answer_request', 'fetch_reply', 'reply_overdue')",
)
WAITS = "('answer_request', 'fetch_reply', 'chase_reply', 'reply_overdue')"
TELLS = f"{DUTY} = 'tell_of_overdue_replies' AND kind IN {WAITS}"


# what replies said beyond the questions goes where a co-ordinator does not read it
KEY = "('x' || substr(md5(gen_random_uuid()::text), 1, 16))::bit(64)::bigint & x'7fffffffffffffff'::bigint"
SAID_BEYOND = f"""
ALTER TABLE sharing_reply NO FORCE ROW LEVEL SECURITY;
INSERT INTO sharing_saidbeyond (id, salt, case_id, reply_id, words)
    SELECT {KEY}, decode(md5(gen_random_uuid()::text), 'hex'), case_id, id, words
    FROM sharing_reply WHERE words <> '';
ALTER TABLE sharing_reply FORCE ROW LEVEL SECURITY;
SET CONSTRAINTS ALL IMMEDIATE;
"""


def followed(table: str, *, see: str, add: str | None = None) -> list[migrations.RunSQL]:
    return [*guarded(table, see=see, add=add), only_appended(table)]


def altered(table: str, name: str, now: str, then: str) -> migrations.RunSQL:
    """A migration step: another condition for a policy that is there."""
    return migrations.RunSQL(
        f"ALTER POLICY {name} ON {table} {now}", f"ALTER POLICY {name} ON {table} {then}"
    )


def our_task(kinds: str) -> str:
    return f"{kinds} AND object_id = {MY_REQUESTS}"


def changes(kinds: str) -> str:
    return f"USING ({our_task(kinds)}) WITH CHECK ({our_task(kinds)})"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_newest_first"),
        ("directory", "0004_guard"),
        ("sharing", "0003_own_records"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = together(
        migrations.CreateModel(
            name="SaidBeyond",
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
                ("words", models.TextField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "reply",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said",
                        to="sharing.reply",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "said beyond",
            },
        ),
        migrations.CreateModel(
            name="Contradiction",
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
                    "state",
                    models.CharField(
                        choices=[("open", "Still open"), ("settled", "Settled")], max_length=20
                    ),
                ),
                ("words", models.TextField()),
                ("done", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contradictions",
                        to="cases.case",
                    ),
                ),
                (
                    "follows",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="sharing.contradiction",
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.itemanswered",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.itemanswered",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Mark",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("used", "Used"),
                            ("not_relevant", "Not relevant"),
                            ("to_check", "To be checked"),
                            ("left", "Not marked when the checks were finished"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("by_date", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="cases.case",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="sharing.itemanswered",
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "said",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="sharing.saidbeyond",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="MovedDate",
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
                ("was_date", models.DateField()),
                ("due_date", models.DateField()),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved_dates",
                        to="sharing.request",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="PassedOn",
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
                ("named", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passings",
                        to="sharing.request",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "was_with",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "passed on",
                "ordering": ["at", "id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="reply",
            name="declined_or_passed_on_in_words",
        ),
        migrations.RemoveConstraint(
            model_name="request",
            name="asked_once_at_a_time",
        ),
        migrations.RunSQL(SAID_BEYOND, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="reply",
            name="words",
        ),
        migrations.AddField(
            model_name="request",
            name="stage",
            field=models.CharField(
                choices=[
                    ("gathering", "Information gathering"),
                    ("first_risk", "First risk assessment"),
                    ("lead_review", "Lead review"),
                    ("partner_checks", "Partner checks"),
                    ("second_risk", "Second risk assessment"),
                    ("next_step", "Next step"),
                    ("panel", "Panel"),
                    ("seeking_consent", "Seeking consent"),
                    ("supported", "Supported"),
                    ("exit_recommended", "Exit recommended"),
                    ("police_held", "Held by the police"),
                    ("no_further_action", "No further action"),
                    ("other_support", "Other support"),
                    ("not_appropriate", "Not appropriate"),
                    ("declined", "Declined"),
                    ("exited", "Exited"),
                    ("left_channel", "Left Channel"),
                    ("no_longer_possible", "No longer possible"),
                    ("transferred_out", "Transferred out"),
                ],
                default="partner_checks",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="request",
            name="stage",
            field=models.CharField(
                choices=[
                    ("gathering", "Information gathering"),
                    ("first_risk", "First risk assessment"),
                    ("lead_review", "Lead review"),
                    ("partner_checks", "Partner checks"),
                    ("second_risk", "Second risk assessment"),
                    ("next_step", "Next step"),
                    ("panel", "Panel"),
                    ("seeking_consent", "Seeking consent"),
                    ("supported", "Supported"),
                    ("exit_recommended", "Exit recommended"),
                    ("police_held", "Held by the police"),
                    ("no_further_action", "No further action"),
                    ("other_support", "Other support"),
                    ("not_appropriate", "Not appropriate"),
                    ("declined", "Declined"),
                    ("exited", "Exited"),
                    ("left_channel", "Left Channel"),
                    ("no_longer_possible", "No longer possible"),
                    ("transferred_out", "Transferred out"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="reply",
            name="state",
            field=models.CharField(
                choices=[
                    ("nothing_known", "Nothing is known here"),
                    ("information", "Information is given"),
                    ("part", "Part of it is given, more will follow"),
                    ("declined", "Declined"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None), ("closed_at", None)),
                fields=("case", "organisation"),
                name="asked_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="contradiction",
            constraint=models.CheckConstraint(
                condition=models.Q(("one", models.F("other")), _negated=True),
                name="two_answers_contradict",
            ),
        ),
        migrations.AddConstraint(
            model_name="contradiction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True), models.Q(("done", ""), _negated=True)
                ),
                name="contradiction_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="moveddate",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="moved_with_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="moveddate",
            constraint=models.CheckConstraint(
                condition=models.Q(("was_date", models.F("due_date")), _negated=True),
                name="moved_to_another_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="passedon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("named", ""), ("to__isnull", False)),
                    models.Q(("to", None), models.Q(("named", ""), _negated=True)),
                    _connector="OR",
                ),
                name="passed_to_one_who_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="saidbeyond",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="said_in_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("item", None), ("said__isnull", False)),
                    models.Q(("item__isnull", False), ("said", None)),
                    _connector="OR",
                ),
                name="mark_of_one_thing_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("by_date__isnull", False),
                        ("state", "to_check"),
                        ("who__isnull", False),
                        models.Q(("words", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "to_check"), _negated=True),
                        ("by_date", None),
                        ("who", None),
                    ),
                    _connector="OR",
                ),
                name="to_check_what_by_whom_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "left"), _negated=True),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="left_with_a_reason",
            ),
        ),
        *followed("sharing_moveddate", see=f"({REQUEST}) OR {OF_OURS}", add=REQUEST),
        *followed("sharing_passedon", see=f"({REQUEST}) OR {OF_OURS}"),
        *followed(
            "sharing_saidbeyond",
            see=f"({WORK}) OR {OF_OUR_REPLY}",
            add=f"({REQUEST}) OR {OF_OUR_REPLY}",
        ),
        *followed("sharing_mark", see=WORK),
        *followed("sharing_contradiction", see=WORK),
        altered(
            "sharing_itemanswered",
            "see",
            f"USING (({WORK}) OR {OF_OUR_REPLY})",
            f"USING (({REQUEST}) OR {OF_OUR_REPLY})",
        ),
        altered(
            "cases_task", "asked_see", f"USING ({our_task(SINCE)})", f"USING ({our_task(THEN)})"
        ),
        altered("cases_task", "asked_change", changes(SINCE), changes(THEN)),
        also("cases_task", "overdue_see", f"FOR SELECT TO {RUNNING} USING ({TELLS})"),
    )
