"""Documents that hang on a case, and who sees the files behind them.

A web server puts a file into quarantine, and changes nothing of it afterwards: that is the job
worker's, as the duty that checks files.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import waymark.database.keys
from waymark.cases.sight import of_a_case
from waymark.database.actor import Duty
from waymark.database.guard import (
    DUTY,
    ME,
    also,
    definer,
    for_duty,
    granted,
    guarded,
    only_appended,
)
from waymark.database.record import Part
from waymark.database.sealing_rotation import rotated
from waymark.database.together import together

CHECK_FILES = Duty("check_files")
WORK, REQUEST = of_a_case(Part.WORK), of_a_case(Part.REQUEST)
OF_OURS = "part = 'request' AND object_id = ANY (ARRAY(SELECT my_objects('request')))"
SEEN = f"({WORK}) OR ({OF_OURS})"
ADDED = f"({WORK}) OR ({OF_OURS}) OR (part = 'request' AND {REQUEST})"
HANGS = "EXISTS (SELECT FROM cases_document d WHERE d.file_id = files_file.id)"
CHECKS = f"{DUTY} = '{CHECK_FILES.name}'"
ITS_TASK = f"{CHECKS} AND kind = 'file_unchecked'"
PUT = f"by_id = {ME} AND state = 'held' AND sealed_key = ''"
ADDED_SINCE = f"""SELECT coalesce(sum(f.size), 0)::bigint FROM public.files_file f
    WHERE f.by_id = {ME} AND f.at >= $1"""


def to(model: str, name: str = "+") -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


def base() -> list[tuple[str, Any]]:
    key = models.BigIntegerField(
        default=waymark.database.keys.random_key,
        editable=False,
        primary_key=True,
        serialize=False,
    )
    return [
        ("id", key),
        ("salt", models.BinaryField(default=waymark.database.keys.random_salt)),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_supervised"),
        ("files", "0001_tables"),
        ("directory", "0006_suspended"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = together(
        migrations.CreateModel(
            "Document",
            fields=[
                *base(),
                ("part", models.CharField(max_length=10)),
                ("object_id", models.BigIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("case", to("cases.case", "documents")),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="document",
                        to="files.file",
                    ),
                ),
                ("organisation", to("directory.organisation")),
            ],
            options={"ordering": ["at", "id"]},
        ),
        migrations.CreateModel(
            "OriginalOpened",
            fields=[
                *base(),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("case", to("cases.case")),
                ("document", to("cases.document", "openings")),
            ],
            options={"ordering": ["at", "id"]},
        ),
        migrations.AddConstraint(
            "document",
            models.CheckConstraint(
                name="document_of_an_entry_or_a_request",
                condition=Q(part__in=["work", "request"]),
            ),
        ),
        migrations.AddConstraint(
            "document",
            models.CheckConstraint(name="document_says_what_it_is", condition=~Q(title="")),
        ),
        migrations.AddConstraint(
            "originalopened",
            models.CheckConstraint(name="original_opened_for_a_reason", condition=~Q(why="")),
        ),
        *guarded("cases_document", see=SEEN, add=ADDED),
        only_appended("cases_document"),
        *guarded("cases_originalopened", see=WORK),
        only_appended("cases_originalopened"),
        *guarded("files_file", see=HANGS, add=PUT, change="false", to_sight=True),
        granted("files_file", "UPDATE (state, why, pages, checked_at)", to="waymark_worker"),
        also("files_file", "check_see", f"FOR SELECT TO waymark_worker USING ({CHECKS})"),
        also(
            "files_file",
            "check_change",
            f"FOR UPDATE TO waymark_worker USING ({CHECKS}) WITH CHECK ({CHECKS})",
        ),
        *rotated("files_file", "sealed_name"),
        *rotated("files_file", "sealed_key"),
        definer("bytes_added_since(since timestamptz)", "bigint", ADDED_SINCE),
        *for_duty("cases_case", CHECK_FILES, "see"),
        also("cases_task", "check_files_see", f"FOR SELECT TO waymark_worker USING ({ITS_TASK})"),
        also(
            "cases_task",
            "check_files_change",
            f"FOR UPDATE TO waymark_worker USING ({ITS_TASK}) WITH CHECK ({ITS_TASK})",
        ),
    )
