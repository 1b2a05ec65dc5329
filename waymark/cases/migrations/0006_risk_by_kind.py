"""Risk is written apart for each whom it threatens; what the police consider is theirs alone."""

from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.deletion import PROTECT

from waymark.cases.sight import of_a_case
from waymark.database.guard import guarded, only_appended
from waymark.database.keys import random_key, random_salt
from waymark.database.record import Part

CHANGED = "SELECT, INSERT, UPDATE"
WORK, HELD = of_a_case(Part.WORK), of_a_case(Part.HELD)
ASSESSMENT = of_a_case(Part.ASSESSMENT)
# whoever sees the assessment sees its risks, and one that tells why a case is held tells nobody
OF_THE_ASSESSMENT = "EXISTS (SELECT FROM cases_riskassessment a WHERE a.id = assessment_id)"
TO = [
    ("person", "the person"),
    ("public", "the public"),
    ("partners", "partners"),
    ("providers", "providers"),
]
CONFLICT = [("no", "No"), ("yes", "Yes"), ("to_be_checked", "To be checked again")]
FOLLOWS = [("held", "The police hold the case"), ("goes_on", "The case goes on in Channel")]
# where each of the four stood before: partners and providers shared a text
STOOD = {
    "person": "to_person",
    "public": "to_public",
    "partners": "to_partners",
    "providers": "to_partners",
}
BEFORE = {name: models.TextField(null=True) for name in ("to_person", "to_public", "to_partners")}
USER, CASE = settings.AUTH_USER_MODEL, "cases.case"


def key() -> list[tuple[str, Any]]:
    return [
        (
            "id",
            models.BigIntegerField(
                default=random_key, editable=False, primary_key=True, serialize=False
            ),
        ),
        ("salt", models.BinaryField(default=random_salt)),
    ]


def of(to: str, related: str = "+", **more: Any) -> Any:
    return models.ForeignKey(on_delete=PROTECT, related_name=related, to=to, **more)


def apart(apps: Any, schema_editor: Any) -> None:
    """One row for each of the four, with the owner and the date that they shared."""
    one_of_four = apps.get_model("cases", "Risk")
    for said in apps.get_model("cases", "RiskAssessment").objects.all():
        for to, stood in STOOD.items():
            one_of_four.objects.create(
                id=random_key(), salt=random_salt(), case_id=said.case_id, assessment=said, to=to,
                seen=True, what=getattr(said, stood), reduced_how=said.reduced_how,
                owner_id=said.owner_id, review_date=said.review_date,
            )  # fmt: skip
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def together(apps: Any, schema_editor: Any) -> None:
    """The texts back where they stood, with the owner and the date of the risk to the person."""
    for said in apps.get_model("cases", "RiskAssessment").objects.all():
        by_kind = {one.to: one for one in said.risks.all()}
        for stood in BEFORE:
            texts = (by_kind[to].what for to in STOOD if STOOD[to] == stood)
            setattr(said, stood, "\n".join(dict.fromkeys(texts)))
        first = by_kind["person"]
        said.reduced_how = first.reduced_how
        said.owner_id, said.review_date = first.owner_id, first.review_date
        said.save()
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def opened(table: str) -> migrations.RunSQL:
    """A step: the tables' owner reads and writes what it moves."""
    before, after = _by_owner(table)
    return migrations.RunSQL(before, after)


def closed(table: str) -> migrations.RunSQL:
    before, after = _by_owner(table)
    return migrations.RunSQL(after, before)


def _by_owner(table: str) -> tuple[str, str]:
    trigger = "TRIGGER only_appended"
    return (
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE {trigger}",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY, ENABLE ALWAYS {trigger}",
    )


def seen_with(table: str, part: str, before: str) -> migrations.RunSQL:
    """A step: its rows are seen, and added, with another part of the case."""

    def says(condition: str) -> str:
        return (
            f"ALTER POLICY see ON {table} USING ({condition});"
            f"ALTER POLICY add ON {table} WITH CHECK ({condition});"
            f"ALTER POLICY change ON {table} USING ({condition}) WITH CHECK ({condition});"
        )

    return migrations.RunSQL(says(part), says(before))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_newest_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField("riskassessment", "case", of(CASE, "risk_assessments")),
        migrations.CreateModel(
            "Risk",
            fields=[
                *key(),
                ("case", of(CASE, "risks")),
                ("assessment", of("cases.riskassessment", "risks")),
                ("to", models.CharField(max_length=10, choices=TO)),
                ("seen", models.BooleanField()),
                ("what", models.TextField()),
                ("speaks_for", models.TextField(blank=True)),
                ("speaks_against", models.TextField(blank=True)),
                ("reduced_how", models.TextField(blank=True)),
                ("owner", of(USER)),
                ("review_date", models.DateField()),
            ],
        ),
        *(migrations.AlterField("riskassessment", name, field) for name, field in BEFORE.items()),
        migrations.AlterField("riskassessment", "reduced_how", models.TextField(null=True)),
        migrations.AlterField("riskassessment", "owner", of(USER, null=True)),
        migrations.AlterField("riskassessment", "review_date", models.DateField(null=True)),
        opened("cases_riskassessment"),
        migrations.RunPython(apart, together),
        closed("cases_riskassessment"),
        *(
            migrations.RemoveField("riskassessment", name)
            for name in (*BEFORE, "reduced_how", "owner", "review_date")
        ),
        migrations.AddConstraint(
            "risk",
            models.UniqueConstraint(fields=["assessment", "to"], name="one_risk_to_each"),
        ),
        migrations.AddConstraint(
            "risk",
            models.CheckConstraint(
                name="risk_in_words_and_reduced_where_seen",
                condition=~Q(what="") & (Q(seen=False) | ~Q(reduced_how="")),
            ),
        ),
        seen_with("cases_riskassessment", ASSESSMENT, WORK),
        *guarded("cases_risk", see=OF_THE_ASSESSMENT),
        only_appended("cases_risk"),
        migrations.CreateModel(
            "CriminalityRisen",
            fields=[
                *key(),
                ("case", of(CASE, "risen")),
                ("words", models.TextField()),
                ("by", of(USER)),
                ("at", models.DateTimeField()),
                ("follows", models.CharField(max_length=10, choices=FOLLOWS, blank=True)),
                ("considered_by", of(USER, null=True)),
                ("considered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        name="risen_considered_whole_or_not",
                        condition=Q(follows="", considered_by=None, considered_at=None)
                        | (
                            ~Q(follows="")
                            & Q(considered_by__isnull=False, considered_at__isnull=False)
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "PoliceConsidered",
            fields=[
                *key(),
                ("case", of(CASE, "police_considered")),
                ("escalation", models.TextField()),
                ("suits", models.TextField()),
                ("by", of(USER)),
                ("at", models.DateTimeField()),
            ],
            options={"ordering": ["at", "id"]},
        ),
        migrations.CreateModel(
            "ConflictCheck",
            fields=[
                *key(),
                ("case", of(CASE, "conflict_checks")),
                ("by", of(USER)),
                ("at", models.DateTimeField()),
            ],
            options={"ordering": ["at", "id"]},
        ),
        migrations.CreateModel(
            "ConflictAnswer",
            fields=[
                *key(),
                ("case", of(CASE, "conflict_answers")),
                (
                    "check_made",
                    models.OneToOneField(
                        on_delete=PROTECT, related_name="+", to="cases.conflictcheck"
                    ),
                ),
                ("conflict", models.CharField(max_length=20, choices=CONFLICT)),
                ("check_again_date", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="conflict_checked_again_by_a_date",
                        condition=~Q(conflict="to_be_checked") | Q(check_again_date__isnull=False),
                    )
                ],
            },
        ),
        *guarded("cases_criminalityrisen", see=WORK, rights=CHANGED),
        *guarded("cases_policeconsidered", see=HELD),
        only_appended("cases_policeconsidered"),
        *guarded("cases_conflictcheck", see=WORK),
        only_appended("cases_conflictcheck"),
        *guarded("cases_conflictanswer", see=HELD),
        only_appended("cases_conflictanswer"),
    ]
