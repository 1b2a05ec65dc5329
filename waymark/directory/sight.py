"""Posts, in the database's words: what policies ask about who holds which."""

from waymark.database.guard import ME, TODAY
from waymark.directory.models import Role

# the same as AppointmentQuerySet.in_force: what was given, a second has approved
IN_FORCE = (
    f"p.from_date <= {TODAY} AND (p.until_date IS NULL OR p.until_date >= {TODAY})"
    " AND (p.given_by_id IS NULL OR p.approved_by_id IS NOT NULL)"
)

# 'role:area' for each post held today, and 'role:' for each role held anywhere
MY_POSTS = (
    "SELECT p.role || ':' || a.id::text FROM public.directory_appointment p"
    " JOIN public.directory_area a ON p.area_id = a.id OR p.area_id IS NULL"
    f" WHERE p.user_id = {ME} AND {IN_FORCE}"
    " UNION SELECT p.role || ':' FROM public.directory_appointment p"
    f" WHERE p.user_id = {ME} AND {IN_FORCE}"
)
SIGN_IN_KEY = "SELECT u.id FROM public.directory_user u WHERE u.username = $1 AND u.is_active"


def holds(*roles: Role) -> str:
    """The SQL condition that who asks holds one of `roles`, in any area."""
    wanted = ", ".join(f"'{role.value}:'" for role in roles)
    return f"ARRAY[{wanted}] && ARRAY(SELECT my_posts())"


def holds_in(area_id: str, *roles: Role) -> str:
    """The SQL condition that who asks holds one of `roles` in the area of column `area_id`."""
    wanted = ", ".join(f"'{role.value}:' || {area_id}" for role in roles)
    return f"ARRAY[{wanted}] && ARRAY(SELECT my_posts())"
