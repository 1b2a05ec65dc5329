"""An open case has a supervisor."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_told_of_changes")]
    operations: list[object] = []
