"""Who has left is suspended, then closed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_notices"),
    ]
    operations = []
