"""A member who is absent for one case only; a case that moves during a meeting."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0006_after"),
    ]
    operations = []
