"""Who did something on a case, or looked, does not check it: another auditor does (2.1.4)."""

from django.db import connection

from waymark.directory.models import User
from waymark.directory.permission import Refused

CLAUSE = "2.1.4"


def worked_on() -> set[int]:
    """The cases on which whoever asks has ever written or decided something."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_i_acted_on()")
        return {row[0] for row in cursor.fetchall()}


def may_check_case(by: User, case_id: int) -> None:
    if case_id in worked_on():
        raise Refused(
            "You once worked on this case, and nobody checks what they had a part in",
            clause=CLAUSE, until="Ask another auditor to read who looked at it.",
        )  # fmt: skip


def may_check_person(by: User, user: User) -> None:
    if by == user:
        raise Refused(
            "These are your own looks, and nobody checks their own", clause=CLAUSE,
            until="Read them under “What you have looked at”.",
        )  # fmt: skip
