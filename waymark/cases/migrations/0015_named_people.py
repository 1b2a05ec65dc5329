"""A case for named people, who must not see it, and who looked in an emergency."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_documents"),
    ]
    operations = []
