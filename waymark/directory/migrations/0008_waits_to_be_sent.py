"""Whose act a message tells of: they see that it waits to be sent (F6)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from waymark.database.guard import ME, RUNNING, also


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_unconfirmed")]
    operations = [
        migrations.AddField(
            model_name="notice",
            name="sender",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        also("directory_notice", "sender_see", f"FOR SELECT TO {RUNNING} USING (sender_id = {ME})"),
    ]
