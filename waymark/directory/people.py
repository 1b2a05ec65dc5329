"""Where the e-mails of an account go: entered by another, never by whoever holds it."""

from waymark.audit.events import record
from waymark.database.clock import now
from waymark.directory.keeping import CLAUSE, may_keep
from waymark.directory.models import User
from waymark.directory.permission import Refused, act


def may_change_email(by: User, user: User) -> None:
    """An administrator, of somebody else."""
    may_keep(by)
    if user == by:
        raise Refused("This is your own account", clause=CLAUSE,
                      until="Another administrator changes its address.")  # fmt: skip


@act
def change_email(user: User, *, by: User, email: str) -> None:
    """E-mails of the account go to another address from now on."""
    may_change_email(by, user)
    user.email = email
    user.save(update_fields=["email"])
    record("email_changed", by=by, at=now(), user=user.pk)
