"""Support that was stopped because the person asked can go on when they want it to."""

from django.db import migrations, models

WHY = [
    ("consent_given", "Consent is given"),
    ("brief_accepted", "The provider accepts the brief"),
    ("consent_ended", "Consent is no longer in force"),
    ("asked_to_stop", "The person asked the provider to stop"),
    ("wants_to_go_on", "The person wants to go on"),
    ("panel", "Held or ended by the panel"),
    ("new_plan", "A new plan is agreed"),
    ("case_ended", "The case has ended"),
]


class Migration(migrations.Migration):
    dependencies = [("support", "0002_guard")]
    operations = [
        migrations.AlterField("pieceturn", "why", models.CharField(max_length=20, choices=WHY)),
    ]
