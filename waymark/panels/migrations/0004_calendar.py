"""The panel’s calendar: dates ahead, invitations answered, agreements of members."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("panels", "0003_called_off")]
    operations: list[object] = []
