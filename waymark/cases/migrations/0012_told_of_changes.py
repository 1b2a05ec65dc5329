"""What partners and family tell of changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_consent")]
    operations: list[object] = []
