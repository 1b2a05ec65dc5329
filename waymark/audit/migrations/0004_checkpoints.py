"""Checkpoints of the chains, kept elsewhere too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_purposes"),
    ]
    operations = []
