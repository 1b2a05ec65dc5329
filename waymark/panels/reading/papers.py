"""The papers of a meeting: what is known of each case, and what is missing, said first (R13)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from waymark.audit.events import name_of
from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.models import Organisation, User
from waymark.directory.permission import Refused
from waymark.panels.meeting.attendance import INVITES
from waymark.panels.models import Action, ActionHeard, AgendaItem, Meeting, Minute
from waymark.panels.proposals import unanswered_by
from waymark.support import sessions
from waymark.support.sessions import Count


def may_read_papers(user: User, meeting: Meeting) -> None:
    """Who is invited, and who convenes. Others may know of the meeting, not read its papers."""
    invited = meeting.attendances.filter(user=user).exists()
    if not invited and not user.roles_in(meeting.area) & INVITES:
        raise Refused(
            "The papers are for those who are invited to this meeting", clause="2.8.3",
            until="The chair or the co-ordinator invites you.",
        )  # fmt: skip
    if meeting.state == Meeting.State.CALLED_OFF:
        raise Refused("This meeting was called off", clause="2.8.18")


def owed_by(case: Case) -> list[str]:
    """The bodies that owe an answer, also for who reads no requests: silence is said (R16)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unanswered_at_panel(%s)", [case.pk])
        keys = [key for (key,) in cursor.fetchall()]
    bodies = Organisation.objects.filter(pk__in=keys).values_list("name", flat=True) if keys else ()
    return sorted({*unanswered_by(case), *bodies})


@dataclass(frozen=True)
class Opened:
    """One of those invited: when they opened the papers first and last; none, where never."""

    user: User
    first: datetime | None
    last: datetime | None


def opened_by(meeting: Meeting) -> list[Opened]:
    """Of each of those invited, whether they have opened the papers. For who convenes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor, min(at), max(at) FROM papers_opened(%s) GROUP BY actor", [meeting.pk]
        )
        when = {actor: (first, last) for actor, first, last in cursor.fetchall()}
    invited = meeting.attendances.exclude(user=None).select_related("user__organisation")
    users = {each.user_id: each.user for each in invited if each.user}
    nothing = (None, None)
    return [Opened(user, *when.get(name_of(user), nothing)) for user in users.values()]


def earlier_actions(item: AgendaItem) -> list[tuple[Action, ActionHeard | None]]:
    """Every action of earlier meetings, the open ones first, with what was heard of it last."""
    found = item.case.actions.exclude(decision__meeting=item.meeting_id)
    found = found.select_related("owner").prefetch_related("heard")
    rows = [(action, list(action.heard.all())) for action in found]
    said = [(action, heard[-1] if heard else None) for action, heard in rows]
    return sorted(said, key=lambda one: (one[0].done_at is not None, one[0].due_date))


def last_minute(item: AgendaItem) -> Minute | None:
    """The minute of the meeting before this one on the case."""
    earlier = Minute.objects.filter(case=item.case).exclude(meeting=item.meeting_id)
    return earlier.select_related("meeting").order_by("at", "id").last()


def held_of_ordered(case: Case, user: User) -> list[tuple[str, Count]]:
    """Of each piece of support: sessions held of those ordered (R18)."""
    if not sees_part(user, case, Part.PLAN):
        return []
    pieces = case.pieces.exclude(state="planned").prefetch_related("sessions")
    return [(f"{one.reference}, {one.provider.name}", sessions.count(one))
            for one in pieces.select_related("provider")]  # fmt: skip
