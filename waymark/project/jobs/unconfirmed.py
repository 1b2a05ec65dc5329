"""Organisations are asked who is still there; who is not confirmed is warned, then suspended."""

from django.db import transaction

from waymark.cases.access.left_behind import FOLLOW_LEAVERS
from waymark.database.clock import read_offset
from waymark.database.guard import become
from waymark.oversight import unconfirmed


def follow_unconfirmed() -> int:
    """Each in a transaction of its own, as the duty that may; how many were suspended."""
    with transaction.atomic():
        _begin()
        unconfirmed.ask(by=FOLLOW_LEAVERS)
        found = unconfirmed.overdue()
    suspended = 0
    for user in found:
        with transaction.atomic():
            _begin()
            if not unconfirmed.warn(user, by=FOLLOW_LEAVERS):
                suspended += unconfirmed.suspend(user, by=FOLLOW_LEAVERS)
    return suspended


def _begin() -> None:
    read_offset()
    become(FOLLOW_LEAVERS)
