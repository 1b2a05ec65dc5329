"""An endorsement that is overdue goes to the post’s deputy: a job that runs every hour (2.8.15)."""

from asgiref.sync import sync_to_async
from django.db import transaction
from procrastinate.contrib.django import app

from waymark.database.actor import Duty
from waymark.database.clock import read_offset
from waymark.database.guard import become
from waymark.panels.endings.deputies import pass_on

DUTY = Duty("pass_endorsements")


def pass_all() -> int:
    """Ask the deputies of what is overdue, as the duty that may; of how many."""
    with transaction.atomic():
        read_offset()
        become(DUTY)
        return pass_on(by=DUTY)


@app.periodic(cron="27 * * * *")
@app.task(queueing_lock="pass_endorsements", name="waymark.project.pass_endorsements")
async def pass_endorsements(timestamp: int) -> None:
    await sync_to_async(pass_all)()
