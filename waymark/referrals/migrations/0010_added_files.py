"""Files with a receipt: whoever holds it adds them, the police read them, the worker checks them."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import waymark.database.keys
from waymark.database.actor import Duty
from waymark.database.guard import (
    DUTY,
    ME,
    RUNNING,
    also,
    definer,
    for_duty,
    guarded,
    only_appended,
)
from waymark.database.together import together
from waymark.directory.models import Role
from waymark.directory.sight import holds

CHECK_FILES = Duty("check_files")
POLICE = holds(Role.POLICE_OFFICER, Role.POLICE_LEAD)
OF_A_RECEIPT = "EXISTS (SELECT FROM referrals_receipt r WHERE r.id = receipt_id)"
READ_WITH = "EXISTS (SELECT FROM referrals_addition a WHERE a.id = addition_id)"
HANGS = "EXISTS (SELECT FROM referrals_addedfile a WHERE a.file_id = files_file.id)"
PUT = f"""state = 'held' AND sealed_key = '' AND case_id IS NULL
    AND by_id IS NOT DISTINCT FROM {ME} AND EXISTS (
        SELECT FROM referrals_receipt r WHERE r.referral_id = files_file.referral_id)"""
ITS_TASK = f"{DUTY} = '{CHECK_FILES.name}' AND kind = 'added_file_unchecked'"
WITH_RECEIPT = """SELECT count(*)::int FROM public.referrals_addedfile WHERE receipt_id = $1"""
FROM_REFERRERS = """SELECT coalesce(sum(size), 0)::bigint FROM public.files_file
    WHERE referral_id IS NOT NULL AND at >= $1"""


def to(model: str, name: str) -> dict[str, Any]:
    return {"on_delete": django.db.models.deletion.PROTECT, "related_name": name, "to": model}


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0009_kept_from_others"),
        ("files", "0002_with_referrals"),
        ("cases", "0015_named_people"),
    ]
    operations = together(
        migrations.CreateModel(
            "AddedFile",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=waymark.database.keys.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("salt", models.BinaryField(default=waymark.database.keys.random_salt)),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("addition", models.ForeignKey(**to("referrals.addition", "files"))),
                ("file", models.OneToOneField(**to("files.file", "added"))),
                ("receipt", models.ForeignKey(**to("referrals.receipt", "files"))),
            ],
            options={"ordering": ["number"]},
        ),
        migrations.AddConstraint(
            "addedfile",
            models.UniqueConstraint(fields=["receipt", "number"], name="added_file_by_its_number"),
        ),
        migrations.AddConstraint(
            "addedfile",
            models.CheckConstraint(
                name="added_files_are_few", condition=Q(number__gte=1, number__lte=3)
            ),
        ),
        *guarded(
            "referrals_addedfile", see=f"{POLICE} AND {READ_WITH}", add=OF_A_RECEIPT, to_sight=True
        ),
        only_appended("referrals_addedfile"),
        also("files_file", "of_a_referral", f"FOR SELECT TO {RUNNING} USING ({HANGS})"),
        also("files_file", "put_with_receipt", f"FOR INSERT TO waymark_app WITH CHECK ({PUT})"),
        definer("files_with_receipt(receipt bigint)", "integer", WITH_RECEIPT),
        definer("bytes_from_referrers_since(since timestamptz)", "bigint", FROM_REFERRERS),
        *for_duty("referrals_subject", CHECK_FILES, "see"),
        also("cases_task", "added_files_see", f"FOR SELECT TO waymark_worker USING ({ITS_TASK})"),
        also(
            "cases_task",
            "added_files_change",
            f"FOR UPDATE TO waymark_worker USING ({ITS_TASK}) WITH CHECK ({ITS_TASK})",
        ),
    )
