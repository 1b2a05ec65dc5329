"""Who did something on a case, or looked, does not check it: another auditor does (2.1.4).

The database leaves such looks out of every list; here is said why, to whom asks for one of them.
"""

from django.db import connection

from waymark.directory.models import User
from waymark.directory.permission import Refused

CLAUSE = "2.1.4"


def may_check_case(by: User, case_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s IN (SELECT cases_i_acted_on())", [case_id])
        (had_a_part,) = cursor.fetchone() or (False,)
    if had_a_part:
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
