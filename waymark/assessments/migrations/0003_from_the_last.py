"""The next assessment starts from the last; evidence is linked to the record it comes from."""

from itertools import combinations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations import RunSQL

from waymark.database.together import together

FINDING, EVIDENCE = "finding", "evidence"


def link(name: str, to: str) -> migrations.AddField:
    field = models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to
    )
    return migrations.AddField(EVIDENCE, name, field)


def written_by(null: bool) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


def at_most_one(*names: str) -> models.Q:
    pairs = combinations(names, 2)
    both = [
        models.Q(**{f"{one}__isnull": False, f"{other}__isnull": False}) for one, other in pairs
    ]
    return models.Q(*(~each for each in both))


# Who began the assessment wrote what stands in it so far, as far as its rows say.
SAY_WHO_WROTE = """
ALTER TABLE assessments_finding NO FORCE ROW LEVEL SECURITY;
UPDATE assessments_finding f SET by_id = a.by_id, at = a.at
    FROM assessments_assessment a WHERE a.id = f.assessment_id;
ALTER TABLE assessments_finding FORCE ROW LEVEL SECURITY;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0002_guard"),
        ("sharing", "0004_each_its_own"),
        ("referrals", "0007_flood"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = together(
        migrations.AddField("assessment", "texts_version", models.PositiveIntegerField(default=0)),
        migrations.AddField(FINDING, "confirmed", models.BooleanField(default=False)),
        migrations.AddField(FINDING, "changed_why", models.TextField(blank=True, default="")),
        migrations.AddField(FINDING, "added_why", models.TextField(blank=True, default="")),
        migrations.AlterField(FINDING, "added_why", models.TextField(blank=True)),
        migrations.AddField(FINDING, "version", models.PositiveIntegerField(default=1)),
        migrations.AddField(FINDING, "by", written_by(null=True)),
        migrations.AddField(FINDING, "at", models.DateTimeField(null=True)),
        RunSQL(SAY_WHO_WROTE, RunSQL.noop),
        migrations.AlterField(FINDING, "by", written_by(null=False)),
        migrations.AlterField(FINDING, "at", models.DateTimeField()),
        migrations.AlterField(FINDING, "changed_why", models.TextField(blank=True)),
        migrations.AddConstraint(
            FINDING,
            models.CheckConstraint(
                condition=models.Q(("confirmed", False), ("changed_why", ""), _connector="OR"),
                name="finding_confirmed_or_changed",
            ),
        ),
        link("extract", "referrals.extract"),
        link("answer", "sharing.itemanswered"),
        link("said", "sharing.saidbeyond"),
        link("entry", "cases.entry"),
        migrations.AddField(EVIDENCE, "bears_how", models.TextField(blank=True, default="")),
        migrations.AddField(
            EVIDENCE, "clinician", models.CharField(blank=True, default="", max_length=200)
        ),
        migrations.AlterField(EVIDENCE, "bears_how", models.TextField(blank=True)),
        migrations.AlterField(EVIDENCE, "clinician", models.CharField(blank=True, max_length=200)),
        migrations.AddConstraint(
            EVIDENCE,
            models.CheckConstraint(
                condition=at_most_one("extract", "answer", "said", "entry"),
                name="evidence_taken_from_one_record",
            ),
        ),
        migrations.AddConstraint(
            EVIDENCE,
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bears_how", ""), ("clinician", "")),
                    models.Q(~models.Q(("bears_how", "")), ~models.Q(("clinician", ""))),
                    _connector="OR",
                ),
                name="diagnosis_bears_by_whose_word",
            ),
        ),
    )
