"""An age can be in dispute."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0002_corrected")]
    operations = []
