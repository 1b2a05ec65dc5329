"""Whoever reads a case in an emergency changes nothing of it, from whatever page they send (S27).

The case's own pages refuse by themselves. Others know their object by a key of its own; there the
database refuses, and this makes it a sentence.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.http import HttpResponse

from waymark.cases.access.emergencies import ONLY_READ
from waymark.cases.models import EmergencyOpening
from waymark.database.clock import now
from waymark.directory.models import User

NOT_ALLOWED = "42501"  # SQLSTATE: a policy of the database forbids that row
WORDS = f"{ONLY_READ} (1.3.3). Nothing was saved. Ask whoever holds the case to do it."


def reads_any(user: User) -> bool:
    """Whether they read any case in an emergency now."""
    return EmergencyOpening.objects.open_at(now()).filter(user=user).exists()


def refusing(page: Callable[[], HttpResponse]) -> HttpResponse:
    """The page's answer; where it would change such a case, nothing is saved, and it says so."""
    try:
        with transaction.atomic():
            return page()
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") != NOT_ALLOWED:
            raise
    raise PermissionDenied(WORDS)
