"""A referral of several people tells of each of them: once all are screened, it is not there for
somebody from whom the case of one is kept. They read the extract of their own person (S24, S25).

While one of them is still to be screened, the team has to read it.
"""

from django.db import migrations

from waymark.database.guard import RUNNING, also, definer

MY_HIDDEN_REFERRALS = """SELECT s.referral_id FROM public.referrals_subject s
    WHERE s.case_id IN (SELECT public.my_exclusions())
    AND NOT EXISTS (SELECT FROM public.referrals_subject w
        WHERE w.referral_id = s.referral_id AND w.state <> 'screened')"""
HIDDEN = "ANY (ARRAY(SELECT my_hidden_referrals()))"
OF_A_HIDDEN_ONE = (
    f"EXISTS (SELECT FROM referrals_receipt r WHERE r.id = receipt_id AND r.referral_id = {HIDDEN})"
)
KEPT = (
    ("referrals_referral", f"NOT id = {HIDDEN}"),
    ("referrals_referrer", f"NOT referral_id = {HIDDEN}"),
    ("referrals_question", f"NOT {OF_A_HIDDEN_ONE}"),
    ("referrals_addition", f"NOT {OF_A_HIDDEN_ONE}"),
)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_flood_by_setting"), ("cases", "0015_named_people")]
    operations = [
        definer("my_hidden_referrals()", "SETOF bigint", MY_HIDDEN_REFERRALS),
        *(
            also(table, "kept_see", f"AS RESTRICTIVE FOR SELECT TO {RUNNING} USING ({there})")
            for table, there in KEPT
        ),
    ]
