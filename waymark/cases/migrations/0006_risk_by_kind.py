"""Risk is written apart for each whom it threatens."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_newest_first")]
    operations = []
