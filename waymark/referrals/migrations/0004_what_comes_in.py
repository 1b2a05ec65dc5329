"""Advice names the post that was asked, and whoever noted it sees their own note (2.4.8)."""

from django.db import migrations, models

from waymark.database.guard import ME, also


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_front_door")]
    operations = [
        migrations.AddField(
            "advice",
            "asked_of",
            models.CharField(max_length=200, default=""),
            preserve_default=False,
        ),
        also("referrals_advice", "see_own", f"FOR SELECT TO waymark_app USING (by_id = {ME})"),
        also("referrals_advice", "add_own", f"FOR INSERT TO waymark_app WITH CHECK (by_id = {ME})"),
    ]
