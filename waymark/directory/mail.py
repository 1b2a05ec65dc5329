"""An e-mail that says that something waits, and where: no name, case or concern in it (R37)."""

from datetime import datetime, time
from email.mime.base import MIMEBase
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from icalendar import Calendar

from waymark.database.clock import LONDON
from waymark.directory.notice import Notice

SUBJECT = "Waymark: something waits for you"
OF_A_MEETING = "Waymark: a meeting in your calendar"
WORDS = """\
Something waits for you in Waymark.

Sign in to see it:
{address}

This message says no more on purpose. Nobody reads answers to it.
"""
SIGN_IN_CHANGED = """\
How you sign in to Waymark was changed. Where you were signed in elsewhere, you
are signed out.

If it was you, there is nothing to do. If it was not, tell the administrator of
accounts of your partnership at once.

Sign in to see how you sign in now:
{address}

This message says no more on purpose. Nobody reads answers to it.
"""
INVITED = "invited"  # the kind of a notice whose address is a link for one use
INVITATION = """\
You can now choose how you sign in to Waymark.

Open this page within three days. It works once, and is for you alone:
{address}

If you did not expect this, do not open it. Tell the administrator of accounts of
your partnership.

This message says no more on purpose. Nobody reads answers to it.
"""
NOT_CONFIRMED = "not_confirmed"  # the kind of a warning to whoever nobody confirms
WARNING = """\
Nobody of your organisation has confirmed that you still do this work in Waymark.
Your account is suspended in 14 days, unless they do. Nothing that you wrote is lost.

Ask the lead of this work in your organisation to confirm you, or an administrator
of accounts of your partnership. You can sign in until then:
{address}

This message says no more on purpose. Nobody reads answers to it.
"""
# Every kind of e-mail that tells an account of something: what one is about stands in no e-mail.
KINDS = frozenset(
    {
        *("holds_case", "emergency", "answer_interim_step", "read_match", "searches"),
        *("invitation", "deputy", "access_to_end", "account_sleeps", "sign_in_changed", INVITED),
        *("provider_lapses", "provider_stopped", "provider_ready"),
        *("silent_support", "stop_support"),
        *("account_left", "screen_left", "name_people"),
        *("confirm_people", "confirm_person", "people_unconfirmed", "person_moved", NOT_CONFIRMED),
    }
)
# by the notice’s kind
OTHERS = {"sign_in_changed": SIGN_IN_CHANGED, INVITED: INVITATION, NOT_CONFIRMED: WARNING}
WITH_CALENDAR = """\
A meeting that you are invited to was called, moved or called off. The entry for
your calendar is attached.

Sign in to read more, and to say whether you come:
{address}

This message says no more on purpose. Nobody reads answers to it.
"""


def message(
    notice: Notice, connection: BaseEmailBackend | None = None, *, path: str = ""
) -> EmailMessage:
    """The e-mail of a notice, to the address that its account has now.

    `path`: in place of the one that stands in the notice, where that may not stand anywhere.
    """
    words = WITH_CALENDAR if notice.calendar else OTHERS.get(notice.kind, WORDS)
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    made = EmailMessage(
        OF_A_MEETING if notice.calendar else SUBJECT,
        words.format(address=settings.WAYMARK_BASE_URL + (path or notice.path or "/")),
        settings.DEFAULT_FROM_EMAIL,
        [notice.user.email],
        connection=connection,
        # the same for every try: a server that got it twice can tell
        headers={"Message-ID": f"<{notice.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    if notice.calendar:
        made.attach(_calendar(notice.calendar))
    return made


def is_over(notice: Notice, at: datetime) -> bool:
    """Whether the meeting that it invites to has ended by then: there is nothing to come to."""
    if not notice.calendar:
        return False
    (event,) = Calendar.from_ical(notice.calendar).walk("VEVENT")
    end = event.decoded("dtend")
    return at >= (end if isinstance(end, datetime) else datetime.combine(end, time(), LONDON))


def _calendar(text: str) -> MIMEBase:
    """The entry, with what to do with it said as mail programs ask (RFC 6047)."""
    part = MIMEText(text, "calendar", "utf-8")
    part.set_param("method", "CANCEL" if "METHOD:CANCEL" in text else "REQUEST")
    part.add_header("Content-Disposition", "attachment", filename="meeting.ics")
    return part
