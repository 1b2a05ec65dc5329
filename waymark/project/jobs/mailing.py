"""E-mails that tell accounts what waits for them: a job that sends what is due, every minute."""

from smtplib import SMTPConnectError, SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected

from asgiref.sync import sync_to_async
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from procrastinate.contrib.django import app

from waymark.accounts import invitations
from waymark.database.clock import now, read_offset
from waymark.database.guard import become
from waymark.directory import mail, notices
from waymark.directory.notice import Notice
from waymark.oversight import not_sent

Why = Notice.Why
GONE = (Why.NO_SERVER,)
MOST = 500  # of one run: the next goes on


def send() -> int:
    """Send what is due, each in a transaction of its own; how many went out.

    Killed between handing over and writing down, the same message goes out again.
    """
    server = get_connection()
    sent = 0
    try:
        for _ in range(MOST):
            why = _send_next(server)
            if why is None or why in GONE:  # nothing is due, or nobody is there to take it
                break
            sent += why == ""
    finally:
        server.close()
    return sent


def _send_next(server: BaseEmailBackend) -> str | None:
    """Send one: why not, or nothing where it went; None where none is due."""
    with transaction.atomic():
        read_offset()
        become(notices.SEND_NOTICES)
        notice = notices.next_to_send()
        if notice is None:
            return None
        why = _hindered(notice) or _hand_over(notice, server)
        if why:
            notices.was_not_sent(notice, why)
            if notice.failed_at:
                not_sent.tell(notice, by=notices.SEND_NOTICES)
        else:
            notices.was_sent(notice)
        return why or ""


def _hindered(notice: Notice) -> Why | None:
    if not notice.user.is_active:
        return Why.CLOSED
    if mail.is_over(notice, now()):
        return Why.OVER
    return None if notice.user.email else Why.NO_ADDRESS


def _hand_over(notice: Notice, server: BaseEmailBackend) -> Why | None:
    is_link = notice.kind == mail.INVITED
    path = invitations.path_for(notice) if is_link else ""
    if path is None:
        return Why.ENDED
    why = _send(mail.message(notice, server, path=path))
    if is_link and why is None:
        invitations.forget_token(notice)
    return why


def _send(letter: EmailMessage) -> Why | None:
    try:
        letter.send()
    except SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        return Why.REFUSED if all(code >= 500 for code in codes) else Why.NOT_NOW
    except (SMTPConnectError, SMTPServerDisconnected):
        return Why.NO_SERVER
    except SMTPException:
        return Why.NOT_NOW
    except OSError:
        return Why.NO_SERVER
    return None


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="send_notices", name="waymark.project.send_notices")
async def send_notices(timestamp: int) -> None:
    await sync_to_async(send)()
