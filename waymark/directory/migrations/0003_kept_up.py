"""A contact's rows of one line, when each was entered and replaced; where bodies keep records."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.database.together import together

# the owner too is bound by the table's policies
EACH_ITS_OWN_LINE = migrations.RunSQL(
    "ALTER TABLE directory_contact NO FORCE ROW LEVEL SECURITY;"
    "UPDATE directory_contact SET line = id;"
    "ALTER TABLE directory_contact FORCE ROW LEVEL SECURITY",
    migrations.RunSQL.noop,
)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_guard"),
    ]

    operations = together(
        migrations.RemoveConstraint(
            model_name="appointment",
            name="appointment_ends_after_it_begins",
        ),
        migrations.AddField(
            model_name="contact",
            name="entered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="entered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="line",
            field=models.BigIntegerField(default=waymark.database.keys.random_key),
        ),
        EACH_ITS_OWN_LINE,
        migrations.AddField(
            model_name="contact",
            name="replaced_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="replaced_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="record_kept",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_date", None),
                    (
                        "until_date__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("from_date"), "-", models.Value(datetime.timedelta(days=1))
                        ),
                    ),
                    _connector="OR",
                ),
                name="appointment_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)),
                fields=("line",),
                name="one_contact_of_a_line_holds",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("entered_by", None), ("entered_at__isnull", False), _connector="OR"
                ),
                name="contact_entered_at_some_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replaced_at", None), ("replaced_by", None)),
                    models.Q(("replaced_at__isnull", False), ("replaced_by__isnull", False)),
                    _connector="OR",
                ),
                name="contact_replaced_by_somebody_at_some_time",
            ),
        ),
    )
