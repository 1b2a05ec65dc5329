"""What is not known yet, and what is needed, are rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_eighteen")]
    operations = []
