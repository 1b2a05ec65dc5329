"""A case is handed over when the person turns eighteen."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_risk_by_kind")]
    operations = []
