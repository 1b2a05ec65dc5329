"""Who was warned that nobody confirms them sees by their own rows whether somebody has since (S19)."""

from django.db import migrations

from waymark.database.guard import ME, RUNNING, also


class Migration(migrations.Migration):
    dependencies = [("oversight", "0007_not_sent")]
    operations = [
        also(
            "oversight_personconfirmed",
            "own_see",
            f"FOR SELECT TO {RUNNING} USING (user_id = {ME} AND says = 'here')",
        ),
    ]
