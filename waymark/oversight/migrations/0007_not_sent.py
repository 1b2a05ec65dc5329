"""Whoever sends the messages sees whether an administrator was asked about them already (F6)."""

from django.db import migrations

from waymark.database.guard import DUTY, RUNNING, also
from waymark.directory.notices import SEND_NOTICES

ASKED = f"{DUTY} = '{SEND_NOTICES.name}' AND kind = 'mail_not_sent'"


class Migration(migrations.Migration):
    dependencies = [("oversight", "0006_apart"), ("directory", "0008_waits_to_be_sent")]
    operations = [
        also("cases_task", "not_sent_see", f"FOR SELECT TO {RUNNING} USING ({ASKED})"),
    ]
