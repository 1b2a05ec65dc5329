"""How many referrals make a flood is a setting: who sends says it, 20 where nobody does (S41)."""

from django.db import migrations

from waymark.database.guard import NOW, redefined

SET = "pg_catalog.current_setting('waymark.flood', true)"
MOST = f"(CASE WHEN {SET} ~ '^[0-9]{{1,9}}$' THEN {SET}::int ELSE 20 END)"
IN_A_FLOOD = f"""SELECT count(*) >= {MOST} FROM (SELECT FROM public.referrals_referral
    WHERE received_at > {NOW} - interval '10 minutes' LIMIT {MOST}) AS lately"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_flood")]
    operations = [redefined("in_a_flood()", "boolean", IN_A_FLOOD)]
