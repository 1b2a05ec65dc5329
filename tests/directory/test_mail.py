"""E-mail: handed to a real server on a socket, tried again, given up, seen; nothing personal."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.inbox import Inbox
from tests.web.police import Pages, plain
from waymark.database.clock import now, today
from waymark.database.guard import become
from waymark.directory.models import Notice, User
from waymark.directory.notices import notify
from waymark.project.demonstration.telling import Calendar
from waymark.project.jobs import mailing

HOUR = timedelta(hours=1)
SECRETS = ("Ashdown", "Robin", "Essex", "Prevent", "Channel", "police")


def reached_at(user: User, address: str) -> User:
    become(INSTALLATION)
    user.email = address
    user.save(update_fields=["email"])
    return user


def notices_of(admin: User, user: User) -> Notice:
    acting(admin)
    return Notice.objects.get(user=user)


@pytest.mark.lesson("R37")
def test_an_account_is_told_by_mail_that_something_waits_and_where(
    essex: Cast, inbox: Inbox, client: Client, settings: Any
) -> None:
    chair = reached_at(essex.chair, "chair@example.org")
    silent, gone = essex.coordinator, reached_at(essex.adult_lead, "gone@example.org")
    inbox.says_no["gone@example.org"] = "550 No such person"
    for user in (chair, silent, gone):
        notify(user, "deputy", by=acting(essex.police_lead), path="/panels/77")
    later = reached_at(essex.vice_chair, "vice@example.org")
    notify(later, "deputy", by=acting(essex.police_lead), at=now() + timedelta(1))

    assert mailing.send() == 1
    assert mailing.send() == 0
    (letter,) = inbox.letters
    assert letter["X-To"] == letter["To"] == "chair@example.org"
    text = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert f"{settings.WAYMARK_BASE_URL}/panels/77" in text
    assert letter["Auto-Submitted"] == "auto-generated" and letter["Message-ID"]
    whole = letter.as_string()
    assert not [word for word in (*SECRETS, essex.chair.name) if word in whole]

    desk = Pages(client, essex.administrator)
    page = desk.text("messages")
    assert "The account has no e-mail address" in page and silent.name in page
    assert "The mail server refuses this address" in page and "chair@example.org" not in page
    assert desk.text("accounts").count("E-mails not delivered") == 1
    assert Pages(client, essex.chair).get("messages").status_code == 404

    del inbox.says_no["gone@example.org"]
    reached_at(silent, "coordinator@example.org")
    assert Pages(client, essex.administrator).send("messages").status_code == 302
    assert mailing.send() == 2
    page = Pages(client, essex.administrator).text("messages")
    assert "Every e-mail has been handed to the mail server" in page
    assert "No message waits to be sent again" in plain(
        Pages(client, essex.administrator).send("messages")
    )


@pytest.mark.lesson("R37")
def test_what_is_not_delivered_is_tried_again_and_nothing_free_typed_is_sent(
    essex: Cast, inbox: Inbox, settings: Any
) -> None:
    chair = reached_at(essex.chair, "chair@example.org")
    inbox.says_no["chair@example.org"] = "451 Not now"
    notify(chair, "deputy", by=acting(essex.police_lead), path="/panels/77")
    assert mailing.send() == 0
    waits = notices_of(essex.administrator, chair)
    assert (waits.tries, waits.why, waits.failed_at) == (1, Notice.Why.NOT_NOW, None)

    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # nobody listens there
    _due_now(waits)
    assert mailing.send() == 0
    assert notices_of(essex.administrator, chair).why == Notice.Why.NO_SERVER
    settings.EMAIL_PORT = port
    inbox.says_no.clear()
    _due_now(waits)
    assert mailing.send() == 1
    sent = notices_of(essex.administrator, chair)
    assert sent.tries == 3 and sent.sent_at is not None

    with pytest.raises(ValueError, match="no more"):
        notify(chair, "deputy", by=essex.chair, path="/cases?name=Ashdown")
    with pytest.raises(ValueError, match="no more"):
        notify(chair, "Robin is to be heard", by=essex.chair)
    acting(essex.chair)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            user=chair, kind="deputy", path="/of Robin Ashdown", made_at=sent.made_at,
            due_at=sent.due_at,
        )  # fmt: skip


@pytest.mark.lesson("R37")
def test_an_invitation_is_not_sent_once_its_meeting_is_over(
    essex: Cast, inbox: Inbox, client: Client
) -> None:
    chair = reached_at(essex.chair, "chair@example.org")
    acting(essex.chair)
    for ends in (now() - HOUR, now() + HOUR, today(), today() + timedelta(1)):
        calendar = f"BEGIN:VEVENT\r\nDTEND{ics(ends)}\r\nEND:VEVENT\r\n"
        notify(chair, "invitation", by=essex.chair, path="/panels/77", calendar=calendar)
    assert mailing.send() == 2  # of meetings that are not over
    become(mailing.notices.SEND_NOTICES)
    assert Notice.objects.filter(why=Notice.Why.OVER).count() == 2
    page = Pages(client, essex.administrator).text("messages")
    assert "The meeting was over before it could be sent" in page and "Send these" not in page
    assert "No message waits to be sent again" in plain(
        Pages(client, essex.administrator).send("messages")
    )


def test_what_a_demonstration_tells_of_days_gone_by_is_not_sent_today(
    essex: Cast, inbox: Inbox
) -> None:
    chair, story = reached_at(essex.chair, "chair@example.org"), Calendar()
    for days_ago in (30, 1, 0):
        story.on(days_ago, lambda: notify(chair, "deputy", by=acting(chair), path="/panels/77"))
    story.tell()
    acting(essex.administrator)
    told = Notice.objects.order_by("made_at")
    assert [one.sent_at == one.due_at for one in told] == [True, True, False]
    assert mailing.send() == 1


def ics(end: date) -> str:
    """A day or a moment, as a calendar's line ends with it."""
    if isinstance(end, datetime):
        return f":{end:%Y%m%dT%H%M%SZ}"
    return f";VALUE=DATE:{end:%Y%m%d}"


def _due_now(notice: Notice) -> None:
    """As if the wait were over."""
    become(mailing.notices.SEND_NOTICES)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_notice SET due_at = made_at WHERE id = %s", [notice.pk])
