"""Providers, each check apart, and what is delivered."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("support", "0006_asked")]
    operations: list[object] = []
