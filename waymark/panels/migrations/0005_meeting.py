"""What is said in a meeting: declarations, actions not done, corrections proposed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("panels", "0004_calendar")]
    operations: list[object] = []
