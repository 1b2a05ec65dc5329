"""What is typed is kept until it is sent."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_open_questions")]
    operations: list[object] = []
