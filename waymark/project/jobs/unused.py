"""Accounts that nobody uses or confirms are suspended: a job that runs every day (S19)."""

from asgiref.sync import sync_to_async
from django.db import transaction
from procrastinate.contrib.django import app

from waymark.cases.access.left_behind import FOLLOW_LEAVERS
from waymark.database.clock import read_offset
from waymark.database.guard import become
from waymark.oversight.leavers import let_sleep, unused
from waymark.project.jobs.unconfirmed import follow_unconfirmed


def suspend_unused() -> int:
    """Each in a transaction of its own, as the duty that may; how many."""
    with transaction.atomic():
        _begin()
        found = list(unused().order_by("pk"))
    suspended = 0
    for user in found:
        with transaction.atomic():
            _begin()
            suspended += let_sleep(user, by=FOLLOW_LEAVERS)
    return suspended


def _begin() -> None:
    read_offset()
    become(FOLLOW_LEAVERS)


@app.periodic(cron="47 4 * * *")
@app.task(queueing_lock="follow_leavers", name="waymark.project.follow_leavers")
async def follow_leavers(timestamp: int) -> None:
    await sync_to_async(suspend_unused)()
    await sync_to_async(follow_unconfirmed)()
