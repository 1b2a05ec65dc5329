"""Checkpoints of the audit: made when due, kept in a file, sent to the auditors (S56)."""

from pathlib import Path
from smtplib import SMTPException

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from procrastinate.contrib.django import app

from waymark.audit import checkpoints
from waymark.audit.checkpoints import Checkpoint
from waymark.database.clock import read_offset, today
from waymark.database.guard import become
from waymark.directory.models import Appointment, Role, User

MOST = 50  # e-mails of one run: the next goes on
SUBJECT = "Waymark: a checkpoint of the audit"
WORDS = """\
Keep this message: it shows what the audit held when it was made, and the file
that `waymark audit verify --anchor` reads is made of such messages.

{text}"""


def run() -> int:
    """Make a checkpoint if it is time, then keep and send what was not yet; how many were sent."""
    with transaction.atomic():
        _begin()
        checkpoints.make_if_due(settings.CONFIGURATION.checkpoint_key or b"")  # a worker has one
    with transaction.atomic():
        _begin()
        checkpoints.keep(_folder())
        auditors = _auditors()
    return sum(_sent(user) for user in auditors for _ in range(MOST))


def _auditors() -> list[User]:
    """Whoever holds the post today, in any area, and can be reached."""
    held = Appointment.objects.in_force(today()).filter(role=Role.AUDITOR).values("user")
    return list(User.objects.filter(pk__in=held, is_active=True).exclude(email="").order_by("pk"))


def _begin() -> None:
    read_offset()
    become(checkpoints.MAKE_CHECKPOINTS)


def _folder() -> Path:
    folder: Path = settings.CONFIGURATION.checkpoints
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sent(user: User) -> bool:
    """Send the next one to an auditor; what no server takes now is tried at the next run."""
    with transaction.atomic():
        _begin()
        point = checkpoints.to_send(user.pk)
        if point is None:
            return False
        try:
            _message(point, user).send()
        except (SMTPException, OSError):
            return False
        checkpoints.was_sent(point, user.pk)
        return True


def _message(point: Checkpoint, user: User) -> EmailMessage:
    words = WORDS.format(text=checkpoints.as_sent(point))
    return EmailMessage(SUBJECT, words, settings.DEFAULT_FROM_EMAIL, [user.email])


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="make_checkpoints", name="waymark.project.make_checkpoints")
async def make_checkpoints(timestamp: int) -> None:
    await sync_to_async(run)()
