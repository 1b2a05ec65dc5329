"""What a plan says of each piece, and how consent to it is asked."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.actor import Duty
from waymark.database.guard import TODAY, for_duty, guarded, only_appended
from waymark.database.record import Part

before = import_module("waymark.support.migrations.0005_eighteen")
PLAN, WORK, USER = of_a_case(Part.PLAN), of_a_case(Part.WORK), settings.AUTH_USER_MODEL
FOLLOW_AGES = Duty("follow_ages")
WORDS = models.TextField(blank=True, db_default="")
CODE = models.CharField(blank=True, db_default="", max_length=40)
OF_A_PIECE = ["not_this", "somebody_else"]

# The floor under `support.consents`: somebody who may still answer, and who is not set apart, said
# yes to the plan in force, and the person has not said no.
CONSENT_STANDS = f"""
    SELECT coalesce(bool_or(a.state = 'given' AND NOT a.apart), false)
        AND NOT coalesce(
            bool_or(a.answerer = 'person' AND a.state IN ('refused', 'withdrawn')), false)
    FROM (SELECT DISTINCT ON (s.answerer, s.answerer_name) s.answerer, s.state,
            EXISTS (SELECT FROM public.support_answererapart x WHERE x.answerer_id = w.id) AS apart
        FROM public.cases_supportconsent s JOIN public.support_answerer w ON w.case_id = $1
            AND w.kind = s.answerer AND w.name = s.answerer_name AND w.until_at IS NULL
        WHERE s.case_id = $1 AND s.at >=
            (SELECT max(p.agreed_at) FROM public.support_plan p WHERE p.case_id = $1)
        AND (s.holds_from_date IS NULL OR s.holds_from_date <= {TODAY})
        ORDER BY s.answerer, s.answerer_name, s.at DESC, s.id DESC) a
"""


def to(model: str, related: str = "+", **more: object) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related,
        to=model,
        **more,  # type: ignore[arg-type]
    )


def made(
    name: str, *fields: "tuple[str, models.Field[object, object]]",
    constraints: list[models.BaseConstraint] | None = None,
) -> migrations.CreateModel:  # fmt: skip
    """A table of a case, with who wrote each row and when."""
    key = models.BigIntegerField(
        default=waymark.database.keys.random_key, editable=False, primary_key=True, serialize=False
    )
    salt = models.BinaryField(default=waymark.database.keys.random_salt)
    options: dict[str, object] = {"ordering": ["at", "id"]}
    if constraints:
        options["constraints"] = constraints
    return migrations.CreateModel(
        name,
        fields=[
            ("id", key),
            ("salt", salt),
            *fields,
            ("by", to(USER)),
            ("at", models.DateTimeField()),
        ],
        options=options,
    )


def words(name: str, condition: models.Q) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=condition)


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0005_eighteen"),
        ("cases", "0011_consent"),
        migrations.swappable_dependency(USER),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(  # one change of a table, and not eight
            database_operations=[
                migrations.RunSQL(
                    """
                    ALTER TABLE support_piece
                        ADD aim text DEFAULT '' NOT NULL, ADD locally text DEFAULT '' NOT NULL,
                        ADD works_how text DEFAULT '' NOT NULL,
                        ADD level varchar(40) DEFAULT '' NOT NULL,
                        ADD level_why text DEFAULT '' NOT NULL,
                        ADD whole_family boolean DEFAULT false NOT NULL,
                        ADD risk_done text DEFAULT '' NOT NULL;
                    ALTER TABLE support_answerer ADD evidence varchar(40) DEFAULT '' NOT NULL
                    """,
                    """
                    ALTER TABLE support_piece DROP aim, DROP locally, DROP works_how, DROP level,
                        DROP level_why, DROP whole_family, DROP risk_done;
                    ALTER TABLE support_answerer DROP evidence
                    """,
                )
            ],
            state_operations=[
                migrations.AddField("piece", "aim", WORDS),
                migrations.AddField("piece", "locally", WORDS),
                migrations.AddField("piece", "works_how", WORDS),
                migrations.AddField("piece", "level", CODE),
                migrations.AddField("piece", "level_why", WORDS),
                migrations.AddField(
                    "piece", "whole_family", models.BooleanField(default=False, db_default=False)
                ),
                migrations.AddField("piece", "risk_done", WORDS),
                migrations.AddField("answerer", "evidence", CODE),
            ],
        ),
        made(
            "AnswererApart",
            ("case", to("cases.case")),
            (
                "answerer",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="apart",
                    to="support.answerer",
                ),
            ),
            ("why", models.TextField()),
            constraints=[words("set_apart_in_words", ~models.Q(why=""))],
        ),
        made(
            "HelpOffered",
            ("case", to("cases.case", "help_offered")),
            ("after", models.CharField(max_length=20)),
            ("offered", models.TextField()),
            ("advice_from", models.CharField(blank=True, max_length=200)),
            ("advice", models.TextField(blank=True)),
            constraints=[
                words(
                    "conflict_takes_advice",
                    ~models.Q(after__in=["conflict", "capacity_lacking"])
                    | (~models.Q(advice_from="") & ~models.Q(advice="")),
                )
            ],
        ),
        made(
            "PersonSaid",
            ("case", to("cases.case", "person_said")),
            (
                "of",
                models.CharField(
                    choices=[
                        ("assessment", "The assessment"),
                        ("plan", "The plan"),
                        ("panel", "The day of the panel"),
                        ("supporter", "Who is to be with them"),
                        ("not_this", "A piece of support that they do not want"),
                        ("somebody_else", "Somebody else to give support"),
                    ],
                    max_length=20,
                ),
            ),
            ("plan", to("support.plan", "person_said", null=True)),
            ("piece", to("support.piece", "person_said", null=True)),
            ("words", models.TextField(blank=True)),
            ("not_yet_why", models.TextField(blank=True)),
            ("heard_by", models.CharField(max_length=200)),
            ("happened_date", models.DateField()),
            constraints=[
                words(
                    "person_said_or_why_not_yet", ~models.Q(words="") | ~models.Q(not_yet_why="")
                ),
                words(
                    "person_said_of_a_piece",
                    models.Q(of__in=OF_A_PIECE, piece__isnull=False)
                    | (~models.Q(of__in=OF_A_PIECE) & models.Q(piece=None)),
                ),
            ],
        ),
        made(
            "PlanGiven",
            ("case", to("cases.case")),
            ("plan", to("support.plan", "given")),
            (
                "how",
                models.CharField(
                    choices=[
                        ("on_paper", "On paper"),
                        ("read", "Read to them"),
                        ("both", "On paper, and read to them"),
                    ],
                    max_length=20,
                ),
            ),
            ("given_by", models.CharField(max_length=200)),
            ("words", models.TextField(blank=True)),
            ("given_date", models.DateField()),
        ),
        *guarded("support_answererapart", see=WORK, to_sight=True),
        only_appended("support_answererapart"),
        *for_duty("support_answererapart", FOLLOW_AGES, "see"),
        *guarded("support_helpoffered", see=WORK),
        only_appended("support_helpoffered"),
        *guarded("support_personsaid", see=PLAN),
        only_appended("support_personsaid"),
        *guarded("support_plangiven", see=PLAN),
        only_appended("support_plangiven"),
        migrations.RunSQL(before.stands(CONSENT_STANDS), before.stands(before.CONSENT_STANDS)),
    ]
