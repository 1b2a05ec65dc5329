"""Contacts that nobody has confirmed in time are asked about: a job that runs every day (B.1)."""

from asgiref.sync import sync_to_async
from django.db import transaction
from procrastinate.contrib.django import app

from waymark.database.clock import read_offset
from waymark.database.guard import become
from waymark.oversight.access_reviews import ask_chairs
from waymark.oversight.upkeep import KEEP_DIRECTORY, ask_to_confirm


def keep() -> int:
    """Ask about contacts, and for reviews of who has access, as the duty that may; how many."""
    with transaction.atomic():
        read_offset()
        become(KEEP_DIRECTORY)
        return ask_to_confirm(by=KEEP_DIRECTORY) + ask_chairs(by=KEEP_DIRECTORY)


@app.periodic(cron="37 5 * * *")
@app.task(queueing_lock="keep_directory", name="waymark.project.keep_directory")
async def keep_directory(timestamp: int) -> None:
    await sync_to_async(keep)()
