"""A file may come with a referral: of no case yet, and from nobody who has signed in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField("file", "case_id", models.BigIntegerField(null=True)),
        migrations.AddField("file", "referral_id", models.BigIntegerField(null=True)),
        migrations.AlterField(
            "file",
            "by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "file",
            models.CheckConstraint(
                name="file_of_a_case_or_a_referral",
                condition=Q(case_id__isnull=False, referral_id=None, by__isnull=False)
                | Q(case_id=None, referral_id__isnull=False),
            ),
        ),
    ]
