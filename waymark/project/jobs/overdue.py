"""Answers of partners that are overdue go to the chair: a job that runs every hour (2.9.3)."""

from asgiref.sync import sync_to_async
from django.db import transaction
from procrastinate.contrib.django import app

from waymark.database.actor import Duty
from waymark.database.clock import read_offset
from waymark.database.guard import become
from waymark.sharing.overdue import tell_the_chairs

DUTY = Duty("tell_of_overdue_replies")


def tell() -> int:
    """Tell the chairs what is overdue since yesterday, as the duty that may; of how many."""
    with transaction.atomic():
        read_offset()
        become(DUTY)
        return tell_the_chairs(by=DUTY)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="tell_of_overdue_replies", name="waymark.project.tell_of_overdue_replies")
async def tell_of_overdue_replies(timestamp: int) -> None:
    await sync_to_async(tell)()
