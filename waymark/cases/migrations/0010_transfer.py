"""A case moves to another area when both chairs agree."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_unsent")]
    operations: list[object] = []
