"""Support that must stop or is silent: a job that runs every hour (2.8.13, 2.9.4).

Like birthdays, it asks what is not done yet: run late or twice, it comes to the same.
"""

from collections.abc import Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.db import transaction
from procrastinate.contrib.django import app

from waymark.cases.models import Task
from waymark.database.clock import read_offset
from waymark.database.guard import become
from waymark.support import silences
from waymark.support.silences import WATCH
from waymark.support.vetting import lapses


def watch() -> None:
    """See to each provider and each silent piece, in a transaction of its own."""
    for one in _asked(lapses.used):
        _do(lapses.see_to, one)
    silent = _asked(lambda: silences.silent(silences.running()))
    for piece in silent:
        _do(silences.tell, piece)
    ended = _asked(lambda: _ended({piece.pk for piece in silent}))
    if ended:
        _do(silences.heard, ended)


def _ended(silent: set[int]) -> list[Task]:
    """What still waits because of a silence that is over."""
    kinds = (silences.LEAD, silences.CHAIR)
    waiting = Task.objects.waiting().filter(kind__in=kinds).exclude(object_id__in=silent)
    return list(waiting.order_by("case_id", "pk"))


def _asked(read: Callable[[], list[Any]]) -> list[Any]:
    with transaction.atomic():
        _begin()
        return read()


def _do(use_case: Callable[..., object], thing: object) -> None:
    with transaction.atomic():
        _begin()
        use_case(thing, by=WATCH)


def _begin() -> None:
    read_offset()
    become(WATCH)


@app.periodic(cron="31 * * * *")
@app.task(queueing_lock="watch_support", name="waymark.project.watch_support")
async def watch_support(timestamp: int) -> None:
    await sync_to_async(watch)()
