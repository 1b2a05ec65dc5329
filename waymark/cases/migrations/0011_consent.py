"""Consent is asked by somebody, in words, and each asking is kept."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_transfer")]
    operations: list[object] = []
