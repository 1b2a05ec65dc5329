"""Ends and what follows them: deputies, what is passed on, reviews extended by two."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("panels", "0005_meeting")]
    operations: list[object] = []
