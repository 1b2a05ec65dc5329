"""Who leaves hands over: a duty may, since an administrator of accounts sees no case."""

from django.db import migrations

from waymark.cases.left_behind import FOLLOW_LEAVERS
from waymark.database.guard import for_duty

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


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0002_sampled"),
        ("accounts", "0003_invited"),
        ("cases", "0015_named_people"),
    ]
    operations = [
        step for table, may in MAY.items() for step in for_duty(table, FOLLOW_LEAVERS, *may)
    ]
