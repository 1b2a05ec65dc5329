"""Who has access is reviewed each quarter; who leaves hands over."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0002_sampled"),
    ]
    operations = []
