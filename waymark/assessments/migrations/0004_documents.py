"""Evidence can be taken from a document of the case."""

from itertools import combinations

import django.db.models.deletion
from django.db import migrations, models

from waymark.database.together import together

NAME = "evidence_taken_from_one_record"
BEFORE = ("extract", "answer", "said", "entry")
NOW = (*BEFORE, "document")


def at_most_one(*names: str) -> models.CheckConstraint:
    both = [
        models.Q(**{f"{one}__isnull": False, f"{other}__isnull": False})
        for one, other in combinations(names, 2)
    ]
    return models.CheckConstraint(name=NAME, condition=models.Q(*(~each for each in both)))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_from_the_last"), ("cases", "0014_documents")]
    operations = together(
        migrations.AddField(
            "evidence",
            "document",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.document",
            ),
        ),
        migrations.RemoveConstraint("evidence", NAME),
        migrations.AddConstraint("evidence", at_most_one(*NOW)),
    )
