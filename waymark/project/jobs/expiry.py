"""What nobody sent is gone after its days: a job that runs every hour."""

from asgiref.sync import sync_to_async
from django.db import transaction
from procrastinate.contrib.django import app

from waymark.accounts import sessions
from waymark.cases.written import unsent
from waymark.database.actor import Duty
from waymark.database.clock import read_offset
from waymark.database.guard import become
from waymark.referrals.writing.drafts import forget_expired

DUTY = Duty("expire_drafts")


def expire() -> int:
    """Delete what nobody sent, as the duty that may; how many drafts were deleted."""
    with transaction.atomic():
        read_offset()
        become(DUTY)
        return forget_expired() + unsent.forget_expired()


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="expire_drafts", name="waymark.project.expire_drafts")
async def expire_drafts(timestamp: int) -> None:
    await sync_to_async(expire)()


def expire_sign_ins() -> int:
    """Delete sessions, attempts and words that are over for long; how many rows were."""
    with transaction.atomic():
        become(sessions.EXPIRE)
        return sessions.forget_old()


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="expire_sign_ins", name="waymark.project.expire_sign_ins")
async def expire_old_sign_ins(timestamp: int) -> None:
    await sync_to_async(expire_sign_ins)()
