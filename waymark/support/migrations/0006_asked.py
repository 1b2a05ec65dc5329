"""What a plan says of each piece, and how consent to it is asked."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("support", "0005_eighteen")]
    operations: list[object] = []
