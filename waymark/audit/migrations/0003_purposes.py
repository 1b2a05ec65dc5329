"""A look says under which grant, and for what."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_guard"),
    ]
    operations = []
