"""Whether this database holds real people or a demonstration: said once, never changed."""

from typing import Literal, cast

from django.db import connection

Kind = Literal["real", "demonstration"]


def kind() -> Kind | None:
    """What this database was made for. None: nobody has said yet, so nothing may run on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM database_mark")
        row = cursor.fetchone()
    return cast(Kind, row[0]) if row else None


def mark_as(kind: Kind) -> None:
    """Say once, as the owner and at creation, what this database is for.

    Raises `IntegrityError` where it was said before or `kind` is neither of the two.
    """
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO database_mark (kind) VALUES (%s)", [kind])
