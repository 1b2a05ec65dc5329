"""A question that is open makes a request."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sharing", "0004_each_its_own")]
    operations = []
