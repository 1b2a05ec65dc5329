"""Those whose post shows them a case today: whom work is handed to, and who decides on sight."""

from collections.abc import Collection

from django.db import connection

from waymark.cases.models import Case
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused

DECIDE = (Role.CHAIR, Role.VICE_CHAIR, Role.POLICE_LEAD)
CLAUSE = "1.3.3"


def by_post(case: Case) -> list[tuple[Role, User]]:
    """Who sees the case by which post, by post and name: none who is kept out of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, role FROM seen_by_post(%s)", [case.pk])
        found = {(role, key) for key, role in cursor.fetchall()}
    people = User.objects.select_related("organisation").in_bulk([key for _, key in found])
    order = list(Role.values)
    rows = [(Role(role), people[key]) for role, key in found if key in people]
    return sorted(rows, key=lambda row: (order.index(row[0]), row[1].name, row[1].pk))


def holders_of(case: Case, role: str, *, but: Collection[int] = ()) -> list[User]:
    """Those who see the case as holders of `role`, by name."""
    return [user for held, user in by_post(case) if held == role and user.pk not in but]


def first_to_decide(case: Case, *, but: Collection[int]) -> tuple[Role, User]:
    """The chair, else the vice-chair, else a police lead: one who sees the case, none of `but`."""
    for role in DECIDE:
        if found := holders_of(case, role, but=but):
            return role, found[0]
    raise Refused(
        "Nobody else who decides on this sees this case", clause=CLAUSE,
        until="It takes another police lead, the chair or the vice-chair. Ask an administrator"
        " to appoint one.",
    )  # fmt: skip


def may_decide(user: User, case: Case) -> None:
    """The police lead, the chair or the vice-chair of the area."""
    if not user.roles_in(case.area) & set(DECIDE):
        raise Refused(
            "Who sees this case is not yours to decide", clause=CLAUSE,
            until="Ask the police Prevent lead or the chair.",
        )  # fmt: skip


def may_lead(user: User, case: Case) -> None:
    """The police lead of the area alone."""
    if Role.POLICE_LEAD not in user.roles_in(case.area):
        raise Refused(
            "Restricting a case is not yours to do", clause=CLAUSE,
            until="Ask the police Prevent lead, who can do it at once.",
        )  # fmt: skip
