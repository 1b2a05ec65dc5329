"""A fact that another corrects; an address that is protected, and sealed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from waymark.database.together import together


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = together(
        migrations.AddField(
            model_name="address",
            name="corrected",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="address",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.address",
            ),
        ),
        migrations.AddField(
            model_name="address",
            name="protected",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="address",
            name="sealed",
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name="birthdate",
            name="corrected",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="birthdate",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.birthdate",
            ),
        ),
        migrations.AddField(
            model_name="email",
            name="corrected",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="email",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.email",
            ),
        ),
        migrations.AddField(
            model_name="identifier",
            name="corrected",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="identifier",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.identifier",
            ),
        ),
        migrations.AddField(
            model_name="name",
            name="corrected",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="name",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.name",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="corrected",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="place",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.place",
            ),
        ),
        migrations.AddField(
            model_name="telephone",
            name="corrected",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="telephone",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.telephone",
            ),
        ),
        migrations.AlterField(
            model_name="address",
            name="lines",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("protected", False),
                    models.Q(
                        ("lines", ""), ("postcode", ""), models.Q(("sealed", b""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="protected_address_is_sealed",
            ),
        ),
    )
