"""Notices: what an account is told by e-mail, without anything personal."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_guard")]
    operations: list[object] = []
