"""Who keeps the directory up; and that a post is held only once a second person has approved it."""

from django.db import migrations

from waymark.database.guard import DUTY, ME, SIGNED_IN, VISITING, granted, redefined
from waymark.directory.models import Role
from waymark.directory.sight import MY_POSTS, holds, holds_in

INSTALLING = f"{DUTY} = 'installation'"
KEEPS_IT = f"{holds(Role.ADMINISTRATOR)} OR {INSTALLING}"
KEEPS_THIS_CONTACT = f"{KEEPS_IT} OR {holds_in('area_id', Role.COORDINATOR)}"
# who gives a post gives it in their own name, and leaves it to another to approve
GIVES = (
    f"{INSTALLING} OR ({holds(Role.ADMINISTRATOR)} AND given_by_id = {ME}"
    " AND approved_by_id IS NULL)"
)
AT_WORK = f"{SIGNED_IN} OR {DUTY} <> ''"


def altered(table: str, policy: str, now: str, before: str) -> migrations.RunSQL:
    """A migration step: what a policy says from now on, and what it said."""
    return migrations.RunSQL(
        f"ALTER POLICY {policy} ON {table} {now}", f"ALTER POLICY {policy} ON {table} {before}"
    )


def both(says: str) -> str:
    return f"USING ({says}) WITH CHECK ({says})"


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_kept_up")]
    operations = [
        redefined("my_posts()", "SETOF text", MY_POSTS),
        altered(
            "directory_appointment", "add", f"WITH CHECK ({GIVES})", f"WITH CHECK ({KEEPS_IT})"
        ),
        altered(
            "directory_contact",
            "add",
            f"WITH CHECK ({KEEPS_THIS_CONTACT})",
            f"WITH CHECK ({KEEPS_IT})",
        ),
        altered("directory_contact", "change", both(KEEPS_THIS_CONTACT), both(KEEPS_IT)),
        altered(
            "directory_contact",
            "see",
            f"USING ({AT_WORK} OR ({VISITING} AND published AND replaced_at IS NULL))",
            f"USING ({AT_WORK} OR ({VISITING} AND published))",
        ),
        altered(
            "directory_organisation",
            "change",
            both(KEEPS_IT),
            both(f"{AT_WORK} OR {VISITING}"),
        ),
        granted("directory_organisation", "UPDATE"),
    ]
