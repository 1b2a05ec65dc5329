"""Who leaves hands over, by a duty; who has access is signed each quarter."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.cases.access.left_behind import FOLLOW_LEAVERS
from waymark.database.guard import ME, for_duty, guarded, only_appended
from waymark.database.together import together
from waymark.directory.models import Role
from waymark.directory.sight import holds, holds_in
from waymark.oversight.upkeep import KEEP_DIRECTORY

# an administrator of accounts sees no case: the duty hands on
MAY = {
    "cases_case": ("see", "change"),
    "cases_holder": ("see", "add", "change"),
    "cases_supervisor": ("see", "change"),
    "cases_grant": ("see", "change"),
    "cases_task": ("see", "change"),
    "accounts_session": ("see", "change"),
    "accounts_invitation": ("see", "change"),
    "directory_user": ("change",),
}
SIGNS = f"{holds_in('area_id', Role.CHAIR)} AND by_id = {ME}"
READS = f"({holds(Role.ADMINISTRATOR)}) OR ({holds_in('area_id', Role.CHAIR)})"
OF_A_REVIEW = "EXISTS (SELECT FROM oversight_accessreview r WHERE r.id = review_id{also})"


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0002_sampled"),
        ("accounts", "0003_invited"),
        ("cases", "0015_named_people"),
        ("directory", "0006_suspended"),
    ]
    operations = [
        *(step for table, may in MAY.items() for step in for_duty(table, FOLLOW_LEAVERS, *may)),
        *together(
            migrations.CreateModel(
                name="AccessReview",
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
                    ("at", models.DateTimeField()),
                    ("next_date", models.DateField()),
                    (
                        "area",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="access_reviews",
                            to="directory.area",
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["at", "id"],
                },
            ),
            migrations.CreateModel(
                name="AccessSaid",
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
                    ("keeps", models.BooleanField()),
                    ("words", models.TextField(blank=True)),
                    (
                        "review",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="said",
                            to="oversight.accessreview",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
            ),
            migrations.AddIndex(
                model_name="accessreview",
                index=models.Index(fields=["area", "-at"], name="access_review_of_an_area"),
            ),
            migrations.AddConstraint(
                model_name="accesssaid",
                constraint=models.UniqueConstraint(
                    fields=("review", "user"), name="said_once_of_an_account"
                ),
            ),
            migrations.AddConstraint(
                model_name="accesssaid",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("keeps", True), models.Q(("words", ""), _negated=True), _connector="OR"
                    ),
                    name="access_ends_for_a_reason",
                ),
            ),
        ),
        *guarded("oversight_accessreview", see=READS, add=SIGNS, change="false"),
        only_appended("oversight_accessreview"),
        *for_duty("oversight_accessreview", KEEP_DIRECTORY, "see"),
        *guarded(
            "oversight_accesssaid",
            see=OF_A_REVIEW.format(also=""),
            add=OF_A_REVIEW.format(also=f" AND r.by_id = {ME}"),
            change="false",
        ),
        only_appended("oversight_accesssaid"),
    ]
