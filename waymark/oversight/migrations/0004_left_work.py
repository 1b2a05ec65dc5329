"""What somebody leaves beyond cases and tasks is handed on by the same duty."""

from django.db import migrations

from waymark.cases.access.left_behind import FOLLOW_LEAVERS
from waymark.database.guard import for_duty, granted

MAY = {
    "cases_exclusion": ("see",),
    "cases_namedperson": ("see", "add", "change"),
    "panels_action": ("see", "change"),
    "referrals_subject": ("see", "change"),
    "support_piece": ("see", "change"),
    "support_pieceturn": ("see", "add"),
}


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0003_who_has_access"),
        ("panels", "0007_absent"),
        ("referrals", "0007_flood"),
        ("support", "0007_delivery"),
    ]
    operations = [
        granted("panels_action", "UPDATE (owner_id)"),
        granted("support_piece", "UPDATE (lead_id, lead_organisation_id)"),
        *(step for table, may in MAY.items() for step in for_duty(table, FOLLOW_LEAVERS, *may)),
    ]
