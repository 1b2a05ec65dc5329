"""Documents that hang on a case."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_supervised"),
    ]
    operations = []
