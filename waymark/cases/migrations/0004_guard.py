"""Posts show cases once a second person has approved them; who reads a protected address."""

from django.db import migrations

from waymark.cases import sight
from waymark.database.guard import DUTY, RUNNING, also, redefined
from waymark.database.sealing_rotation import ROTATION, rotated
from waymark.directory.models import Role
from waymark.directory.sight import holds, holds_in

OF_THEIR_CHAIR = (
    "EXISTS (SELECT FROM cases_case c WHERE c.person_id = people_address.person_id"
    f" AND {holds_in('c.area_id', Role.CHAIR, Role.VICE_CHAIR)})"
)
MAY_READ_IT = (
    f"NOT protected OR {holds(Role.POLICE_OFFICER, Role.POLICE_LEAD)} OR {OF_THEIR_CHAIR}"
    f" OR {DUTY} = '{ROTATION.name}'"
)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_guard"),
        ("people", "0002_corrected"),
        ("directory", "0004_guard"),
    ]
    operations = [
        redefined("my_areas(part text, since text)", "SETOF bigint", sight.my_areas()),
        redefined("my_cases(part text)", "SETOF bigint", sight.MY_CASES),
        redefined("my_objects(part text)", "SETOF bigint", sight.MY_OBJECTS),
        also(
            "people_address",
            "protected",
            f"AS RESTRICTIVE FOR SELECT TO {RUNNING} USING ({MAY_READ_IT})",
        ),
        *rotated("people_address", "sealed"),
    ]
