"""What an account is told by e-mail: that something waits, and where; nothing personal (R37).

A notice goes only to the address of an account. A job sends it; what is not delivered is tried
again for 72 hours, and then stands in the administrators' list until one sends it again. An
invitation is not sent once its meeting is over.
"""

import re
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from waymark.audit.events import record
from waymark.database.actor import Actor, Duty
from waymark.database.clock import now
from waymark.directory import mail
from waymark.directory.keeping import may_keep
from waymark.directory.models import User, person_of
from waymark.directory.notice import PATH, Notice
from waymark.directory.permission import Refused, act

SEND_NOTICES = Duty("send_notices")
CLAUSE = "B.1"
# minutes, after each try that failed: 72 hours in all
WAITS = (1, 5, 15, 39, 3 * 60, 8 * 60, *(12 * 60,) * 5)
LATE = timedelta(hours=1)
LONGEST = timedelta(minutes=max(WAITS))
NOT_NEEDED = (Notice.Why.OVER, Notice.Why.ENDED)
SHORTLY = timedelta(minutes=2)  # within which a message goes out as usual


def notify(
    user: User, kind: str, *, by: Actor, path: str = "", at: datetime | None = None,
    calendar: str = "",
) -> Notice:  # fmt: skip
    """Tell `user` that something of this `kind` waits for them at `path` of the product.

    `kind` is one of the register, `path` an address here without a query: what is free-typed
    does not fit.
    `at`: not before then. `calendar`: an iCalendar object that goes with it, of no person.
    """
    if kind not in mail.KINDS or not re.fullmatch(PATH, path):
        raise ValueError("A notice names a kind and an address of the product, no more")
    return Notice.objects.create(
        user=user, kind=kind, path=path, calendar=calendar, sender=person_of(by),
        made_at=now(), due_at=at or now(),
    )  # fmt: skip


def next_to_send() -> Notice | None:
    """The notice that is due first, locked; what another worker sends now is left to it."""
    waiting = Notice.objects.waiting().filter(due_at__lte=now()).order_by("due_at", "id")
    return waiting.select_for_update(of=("self",), skip_locked=True).first()


def was_sent(notice: Notice) -> None:
    """It was handed over to the mail server."""
    notice.sent_at, notice.tries = now(), notice.tries + 1
    notice.save(update_fields=["sent_at", "tries"])


def was_not_sent(notice: Notice, why: Notice.Why) -> None:
    """Try again later, but where that can change nothing; after the last try, give up."""
    notice.tries, notice.why = notice.tries + 1, why
    if why.is_lasting or notice.tries > len(WAITS):
        notice.failed_at = now()
    else:
        notice.due_at = now() + timedelta(minutes=WAITS[notice.tries - 1])
    notice.save(update_fields=["tries", "why", "failed_at", "due_at"])


def undelivered() -> QuerySet[Notice]:
    """What was given up, and what has waited longer than an hour, oldest first."""
    late = Q(failed_at=None, made_at__lt=now() - LATE, tries__gt=0)
    never = Q(failed_at=None, tries=0, due_at__lt=now() - LATE)
    found = Notice.objects.filter(sent_at=None).exclude(why=Notice.Why.ENDED)
    found = found.filter(late | never | ~Q(failed_at=None))
    return found.select_related("user__organisation").order_by("made_at", "id")


def waits_of(sender: User) -> tuple[bool, bool]:
    """Of what `sender` did: whether a message that tells others waits to be sent, and whether one
    was given up. Not how many, since that may tell who is told."""
    mine = Notice.objects.filter(sender=sender, sent_at=None)
    waits = mine.waiting().filter(due_at__lte=now() + LONGEST)
    delayed = waits.filter(Q(tries__gt=0) | Q(due_at__lt=now() - SHORTLY))
    given_up = mine.filter(failed_at__isnull=False).exclude(why__in=NOT_NEEDED)
    return delayed.exists(), given_up.exists()


@act
def send_again(*, by: User) -> int:
    """Try everything that was given up once more, from the beginning; of how many."""
    may_keep(by)
    given_up = Notice.objects.filter(sent_at=None, failed_at__isnull=False)
    given_up = given_up.exclude(why__in=NOT_NEEDED)
    count = given_up.update(tries=0, failed_at=None, due_at=now(), why="")
    if not count:
        raise Refused("No message waits to be sent again", clause=CLAUSE)
    record("notices_sent_again", by=by, at=now(), messages=count)
    return count
