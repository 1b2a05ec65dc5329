"""When what was entered by the police came in, whether an unknown referrer said so, and how the
form went out."""

from django.db import migrations, models

from waymark.database.together import together


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_what_comes_in")]
    operations = together(
        migrations.AddField("referral", "came_date", models.DateField(null=True)),
        migrations.AddField("referrer", "unknown_by_wish", models.BooleanField(default=True)),
        migrations.AddField(
            "formrequest", "answered_how", models.CharField(max_length=40, blank=True, default="")
        ),
    )
