"""The list of an area's cases is read in the order of its index, ties and all."""

from django.db import migrations, models

from waymark.database.together import together


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_guard")]
    operations = together(
        migrations.AddIndex(
            "case",
            models.Index(fields=["area", "-opened_at", "-id"], name="case_newest_of_area"),
        ),
        migrations.RemoveIndex("case", "case_by_area"),
    )
