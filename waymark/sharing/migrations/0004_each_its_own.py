"""Each organisation is asked in its own words."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sharing", "0003_own_records")]
    operations = []
