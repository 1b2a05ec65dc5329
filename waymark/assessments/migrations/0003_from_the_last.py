"""The next assessment starts from the last."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_guard")]
    operations: list[object] = []
