"""The people who do this work: clearance, training, lines confirmed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_notices")]
