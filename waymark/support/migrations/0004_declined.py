"""A brief can be declined, in words, and another worker named."""

from django.db import migrations, models

from waymark.database.guard import granted
from waymark.database.together import together

WHY = [
    ("consent_given", "Consent is given"),
    ("brief_accepted", "The provider accepts the brief"),
    ("brief_declined", "Whoever was to give it cannot"),
    ("worker_named", "Somebody else is named to give it"),
    ("consent_ended", "Consent is no longer in force"),
    ("asked_to_stop", "The person asked the provider to stop"),
    ("wants_to_go_on", "The person wants to go on"),
    ("panel", "Held or ended by the panel"),
    ("new_plan", "A new plan is agreed"),
    ("case_ended", "The case has ended"),
]


class Migration(migrations.Migration):
    dependencies = [("support", "0003_goes_on")]
    operations = together(
        migrations.AlterField("pieceturn", "why", models.CharField(max_length=20, choices=WHY)),
        migrations.AddField("pieceturn", "words", models.TextField(blank=True, db_default="")),
        granted("support_piece", "UPDATE (provider_user_id)"),
    )
