"""A sample of looks goes to the supervisor."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0001_tables"),
    ]
    operations = []
