"""What an account is told by e-mail: that something waits, and where; nothing personal (R37)."""

from datetime import datetime

from waymark.database.actor import Actor
from waymark.directory.models import User


def notify(user: User, kind: str, *, by: Actor, path: str = "", at: datetime | None = None) -> None:
    """Tell `user` that something of this `kind` waits for them at `path` of the product."""
