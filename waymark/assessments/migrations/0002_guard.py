"""Who sees an assessment; what is signed is never changed again, by anybody."""

from django.db import migrations

from waymark.cases.sight import of_a_case
from waymark.database.guard import RUNNING, also, granted, guarded
from waymark.database.record import Part

SEEN = of_a_case(Part.ASSESSMENT)
UNFINISHED = "signed_at IS NULL"
# the table's own name, so that the policy does not take its column for the other's
OF_UNFINISHED = (
    f"EXISTS (SELECT FROM assessments_assessment a WHERE a.id = assessment_id AND a.{UNFINISHED})"
)
OF_UNFINISHED_FINDING = (
    "EXISTS (SELECT FROM assessments_finding f JOIN assessments_assessment a"
    f" ON a.id = f.assessment_id WHERE f.id = finding_id AND a.{UNFINISHED})"
)

KEEP_SIGNED = """
CREATE FUNCTION assessment_is_signed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'a signed assessment is never changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $body$;
REVOKE EXECUTE ON FUNCTION assessment_is_signed() FROM PUBLIC;
CREATE TRIGGER keep_signed BEFORE UPDATE OR DELETE ON assessments_assessment
    FOR EACH ROW WHEN (old.signed_at IS NOT NULL) EXECUTE FUNCTION assessment_is_signed();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_tables"), ("cases", "0003_guard")]
    operations = [
        *guarded("assessments_assessment", see=SEEN, change="false"),
        granted("assessments_assessment", "UPDATE"),
        also(
            "assessments_assessment",
            "until_signed",
            f"FOR UPDATE TO {RUNNING} USING ({UNFINISHED} AND {SEEN}) WITH CHECK ({SEEN})",
        ),
        *guarded(
            "assessments_finding",
            see=SEEN,
            add=f"{SEEN} AND {OF_UNFINISHED}",
            change=f"{SEEN} AND {OF_UNFINISHED}",
            rights="SELECT, INSERT, UPDATE",
        ),
        *guarded(
            "assessments_evidence",
            see=SEEN,
            add=f"{SEEN} AND {OF_UNFINISHED_FINDING}",
            change="false",
            delete=f"{SEEN} AND {OF_UNFINISHED_FINDING}",
            rights="SELECT, INSERT, DELETE",
        ),
        migrations.RunSQL(
            KEEP_SIGNED,
            "DROP TRIGGER keep_signed ON assessments_assessment;"
            "DROP FUNCTION assessment_is_signed()",
        ),
    ]
