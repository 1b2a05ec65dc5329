"""A parent's answer ends with the eighteenth birthday."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("support", "0004_declined")]
    operations = []
