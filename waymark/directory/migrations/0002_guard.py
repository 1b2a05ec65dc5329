"""Who sees the directory: everybody with an account; visitors, what is published."""

from django.db import migrations

from waymark.database.guard import DUTY, ME, SIGNED_IN, VISITING, definer, guarded
from waymark.directory.models import Role
from waymark.directory.sight import MY_POSTS, SIGN_IN_KEY, holds

AT_WORK = f"{SIGNED_IN} OR {DUTY} <> ''"
KEEPS_IT = f"{holds(Role.ADMINISTRATOR)} OR {DUTY} = 'installation'"
PUBLIC = f"{AT_WORK} OR {VISITING}"


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_tables"), ("database", "0001_ground")]
    operations = [
        definer("my_posts()", "SETOF text", MY_POSTS),
        definer("sign_in_key(username text)", "bigint", SIGN_IN_KEY),
        *guarded("directory_area", see=PUBLIC, add=KEEPS_IT, to_sight=True),
        *guarded("directory_organisation", see=PUBLIC, add=KEEPS_IT),
        *guarded("directory_service", see=PUBLIC, add=KEEPS_IT),
        *guarded(
            "directory_user",
            see=AT_WORK,
            add=KEEPS_IT,
            change=f"id = {ME} OR {KEEPS_IT}",
            rights="SELECT, INSERT, UPDATE",
            to_sight=True,
        ),
        *guarded(
            "directory_appointment",
            see=AT_WORK,
            add=KEEPS_IT,
            change=KEEPS_IT,
            rights="SELECT, INSERT, UPDATE",
            to_sight=True,
        ),
        *guarded(
            "directory_contact",
            see=f"{AT_WORK} OR ({VISITING} AND published)",
            add=KEEPS_IT,
            change=KEEPS_IT,
            rights="SELECT, INSERT, UPDATE",
        ),
    ]
