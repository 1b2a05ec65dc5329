"""Whether many referrals came at once: a yes or no, for whoever sends one (S41)."""

from django.db import migrations, models

from waymark.database.guard import NOW, definer

IN_A_FLOOD = f"""SELECT count(*) >= 20 FROM (SELECT FROM public.referrals_referral
    WHERE received_at > {NOW} - interval '10 minutes' LIMIT 20) AS lately"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_looked_for")]
    operations = [
        migrations.AddIndex(
            "referral", models.Index(fields=["received_at"], name="referrals_by_arrival")
        ),
        definer("in_a_flood()", "boolean", IN_A_FLOOD),
    ]
