"""What the public form adds: traits kept apart, a mark, and whom an addition is for."""

import django.db.models.deletion
from django.db import migrations, models

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.guard import (
    ME,
    SIGNED_IN,
    VISITING,
    VISITOR,
    also,
    definer,
    guarded,
    only_appended,
)
from waymark.database.record import Part
from waymark.database.together import together

OF_THE_SUBJECTS_CASE = f"""EXISTS (SELECT FROM referrals_subject s
    WHERE s.id = subject_id AND s.case_id IS NOT NULL AND {of_a_case(Part.TRAITS, "s.case_id")})"""

# Each person of a receipt's referral: in which case, where, and whose matter it is now. Only
# whoever holds that receipt, or sent it, may ask.
MATTERS = f"""
SELECT s.id, c.id, coalesce(c.area_id, s.area_id), s.lead_first,
    CASE WHEN c.id IS NULL THEN s.taken_by_id ELSE h.user_id END
FROM public.referrals_receipt r
JOIN public.referrals_subject s ON s.referral_id = r.referral_id
LEFT JOIN public.cases_case c ON c.id = s.case_id
LEFT JOIN public.cases_holder h ON h.case_id = c.id AND h.until_at IS NULL
WHERE r.id = $1 AND (r.digest = {VISITOR} OR r.sent_by_id = {ME})
"""
MATTERS_ARE = (
    "TABLE (subject_id bigint, case_id bigint, area_id bigint, lead_first boolean, user_id bigint)"
)
READS = ("referrals_receipt", "cases_holder")


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_guard")]
    operations = together(
        migrations.AddField(
            "referral",
            "marked",
            models.CharField(blank=True, max_length=20, default=""),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Apart",
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
                (
                    "salt",
                    models.BinaryField(default=waymark.database.keys.random_salt),
                ),
                ("document", models.JSONField()),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apart",
                        to="referrals.subject",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        *guarded("referrals_apart", see=OF_THE_SUBJECTS_CASE, add=f"{SIGNED_IN} OR {VISITING}"),
        only_appended("referrals_apart"),
        *(
            step
            for table in READS
            for step in (
                migrations.RunSQL(
                    f"GRANT SELECT ON {table} TO waymark_sight",
                    f"REVOKE SELECT ON {table} FROM waymark_sight",
                ),
                also(table, "sight_of_matters", "FOR SELECT TO waymark_sight USING (true)"),
            )
        ),
        definer("matters_of(receipt bigint)", MATTERS_ARE, MATTERS),
    )
