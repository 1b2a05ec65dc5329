"""A new installation invites its first two administrators, and nobody else ever."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from waymark.database.guard import DUTY, RUNNING, also
from waymark.directory.keeping import INSTALLATION

NOBODY = f"{DUTY} = '{INSTALLATION.name}' AND by_id IS NULL"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_sign_on")]
    operations = [
        migrations.AlterField(
            "invitation",
            "by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            "invitation",
            "notice",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.notice",
            ),
        ),
        migrations.AddConstraint(
            "invitation",
            models.CheckConstraint(
                name="link_by_mail_or_told_on_the_host",
                condition=Q(by=None, notice=None) | Q(by__isnull=False, notice__isnull=False),
            ),
        ),
        also(
            "accounts_invitation", "installation_see", f"FOR SELECT TO {RUNNING} USING ({NOBODY})"
        ),
        also(
            "accounts_invitation",
            "installation_add",
            f"FOR INSERT TO {RUNNING} WITH CHECK ({NOBODY})",
        ),
        also(
            "accounts_invitation",
            "installation_change",
            f"FOR UPDATE TO {RUNNING} USING ({NOBODY}) WITH CHECK ({NOBODY})",
        ),
    ]
